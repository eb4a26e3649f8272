"use strict";
/**
 * Where the actors stand: levels from the top down, organs side by side, those under one head next to each other.
 *
 * Simple geometry, as in the project's figures: the same organisation in the same room always gives the same picture.
 */
const Layout = (() => {
  const WIDE = 6.8; // of a place that is easy to read, in sizes of the letters
  const HIGH = 4.2; // of a line with names of two lines
  const LOW = 3.15; // of a line that has room for names at all
  const WIDEST = 16;
  const TRIED = [16, 13, 11, 9.5, 8.3, 7.4, 6.6, 5.8, 5, 4.2, 3.5, 2.9, 2.3, 1.8, 1.4];
  const NARROWEST_NAME = 3.6;
  const SCALES = [1.6, 1.4, 1.2];
  const ROOMY = 1.2; // of a place, as a multiple of one that is easy to read
  const GAP = 12; // between organs
  const LINE = 1.1; // of a name

  /** The actors of each level and organ. */
  function groups(film) {
    const found = film.levels.map(() => film.organs.map(() => []));
    film.actors.forEach((actor, u) => found[actor.level][Math.max(actor.organ, 0)].push(u));
    const boss = (u) => film.actors[u].boss;
    found.forEach((organs) => organs.forEach((members) => members.sort((u, v) => boss(u) - boss(v) || u - v)));
    return found;
  }

  const linesOf = (count, width, slot) => Math.ceil(count / Math.max(1, Math.floor(width / slot)));
  const linesAt = (levels, width, slot) =>
    levels.map((organs) => Math.max(...organs.map((members) => linesOf(members.length, width, slot))));
  const sum = (values) => values.reduce((total, value) => total + value, 0);

  /** How wide places are to be, and how good that is: a compromise between width for names and height for lines. */
  function widthOfPlaces(levels, width, height, letter) {
    const quality = (slot) => {
      const line = height / (sum(linesAt(levels, width, slot * letter)) * letter);
      return Math.min(slot / WIDE, line / HIGH) * (line < LOW ? 0.5 : 1);
    };
    const best = TRIED.reduce((one, other) => (quality(other) > quality(one) ? other : one));
    return { slot: best * letter, quality: quality(best) };
  }

  const widthOf = (film, box) => (box.width - GAP * (film.organs.length - 1)) / film.organs.length;

  /** How much larger than usual everything may be: a small organisation fills a large screen. */
  function scale(film, box, letter) {
    const levels = groups(film);
    const isRoomy = (times) => widthOfPlaces(levels, widthOf(film, box), box.height, letter * times).quality >= ROOMY;
    return SCALES.find(isRoomy) ?? 1;
  }

  /**
   * Places in a box of ``width`` × ``height`` from (``left``, ``top``): x, y and room for a name per actor, the number
   * of its line, what is above and below a node in a line, and where headings go.  ``wrapped`` says how many lines a
   * name takes in so much room.
   */
  function places(film, box, letter, node, token, wrapped) {
    const levels = groups(film);
    const width = widthOf(film, box);
    const { slot } = widthOfPlaces(levels, width, box.height, letter);
    const lines = linesAt(levels, width, slot);
    const line = box.height / Math.max(1, sum(lines));
    const found = empty(film, line, letter);
    let number = 0;
    levels.forEach((organs, level) => {
      const top = box.top + number * line;
      if (lines[level]) found.titles.push({ level, top });
      organs.forEach((members, organ) => {
        const left = box.left + organ * (width + GAP);
        row(found, members, { left, top, width, lines: lines[level], slot, number });
      });
      number += lines[level];
    });
    film.organs.forEach((_, organ) => found.heads.push({ organ, left: box.left + organ * (width + GAP), width }));
    return { ...found, ...shares(film, found, line, letter, node, token, wrapped) };
  }

  function empty(film, line, letter) {
    const count = film.actors.length;
    const [x, y, room] = [0, 1, 2].map(() => new Float64Array(count));
    return { x, y, room, number: new Int32Array(count), titles: [], heads: [], line, letter };
  }

  /** Members of one level and organ in as few even lines as there is room for. */
  function row(found, members, at) {
    const used = Math.min(at.lines, linesOf(members.length, at.width, at.slot));
    const most = Math.ceil(members.length / Math.max(1, used));
    const pitch = Math.min(at.width / Math.max(1, most), WIDEST * found.letter);
    for (let k = 0; k < used; k += 1) {
      const part = members.slice(k * most, (k + 1) * most);
      const start = at.left + (at.width - pitch * (part.length - 1)) / 2;
      part.forEach((u, place) => {
        found.x[u] = start + pitch * place;
        found.y[u] = at.top + k * found.line;
        found.room[u] = pitch;
        found.number[u] = at.number + k;
      });
    }
  }

  /** Divides the height of a line between matters above the node and its name below. */
  function shares(film, found, line, letter, node, token, wrapped) {
    const free = line - 2 * node - 0.3 * letter;
    const fitting = Math.max(0, Math.min(3, Math.floor((free - token) / (LINE * letter))));
    const isNamed = (u) => found.room[u] >= NARROWEST_NAME * letter;
    const wanted = Math.max(0, ...film.actors.map((_, u) => (isNamed(u) ? wrapped(u, found.room[u]) : 0)));
    const named = Math.min(fitting, wanted);
    const rows = Math.max(1, Math.min(4, Math.floor((free - named * LINE * letter) / token)));
    const above = Math.max(rows * token + node, line / 2 - (named * LINE * letter - rows * token) / 2);
    for (let u = 0; u < found.y.length; u += 1) found.y[u] += above;
    return { named, rows, above, isNamed };
  }

  return { LINE, scale, places };
})();
