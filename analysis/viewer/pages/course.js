"use strict";
/**
 * The course of one matter as a picture: where each party stood over time, the rounds and what was proposed in them,
 * the outcome, what the whole needs and what the law allows.
 */
const Course = (() => {
  const HUES = 8; // of parties after the lead
  const MARGIN = { left: 2.1, right: 1.5, top: 1.7, bottom: 1.6 }; // sizes of the letters

  /** The half-days that pictures of a matter show, the same for all runs. */
  function span(film, m) {
    const { arrival, deadline } = film.matters[m];
    const end = Math.max(...film.runs.map((run) => Film.end(film, run, m)));
    const last = Math.min(film.ticks - 1, Math.max(end, deadline)) + 1;
    const room = Math.max(2, (last - arrival) * 0.03);
    return [arrival - room, last + room];
  }

  /** The colour of a party by its place; the lead has that of the writing. */
  const hue = (place) => (place ? `party-${((place - 1) % HUES) + 1}` : "ink");

  function draw(canvas, film, r, m, tick) {
    const { ctx, width, height } = Page.sharp(canvas);
    if (!width) return;
    const picture = frame(film, r, m, tick, width, height);
    drawFrame(ctx, picture);
    drawNeeds(ctx, picture);
    drawConflicts(ctx, picture);
    drawDeadline(ctx, picture);
    drawOutcome(ctx, picture);
    drawParties(ctx, picture);
    drawRounds(ctx, picture);
    drawClock(ctx, picture);
  }

  function frame(film, r, m, tick, width, height) {
    const letter = Page.letter() * 0.8;
    const [from, to] = span(film, m);
    const [left, right] = [MARGIN.left * letter, width - MARGIN.right * letter];
    const [top, bottom] = [MARGIN.top * letter, height - MARGIN.bottom * letter];
    return {
      film, run: film.runs[r], matter: film.matters[m], m, tick, letter, left, right, top, bottom, from, to,
      x: (t) => left + (Math.min(Math.max(t, from), to) - from) / (to - from) * (right - left),
      y: (value) => bottom - value * (bottom - top),
      end: Film.end(film, film.runs[r], m) + 1,
    };
  }

  function drawFrame(ctx, { matter, letter, left, right, top, bottom, from, to, x, y }) {
    ctx.fillStyle = Page.colour("band");
    ctx.fillRect(left, y(matter.band[1]), right - left, y(matter.band[0]) - y(matter.band[1]));
    ctx.fillStyle = Page.colour("faint");
    Page.pen(ctx, "rule", 1);
    Page.type(ctx, letter, "right", "middle");
    for (const value of [0, 0.5, 1]) {
      Page.trace(ctx, [[left, y(value)], [right, y(value)]]);
      ctx.fillText(String(value), left - 5, y(value));
    }
    Page.type(ctx, letter, "center", "top");
    const days = (to - from) / Words.TICKS_PER_DAY;
    const every = [1, 2, 5, 10, 20, 50, 100].find((step) => (days / step) * 4.2 * letter < right - left) ?? 200;
    for (let day = Math.ceil(Words.day(from) / every) * every; (day - 1) * Words.TICKS_PER_DAY <= to; day += every) {
      const at = (day - 1) * Words.TICKS_PER_DAY;
      if (at >= from) ctx.fillText(Words.say("time.day", { day }), x(at), bottom + 0.4 * letter);
    }
    Page.trace(ctx, [[left, bottom], [left, top]]);
  }

  /** A value that holds from one change to the next, as steps up to ``end``. */
  function steps(ctx, { x, y }, changes, end) {
    const before = (k) => changes[Math.max(0, k - 1)][1];
    const points = changes.flatMap(([t, value], k) => [[x(t), y(before(k))], [x(t), y(value)]]);
    Page.trace(ctx, [...points, [x(end), y(changes.at(-1)[1])]]);
  }

  function drawNeeds(ctx, picture) {
    const end = picture.to;
    const needs = picture.matter.need.filter(([t]) => t <= end);
    Page.pen(ctx, "need", 2, [2, 3]);
    if (needs.length) steps(ctx, picture, needs, end);
  }

  function drawConflicts(ctx, { run, m, tick, x, top, bottom }) {
    const spans = run.blocked[m];
    for (let k = 0; k < spans.length; k += 2) {
      if (spans[k] > tick) break;
      ctx.fillStyle = Page.colour("conflict-halo");
      ctx.fillRect(x(spans[k]), top, x(spans[k + 1]) - x(spans[k]), bottom - top);
      ctx.fillStyle = Page.colour("conflict");
      ctx.fillRect(x(spans[k]), bottom - 4, x(spans[k + 1]) - x(spans[k]), 4);
    }
  }

  function drawDeadline(ctx, { matter, film, x, top, bottom, letter }) {
    if (matter.deadline >= film.ticks) return;
    Page.pen(ctx, "faint", 1.5, [5, 3]);
    Page.trace(ctx, [[x(matter.deadline), top - 0.3 * letter], [x(matter.deadline), bottom]]);
  }

  /** Rounds as marks on top, with their mode where there is room, and a diamond at what was proposed. */
  function drawRounds(ctx, { film, run, m, tick, letter, right, top, bottom, x, y }) {
    let free = 0;
    Page.type(ctx, letter, "left", "bottom");
    for (const [t, mode, proposal] of run.rounds[m]) {
      if (t > tick) break;
      const at = x(t);
      Page.pen(ctx, "edge", 1);
      Page.trace(ctx, [[at, top - 3], [at, bottom]]);
      const text = Words.of(film.modes[mode]);
      const start = Math.min(at - 2, right + letter - ctx.measureText(text).width);
      ctx.fillStyle = Page.colour("ink");
      if (start >= free) {
        ctx.fillText(text, start, top - 4);
        free = start + ctx.measureText(text).width + 6;
      }
      if (proposal !== null) diamond(ctx, at, y(proposal), 0.42 * letter);
    }
  }

  function diamond(ctx, x, y, size) {
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
    ctx.fillStyle = Page.colour("paper");
    ctx.fill();
    Page.pen(ctx, "ink", 1.6);
    ctx.stroke();
  }

  /** A line per party up to the clock, with its number at the end. */
  function drawParties(ctx, picture) {
    const { run, m, tick, matter, end, x, y } = picture;
    const until = Math.min(tick + 1, end);
    if (until <= matter.arrival) return;
    const ends = [];
    for (let place = matter.parties.length - 1; place >= 0; place -= 1) {
      const path = Film.positions(picture.film, run, m, place).filter(([t]) => t <= tick);
      Page.pen(ctx, hue(place), place ? 1.8 : 2.8);
      steps(ctx, picture, path, until);
      ends.push({ place, at: y(path.at(-1)[1]) });
    }
    drawNumbers(ctx, picture, apart(ends, picture), x(until) + 4);
  }

  /** Numbers at the ends of lines, moved apart where they would overlap. */
  function apart(ends, { letter, top, bottom }) {
    const sorted = [...ends].sort((one, other) => one.at - other.at);
    sorted.forEach((one, k) => {
      one.shown = k ? Math.max(one.at, sorted[k - 1].shown + letter) : Math.max(one.at, top);
    });
    const excess = (sorted.at(-1)?.shown ?? 0) - bottom;
    for (const one of sorted) one.shown -= Math.max(0, excess);
    return sorted;
  }

  function drawNumbers(ctx, { letter }, ends, x) {
    Page.type(ctx, letter, "left", "middle", 600);
    for (const { place, shown } of ends) {
      Page.letters(ctx, String(place + 1), x, shown);
    }
  }

  function drawOutcome(ctx, picture) {
    const { run, m, tick, end } = picture;
    const changes = run.outcome[m].filter(([t]) => t <= tick);
    if (!changes.length) return;
    Page.pen(ctx, "outcome", 8);
    steps(ctx, picture, changes, Math.max(Math.min(tick + 1, end), changes.at(-1)[0] + 0.5));
  }

  function drawClock(ctx, { tick, from, to, x, top, bottom }) {
    if (tick < from || tick > to) return;
    Page.pen(ctx, "accent", 1.5);
    Page.trace(ctx, [[x(tick + 1), top], [x(tick + 1), bottom]]);
  }

  return { draw, hue };
})();
