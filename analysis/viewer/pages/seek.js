"use strict";
/** The bar by which one goes to any moment; under it, how many matters are in open conflict, run by run. */
const Seek = (() => {
  let film = null;
  let most = 1;

  function show(shown) {
    film = shown;
    most = Math.max(1, ...film.runs.map((run) => run.conflicts.reduce((high, count) => Math.max(high, count), 0)));
    Page.find("seek").max = film.ticks - 1;
    draw();
  }

  /** One run stands on the bar's line; of two, the second hangs from it. */
  function draw() {
    if (!film) return;
    const canvas = Page.find("density");
    const { ctx, width, height } = Page.sharp(canvas);
    const line = film.runs.length > 1 ? height / 2 : height;
    ctx.fillStyle = Page.colour("conflict");
    film.runs.forEach((run, r) => area(ctx, run.conflicts, width, line, (r ? 1 : -1) * (line / most)));
    drawLine(ctx, width, height, line);
  }

  function area(ctx, counts, width, line, scale) {
    const step = width / Math.max(1, counts.length - 1);
    ctx.globalAlpha = 0.55;
    ctx.beginPath();
    ctx.moveTo(0, line);
    counts.forEach((count, t) => ctx.lineTo(t * step, line + count * scale));
    ctx.lineTo(width, line);
    ctx.fill();
    ctx.globalAlpha = 1;
  }

  function drawLine(ctx, width, height, line) {
    Page.pen(ctx, "edge", 1);
    Page.trace(ctx, [[0, Math.min(line, height - 0.5)], [width, Math.min(line, height - 0.5)]]);
  }

  function follow(tick) {
    const seek = Page.find("seek");
    seek.value = tick;
    seek.setAttribute("aria-valuetext", Words.clock(tick));
  }

  function start() {
    Page.find("seek").addEventListener("input", (event) => {
      Player.pause();
      Player.seek(Number(event.target.value));
    });
  }

  return { start, show, draw, follow };
})();
