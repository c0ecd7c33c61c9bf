"use strict";
/* Light or dark, before anything is drawn: what was chosen in this session, else what the system prefers. */
(function () {
  const KEY = "commentlens-theme";
  const lens = (window.commentlens = { lastFilterMs: null });
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered() {
    // Storage may be forbidden, as in a file that was opened from a disk.
    try { return window.sessionStorage.getItem(KEY); } catch (error) { return null; }
  }

  function remember(theme) {
    try { window.sessionStorage.setItem(KEY, theme); } catch (error) { /* then only for this view */ }
  }

  function show(theme) {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("themechange"));
  }

  lens.theme = () => document.documentElement.dataset.theme;
  lens.setTheme = (theme) => { remember(theme); show(theme); };

  show(remembered() || (prefersDark.matches ? "dark" : "light"));
  prefersDark.addEventListener("change", () => {
    if (!remembered()) show(prefersDark.matches ? "dark" : "light");
  });
})();
