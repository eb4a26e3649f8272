"use strict";
/** An actor in words and pictures: who it is, what it has in hand, its load over time, its story. */
const Actor = (() => {
  const SHOWN = 40; // half-days of a calendar
  const MOST = 24; // matters named

  function who(film, u) {
    const { post, organ, boss } = film.actors[u];
    const parts = [Words.of(post)];
    if (film.organs.length > 1 && organ >= 0) parts.push(Words.of(film.organs[organ]));
    if (boss >= 0) parts.push(Words.say("actor.under", { name: Words.of(film.actors[boss].name) }));
    return parts.join(Words.say("list.comma"));
  }

  /** Matters with an actor, and those it is a party to that are with others. */
  function concerned(film, run, u, tick) {
    const open = film.matters.map((_, m) => m).filter((m) => Film.isOpen(film, run, m, tick));
    const held = open.filter((m) => Film.holder(run, m, tick) === u);
    const mine = new Set(film.parties[u]);
    return { held, elsewhere: open.filter((m) => mine.has(m) && !held.includes(m)) };
  }

  function matters(film, u, key, which, live) {
    const columns = film.runs.map((run, r) => {
      const list = Page.make("ul", { class: "matters" });
      live.push((tick) => fill(list, film, run, concerned(film, run, u, tick)[which], tick));
      return Page.make("section", {}, Matter.caption(film, r), list);
    });
    return [Matter.heading(key), Page.make("div", { class: "beside" }, ...columns)];
  }

  /** A list of matters; that one is in conflict is part of its key, so that it is written anew then. */
  function fill(list, film, run, found, tick) {
    const keys = found.slice(0, MOST).map((m) => `${m} ${Film.isBlocked(run, m, tick) ? "conflict" : ""}`);
    Page.reconcile(list, [...keys, ...Finder.rest(found.length, MOST)], (key) => {
      const m = parseInt(key, 10);
      if (Number.isNaN(m)) return Page.make("li", { class: "faint" }, key);
      const conflict = Page.make("span", { class: "conflict" }, Words.say("matter.in_conflict"));
      const button = Matter.button(Matter.name(film, m), "matter", m);
      return Page.make("li", {}, button, key.endsWith("conflict") ? conflict : null);
    });
  }

  function loads(film, u, live) {
    const label = Words.say("actor.load_over_time");
    const canvas = Page.make("canvas", { class: "loads", role: "img", "aria-label": label });
    live.push((tick) => drawLoads(canvas, film, u, tick));
    return canvas;
  }

  function drawLoads(canvas, film, u, tick) {
    const { ctx, width, height } = Page.sharp(canvas);
    if (!width) return;
    const letter = Page.letter() * 0.8;
    const of = (r, day) => Film.load(film, r, day)[u];
    const days = film.daily.map((_, day) => day);
    const most = Math.max(4, ...film.runs.flatMap((_, r) => days.map((day) => of(r, day))));
    const [left, bottom] = [2 * letter, height - 3];
    const x = (t) => left + (t / Math.max(1, film.ticks - 1)) * (width - left - 4);
    const y = (load) => bottom - (load / most) * (bottom - letter);
    drawScale(ctx, most, left, width, y, letter);
    const path = (r) => days.map((day) => [x(film.daily[day]), y(of(r, day))]);
    film.runs.forEach((_, r) => Strip.trace(ctx, r, film.runs.length < 2, path(r)));
    Page.pen(ctx, "accent", 1.5);
    Page.trace(ctx, [[x(tick), 0], [x(tick), height]]);
  }

  function drawScale(ctx, most, left, width, y, letter) {
    ctx.fillStyle = Page.colour("faint");
    Page.pen(ctx, "rule", 1);
    Page.type(ctx, letter, "right", "middle");
    for (const value of [0, most]) {
      Page.trace(ctx, [[left, y(value)], [width, y(value)]]);
      ctx.fillText(String(value), left - 5, value ? y(value) : y(value) - 0.35 * letter);
    }
  }

  /** The half-days around the clock in which somebody with a calendar has no time; nothing for all others. */
  function calendar(film, u, live) {
    if (!Film.hasCalendar(film, u)) return [];
    const canvas = Page.make("canvas", { class: "calendar", role: "img" });
    live.push((tick) => drawCalendar(canvas, film, u, tick));
    return [Matter.heading("actor.calendar"), canvas];
  }

  function drawCalendar(canvas, film, u, tick) {
    const { ctx, width, height } = Page.sharp(canvas);
    const first = Math.max(0, Math.min(tick - SHOWN / 4, film.ticks - SHOWN));
    const cell = width / SHOWN;
    let away = 0;
    for (let t = first; t < Math.min(film.ticks, first + SHOWN); t += 1) {
      const isAway = Film.isAway(film, u, t);
      away += isAway;
      ctx.fillStyle = Page.colour(isAway ? "faint" : "band");
      ctx.fillRect((t - first) * cell, 0, cell - 1, height - 4);
    }
    ctx.fillStyle = Page.colour("accent");
    ctx.fillRect((tick - first) * cell, height - 3, cell - 1, 3);
    canvas.setAttribute("aria-label", Words.say("actor.calendar_spoken", { away, of: SHOWN }));
  }

  function facts(film, u, live) {
    const count = (of) => (cell, run, tick) => {
      cell.textContent = of(film, film.runs.indexOf(run), Film.dayBy(film, tick))[u];
    };
    return Matter.facts(film, live, { "actor.load": count(Film.load), "actor.conflicts": count(Film.tense) });
  }

  /** Fills ``host`` with an actor; gives back what makes it follow the clock. */
  function panel(host, film, u) {
    const live = [];
    host.replaceChildren(
      Page.make("h2", {}, Words.of(film.actors[u].name)), Page.make("p", { class: "faint" }, who(film, u)),
      facts(film, u, live), Matter.heading("actor.load_over_time"), loads(film, u, live), ...calendar(film, u, live),
      ...matters(film, u, "actor.held", "held", live), ...matters(film, u, "actor.elsewhere", "elsewhere", live),
      Matter.heading("matter.story"), Matter.stories(film, { kind: "actor", k: u }, live));
    return (tick) => live.forEach((tell) => tell(tick));
  }

  return { panel };
})();
