"use strict";
/** What is selected, for all parts of the page at once: a matter or an actor, or nothing. */
const Selection = (() => {
  const changed = [];
  let chosen = null;

  function set(kind, k) {
    if (chosen?.kind === kind && chosen?.k === k) return;
    chosen = { kind, k };
    changed.forEach((tell) => tell(chosen));
  }

  function clear() {
    if (!chosen) return;
    chosen = null;
    changed.forEach((tell) => tell(chosen));
  }

  return { set, clear, get: () => chosen, onChange: (tell) => changed.push(tell) };
})();
