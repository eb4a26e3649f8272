"use strict";
/** The main measures as they stand: their values, the difference between two runs, and how they went over time. */
const Strip = (() => {
  let film = null;
  let cards = [];

  function show(shown) {
    film = shown;
    cards = film.measures.map(card);
    Page.find("strip").replaceChildren(...cards.map((each) => each.element));
  }

  function card(measure, column) {
    const heading = { title: Words.of(measure.title), unit: Words.of(measure.unit) };
    const title = Page.make("h3", {}, Words.say("strip.heading", heading));
    const values = film.runs.map(() => Page.make("span", { class: "value" }));
    const difference = Page.make("p", { class: "difference" });
    const canvas = Page.make("canvas", { "aria-hidden": "true" });
    const shown = film.runs.map((_, r) => Page.make("span", {}, film.runs.length > 1 ? badge(r) : null, values[r]));
    const isAlone = film.runs.length < 2;
    const row = Page.make("p", { class: "values" }, ...shown);
    const about = { title: Words.of(measure.about) };
    const element = Page.make("li", about, title, row, isAlone ? null : difference, canvas);
    return { element, values, difference, canvas, measure, column };
  }

  /** The sign of a run: its letter, on its colour. */
  function badge(r) {
    return Page.make("span", { class: `badge run-${r}` }, Words.run(r));
  }

  function follow(tick) {
    const sample = Film.sampleBy(film, tick);
    const at = (r, column) => (sample < 0 ? null : film.runs[r].running[sample][column]);
    for (const each of cards) {
      each.values.forEach((value, r) => {
        value.textContent = Words.number(at(r, each.column), each.measure.digits);
      });
      if (film.runs.length > 1) compare(each, at(0, each.column), at(1, each.column));
      drawLine(each, tick);
    }
  }

  /** How far the second run is from the first, and which of them is better for it, in words. */
  function compare({ difference, measure }, a, b) {
    const isKnown = a !== null && b !== null;
    const by = isKnown ? Number((b - a).toFixed(measure.digits)) : 0;
    const isBetter = by > 0 === (measure.better === "up");
    const way = by && measure.better ? (isBetter ? "better" : "worse") : "";
    const number = Words.number(isKnown ? by : null, measure.digits, true);
    difference.className = `difference ${way}`;
    difference.textContent = way ? `${number} ${Words.say(`strip.${way}`)}` : number;
  }

  function drawLine({ canvas, column }, tick) {
    const { ctx, width, height } = Page.sharp(canvas);
    const values = film.runs.flatMap((run) => run.running.map((row) => row[column])).filter((x) => x !== null);
    if (!values.length || !width) return;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const x = (t) => 2 + (t / Math.max(1, film.ticks - 1)) * (width - 4);
    const y = (value) => height - 3 - (high > low ? (value - low) / (high - low) : 0.5) * (height - 6);
    film.runs.forEach((run, r) => {
      const known = run.running.map((row, k) => [film.samples[k], row[column]]).filter(([, value]) => value !== null);
      trace(ctx, r, film.runs.length < 2, known.map(([t, value]) => [x(t), y(value)]));
    });
    Page.pen(ctx, "accent", 1);
    Page.trace(ctx, [[x(tick), 0], [x(tick), height]]);
  }

  /** A run's line over time; the second one is broken, so that colour is not all that tells them apart. */
  function trace(ctx, r, isAlone, points) {
    Page.pen(ctx, isAlone ? "ink" : `run-${r}`, 1.6, r ? [4, 2] : []);
    Page.trace(ctx, points);
  }

  return { show, follow, badge, trace };
})();
