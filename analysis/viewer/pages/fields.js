"use strict";
/**
 * The options at a point, a group per question; the first of each leaves it to the office's usual way, and is what is
 * chosen while nothing else is.
 */
const Fields = (() => {
  const make = Page.make;
  const find = Page.find;
  const COLUMNS = [["answer", "order", "when", "hours"], ["mode", "whom"]];
  let current = null; // the group that digits choose in

  function show(state) {
    const columns = COLUMNS.map((names) =>
      make("div", { class: "column" }, ...state.point.fields.filter(({ name }) => names.includes(name)).map(group)));
    find("fields").replaceChildren(...columns);
    current = null;
    follow(state);
  }

  function group(field) {
    const options = [{ value: "", title: null }, ...field.options].map((option, k) => row(field, option, k));
    const legend = make("legend", {}, Words.of(field.title));
    const about = make("p", { class: "faint" }, Words.of(field.about));
    const set = make("fieldset", { id: `field-${field.name}`, "data-test": `field-${field.name}` }, legend, about, ...options);
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
    const input = make("input", { type, name: field.name, value: option.value, id: id(field, option), "data-test": id(field, option) });
    input.addEventListener("change", () => choose(field, option));
    const title = option.value ? Words.of(option.title) : Words.say("fields.usual");
    const about = option.value ? Words.of(option.about) : "";
    const reason = make("span", { class: "reason" }, Words.of(option.disabled));
    return make("label", { class: "option", for: input.id }, input, make("kbd", { "aria-hidden": "true" }, String(k + 1)),
      make("span", { class: "words" }, make("strong", {}, title), about ? ` ${about}` : "", " ", reason));
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
    }
    const asked = state.point.fields.filter(Draft.isAsked).map(({ name }) => name);
    if (!asked.includes(current)) point(asked[0] ?? null);
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
    const parts = state.point.fields.map((field) => [field, Draft.get(field.name)]).filter(([, value]) => value !== null);
    return parts.map(([field, value]) => Words.say("fields.said", { field: Words.of(field.title), value: titles(field, value) }));
  }

  function titles(field, value) {
    const held = value instanceof Set ? value : new Set([value]);
    const found = field.options.filter((option) => held.has(option.value));
    return found.map((option) => Words.of(option.title)).join(Words.say("list.and"));
  }

  return { show, follow, press, said };
})();
