"use strict";
/* Draws a comment: what strangers wrote goes in as text only, never as markup. */
(function () {
  const lens = window.commentlens;
  const TONES = { pos: "+", neu: "~", neg: "−" };
  const hidden = new Set();

  lens.showLayer = (layer, shown) => (shown ? hidden.delete(layer) : hidden.add(layer));

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function mark([layer, note]) {
    const made = element("mark");
    made.dataset.layer = layer;
    made.dataset.note = note;
    made.tabIndex = 0;
    return made;
  }

  /* The text with its marks. Marks nest; one that crosses another goes on behind it in a second element. */
  function drawnText(comment) {
    const text = element("p", "text");
    text.dir = "auto";
    const marks = comment.x || [];
    let open = [];
    for (const piece of comment.t || []) {
      const [words, over] = typeof piece === "string" ? [piece, []] : piece;
      const wanted = over.filter((number) => !hidden.has(marks[number][0]));
      let kept = 0;
      while (kept < open.length && open[kept].number === wanted[kept]) kept++;
      open = open.slice(0, kept);
      for (const number of wanted.slice(kept)) {
        const made = mark(marks[number]);
        (open.length ? open[open.length - 1].made : text).append(made);
        open.push({ number, made });
      }
      (open.length ? open[open.length - 1].made : text).append(words);
    }
    return text;
  }

  function facts(comment) {
    const list = element("ul", "facts");
    for (const [, target, label, score, implied] of comment.m || []) {
      const sign = score < 0 ? "−" : "+";
      const item = element("li", label, `${TONES[label]} ${target} ${sign}${Math.abs(score).toFixed(2)}`);
      if (implied) item.append(element("span", "soft", " (not named)"));
      list.append(item);
    }
    for (const [, , words, rule] of comment.k || []) list.append(fact(words, rule));
    for (const [words, rule] of comment.w || []) list.append(fact(words, rule));
    return list.childElementCount ? list : null;
  }

  function fact(words, rule) {
    const item = element("li", "", words);
    item.append(element("span", "rule", rule));
    return item;
  }

  lens.drawn = function (comment) {
    const article = element("article", "comment");
    article.dataset.id = comment.i;
    article.tabIndex = -1;
    const head = element("header");
    if (comment.e) {
      const entry = element("b", "entry");
      if (comment.r !== undefined) entry.append(element("span", "rank", String(comment.r)));
      entry.append(comment.e);
      head.append(entry);
    }
    head.append(element("span", "author", comment.a || "anonymous"));
    if (comment.d) head.append(element("span", "date", comment.d));
    if (comment.n !== undefined) head.append(element("span", "likes", `${comment.n.toLocaleString("en")} ${comment.n === 1 ? "like" : "likes"}`));
    const link = element("a", "id", comment.i);
    link.href = "#comment=" + encodeURIComponent(comment.i);
    head.append(link);
    article.append(head, drawnText(comment));
    const list = facts(comment);
    if (list) article.append(list);
    return article;
  };
})();
