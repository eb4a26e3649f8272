"use strict";
/** Whose heads are engaged or away in the next half-days: cells of a table; and the leaders with theirs. */
const Calendar = (() => {
  const make = Page.make;

  /** The half-days shown; none if the exercise does not show calendars. */
  const days = (state) => (state.exercise.shows.includes("calendars") ? state.days : []);
  const isMorning = (state, k) => (state.tick + k) % Words.TICKS_PER_DAY === 0;
  const slot = (state, k) => (isMorning(state, k) ? "slot morning" : "slot");

  /** Days are named by number over their mornings; the half-day in full is said of every cell. */
  function heads(state) {
    return days(state).map((day, k) => make("th", {
      scope: "col", class: slot(state, k), title: Words.of(day), "aria-label": Words.of(day),
    }, isMorning(state, k) ? String(Words.day(state.tick + k)) : ""));
  }

  function slots(state, { name, engaged }) {
    return days(state).map((day, k) => {
      const key = engaged[k] ? "calendar.engaged" : "calendar.free";
      const spoken = Words.say(key, { name: Words.of(name), when: Words.of(day) });
      const kind = engaged[k] ? "cell engaged" : "cell";
      const cell = make("span", { class: kind, role: "img", "aria-label": spoken, title: spoken });
      return make("td", { class: slot(state, k) }, cell);
    });
  }

  /** The leaders, what waits for each, and their calendars in the same half-days. */
  function leaders(state) {
    const head = make("thead", {}, make("tr", {}, ...heads(state)));
    const { shows } = state.exercise; // what is not shown is not explained either
    Page.find("leaders-about").hidden = !(shows.includes("calendars") && shows.includes("cases"));
    Page.find("leaders").replaceChildren(head, ...state.leaders.map((each) => leader(state, each)));
  }

  function leader(state, each) {
    const cases = each.cases === null ? null : make("small", {}, Words.say("leaders.cases", { n: each.cases }));
    const name = make("span", { title: Words.of(each.post) }, Words.of(each.name));
    const head = make("th", { scope: "rowgroup", colspan: Math.max(1, days(state).length) }, name, cases);
    return make("tbody", {}, make("tr", {}, head), make("tr", {}, ...slots(state, each)));
  }

  return { days, heads, slots, leaders };
})();
