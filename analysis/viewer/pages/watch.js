"use strict";
/** The page that shows a run, or two of them on the same world: it wires the parts together. */
(() => {
  const TABS = ["feed", "detail", "list"];
  const PATIENCE = 120; // milliseconds between two changes of what is written, while playing
  const BEAT = 1100; // milliseconds of a pulse
  const find = Page.find;
  let film = null;
  let stages = [];
  let choices = null;
  let follow = null; // what lets the selected one follow the clock
  let by = Page.recall("by") === "conflict" ? "conflict" : "load";
  let written = 0;

  // the film

  async function load(query) {
    find("waiting").hidden = false;
    try {
      const found = await Source.film(query);
      if (!found) return; // another one is on its way
      show(found);
    } catch (error) {
      complain(error);
    }
    find("waiting").hidden = true;
  }

  /** One kind message in both languages instead of a blank page; what was shown stays if only another is refused. */
  function complain(error) {
    if (!error.both) {
      film = null;
      find("main").hidden = true;
    }
    const both = error.both ?? Words.inEach("load.damaged");
    find("trouble-en").textContent = both.en;
    find("trouble-zh").textContent = both.zh;
    find("trouble").hidden = false;
    fillChoices();
  }

  function show(shown) {
    if (film?.scenario.name !== shown.scenario.name || film.replicate !== shown.replicate) Selection.clear();
    film = shown;
    find("trouble").hidden = true;
    find("main").hidden = false;
    Player.setTicks(film.ticks);
    build();
  }

  /** Writes and draws everything anew: for another film, or in another language. */
  function build() {
    if (!film) return;
    const title = Words.of(film.scenario.title);
    document.title = Words.say("page.title", { scenario: title });
    find("scenario").textContent = title;
    find("world").textContent = Words.say("page.world", { n: film.replicate, seed: film.seed });
    find("note").hidden = !film.note;
    find("note").textContent = Words.of(film.note);
    document.body.classList.toggle("two", film.runs.length > 1);
    buildStages();
    buildKey();
    fillChoices();
    Seek.show(film);
    Strip.show(film);
    Feed.show(film);
    Finder.show(film);
    detail();
    dressPlayer();
    write(Player.tick());
  }

  function buildStages() {
    const figures = film.runs.map((run, r) => {
      const canvas = Page.make("canvas", { role: "img", "data-run": r });
      const badge = film.runs.length > 1 ? Strip.badge(r) : null;
      const title = Page.make("strong", {}, Words.of(run.strategy.title));
      const sentence = Page.make("span", { class: "faint" }, Words.of(run.strategy.sentence));
      const caption = Page.make("figcaption", { title: Words.of(run.strategy.sentence) }, badge, title, sentence);
      return { canvas, figure: Page.make("figure", {}, caption, canvas) };
    });
    find("stages").replaceChildren(...figures.map((each) => each.figure));
    stages = figures.map(({ canvas }, r) => stageOn(canvas, r));
  }

  function stageOn(canvas, r) {
    const stage = Stage.make(canvas);
    stage.show(film, r);
    stage.colourBy(by);
    stage.select(Selection.get());
    const at = (event) => stage.pick(event.offsetX, event.offsetY);
    canvas.addEventListener("mousemove", (event) => point(stage, at(event), event));
    canvas.addEventListener("mouseleave", (event) => point(stage, null, event));
    canvas.addEventListener("click", (event) => {
      const found = at(event);
      if (found) Selection.set(found.kind, found.k);
      else Selection.clear();
    });
    return { canvas, stage };
  }

  /** Says beside the pointer what it is at. */
  function point(stage, found, event) {
    const label = find("label");
    stage.hover(found);
    label.hidden = !found;
    if (!found) return;
    label.textContent = stage.told(found, Player.tick()).join("\n");
    label.style.setProperty("--x", `${event.clientX}px`);
    label.style.setProperty("--y", `${event.clientY}px`);
  }

  // what the clock moves

  function draw(time, now) {
    if (!film) return;
    const beat = Page.isStill() ? 0.6 : 0.5 - 0.5 * Math.cos((now / BEAT) * 2 * Math.PI);
    stages.forEach(({ stage }) => stage.draw(time, beat));
    if (written !== Player.tick() && due(now)) write(Player.tick());
  }

  /** While playing, text changes a few times a second at most. */
  let wrote = 0;
  function due(now) {
    return !Player.isPlaying() || now - wrote > PATIENCE;
  }

  function write(tick) {
    written = tick;
    wrote = performance.now();
    find("clock").textContent = Words.clock(tick);
    Seek.follow(tick);
    Strip.follow(tick);
    if (!find("feed").hidden) Feed.follow(tick);
    if (!find("detail").hidden) follow?.(tick);
    if (!Player.isPlaying()) describe(tick);
  }

  /** What a stage shows, in words, for those who do not see it. */
  function describe(tick) {
    const day = Film.dayBy(film, tick);
    stages.forEach(({ canvas }, r) => {
      const run = film.runs[r];
      const load = Film.load(film, r, day);
      const busiest = load.indexOf(Math.max(...load));
      canvas.setAttribute("aria-label", Words.say("stage.spoken", {
        strategy: Words.of(run.strategy.title), when: Words.clock(tick),
        open: film.matters.filter((_, m) => Film.isOpen(film, run, m, tick)).length,
        conflict: run.conflicts[tick], busiest: Words.of(film.actors[busiest].name),
      }));
    });
  }

  function dressPlayer() {
    const isPlaying = Player.isPlaying();
    const word = Words.say(isPlaying ? "play.pause" : "play.play");
    find("play").textContent = isPlaying ? "❚❚" : "▶";
    find("play").setAttribute("aria-label", word);
    find("play").title = word;
    find("clock").setAttribute("aria-live", isPlaying ? "off" : "polite");
    find("speed").textContent = Words.say("play.speed", { days: Player.speed() / Words.TICKS_PER_DAY });
    if (film && !isPlaying) {
      write(Player.tick());
      Finder.fill();
    }
  }

  // the key to what is drawn

  function colourBy(what) {
    by = what;
    Page.remember("by", by);
    stages.forEach(({ stage }) => stage.colourBy(by));
    buildKey();
  }

  function buildKey() {
    ["load", "conflict"].forEach((each) => find(`by-${each}`).setAttribute("aria-pressed", String(each === by)));
    const least = by === "load" ? Stage.LOADS : Stage.CONFLICTS;
    const nodes = least.map((from, k) => swatch(`${by}-${k}`, range(from, least[k + 1])));
    const ends = ["0", "", "", "", `${Stage.STRAINED}+`];
    const ties = ends.map((text, k) => swatch(`strain-${k + 1}`, text));
    find("key-nodes").replaceChildren(words(`key.${by}_unit`), ...nodes);
    find("key-ties").replaceChildren(words("key.strain"), ...ties, swatch("unchanged", Words.say("key.unchanged")));
  }

  const words = (key) => Page.make("li", { class: "what" }, Words.say(key));

  /** The numbers from one shade to the next. */
  function range(from, next) {
    if (next === undefined) return `${from}+`;
    return next - 1 > from ? `${from}–${next - 1}` : String(from);
  }

  function swatch(colour, text) {
    const box = Page.make("span", { class: "swatch" });
    box.style.setProperty("--colour", `var(--${colour})`);
    return Page.make("li", {}, box, text);
  }

  // the side

  function open(tab) {
    for (const each of TABS) {
      find(each).hidden = each !== tab;
      find(`tab-${each}`).setAttribute("aria-selected", String(each === tab));
      find(`tab-${each}`).tabIndex = each === tab ? 0 : -1;
    }
    if (tab === "list") Finder.fill();
    if (film) write(Player.tick());
  }

  function detail() {
    const selected = Selection.get();
    find("nothing").hidden = selected !== null;
    const host = find("selected");
    host.replaceChildren();
    follow = selected && (selected.kind === "matter" ? Matter : Actor).panel(host, film, selected.k);
    if (!find("detail").hidden) follow?.(Player.tick());
  }

  /** Shows what is selected beside the stage; whoever chose it there by keyboard goes on there. */
  function selectionChanged(selected) {
    const isInside = find("side").contains(document.activeElement);
    stages.forEach(({ stage }) => stage.select(selected));
    detail();
    if (selected) {
      open("detail");
      find("detail").scrollTop = 0;
    } else if (film) {
      open("feed");
    }
    if (isInside) find(selected ? "detail" : "feed").focus();
  }

  function widen() {
    document.body.classList.toggle("wide");
    find("widen").setAttribute("aria-pressed", String(document.body.classList.contains("wide")));
    redraw();
  }

  // choosing what is shown

  async function startChoices() {
    try {
      choices = await Source.choices();
    } catch (error) {
      complain(error);
    }
    fillChoices();
  }

  function fillChoices() {
    find("choices").hidden = !choices || !film;
    if (!choices || !film) return;
    const options = choices.strategies.map(({ name, title }) => [name, Words.of(title)]);
    const [a, b] = [film.runs[0].strategy.name, film.runs[1]?.strategy.name ?? ""];
    fillOptions("choose-a", options, a, b);
    fillOptions("choose-b", [["", Words.say("choose.none")], ...options], b, a);
    find("choose-world").value = film.replicate;
  }

  /** What one may choose: all but what is shown beside it. */
  function fillOptions(id, options, chosen, taken) {
    const isTaken = (value) => value !== "" && value === taken;
    const made = options.map(([value, text]) => Page.make("option", { value, disabled: isTaken(value) }, text));
    find(id).replaceChildren(...made);
    find(id).value = chosen;
  }

  /** Asks for the film of what is chosen now. */
  function choose() {
    const world = find("choose-world");
    if (!world.checkValidity() || world.value === "") return;
    const asked = new URLSearchParams({ a: find("choose-a").value, b: find("choose-b").value, replicate: world.value });
    Player.pause();
    load(`?${asked}`);
  }

  // keys and buttons

  const DAY = Words.TICKS_PER_DAY;
  const WEEK = Words.TICKS_PER_WEEK;
  const ACTIONS = {
    " ": Player.toggle, Home: () => leap(0), End: () => leap(Player.last()),
    ArrowLeft: () => Player.step(-1), ArrowRight: () => Player.step(1),
    "Shift+ArrowLeft": () => Player.step(-DAY), "Shift+ArrowRight": () => Player.step(DAY),
    "Shift+ArrowDown": () => Player.step(-WEEK), "Shift+ArrowUp": () => Player.step(WEEK),
    "+": () => Player.faster(1), "=": () => Player.faster(1), "-": () => Player.faster(-1),
    c: () => colourBy(by === "load" ? "conflict" : "load"), w: widen, l: Words.other, d: Page.otherTheme,
    "/": search, "?": help, Escape: release,
  };

  function leap(tick) {
    Player.pause();
    Player.seek(tick);
  }

  function release() {
    document.activeElement?.blur();
    Selection.clear();
  }

  function search() {
    open("list");
    find("search").focus();
  }

  function help() {
    if (!find("help").open) find("help").showModal();
  }

  /** Keys act on the page unless somebody writes or chooses; a button keeps its own space bar. */
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || find("help").open) return;
    const { target } = event;
    if (target.matches("input:not([type=range]), select") && event.key !== "Escape") return;
    if (target.matches("button") && event.key === " ") return;
    if (target.matches("[role=tab]") && event.key.startsWith("Arrow")) return moveTab(event);
    const key = event.key.length > 1 ? event.key : event.key.toLowerCase();
    const action = ACTIONS[event.shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** Arrows move between tabs, as in any row of tabs. */
  function moveTab(event) {
    const place = TABS.findIndex((tab) => find(`tab-${tab}`) === event.target);
    const next = TABS[(place + (event.key === "ArrowRight" ? 1 : TABS.length - 1)) % TABS.length];
    event.preventDefault();
    open(next);
    find(`tab-${next}`).focus();
  }

  function start() {
    const buttons = {
      first: ACTIONS.Home, back: ACTIONS.ArrowLeft, play: Player.toggle, on: ACTIONS.ArrowRight, last: ACTIONS.End,
      slower: ACTIONS["-"], faster: ACTIONS["+"], language: Words.other, theme: Page.otherTheme, keys: help,
      widen, "by-load": () => colourBy("load"), "by-conflict": () => colourBy("conflict"),
      "help-close": () => find("help").close(),
      ...Object.fromEntries(TABS.map((tab) => [`tab-${tab}`, () => open(tab)])),
    };
    for (const [id, action] of Object.entries(buttons)) find(id).addEventListener("click", () => action());
    for (const id of ["choose-a", "choose-b", "choose-world"]) find(id).addEventListener("change", choose);
    document.addEventListener("keydown", press);
    addEventListener("resize", redraw);
    addEventListener("error", complain);
    Selection.onChange(selectionChanged);
    Words.onChange(build);
    Page.onTheme(redraw);
    Player.onFrame(draw);
    Player.onChange(dressPlayer);
    [Seek, Feed, Finder].forEach((part) => part.start());
    Page.keepFocus();
  }

  /** Draws again what depends on the size of the window or on colours. */
  function redraw() {
    stages.forEach(({ stage }) => stage.refresh());
    if (!film) return;
    Seek.draw();
    write(Player.tick());
  }

  window.__frames = Player.frames; // for tests: milliseconds between pictures
  try {
    Page.dress();
    Words.start();
    start();
    open("feed");
    Player.start();
    load(location.search);
    startChoices();
  } catch (error) {
    find("trouble").hidden = false;
    throw error;
  }
})();
