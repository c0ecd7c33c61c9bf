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

  /* What each order goes by, the smallest first; what has nothing to go by comes last, equals as they came. */
  const KEYS = {
    rank: (comment) => (comment.r === undefined ? Infinity : comment.r),
    likes: (comment) => -(comment.n || 0),
    mood: (comment, index, city) => -Math.abs(lens.strongestMood(comment, city)),
  };

  function byKey(indices, key, city) {
    const comments = lens.comments();
    const keys = new Float64Array(comments.length);
    for (const index of indices) keys[index] = key(comments[index], index, city);
    // Infinity - Infinity is no number: those are equal.
    return indices.sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] - keys[b]));
  }

  /* Dates are texts; the newest comes first. */
  function byDate(indices) {
    const dates = lens.comments().map((comment) => comment.s || "");
    return indices.sort((a, b) => (dates[a] < dates[b] ? 1 : dates[a] > dates[b] ? -1 : a - b));
  }

  /* All comments in one order, made once: to sort what passes is then to walk along it. */
  const orders = {};
  function orderOf(sort) {
    if (!orders[sort]) {
      const indices = Uint32Array.from(lens.comments().keys());
      orders[sort] = sort === "date" ? byDate(indices) : byKey(indices, KEYS[sort], "");
    }
    return orders[sort];
  }

  /* Make the orders one at a time while the browser has nothing else to do. */
  lens.orderAhead = function () {
    const missing = ["rank", "likes", "date", "mood"].find((sort) => !orders[sort]);
    if (!missing) return false;
    orderOf(missing);
    return true;
  };

  function sorted(found, state) {
    if (!state.sort || state.sort === "order") return found;
    if (state.sort === "mood" && state.city) return byKey(found, KEYS.mood, state.city);
    const passes = new Uint8Array(lens.comments().length);
    for (const index of found) passes[index] = 1;
    return Array.from(orderOf(state.sort).filter((index) => passes[index]));
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
