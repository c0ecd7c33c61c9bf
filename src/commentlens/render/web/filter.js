"use strict";
/* Which comments a set of filters lets through, and in which order. */
(function () {
  const lens = window.commentlens;

  const has = (values, value) => values !== undefined && values.includes(value);

  /* The tests of the filters that are set. A mood or a stance is that towards the city, where one is chosen. */
  function tests(state) {
    const made = [];
    const { city, mood, stance, company, list } = state;
    if (list) made.push((comment) => comment.l === list);
    if (city) made.push((comment) => has(comment.c, city));
    if (company) made.push((comment) => has(comment.f, company));
    if (mood) made.push((comment) => (comment.m || []).some((m) => m[2] === mood && (!city || m[0].includes(city))));
    if (stance) made.push((comment) => (comment.k || []).some((k) => k[1] === stance && (!city || k[0].includes(city))));
    if (state.q) {
      const wanted = lens.folded(state.q.trim());
      const texts = lens.foldedTexts();
      made.push((comment, index) => texts[index].includes(wanted));
    }
    return made;
  }

  /* What to sort by, the smallest first. */
  function keyOf(state) {
    const last = Number.MAX_VALUE;
    switch (state.sort) {
      case "rank": return (comment) => (comment.r === undefined ? last : comment.r);
      case "likes": return (comment) => -(comment.n || 0);
      case "mood": return (comment) => -Math.abs(lens.strongestMood(comment, state.city));
      default: return null;
    }
  }

  function sorted(found, state) {
    const comments = lens.comments();
    if (state.sort === "date") {
      // Text, the newest first; what has no date comes last, all in the order in which they came.
      const date = (index) => comments[index].s || "";
      return found.sort((a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
    }
    const key = keyOf(state);
    if (!key) return found;
    const keys = new Float64Array(comments.length);
    for (const index of found) keys[index] = key(comments[index]);
    return found.sort((a, b) => keys[a] - keys[b] || a - b);
  }

  /* Indices of the comments to show. */
  lens.select = function (state) {
    const comments = lens.comments();
    const wanted = tests(state);
    const found = [];
    for (let index = 0; index < comments.length; index++) {
      if (wanted.every((test) => test(comments[index], index))) found.push(index);
    }
    return sorted(found, state);
  };
})();
