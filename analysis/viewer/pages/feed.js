"use strict";
/** What has happened, in words: the latest first, of everything or of what is selected. */
const Feed = (() => {
  const PAGE = 60;
  let film = null;
  let r = 0;
  let most = PAGE;
  let isNarrow = true; // whether only what is selected is told

  function show(shown) {
    film = shown;
    r = Math.min(r, film.runs.length - 1);
    most = PAGE;
    Page.find("events").replaceChildren();
  }

  /** Sentences of a run's story into ``list``; the title of the matter too, unless it goes without saying. */
  function fill(list, shown, run, tick, selected, count) {
    const found = Film.told(shown.runs[run], tick, selected, count);
    const lang = Words.lang();
    Page.reconcile(list, found.rows.map((k) => `${lang}${run}.${k}`), (key) => sentence(shown, run, key, selected));
    return found.more;
  }

  function sentence(shown, run, key, selected) {
    const { tick, matter, [Words.lang()]: texts } = shown.runs[run].story;
    const k = Number(key.split(".")[1]);
    const when = Page.make("span", { class: "when" }, Words.when(tick[k]));
    const isKnown = selected?.kind === "matter";
    const of = isKnown ? null : Page.make("span", { class: "of" }, Matter.name(shown, matter[k]));
    const text = Page.make("span", { class: "text" }, texts[k]);
    if (isKnown) return Page.make("li", {}, when, text);
    const button = Page.make("button", { type: "button", class: "told" }, when, of, text);
    button.addEventListener("click", () => Selection.set("matter", matter[k]));
    return Page.make("li", {}, button);
  }

  function follow(tick) {
    const selected = isNarrow ? Selection.get() : null;
    const list = Page.find("events");
    const scope = `${selected?.kind}${selected?.k}`;
    if (list.dataset.scope !== scope) list.replaceChildren();
    list.dataset.scope = scope;
    Page.find("earlier").hidden = !fill(list, film, r, tick, selected, most);
    Page.find("silence").hidden = list.childElementCount > 0;
    dressControls();
  }

  function dressControls() {
    const selected = Selection.get();
    Page.find("feed-only").hidden = !selected;
    Page.find("feed-only").setAttribute("aria-pressed", String(isNarrow));
    Page.find("feed-runs").hidden = film.runs.length < 2;
    [0, 1].forEach((run) => Page.find(`feed-${run}`).setAttribute("aria-pressed", String(run === r)));
  }

  function start() {
    const again = () => film && follow(Player.tick());
    Page.find("earlier").addEventListener("click", () => {
      most += PAGE;
      again();
    });
    Page.find("feed-only").addEventListener("click", () => {
      isNarrow = !isNarrow;
      again();
    });
    [0, 1].forEach((run) => Page.find(`feed-${run}`).addEventListener("click", () => {
      r = run;
      most = PAGE;
      again();
    }));
  }

  return { start, show, follow, fill };
})();
