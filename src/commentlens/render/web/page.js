"use strict";
/* Filters, pages of comments, the address and the buttons of the page. */
(function () {
  const lens = window.commentlens;
  const PER_PAGE = 50;
  const TYPING_MS = 120;
  const form = document.getElementById("filters");
  const list = document.getElementById("comments");
  const pager = document.getElementById("pager");
  const number = (value) => value.toLocaleString("en");
  let state = {};
  let found = [];
  let typing = 0;

  const pages = () => Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = () => Math.min(Math.max(1, Math.trunc(Number(state.page)) || 1), pages());

  function drawPage() {
    const comments = lens.comments();
    const first = (page() - 1) * PER_PAGE;
    const shown = found.slice(first, first + PER_PAGE);
    list.replaceChildren(...shown.map((index) => lens.drawn(comments[index])));
    if (!shown.length) list.textContent = "No comment passes these filters.";
    document.getElementById("count").textContent = `${number(found.length)} of ${number(comments.length)} comments`;
    document.getElementById("place").textContent =
      found.length > PER_PAGE ? `· ${number(first + 1)} to ${number(first + shown.length)} shown` : "";
    document.getElementById("page-number").textContent = `Page ${number(page())} of ${number(pages())}`;
    pager.hidden = pages() === 1;
    for (const button of pager.querySelectorAll("button")) {
      const back = button.dataset.page === "first" || button.dataset.page === "prev";
      button.disabled = back ? page() === 1 : page() === pages();
    }
  }

  /* Show what the state asks for; how long that took can be read by whoever wants to know. */
  function update() {
    const start = window.performance.now();
    found = lens.select(state);
    if (state.comment) goTo(state.comment);
    drawPage();
    lens.lastFilterMs = window.performance.now() - start;
  }

  /* Turn to the page that has a comment. */
  function goTo(id) {
    const at = found.findIndex((index) => lens.comments()[index].i === id);
    if (at >= 0) state.page = String(Math.floor(at / PER_PAGE) + 1);
  }

  function fillForm() {
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = state[field.name] || (field.name === "sort" ? "order" : "");
      // What the page does not know filters nothing.
      if (field.tagName === "SELECT" && field.selectedIndex < 0) {
        delete state[field.name];
        field.value = field.name === "sort" ? "order" : "";
      }
    }
  }

  function readForm(step) {
    state = {};
    for (const field of form.elements) if (field.name && field.value && field.value !== "order") state[field.name] = field.value;
    lens.writeAddress(state, step);
    update();
  }

  function follow(scroll) {
    const given = lens.readAddress();
    if (given === null) return false;
    state = given;
    fillForm();
    update();
    if (scroll && Object.keys(given).length) reveal();
    return true;
  }

  /* Bring the comment that was asked for into view, else the head of the list. */
  function reveal() {
    const wanted = state.comment && list.querySelector(`article[data-id="${CSS.escape(state.comment)}"]`);
    if (wanted) wanted.classList.add("wanted");
    const target = wanted || document.getElementById("comments-heading");
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  function turn(button) {
    const to = { first: 1, prev: page() - 1, next: page() + 1, last: pages() }[button.dataset.page];
    state.page = to > 1 ? String(to) : "";
    delete state.comment;
    lens.writeAddress(state, true);
    drawPage();
    document.getElementById("comments-heading").scrollIntoView({ block: "start" });
    if (button.disabled) document.getElementById("comments-heading").focus({ preventScroll: true });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => { if (event.target.name !== "q") readForm(true); });
  form.elements.q.addEventListener("input", () => {
    window.clearTimeout(typing);
    typing = window.setTimeout(() => readForm(false), TYPING_MS);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    window.clearTimeout(typing);
    state = {};
    fillForm();
    lens.writeAddress(state, true);
    update();
  });
  pager.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-page]");
    if (button) turn(button);
  });
  for (const box of document.querySelectorAll("#legend input[data-layer]")) {
    box.addEventListener("change", () => { lens.showLayer(box.dataset.layer, box.checked); drawPage(); });
  }
  // A link to the place where one is already changes no address: show it again.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href").includes("=") && link.getAttribute("href") === window.location.hash) follow(true);
  });
  window.addEventListener("hashchange", () => follow(true));
  window.addEventListener("popstate", () => follow(false));

  const toggle = document.getElementById("theme-toggle");
  const labelToggle = () => toggle.setAttribute("aria-pressed", String(lens.theme() === "dark"));
  toggle.addEventListener("click", () => lens.setTheme(lens.theme() === "dark" ? "light" : "dark"));
  document.addEventListener("themechange", labelToggle);
  labelToggle();

  // What is folded away is printed too.
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) { details.open = true; details.dataset.forPrint = ""; }
  });
  window.addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-for-print]")) { details.open = false; delete details.dataset.forPrint; }
  });

  /* What filters need, made in small steps while the browser has nothing else to do: the first use need not wait. */
  function ahead() {
    const later = window.requestIdleCallback || ((call) => window.setTimeout(call, 20));
    later(() => { if (lens.foldSome() || lens.orderAhead()) ahead(); });
  }

  if (!follow(true)) update();
  ahead();
})();
