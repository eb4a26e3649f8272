"use strict";
/** The point at which the trainee decides: the matter, what led here, what is asked, advice, and the course so far. */
const Question = (() => {
  const make = Page.make;
  const find = Page.find;
  let isAdvised = false; // whether advice that has to be asked for was asked for at this point
  let shown = null;

  /** Begins a new point. */
  function start(state) {
    isAdvised = false;
    find("course").open = false;
    find("asked-scroll").scrollTop = 0;
    Draft.start(state.point);
  }

  function show(state) {
    const { point } = state;
    shown = state;
    find("happened").textContent = Words.of(point.happened);
    find("question").textContent = Words.of(point.question);
    find("usual").textContent = Words.of(point.usual);
    find("matter").replaceChildren(...matter(state));
    find("course-list").replaceChildren(...state.matter.course.map(event));
    find("course").hidden = !state.matter.course.length;
    hints(state);
    Parties.show(state);
    Fields.show(state);
    follow(state);
  }

  /** Offers the way to the options while none of them is in view. */
  function watchOptions() {
    const seen = new IntersectionObserver(([entry]) => {
      find("to-options").hidden = entry.isIntersecting;
    }, { root: find("asked-scroll"), rootMargin: "0px 0px -40px" });
    seen.observe(find("fields"));
    find("to-options").addEventListener("click", () => Fields.focus());
  }

  // -- the matter --------------------------------------------------------------------------------------------------

  function matter({ matter: found, point }) {
    const { deadline } = found;
    const hours = Object.fromEntries(["left", "round"].map((name) => [name, Words.number(found.hours[name], 1)]));
    const title = make("h2", {}, Desk.name(found));
    const date = deadline.left >= 0 ? `${Words.of(deadline.text)} · ` : "";
    const due = make("span", {}, date, Desk.left(deadline.left));
    const facts = [
      ["matter.lead", Words.of(found.lead)], ["matter.due", due],
      ...(point.kind === "arises" ? [] : [["matter.stage", Words.of(found.stage)]]),
      ["matter.importance", Words.number(found.importance, 2)], ["matter.urgency", Words.number(found.urgency, 2)],
      ["matter.hours", Words.say(found.hours.round === null ? "matter.hours_left" : "matter.hours_value", hours)],
    ];
    return [title, make("dl", { class: "matter-facts" }, ...facts.map(([key, value]) =>
      make("div", {}, make("dt", {}, Words.say(key)), make("dd", {}, value))))];
  }

  /** Something that has happened to the matter. */
  function event(each) {
    const when = make("span", { class: "when" }, Words.of(each.when));
    return make("li", {}, when, " ", Words.of(each.text));
  }

  // -- advice ------------------------------------------------------------------------------------------------------

  function hints(state) {
    const { hints: given } = state.point;
    const mode = state.exercise.hints;
    const isOpen = mode === "always" || isAdvised;
    const host = find("hints");
    host.hidden = mode === "never" || !given.length;
    if (host.hidden) return;
    const title = make("h3", {}, Words.say("hint.title"));
    host.replaceChildren(...(isOpen ? [title, make("div", {}, ...given.map(hint))] : [asking()]));
  }

  function asking() {
    const look = { type: "button", id: "advice", "data-test": "advice", class: "small" };
    const button = make("button", look, Words.say("hint.ask"));
    button.addEventListener("click", advise);
    return button;
  }

  /** Advice; opened, the principle it follows from in the handbook's own words. */
  function hint({ text, principle }) {
    const why = Words.say("hint.principle", { id: principle.id, title: Words.of(principle.title) });
    return make("details", { class: "hint", "data-test": "hint" },
      make("summary", { title: why }, Words.of(text), " ", make("span", { class: "why" }, principle.id)),
      make("p", { class: "why" }, Words.say("hint.quoted", { why })),
      make("blockquote", { lang: "zh" }, principle.words, " ", make("cite", {}, principle.source)));
  }

  /** Shows the advice of this point from now on. */
  function advise() {
    isAdvised = true;
    hints(shown);
  }

  // -- what is chosen ----------------------------------------------------------------------------------------------

  function follow(state) {
    const first = Draft.first() ? [Words.say("ask.first", { n: Draft.first() })] : [];
    const parts = [...Fields.said(state), ...first];
    const rest = parts.length ? "ask.rest" : "ask.nothing";
    find("said").textContent = [...parts, Words.say(rest)].join(Words.say("list.part"));
    find("settle").disabled = Draft.isEmpty();
    Parties.follow(state);
    Fields.follow(state);
    Desk.follow(state);
  }

  return { start, show, follow, watchOptions };
})();
