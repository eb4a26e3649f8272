"use strict";
/** The director's own matters under way: how long each has left, which are in conflict, which are to be put first. */
const Desk = (() => {
  const NEAR = 6; // half-days to a deadline from which on it is pressing

  /** How far a deadline is, in words, and whether it presses. */
  function left(halfDays) {
    const days = Math.abs(halfDays) / Words.TICKS_PER_DAY;
    const n = Words.number(days, Number.isInteger(days) ? 0 : 1);
    const key = halfDays < 0 ? "left.over" : days === 0 ? "left.none" : days === 1 ? "left.day" : "left.days";
    return Page.make("span", { class: halfDays <= NEAR ? "left near" : "left" }, Words.say(key, { n }));
  }

  /** A matter by its number and kind. */
  const name = ({ number, title }) => Words.say("matter.short", { n: number, title: Words.of(title) });

  function show(state) {
    Page.find("desk").replaceChildren(...state.desk.map((matter) => entry(matter, state.matter.row)));
    Page.find("desk-empty").hidden = state.desk.length > 0;
    follow(state);
  }

  function entry(matter, row) {
    const title = Page.make("strong", {}, name(matter));
    const words = [matter.lead, matter.life].map(Words.of).join(Words.say("list.comma"));
    const where = Page.make("span", { class: "faint" }, words);
    const asked = matter.row === row ? mark("faint", "desk.asked") : null;
    const conflict = matter.blocked ? mark("in-conflict", "matter.in_conflict") : null;
    const line = Page.make("p", { class: "line" }, left(matter.left), conflict, ahead(matter), asked);
    return Page.make("li", { class: matter.blocked ? "blocked" : null }, title, where, line);
  }

  const mark = (kind, key) => Page.make("span", { class: kind }, Words.say(key));

  /** A matter is put first with the next decision; one that is already stays so. */
  function ahead(matter) {
    if (matter.first) return mark("is-first", "desk.is_first");
    if (!matter.can_first) return null;
    const spoken = Words.say("desk.first_label", { n: matter.number });
    const button = Page.make("button", {
      type: "button", id: `first-${matter.row}`, "aria-pressed": "false", "aria-label": spoken, title: spoken,
      "data-test": `first-${matter.row}`, class: "small",
    }, Words.say("desk.first"));
    button.addEventListener("click", () => Draft.putFirst(matter.row));
    return button;
  }

  function follow(state) {
    for (const { row } of state.desk) {
      const button = Page.find(`first-${row}`);
      if (!button) continue;
      button.setAttribute("aria-pressed", String(Draft.isFirst(row)));
      button.disabled = Draft.isFull() && !Draft.isFirst(row);
    }
  }

  return { show, follow, left, name };
})();
