"use strict";
/** Matter by matter: how the trainee and a rival dealt with each, where and why their courses part, and what it did. */
const Courses = (() => {
  const make = Page.make;
  const DIGITS = { days: 1, decided: 1, rounds: 0, hours: 1, conflicts: 0, escalated: 0, returned: 0, gap: 2 };
  const FACTS = [
    "life", "mode", "time", "decided", "days", "on_time", "rounds", "hours", "conflicts", "escalated", "returned",
    "gap",
  ];
  const IN_SHORT = ["days", "hours", "conflicts", "gap"]; // what is said of a matter that is folded up
  const opened = new Set(); // rows of matters that are unfolded

  /** All matters, those that went differently first. */
  function list(debrief, rival) {
    const same = debrief.matters.filter(({ differs }) => !differs).length;
    const note = same ? make("p", { class: "faint" }, Words.say("courses.same", { n: same })) : null;
    return [...debrief.matters.map((matter) => entry(matter, rival)), note].filter(Boolean);
  }

  function entry(matter, rival) {
    const title = make("strong", {}, Desk.name(matter));
    const mark = matter.differs
      ? make("span", { class: "differs" }, Words.say("courses.differs"))
      : make("span", { class: "faint" }, Words.say("courses.alike"));
    const short = make("span", { class: "short" }, ...IN_SHORT.map((name) => pair(matter, name)));
    const element = make("details", { class: "matter-row", "data-test": "matter-row", open: opened.has(matter.row) },
      make("summary", {}, title, mark, short), ...body(matter, rival));
    element.addEventListener("toggle", () => opened[element.open ? "add" : "delete"](matter.row));
    return element;
  }

  function pair({ mine, rival }, name) {
    const value = (course) => Words.number(course[name], DIGITS[name]);
    const title = make("span", { class: "faint" }, Words.say(`course.${name}`));
    return make("span", {}, title, " ", make("b", {}, value(mine)), " / ", value(rival));
  }

  function body(matter, rival) {
    const reason = make("p", { class: "reason-why" }, Words.of(matter.reason));
    const left = make("div", {}, make("h4", {}, Words.say("courses.beside")), beside(matter, rival));
    const right = make("div", {}, ...decisions(matter), ...parting(matter, rival), ...own(matter));
    return [reason, make("div", { class: "two-columns" }, left, right)];
  }

  function beside(matter, rival) {
    const column = (text) => make("th", { scope: "col" }, text);
    const rows = FACTS.map((name) => make("tr", {}, make("th", { scope: "row" }, Words.say(`course.${name}`)),
      cell(matter.mine, matter.rival, name), cell(matter.rival, matter.mine, name)));
    const head = make("tr", {}, make("td", {}), column(Words.say("debrief.mine")), column(rival));
    return make("table", { class: "beside-table" }, make("thead", {}, head), make("tbody", {}, ...rows));
  }

  /** A fact of a course; what is not the same in the other stands out. */
  function cell(course, other, name) {
    const text = fact(course, name);
    return make("td", { class: text === fact(other, name) ? null : "changed" }, text);
  }

  function fact(course, name) {
    const value = course[name];
    if (name in DIGITS) return Words.number(value, DIGITS[name]);
    if (name === "on_time") return value === null ? "–" : Words.say(value ? "course.yes" : "course.no");
    return Words.of(value) || "–";
  }

  function decisions({ decisions: made }) {
    const heading = make("h4", {}, Words.say("courses.decisions"));
    if (!made.length) return [heading, make("p", { class: "faint" }, Words.say("courses.none"))];
    return [heading, make("ol", { class: "events" }, ...made.map(told))];
  }

  const moment = (when) => make("span", { class: "when" }, Words.of(when));
  const told = ({ when, said }) => make("li", {}, moment(when), " ", Words.of(said));

  /** The first acts in which the courses differ. */
  function parting({ parting: acts }, rival) {
    if (!acts) return [];
    const sides = [side(Words.say("debrief.mine"), acts.mine), side(rival, acts.rival)];
    return [make("h4", {}, Words.say("courses.parting")), make("ul", { class: "events" }, ...sides)];
  }

  function side(name, act) {
    const words = act ? [moment(act.when), " ", Words.of(act.text)] : [Words.say("courses.nothing_more")];
    return make("li", {}, make("strong", {}, name), " ", ...words);
  }

  /** What the decisions on this matter did by themselves. */
  function own({ own: changes, decisions: made }) {
    if (!made.length) return [];
    const heading = make("h4", {}, Words.say("courses.own"));
    if (!changes.length) return [heading, make("p", { class: "faint" }, Words.say("courses.no_own"))];
    return [heading, make("ul", { class: "changes" }, ...changes.map(change))];
  }

  function change(each) {
    const digits = Math.abs(each.change) >= 10 ? 0 : Math.abs(each.change) >= 1 ? 1 : 2;
    const way = each.better ? (each.change > 0 === (each.better === "up") ? "better" : "worse") : "";
    const word = way ? make("span", { class: way }, Words.say(`figures.${way}`)) : null;
    return make("li", {}, Words.of(each.title), " ", make("b", {}, Words.number(each.change, digits, true)), " ",
      make("small", {}, Words.of(each.unit)), " ", word);
  }

  return { list };
})();
