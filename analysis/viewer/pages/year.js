"use strict";
/** How the year goes: its progress, the news since the last decision, and the main measures beside the standing way. */
const Year = (() => {
  const make = Page.make;
  const find = Page.find;
  const SIGNS = { better: "▲", worse: "▼" };

  function progress(state) {
    find("year").hidden = state.phase === "begin";
    if (state.phase === "begin") return;
    find("when").textContent = Words.of(state.when);
    find("done").value = state.done;
    find("share").textContent = Words.say("year.share", { share: Math.floor(state.done * 100) });
  }

  function show(state) {
    const newest = [...state.news].reverse(); // the newest is what one looks for
    find("news").replaceChildren(...newest.map((each) => item(each, state.matter.row)));
    find("news-empty").hidden = state.news.length > 0;
    find("figures").hidden = !state.figures.length;
    find("figures-empty").hidden = state.figures.length > 0;
    find("figures").replaceChildren(head(), make("tbody", {}, ...state.figures.map(figure)));
  }

  /** What has happened on a matter; the one that is asked about stands out. */
  function item(each, asked) {
    const when = make("span", { class: "when" }, Words.of(each.when));
    const of = make("span", { class: "of" }, `${Words.say("matter.number", { n: each.number })} · ${Words.of(each.title)}`);
    const here = each.matter === asked ? make("span", { class: "here" }, Words.say("news.here")) : null;
    const head = make("p", {}, when, " ", of, " ", here);
    return make("li", { class: here ? "asked-about" : null }, head, make("p", {}, Words.of(each.text)));
  }

  // -- measures ----------------------------------------------------------------------------------------------------

  function head() {
    const column = (key) => make("th", { scope: "col" }, Words.say(key));
    return make("thead", {}, make("tr", {}, make("td", {}), column("figures.mine"), column("figures.standing")));
  }

  function figure(each) {
    const way = better(each.mine, each.standing, each);
    const sign = way ? make("span", { role: "img", "aria-label": Words.say(`figures.${way}`) }, SIGNS[way]) : null;
    return make("tr", {}, name(each),
      make("td", { class: way ? `number ${way}` : "number" }, sign, " ", Words.number(each.mine, each.digits)),
      make("td", { class: "number" }, Words.number(each.standing, each.digits)));
  }

  /** A measure by its name and unit, as the head of its row; what it is on pointing at it. */
  function name({ title, unit, about }) {
    const small = make("small", {}, Words.of(unit));
    return make("th", { scope: "row", title: Words.of(about) }, Words.of(title), " ", small);
  }

  /** Whether a value is better or worse than another as both are shown; "" where neither is. */
  function better(mine, other, { better: way, digits }) {
    if (mine === null || other === null || !way) return "";
    const by = Number((mine - other).toFixed(digits));
    return by === 0 ? "" : by > 0 === (way === "up") ? "better" : "worse";
  }

  return { progress, show, item, name };
})();
