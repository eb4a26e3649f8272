"use strict";
/**
 * Who wants what, and who is there when: a row per party with its position between 0 and 1, its ties, its work and its
 * next half-days; a row per leader with theirs.  Shown as a table, so that it can be read as well as seen.
 */
const Parties = (() => {
  const SHADES = 5; // of strain, as in the picture of the organisation
  const STRAINED = 0.6; // strain from which on a tie has the strongest shade
  const make = Page.make;
  const find = Page.find;

  function show(state) {
    const { matter } = state;
    const table = make("table", { class: "parties-table" },
      head(state), rounds(state), make("tbody", {}, ...matter.parties.map((party) => row(state, party))), common(state));
    find("parties").replaceChildren(make("h3", {}, Words.say("parties.title")), table, key(state));
    leaders(state);
    follow(state);
  }

  const days = (state) => (state.exercise.shows.includes("calendars") ? state.days : []);

  function head(state) {
    const words = ["name", "scale", "strain", "waiting"].map((each) => {
      const about = ["strain", "waiting"].includes(each) ? Words.say(`parties.${each}_about`) : null;
      return make("th", { scope: "col", class: `col-${each}`, title: about }, Words.say(`parties.${each}`));
    });
    return make("thead", {}, make("tr", {}, ...words, ...days(state).map((day, k) => dayHead(state, day, k))));
  }

  /** Days are named by number over their mornings; the half-day in full is said of every cell. */
  function dayHead(state, day, k) {
    const tick = state.tick + k;
    const isMorning = tick % Words.TICKS_PER_DAY === 0;
    const short = isMorning || k === 0 ? String(Words.day(tick)) : "";
    return make("th", { scope: "col", class: isMorning ? "slot morning" : "slot", title: Words.of(day), "aria-label": Words.of(day) }, short);
  }

  // -- positions ---------------------------------------------------------------------------------------------------

  /** The line from 0 to 1 with what the law allows, and marks on it. */
  function scale(state, spoken, ...marks) {
    const { band, proposal, need } = state.matter;
    const line = make("div", { class: "scale-line", role: "img", "aria-label": spoken });
    const allowed = make("span", { class: "allowed" });
    allowed.style.setProperty("--from", band[0]);
    allowed.style.setProperty("--to", band[1]);
    line.append(allowed, ...[at(need, "need-line"), at(proposal, "proposal-line"), ...marks].filter(Boolean));
    return line;
  }

  function at(x, kind, size = null) {
    if (x === null || x === undefined) return null;
    const mark = make("span", { class: `at ${kind}` });
    mark.style.setProperty("--x", x);
    if (size !== null) mark.style.setProperty("--size", size);
    return mark;
  }

  /** What has been proposed so far, the latest strongest. */
  function rounds(state) {
    const { history, proposal } = state.matter;
    if (proposal === null && !history.length) return null;
    const earlier = history.slice(0, -1).map((x) => at(x, "earlier"));
    const spoken = Words.say("parties.proposed", { n: history.length, x: Words.number(proposal, 2) });
    const cell = make("td", {}, scale(state, spoken, ...earlier, at(proposal, "proposal")));
    return make("tbody", { class: "proposals" }, make("tr", {},
      make("th", { scope: "row" }, spoken), cell, make("td", { colspan: 2 + days(state).length })));
  }

  function row(state, party) {
    const most = Math.max(...state.matter.parties.map(({ weight }) => weight));
    const size = 0.55 + 0.6 * Math.sqrt(party.weight / most);
    const marks = [at(party.thinks, "thinks", size), at(party.says, "says", size)];
    return make("tr", { "data-place": party.place },
      make("th", { scope: "row" }, make("span", {}, Words.of(party.name)), make("small", {}, about(state, party))),
      make("td", {}, party.says === null && party.thinks === null
        ? make("span", { class: "faint" }, Words.say("parties.unheard")) : scale(state, positions(party), ...marks)),
      make("td", { class: "col-strain" }, party.strain === null ? "–" : strain(party.strain)),
      make("td", { class: "number" }, String(party.waiting ?? "–")),
      ...slots(state, party.engaged, party.name));
  }

  /** What a party is in the matter: its role, its share of the weight, whether it has been heard. */
  function about(state, party) {
    const whole = state.matter.parties.reduce((sum, { weight }) => sum + weight, 0);
    const share = Words.say("parties.weight", { share: Math.round((party.weight / whole) * 100) });
    const heard = party.heard ? [] : [Words.say("parties.not_heard")];
    return [Words.of(party.role), share, ...heard].filter(Boolean).join(Words.say("list.comma"));
  }

  function positions({ says, thinks }) {
    const parts = [[says, "parties.says"], [thinks, "parties.thinks"]].filter(([x]) => x !== null && x !== undefined);
    return parts.map(([x, key]) => Words.say(key, { x: Words.number(x, 2) })).join(Words.say("list.comma"));
  }

  function strain(value) {
    const shade = Math.min(SHADES, Math.floor((value / STRAINED) * SHADES) + 1);
    const bar = make("span", { class: "strain-bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", value);
    bar.style.setProperty("--colour", `var(--strain-${shade})`);
    return make("span", { class: "strain" }, bar, `${Math.round(value * 100)}%`);
  }

  // -- calendars ---------------------------------------------------------------------------------------------------

  function slots(state, engaged, name) {
    return days(state).map((day, k) => {
      const isEngaged = Boolean(engaged?.[k]);
      const isMorning = (state.tick + k) % Words.TICKS_PER_DAY === 0;
      const spoken = `${Words.of(name)}, ${Words.of(day)}: ${Words.say(isEngaged ? "calendar.engaged" : "calendar.free")}`;
      const cell = make("span", { class: isEngaged ? "cell engaged" : "cell", role: "img", "aria-label": spoken, title: spoken });
      return make("td", { class: isMorning ? "slot morning" : "slot", "data-slot": k }, cell);
    });
  }

  /** When all that would be convened are free at once: marked as it follows from whom the trainee chooses. */
  function common(state) {
    if (!days(state).length) return null;
    const cells = days(state).map((day, k) => make("td", { class: "slot", id: `common-${k}` }));
    const text = make("th", { scope: "row", colspan: 4, id: "common-text" });
    return make("tbody", { class: "common" }, make("tr", {}, text, ...cells));
  }

  /** The leaders' calendars in the same half-days, and how much waits for each. */
  function leaders(state) {
    const width = Math.max(1, days(state).length);
    find("leaders").replaceChildren(
      make("thead", {}, make("tr", {}, ...days(state).map((day, k) => dayHead(state, day, k)))),
      ...state.leaders.map((leader) => make("tbody", {}, make("tr", {}, make("th", { scope: "rowgroup", colspan: width }, ...said(leader))),
        make("tr", {}, ...slots(state, leader.engaged, leader.name)))));
  }

  const said = ({ name, post, cases }) => [
    make("span", { title: Words.of(post) }, Words.of(name)), cases === null ? null : make("small", {}, Words.say("leaders.cases", { n: cases })),
  ].filter(Boolean);

  // -- what is chosen ----------------------------------------------------------------------------------------------

  function convened(state) {
    const chosen = Draft.get("whom");
    return state.matter.parties.filter(({ place }) => !chosen || place === 0 || chosen.has(String(place)));
  }

  function follow(state) {
    if (!days(state).length) return;
    const all = convened(state);
    const slot = days(state).findIndex((_, k) => all.every(({ engaged }) => !engaged?.[k]));
    days(state).forEach((_, k) => {
      find(`common-${k}`).textContent = k === slot ? "▲" : "";
    });
    const which = Draft.get("whom") ? "chosen" : "all";
    find("common-text").textContent = slot < 0
      ? Words.say("calendar.none", { who: Words.say(`calendar.${which}`) })
      : Words.say("calendar.common", { who: Words.say(`calendar.${which}`), when: Words.of(days(state)[slot]) });
  }

  // -- key ---------------------------------------------------------------------------------------------------------

  function key(state) {
    const { matter } = state;
    const has = (name) => matter.parties.some((party) => party[name] !== null && party[name] !== undefined);
    const signs = [
      has("says") && "says", has("thinks") && "thinks", matter.proposal !== null && "proposal",
      matter.need !== null && matter.need !== undefined && "need", "allowed", days(state).length > 0 && "engaged",
    ].filter(Boolean);
    return make("ul", { class: "legend" }, ...signs.map((sign) =>
      make("li", {}, make("span", { class: `sample ${sign}`, "aria-hidden": "true" }), Words.say(`sign.${sign}`))));
  }

  return { show, follow };
})();
