"use strict";
/* Says what a mark is, when it is pointed at and when it has the focus; Escape puts it away. */
(function () {
  const tooltip = document.getElementById("tooltip");
  let shownFor = null;

  function hide() {
    if (shownFor) shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    tooltip.hidden = true;
  }

  function show(mark) {
    hide();
    // A mark inside another is also what the other is.
    const notes = [];
    for (let at = mark; at; at = at.parentElement.closest("mark")) notes.push(at.dataset.note);
    tooltip.replaceChildren(...notes.map((note) => {
      const line = document.createElement("div");
      line.textContent = note;
      return line;
    }));
    tooltip.hidden = false;
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - tooltip.offsetWidth - 8));
    const above = box.top - tooltip.offsetHeight - 8;
    tooltip.style.left = left + window.scrollX + "px";
    tooltip.style.top = (above < 4 ? box.bottom + 8 : above) + window.scrollY + "px";
    mark.setAttribute("aria-describedby", "tooltip");
    shownFor = mark;
  }

  const markAt = (event) => (event.target instanceof Element ? event.target.closest("mark[data-note]") : null);
  document.addEventListener("mouseover", (event) => {
    const mark = markAt(event);
    if (mark) show(mark);
    else if (shownFor && shownFor !== document.activeElement) hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event);
    if (mark) show(mark); else hide();
  });
  document.addEventListener("focusout", (event) => { if (markAt(event)) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
