"use strict";
/* Tables that sort: each header becomes a button; rows without a value stay at the end. */
(function () {
  function valueOf(row, column, numeric) {
    const cell = row.cells[column];
    if (!numeric) return cell.textContent.trim().toLowerCase();
    return cell.dataset.value === "null" ? null : Number(cell.dataset.value);
  }

  function compare(a, b, numeric, direction) {
    if (numeric) {
      if (a === null || b === null) return (a === null) - (b === null);
      return (a - b) * direction;
    }
    if (!a || !b) return !a - !b;
    return a.localeCompare(b, "en") * direction;
  }

  function sort(table, head) {
    const numeric = head.dataset.sort === "num";
    const was = head.getAttribute("aria-sort");
    // Figures begin with the largest, ranks and words with the first.
    const first = numeric && !head.classList.contains("rank") ? "descending" : "ascending";
    const now = was === "none" ? first : was === "ascending" ? "descending" : "ascending";
    for (const other of table.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", now);
    const body = table.tBodies[0];
    const direction = now === "ascending" ? 1 : -1;
    const rows = Array.from(body.rows, (row) => [valueOf(row, head.cellIndex, numeric), row]);
    rows.sort((a, b) => compare(a[0], b[0], numeric, direction));
    body.append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      if (head.title) button.title = head.title;
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, head));
    }
  }
})();
