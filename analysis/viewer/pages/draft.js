"use strict";
/** What the trainee is about to decide at the point shown; empty where the office does as usual. */
const Draft = (() => {
  const MOST_FIRST = 5; // other matters that may be put first at one point
  const changed = [];
  let fields = [];
  let said = new Map(); // by field: a value, or a set of values where several may be chosen
  let first = new Set();

  function start(point) {
    fields = point.fields;
    said = new Map();
    first = new Set();
  }

  const tell = () => changed.forEach((each) => each());

  /** Whether an option goes with what is chosen now. */
  const fits = (option) => Object.entries(option.only_with ?? {}).every(([name, value]) => said.get(name) === value);
  const isOpen = (option) => !option.disabled && fits(option);

  /** Whether a field asks anything, given what is chosen in the others. */
  const isAsked = (field) => field.options.some(fits);

  /** Chooses a value of a field, or none. */
  function choose(name, value) {
    if (value === null) said.delete(name);
    else said.set(name, value);
    forget();
    tell();
  }

  /** Adds or takes away one of several values. */
  function toggle(name, value) {
    const held = new Set(said.get(name) ?? []);
    if (!held.delete(value)) held.add(value);
    choose(name, held.size ? held : null);
  }

  /** What goes only with something that is chosen no more is not chosen either. */
  function forget() {
    for (const field of fields) {
      const open = new Set(field.options.filter(isOpen).map((option) => option.value));
      const held = [said.get(field.name) ?? []].flatMap((each) => (each instanceof Set ? [...each] : each));
      if (!held.every((value) => open.has(value))) said.delete(field.name);
    }
  }

  function putFirst(row) {
    if (!first.delete(row) && first.size < MOST_FIRST) first.add(row);
    tell();
  }

  /** The choice as the server reads it: places and rows are numbers. */
  function choice() {
    const values = [...said].map(([name, value]) => [name, value instanceof Set ? [...value].map(Number) : value]);
    return Object.fromEntries(first.size ? [...values, ["first", [...first]]] : values);
  }

  return {
    start, isOpen, isAsked, choose, toggle, putFirst, choice,
    get: (name) => said.get(name) ?? null,
    isFirst: (row) => first.has(row),
    isFull: () => first.size >= MOST_FIRST,
    first: () => first.size,
    isEmpty: () => said.size === 0 && first.size === 0,
    onChange: (each) => changed.push(each),
  };
})();
