"use strict";
/** The debrief of a year: what it came to, each measure among the strategies, and matter by matter beside a rival. */
const Debrief = (() => {
  const make = Page.make;
  const find = Page.find;
  let found = null;
  let choose = null;

  function start(chosen) {
    choose = chosen;
  }

  function show(debrief) {
    found = debrief;
    draw();
  }

  const rival = () => found.rivals.find(({ name }) => name === found.against);
  const rivalAt = () => found.rivals.findIndex(({ name }) => name === found.against);

  function draw() {
    if (!found) return;
    const other = Words.of(rival().title);
    find("debrief").replaceChildren(
      summary(), against(),
      make("h3", {}, Words.say("debrief.measures")), faint("debrief.measures_about"), measures(),
      make("h3", {}, Words.say("debrief.matters", { rival: other })), faint("debrief.matters_about"),
      ...Courses.list(found, other));
  }

  const faint = (key) => make("p", { class: "faint" }, Words.say(key));

  function summary() {
    const sentences = found.summary.map((each) => make("p", {}, Words.of(each)));
    return make("div", { class: "summary", "data-test": "summary" }, ...sentences);
  }

  /** The choice of the rival, and what may be done with the year. */
  function against() {
    const options = found.rivals.map(({ name, title }) =>
      make("option", { value: name, selected: name === found.against }, Words.of(title)));
    const select = make("select", { id: "rival", "data-test": "rival" }, ...options);
    select.addEventListener("change", () => choose(select.value));
    const label = make("label", { for: "rival" }, Words.say("debrief.rival"));
    return make("div", { class: "against" }, label, " ", select,
      make("p", { class: "faint" }, Words.of(rival().sentence)), make("p", { class: "links" }, ...links()));
  }

  function links() {
    const films = `watch?${new URLSearchParams({ against: found.against })}`;
    return [
      link(films, "debrief.watch", { target: "_blank", rel: "noopener", "data-test": "watch" }),
      link("api/results.csv", "debrief.csv", { download: true }),
      link("api/results.json", "debrief.json", { download: true }),
    ];
  }

  const link = (href, key, more) => make("a", { href, class: "button", ...more }, Words.say(key));

  // -- measures ----------------------------------------------------------------------------------------------------

  function measures() {
    const column = (text, kind) => make("th", { scope: "col", class: kind }, text);
    const head = make("tr", {}, make("td", {}),
      column(Words.say("debrief.mine"), "number"), column(Words.say("debrief.among"), "among"),
      column(Words.of(rival().title), "number"), column(Words.say("debrief.place"), "number"));
    return make("table", { class: "measures-table", "data-test": "measures" },
      make("thead", {}, head), make("tbody", {}, ...found.measures.map(row)));
  }

  function row(measure) {
    const other = measure.values[rivalAt()] ?? null;
    const number = (x, kind = "number") => make("td", { class: kind }, Words.number(x, measure.digits));
    const picture = make("td", { class: "among" }, among(measure, other));
    return make("tr", {}, Year.name(measure), number(measure.mine, "number mine"), picture, number(other),
      make("td", { class: "number" }, place(measure)));
  }

  const place = ({ place: nth, of }) => (nth === null ? "–" : Words.say("debrief.place_of", { nth, of }));

  /** All values on a line whose better end is on the right. */
  function among({ mine, values, better }, other) {
    const known = [mine, ...values].filter((x) => x !== null);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const share = (x) => (high > low ? (x - low) / (high - low) : 0.5);
    const at = (x, kind) => {
      const mark = make("span", { class: `at ${kind}` });
      mark.style.setProperty("--x", better === "down" ? 1 - share(x) : share(x));
      return mark;
    };
    const marks = [...values.filter((x) => x !== null).map((x) => at(x, "value"))];
    if (other !== null) marks.push(at(other, "rival"));
    if (mine !== null) marks.push(at(mine, "mine"));
    return make("div", { class: "among-line", "aria-hidden": "true" }, ...marks);
  }

  return { start, show, draw };
})();
