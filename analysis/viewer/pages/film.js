"use strict";
/**
 * A film: how it is unpacked, and how things stand after any half-day.
 *
 * Everything here is a pure function of the film and the half-day, found by bisection, so that any moment can be
 * shown at once.
 */
const Film = (() => {
  const FORMAT = 1;
  const OVER = ["closed", "withdrawn", "refused"];
  const FADING = 4; // half-days for which a matter that is over is still seen

  function bytes(text) {
    const packed = atob(text);
    const found = new Uint8Array(packed.length);
    for (let k = 0; k < packed.length; k += 1) found[k] = packed.charCodeAt(k);
    return found;
  }

  /** The film in a saved file: base64 of gzip of JSON. */
  async function unpack(text) {
    const stream = new Blob([bytes(text.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
    return open(await new Response(stream).json());
  }

  /** A film as it came, made ready to be looked at; an error if it is none. */
  function open(film) {
    if (film.format !== FORMAT || !film.ticks || !film.runs.length) throw new Error("no film of this format");
    film.away = bytes(film.engaged);
    film.over = film.lives.map((life) => OVER.includes(life.name));
    film.runs.forEach((run) => prepare(film, run));
    film.parties = film.actors.map(() => []);
    film.matters.forEach((matter, m) => matter.parties.forEach((u) => film.parties[u].push(m)));
    return film;
  }

  function prepare(film, run) {
    for (const name of ["strain", "load", "tense"]) run[name] = bytes(run[name]);
    run.storyOf = film.matters.map(() => []);
    run.storyBy = film.actors.map(() => []);
    run.story.matter.forEach((m, k) => run.storyOf[m].push(k));
    run.story.actors.forEach((who, k) => who.forEach((u) => run.storyBy[u].push(k)));
    run.conflicts = conflicts(film, run);
  }

  /** Matters in open conflict in each half-day, by sums of what begins and ends. */
  function conflicts(film, run) {
    const found = new Int32Array(film.ticks + 1);
    for (const spans of run.blocked) {
      for (let k = 0; k < spans.length; k += 2) {
        found[spans[k]] += 1;
        found[Math.min(spans[k + 1], film.ticks)] -= 1;
      }
    }
    for (let t = 1; t < found.length; t += 1) found[t] += found[t - 1];
    return found.subarray(0, film.ticks);
  }

  /** How many of ``count`` ascending values ``get(k)`` are at most ``t``. */
  function upTo(count, get, t) {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (get(middle) <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The value of a track [tick, value, tick, value ...] after half-day ``t``. */
  function at(track, t, otherwise) {
    const count = upTo(track.length >> 1, (k) => track[2 * k], t);
    return count ? track[2 * count - 1] : otherwise;
  }

  const holder = (run, m, t) => at(run.holder[m], t, -1);
  const life = (run, m, t) => at(run.life[m], t, 0);
  const stage = (run, m, t) => at(run.stage[m], t, -1);
  const outcome = (run, m, t) => run.outcome[m].filter((row) => row[0] <= t).at(-1)?.[1] ?? null;

  function isBlocked(run, m, t) {
    const spans = run.blocked[m];
    const count = upTo(spans.length >> 1, (k) => spans[2 * k], t);
    return count > 0 && t < spans[2 * count - 1];
  }

  /** How much of a matter is still to be seen: 1 while it is under way, then less and less. */
  function presence(film, run, m, t) {
    const matter = film.matters[m];
    if (t < matter.arrival) return 0;
    const track = run.life[m];
    const count = upTo(track.length >> 1, (k) => track[2 * k], t);
    if (!count || !film.over[track[2 * count - 1]]) return 1;
    return Math.max(0, 1 - (t - track[2 * count - 2] + 1) / (FADING + 1));
  }

  /** Whether a matter is under way. */
  const isOpen = (film, run, m, t) => presence(film, run, m, t) === 1;

  /** The matters to be seen after half-day ``t``: with whom, decided or not, in conflict or not, how much of them. */
  function tokens(film, r, t) {
    const run = film.runs[r];
    const found = [];
    for (let m = 0; m < film.matters.length && film.matters[m].arrival <= t; m += 1) {
      const shown = presence(film, run, m, t);
      const u = shown ? holder(run, m, t) : -1;
      if (u < 0) continue;
      const isOver = shown < 1;
      found.push({ m, u, shown, decided: hasOutcome(run, m, t), blocked: !isOver && isBlocked(run, m, t) });
    }
    return found;
  }

  const hasOutcome = (run, m, t) => run.outcome[m].length > 0 && run.outcome[m][0][0] <= t;

  /** Which of the half-days with strain, load and conflict is the latest one by ``t``; the first before that. */
  const dayBy = (film, t) => Math.max(0, upTo(film.daily.length, (k) => film.daily[k], t) - 1);
  const row = (values, width, day) => values.subarray(day * width, (day + 1) * width);
  const strain = (film, r, day) => row(film.runs[r].strain, film.ties.length, day);
  const load = (film, r, day) => row(film.runs[r].load, film.actors.length, day);
  const tense = (film, r, day) => row(film.runs[r].tense, film.actors.length, day);

  /** The latest sample of the measures by ``t``; -1 if there is none yet. */
  const sampleBy = (film, t) => upTo(film.samples.length, (k) => film.samples[k], t) - 1;

  function isAway(film, u, t) {
    const width = Math.ceil(film.ticks / 8);
    return ((film.away[u * width + (t >> 3)] >> (t & 7)) & 1) === 1;
  }

  /** Whether an actor's half-days are known: those of leaders and heads are. */
  function hasCalendar(film, u) {
    const width = Math.ceil(film.ticks / 8);
    return film.away.subarray(u * width, (u + 1) * width).some((eight) => eight > 0);
  }

  /** How many sentences of the story have been told by ``t``. */
  const toldBy = (run, t) => upTo(run.story.tick.length, (k) => run.story.tick[k], t);

  /** Sentences about what is selected, or all, that have been told by ``t``; the latest first, at most ``most``. */
  function told(run, t, selected, most) {
    const known = toldBy(run, t);
    const rows = selected && (selected.kind === "matter" ? run.storyOf : run.storyBy)[selected.k];
    const count = rows ? upTo(rows.length, (k) => rows[k], known - 1) : known;
    const found = [];
    for (let k = count - 1; k >= 0 && found.length < most; k -= 1) found.push(rows ? rows[k] : k);
    return { rows: found, more: count > found.length };
  }

  /** A party's positions as [tick, x], the first when the matter arises. */
  function positions(film, run, m, place) {
    const moves = run.moves[m].filter((row) => row[1] === place).map((row) => [row[0], row[2]]);
    return [[film.matters[m].arrival, run.stance[m][place]], ...moves];
  }

  /** The half-day after which nothing happens to a matter any more, or the run's last. */
  function end(film, run, m) {
    const track = run.life[m];
    const isOver = track.length > 0 && film.over[track.at(-1)];
    return isOver ? track.at(-2) : film.ticks - 1;
  }

  return {
    unpack, open, holder, life, stage, outcome, isBlocked, isOpen, tokens, dayBy, strain, load, tense, sampleBy, isAway,
    hasCalendar, told, positions, end,
  };
})();
