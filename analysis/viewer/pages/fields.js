"use strict";
/**
 * The options at a point, a group per question; the first of each leaves it to the office's usual way, and is what is
 * chosen while nothing else is.  A line under each group says what the option pointed at, or chosen, means; answers
 * stand in a list instead, each with what it comes to at this moment.
 */
const Fields = (() => {
  const make = Page.make;
  const find = Page.find;
  const LISTED = "answer";
  let current = null; // the group that digits choose in

  function show(state) {
    find("fields").replaceChildren(...state.point.fields.map(group));
    current = null;
    follow(state);
  }

  function group(field) {
    const options = [{ value: "", title: null }, ...field.options].map((option, k) => row(field, option, k));
    const legend = make("legend", {}, Words.of(field.title));
    const name = `field-${field.name}`;
    const about = make("p", { class: "faint", id: `about-${field.name}` });
    const shape = { id: name, "data-test": name, class: field.name === LISTED ? "listed" : null };
    const set = make("fieldset", shape, legend, make("div", { class: "options" }, ...options), about);
    set.addEventListener("focusin", () => point(field.name));
    return set;
  }

  /** Marks the group that digits choose in. */
  function point(name) {
    current = name;
    for (const set of find("fields").querySelectorAll("fieldset")) {
      set.classList.toggle("current", set.id === `field-${name}`);
    }
  }

  const id = (field, option) => `option-${field.name}-${option.value || "usual"}`;

  function row(field, option, k) {
    const type = field.several ? "checkbox" : "radio";
    const name = id(field, option);
    const input = make("input", { type, name: field.name, value: option.value, id: name, "data-test": name });
    input.addEventListener("change", () => choose(field, option));
    const title = option.value ? Words.of(option.title) : Words.say("fields.usual");
    const about = option.value ? Words.of(option.about) : "";
    const reason = make("span", { class: "reason" }, Words.of(option.disabled));
    const meaning = make("span", { class: "meaning" }, ` ${about} `, reason);
    const digit = make("kbd", { "aria-hidden": "true" }, String(k + 1));
    const words = make("span", { class: "words" }, make("strong", {}, title), meaning);
    const label = make("label", { class: "option", for: name }, input, digit, words);
    label.addEventListener("pointerenter", () => explain(field, option));
    label.addEventListener("pointerleave", () => explain(field));
    return label;
  }

  /** Says what an option means; without one pointed at, the one chosen, or what the group is about. */
  function explain(field, pointed = null) {
    const chosen = field.several ? null : field.options.find((option) => isChosen(field, option));
    const option = field.name === LISTED ? null : pointed?.value ? pointed : chosen;
    const shut = (option ? [option] : field.options).filter(({ disabled }) => disabled && field.name !== LISTED);
    const reasons = [...new Set(shut.map(({ disabled }) => Words.of(disabled)))];
    const reason = make("span", { class: "reason" }, reasons.join(Words.say("list.part")));
    const line = find(`about-${field.name}`);
    line.style.minHeight = `${line.offsetHeight}px`; // else what follows, or a page scrolled to its end, would jump
    line.replaceChildren(Words.of((option ?? field).about), " ", reason);
  }

  function choose(field, { value }) {
    if (field.several && value) Draft.toggle(field.name, value);
    else Draft.choose(field.name, value || null);
  }

  function isChosen(field, { value }) {
    const held = Draft.get(field.name);
    return held instanceof Set ? held.has(value) : (held ?? "") === value;
  }

  function follow(state) {
    for (const field of state.point.fields) {
      find(`field-${field.name}`).hidden = !Draft.isAsked(field);
      for (const option of [{ value: "" }, ...field.options]) {
        const input = find(id(field, option));
        input.disabled = option.value !== "" && !Draft.isOpen(option);
        input.checked = isChosen(field, option);
      }
      explain(field);
    }
    const asked = state.point.fields.filter(Draft.isAsked).map(({ name }) => name);
    if (!asked.includes(current)) point(asked[0] ?? null);
  }

  /** Brings the group that is marked into view. */
  function focus() {
    find(`field-${current}`).scrollIntoView({ block: "center" });
    find(`field-${current}`).querySelector("input:checked, input").focus({ preventScroll: true });
  }

  /** Chooses the option of a number in the group that is marked. */
  function press(digit) {
    const input = find(`field-${current}`)?.querySelectorAll("input")[digit - 1];
    if (!input || input.disabled) return;
    input.focus();
    input.click();
  }

  /** What is chosen, in words: a part per group. */
  function said(state) {
    return state.point.fields.filter(({ name }) => Draft.get(name) !== null).map((field) => {
      const titles = field.options.filter((option) => isChosen(field, option)).map((option) => Words.of(option.title));
      return Words.say("fields.said", { field: Words.of(field.title), value: titles.join(Words.say("list.and")) });
    });
  }

  return { show, follow, press, focus, said };
})();
