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
    find("debrief").replaceChildren(
      make("div", { class: "summary", "data-test": "summary" }, ...found.summary.map((each) => make("p", {}, Words.of(each)))),
      against(), make("h3", {}, Words.say("debrief.measures")), make("p", { class: "faint" }, Words.say("debrief.measures_about")),
      measures(), make("h3", {}, Words.say("debrief.matters", { rival: Words.of(rival().title) })),
      make("p", { class: "faint" }, Words.say("debrief.matters_about")), ...Courses.list(found, Words.of(rival().title)));
  }

  /** The choice of the rival, and what may be done with the year. */
  function against() {
    const select = make("select", { id: "rival", "data-test": "rival" },
      ...found.rivals.map(({ name, title }) => make("option", { value: name, selected: name === found.against }, Words.of(title))));
    select.addEventListener("change", () => choose(select.value));
    const label = make("label", { for: "rival" }, Words.say("debrief.rival"));
    return make("div", { class: "against" }, label, " ", select, make("p", { class: "faint" }, Words.of(rival().sentence)),
      make("p", { class: "links" },
        link(`watch?${new URLSearchParams({ against: found.against })}`, "debrief.watch", { target: "_blank", rel: "noopener", "data-test": "watch" }),
        link("api/results.csv", "debrief.csv", { download: true }), link("api/results.json", "debrief.json", { download: true })));
  }

  const link = (href, key, more) => make("a", { href, class: "button", ...more }, Words.say(key));

  // -- measures ----------------------------------------------------------------------------------------------------

  function measures() {
    const column = (text, kind) => make("th", { scope: "col", class: kind }, text);
    const head = make("tr", {}, make("td", {}), column(Words.say("debrief.mine"), "number"), column(Words.say("debrief.among"), "among"),
      column(Words.of(rival().title), "number"), column(Words.say("debrief.place"), "number"));
    return make("table", { class: "measures-table", "data-test": "measures" },
      make("thead", {}, head), make("tbody", {}, ...found.measures.map(row)));
  }

  function row(measure) {
    const other = measure.values[rivalAt()] ?? null;
    const way = Year.better(measure.mine, other, measure);
    const spoken = way ? make("small", { class: way }, " ", Words.say(`figures.${way}`)) : null;
    const name = make("th", { scope: "row" }, Words.of(measure.title), " ", make("small", {}, Words.of(measure.unit)), spoken);
    name.title = Words.of(measure.about);
    return make("tr", {}, name, make("td", { class: "number mine" }, Words.number(measure.mine, measure.digits)),
      make("td", { class: "among" }, among(measure, other)), make("td", { class: "number" }, Words.number(other, measure.digits)),
      make("td", { class: "number" }, place(measure)));
  }

  const place = ({ place: nth, of }) => (nth === null ? "–" : Words.say("debrief.place_of", { nth, of }));

  /** All values on a line whose better end is at the right; where neither end is better, the larger. */
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
