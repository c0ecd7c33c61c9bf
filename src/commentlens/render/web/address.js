"use strict";
/* The filters in the address, #city=madrid&mood=neg&page=2, so that a view can be shared and survives reload and back. */
(function () {
  const lens = window.commentlens;
  const KEYS = ["city", "mood", "stance", "company", "list", "q", "sort", "page", "comment"];

  /* The filters that the address names; null where it names none, as #disputes-section does. */
  lens.readAddress = function () {
    const hash = window.location.hash.slice(1);
    if (!hash) return {};
    if (!hash.includes("=")) return null;
    const given = new URLSearchParams(hash);
    const state = {};
    for (const key of KEYS) if (given.get(key)) state[key] = given.get(key);
    return Object.keys(state).length ? state : null;
  };

  /* Write the filters. A step that one wants to come back to gets its place in the history; typing does not. */
  lens.writeAddress = function (state, step) {
    const given = new URLSearchParams();
    for (const key of KEYS) if (state[key]) given.set(key, state[key]);
    const hash = given.toString() ? "#" + given : "";
    if (hash === window.location.hash) return;
    const address = hash || window.location.pathname + window.location.search;
    if (step) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  };
})();
