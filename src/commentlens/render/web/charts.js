"use strict";
/* Draws the charts as SVG, without evaluating code (ast), so that the page's policy can forbid it. */
(function () {
  if (!window.vegaEmbed) return;
  const lens = window.commentlens;
  const LOG_ERRORS = 1; // as vega.Error
  const configs = JSON.parse(document.getElementById("charts-config").textContent);
  const views = new Map();

  async function draw(figure) {
    const plot = figure.querySelector(".plot");
    const spec = JSON.parse(figure.querySelector("script.spec").textContent);
    // A map keeps the shape of the world on a phone, where it has less width than it would be high.
    if (figure.dataset.chart === "map") spec.height = Math.min(spec.height, Math.round(plot.clientWidth * 0.55));
    const options = { renderer: "svg", ast: true, actions: false, tooltip: true, logLevel: LOG_ERRORS, config: configs[lens.theme()] };
    const before = views.get(figure);
    if (before) before.finalize();
    views.set(figure, await window.vegaEmbed(plot, spec, options));
    // The plot is one image with a description; its shapes are nothing to be read one by one.
    plot.querySelector("svg").setAttribute("aria-hidden", "true");
    figure.dataset.drawn = lens.theme();
  }

  const drawAll = () => Promise.all(Array.from(document.querySelectorAll("figure.chart"), draw));
  lens.charts = drawAll();
  document.addEventListener("themechange", () => { lens.charts = lens.charts.then(drawAll); });
})();
