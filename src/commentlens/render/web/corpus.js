"use strict";
/* The comments as arrays that filters run over. What a key means: CommentPacker in render/html_comments.py. */
(function () {
  const lens = window.commentlens;
  const DIACRITICS = /\p{M}+/gu;
  const ASCII = /^[\x00-\x7f]*$/;
  let comments = null;
  const AT_ONCE = 400;
  const texts = [];

  /* Case and accents do not matter to a search. */
  lens.folded = function (text) {
    return ASCII.test(text) ? text.toLowerCase() : text.normalize("NFKD").replace(DIACRITICS, "").toLowerCase();
  };

  lens.textOf = (comment) => (comment.t || []).map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");

  lens.comments = function () {
    if (!comments) comments = JSON.parse(document.getElementById("comments-data").textContent);
    return comments;
  };

  /* Fold the texts of up to so many comments more; whether any are left. */
  function foldSome(most) {
    const all = lens.comments();
    const end = Math.min(all.length, texts.length + most);
    for (let index = texts.length; index < end; index++) texts.push(lens.folded(lens.textOf(all[index])));
    return texts.length < all.length;
  }

  /* Folded texts, made once. */
  lens.foldedTexts = function () {
    foldSome(Infinity);
    return texts;
  };

  lens.foldSome = () => foldSome(AT_ONCE);

  /* How strong the mood of a comment is, towards a city or towards anything. */
  lens.strongestMood = function (comment, city) {
    let strongest = 0;
    for (const [cities, , , score] of comment.m || []) {
      if ((!city || cities.includes(city)) && Math.abs(score) > Math.abs(strongest)) strongest = score;
    }
    return strongest;
  };
})();
