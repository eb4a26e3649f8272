"use strict";
/** A matter in words and pictures: what it is, where it is in each run, the course its parties took, its story. */
const Matter = (() => {
  const FEW = 60; // sentences of a story
  const SIGNS = ["need", "band", "round", "outcome", "conflict", "deadline"];

  const name = (film, m) => Words.say("matter.name", { n: m + 1, title: Words.of(film.matters[m].title) });
  const actor = (film, u) => Words.of(film.actors[u]?.name);

  /** What is said of a matter that is pointed at. */
  function lines(film, r, m, tick) {
    const run = film.runs[r];
    const conflict = Film.isBlocked(run, m, tick) ? Words.say("matter.in_conflict") : "";
    return [name(film, m), actor(film, Film.holder(run, m, tick)), stage(run, m, tick), conflict].filter(Boolean);
  }

  const stage = (run, m, tick) => Words.of(run.stages[Film.stage(run, m, tick)]);

  /** What the whole needs in a half-day. */
  const need = (film, m, tick) => film.matters[m].need.filter(([t]) => t <= tick).at(-1)?.[1] ?? null;

  function standing(film, run, m, tick) {
    const life = Words.of(film.lives[Film.life(run, m, tick)]?.title);
    return Film.isBlocked(run, m, tick) ? [life, Words.say("matter.in_conflict")].join(Words.say("list.comma")) : life;
  }

  function outcome(film, run, m, tick) {
    const value = Film.outcome(run, m, tick);
    if (value === null) return "–";
    const d = Words.number(Math.abs(value - need(film, m, tick)), 2);
    return Words.say("matter.outcome_value", { x: Words.number(value, 2), d });
  }

  function about(film, m) {
    const { arrival, deadline, importance, urgency } = film.matters[m];
    return Words.say("matter.about", {
      from: Words.when(arrival), due: Words.when(deadline),
      importance: Words.number(importance, 2), urgency: Words.number(urgency, 2),
    });
  }

  /** Facts run by run: a row for each, and in it a cell per run that follows the clock. */
  function facts(film, live, rows) {
    const head = film.runs.map((_, r) => Page.make("th", { scope: "col" }, Strip.badge(r)));
    return Page.make("table", { class: "facts" },
      film.runs.length > 1 ? Page.make("thead", {}, Page.make("tr", {}, Page.make("td", {}), ...head)) : null,
      Page.make("tbody", {}, ...Object.entries(rows).map(([key, tell]) => row(film, key, live, tell))));
  }

  function row(film, key, live, tell) {
    const cells = film.runs.map((run) => {
      const cell = Page.make("td", {});
      live.push((tick) => tell(cell, run, tick));
      return cell;
    });
    return Page.make("tr", {}, Page.make("th", { scope: "row" }, Words.say(key)), ...cells);
  }

  const write = (tell) => (cell, run, tick) => {
    cell.textContent = tell(run, tick);
  };

  function course(film, m, live) {
    return facts(film, live, {
      "matter.holder": (cell, run, tick) => link(cell, film, Film.holder(run, m, tick)),
      "matter.stage": write((run, tick) => stage(run, m, tick) || "–"),
      "matter.standing": write((run, tick) => standing(film, run, m, tick)),
      "matter.outcome": write((run, tick) => outcome(film, run, m, tick)),
    });
  }

  /** A name that leads to its actor, put into ``cell`` if it is another than before. */
  function link(cell, film, u) {
    if (cell.dataset.actor === String(u)) return;
    cell.dataset.actor = u;
    cell.replaceChildren(u < 0 ? "–" : button(actor(film, u), "actor", u));
  }

  /** A button that selects something. */
  function button(text, kind, k, ...before) {
    const made = Page.make("button", { type: "button", class: "link" }, ...before, text);
    made.addEventListener("click", () => Selection.set(kind, k));
    return made;
  }

  function courses(film, m, live) {
    const pictures = film.runs.map((run, r) => {
      const canvas = Page.make("canvas", { class: "course", role: "img" });
      live.push((tick) => {
        Course.draw(canvas, film, r, m, tick);
        canvas.setAttribute("aria-label", spoken(film, run, m, tick));
      });
      return Page.make("figure", {}, caption(film, r), canvas);
    });
    return Page.make("div", { class: "beside" }, ...pictures);
  }

  function caption(film, r) {
    if (film.runs.length < 2) return null;
    return Page.make("figcaption", {}, Strip.badge(r), Words.of(film.runs[r].strategy.title));
  }

  /** The picture in words: where each party began and where it is now, and the outcome. */
  function spoken(film, run, m, tick) {
    const places = film.matters[m].parties.map((u, place) => {
      const path = Film.positions(film, run, m, place).filter(([t], k) => !k || t <= tick);
      const values = { name: actor(film, u), from: Words.number(path[0][1], 2), to: Words.number(path.at(-1)[1], 2) };
      return Words.say("matter.path", values);
    });
    const last = Film.outcome(run, m, tick);
    const end = last === null ? [] : [Words.say("matter.outcome_was", { x: Words.number(last, 2) })];
    return [Words.say("matter.courses"), ...places, ...end].join(Words.say("list.stop"));
  }

  function legend() {
    const box = (sign) => Page.make("span", { class: `sign sign-${sign}` });
    const item = (sign) => Page.make("li", {}, box(sign), Words.say(`course.${sign}`));
    return Page.make("ul", { class: "legend" }, ...SIGNS.map(item));
  }

  function parties(film, m) {
    const { parties: all, weights } = film.matters[m];
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const items = all.map((u, place) => {
      const sign = Page.make("span", { class: "party" }, String(place + 1));
      sign.style.setProperty("--hue", `var(--${Course.hue(place)})`);
      const share = { share: Math.round((100 * weights[place]) / total) };
      const text = Words.say(place ? "matter.weight" : "matter.lead_weight", share);
      const weight = Page.make("span", { class: "faint" }, text);
      return Page.make("li", {}, button(actor(film, u), "actor", u, sign), weight);
    });
    return Page.make("ol", { class: "parties" }, ...items);
  }

  /** The story of what is selected, run by run. */
  function stories(film, selected, live) {
    const parts = film.runs.map((_, r) => {
      const list = Page.make("ol", { class: "story" });
      live.push((tick) => Feed.fill(list, film, r, tick, selected, FEW));
      return Page.make("section", {}, caption(film, r)?.cloneNode(true) ?? null, list);
    });
    return Page.make("div", { class: "beside" }, ...parts);
  }

  const heading = (key) => Page.make("h3", {}, Words.say(key));

  /** Fills ``host`` with a matter; gives back what makes it follow the clock. */
  function panel(host, film, m) {
    const live = [];
    host.replaceChildren(
      Page.make("h2", {}, name(film, m)), Page.make("p", { class: "faint" }, about(film, m)), course(film, m, live),
      heading("matter.courses"), courses(film, m, live), legend(), heading("matter.parties"), parties(film, m),
      heading("matter.story"), stories(film, { kind: "matter", k: m }, live));
    return (tick) => live.forEach((tell) => tell(tick));
  }

  return { name, lines, panel, facts, button, stories, heading, caption };
})();
