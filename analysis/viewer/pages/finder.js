"use strict";
/** A list of all actors and matters, to be searched: whatever the pictures show can be reached by keyboard here. */
const Finder = (() => {
  const MOST = 80;
  let film = null;

  function show(shown) {
    film = shown;
    fill();
  }

  /** Actors and matters whose words hold all that was asked; with nothing asked, the matters that are under way. */
  function fill() {
    if (!film) return;
    const asked = Page.find("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (text) => asked.every((word) => text.toLowerCase().includes(word));
    const actors = film.actors.map((_, u) => u).filter((u) => holds(said(film.actors[u].name)));
    const isWanted = (m) => (asked.length ? holds(wordsOf(m)) : isUnderWay(m));
    const matters = film.matters.map((_, m) => m).filter(isWanted);
    section("found-actors", actors, "actor", (u) => Words.of(film.actors[u].name));
    section("found-matters", matters, "matter", (m) => Matter.name(film, m));
  }

  const said = (both) => `${both.en} ${both.zh}`;
  const lead = (m) => film.actors[film.matters[m].parties[0]];
  const wordsOf = (m) => `${m + 1} ${said(film.matters[m].title)} ${said(lead(m).name)}`;
  const isUnderWay = (m) => film.runs.some((run) => Film.isOpen(film, run, m, Player.tick()));

  function section(id, found, kind, name) {
    const list = Page.find(id);
    const items = found.slice(0, MOST).map((k) => Page.make("li", {}, Matter.button(name(k), kind, k)));
    const others = rest(found.length, MOST).map((text) => Page.make("li", { class: "faint" }, text));
    list.replaceChildren(...items, ...others);
  }

  /** What is said below a list of ``count`` of which at most ``most`` are named. */
  function rest(count, most) {
    if (!count) return [Words.say("list.none")];
    return count > most ? [Words.say("list.more", { n: count - most })] : [];
  }

  function start() {
    Page.find("search").addEventListener("input", fill);
  }

  return { start, show, fill, rest };
})();
