"use strict";
/** Everything the page itself says, in the language shown; terms of the field come with the film. */
const Words = (() => {
  const LANGUAGES = ["en", "zh"];
  const TICKS_PER_DAY = 2;
  const TICKS_PER_WEEK = 10;
  const changed = [];
  let table = {};
  let lang = "en";

  function start() {
    table = JSON.parse(Page.find("words").textContent);
    const first = Page.recall("lang") ?? document.documentElement.lang.slice(0, 2);
    show(LANGUAGES.includes(first) ? first : "en");
  }

  function show(language) {
    lang = language;
    document.documentElement.lang = lang;
    dress(document);
    changed.forEach((tell) => tell());
  }

  function other() {
    const next = lang === "en" ? "zh" : "en";
    Page.remember("lang", next);
    show(next);
  }

  /** The text of ``key`` with the values it asks for in braces. */
  function say(key, values = {}) {
    return table[key][lang].replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
  }

  /** A text of the page in both languages, for what is said in both at once. */
  const inEach = (key) => table[key];

  /** A text that is given in both languages, in the one shown. */
  const of = (both) => both?.[lang] ?? "";

  /** Writes the words of elements that name theirs. */
  function dress(root) {
    for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    for (const element of root.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", say(element.dataset.label));
      if (element.matches("button, select, input")) element.title = say(element.dataset.label);
    }
    for (const element of root.querySelectorAll("[data-hint]")) element.placeholder = say(element.dataset.hint);
  }

  /** A half-day as people call it: days and weeks count from 1. */
  function when(tick) {
    const day = Math.floor(tick / TICKS_PER_DAY) + 1;
    return say(tick % TICKS_PER_DAY ? "time.afternoon" : "time.morning", { day });
  }

  const clock = (tick) => say("time.clock", { when: when(tick), week: Math.floor(tick / TICKS_PER_WEEK) + 1 });
  const day = (tick) => Math.floor(tick / TICKS_PER_DAY) + 1;

  /** A number with a minus that is as wide as a plus; a dash where there is nothing. */
  function number(value, digits = 0, signed = false) {
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    const text = Math.abs(value).toFixed(digits);
    if (Number(text) === 0) return text;
    return (value < 0 ? "−" : signed ? "+" : "") + text;
  }

  /** What a run is called beside another. */
  const run = (r) => say(r === 0 ? "run.a" : "run.b");

  return {
    TICKS_PER_DAY, TICKS_PER_WEEK, start, other, say, inEach, of, when, clock, day, number, run,
    lang: () => lang,
    onChange: (tell) => changed.push(tell),
  };
})();
