"use strict";
/**
 * Who wants what, and who is there when: a row per party with its position between 0 and 1, its ties, its work and its
 * next half-days.  Shown as a table, so that it can be read as well as seen.
 */
const Parties = (() => {
  const SHADES = 5; // of strain, as in the picture of the organisation
  const STRAINED = 0.6; // strain from which on a tie has the strongest shade
  const make = Page.make;
  const find = Page.find;

  function show(state) {
    const { matter } = state;
    const rows = make("tbody", {}, ...matter.parties.map((party) => row(state, party)));
    const table = make("table", { class: "parties-table" }, head(state), rounds(state), rows, common(state));
    const title = make("h3", {}, Words.say("parties.title"));
    find("parties").replaceChildren(make("div", { class: "parties-head" }, title, key(state)), table);
    follow(state);
  }

  function head(state) {
    const words = ["name", "weight", "scale", "strain", "waiting"].map((each) => {
      const about = ["weight", "strain", "waiting"].includes(each) ? Words.say(`parties.${each}_about`) : null;
      return make("th", { scope: "col", class: `col-${each}`, title: about }, Words.say(`parties.${each}`));
    });
    return make("thead", {}, make("tr", {}, ...words, ...Calendar.heads(state)));
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
    if (x === null) return null;
    const mark = make("span", { class: `at ${kind}` });
    mark.style.setProperty("--x", x);
    if (size !== null) mark.style.setProperty("--size", size);
    return mark;
  }

  /** What has been proposed so far, the latest strongest. */
  function rounds(state) {
    const { history, proposal } = state.matter;
    if (proposal === null) return null;
    const earlier = history.slice(0, -1).map((x) => at(x, "earlier"));
    const spoken = Words.say("parties.proposed", { n: history.length, x: Words.number(proposal, 2) });
    const cell = make("td", {}, scale(state, spoken, ...earlier, at(proposal, "proposal")));
    const rest = make("td", { colspan: 2 + Calendar.days(state).length });
    const head = make("th", { scope: "row", colspan: 2 }, spoken);
    return make("tbody", { class: "proposals" }, make("tr", {}, head, cell, rest));
  }

  function row(state, party) {
    const most = Math.max(...state.matter.parties.map(({ weight }) => weight));
    const size = 0.55 + 0.6 * Math.sqrt(party.weight / most);
    const marks = [at(party.says, "says", size), at(party.thinks, "thinks", size)];
    return make("tr", { "data-place": party.place },
      make("th", { scope: "row" }, make("span", {}, Words.of(party.name)), " ", make("small", {}, about(party))),
      make("td", { class: "number" }, share(state, party)),
      make("td", {}, scale(state, positions(party), ...marks)),
      make("td", { class: "col-strain" }, party.strain === null ? "–" : strain(party.strain)),
      make("td", { class: "number" }, String(party.waiting)),
      ...Calendar.slots(state, party));
  }

  /** What a party is, and whether it has been heard. */
  function about({ role, heard }) {
    return heard ? Words.of(role) : [Words.of(role), Words.say("parties.not_heard")].join(Words.say("list.comma"));
  }

  /** Its share of the weight of all. */
  function share(state, { weight }) {
    const whole = state.matter.parties.reduce((sum, party) => sum + party.weight, 0);
    return `${Math.round((weight / whole) * 100)}%`;
  }

  function positions({ says, thinks }) {
    const parts = [[says, "parties.says"], [thinks, "parties.thinks"]].filter(([x]) => x !== null);
    const words = parts.map(([x, key]) => Words.say(key, { x: Words.number(x, 2) }));
    return words.join(Words.say("list.comma")) || Words.say("parties.unknown");
  }

  function strain(value) {
    const shade = Math.min(SHADES, Math.floor((value / STRAINED) * SHADES) + 1);
    const bar = make("span", { class: "strain-bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", value);
    bar.style.setProperty("--colour", `var(--strain-${shade})`);
    return make("span", { class: "strain" }, bar, `${Math.round(value * 100)}%`);
  }

  // -- calendars ---------------------------------------------------------------------------------------------------

  /** When all that would be convened are free at once, from the next half-day on; follows whom the trainee chooses. */
  function common(state) {
    if (!Calendar.days(state).length) return null;
    const cells = Calendar.days(state).map((day, k) => make("td", { class: "slot", id: `common-${k}` }));
    const text = make("th", { scope: "row", colspan: 5, id: "common-text" });
    return make("tbody", { class: "common" }, make("tr", {}, text, ...cells));
  }

  // -- what is chosen ----------------------------------------------------------------------------------------------

  /** Those a round would be held with; where the trainee says nothing, all. */
  function convened(state) {
    const chosen = Draft.get("whom");
    return state.matter.parties.filter(({ place }) => !chosen || place === 0 || chosen.has(String(place)));
  }

  function follow(state) {
    if (!Calendar.days(state).length) return;
    const all = convened(state);
    const slot = Calendar.days(state).findIndex((_, k) => k > 0 && all.every(({ engaged }) => !engaged[k]));
    Calendar.days(state).forEach((_, k) => {
      find(`common-${k}`).textContent = k === slot ? "▲" : "";
    });
    const who = Words.say(Draft.get("whom") ? "calendar.chosen" : "calendar.all");
    const when = Words.of(Calendar.days(state)[slot]);
    find("common-text").textContent = Words.say(slot < 0 ? "calendar.none" : "calendar.common", { who, when });
  }

  // -- key ---------------------------------------------------------------------------------------------------------

  function key(state) {
    const { matter } = state;
    const has = (name) => matter.parties.some((party) => party[name] !== null);
    const signs = [
      has("says") && "says", has("thinks") && "thinks", matter.proposal !== null && "proposal",
      matter.need !== null && "need", "allowed", Calendar.days(state).length > 0 && "engaged",
    ].filter(Boolean);
    return make("ul", { class: "legend" }, ...signs.map((sign) =>
      make("li", {}, make("span", { class: `sample ${sign}`, "aria-hidden": "true" }), Words.say(`sign.${sign}`))));
  }

  return { show, follow };
})();
