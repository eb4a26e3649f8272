"use strict";
/** The exercise's page: where the trainee stands, what is asked, and what the server answers; it wires the parts. */
(() => {
  const find = Page.find;
  const PHASES = ["begin", "decide", "over"];
  const KEYS = ["tab", "digits", "enter", "leave", "advice", "language", "theme", "help", "close"];
  let state = null;
  let trouble = null; // what is wrong, in both languages
  let isBusy = false;
  let isSince = false; // whether what has happened since the last decision is shown before the next question

  // -- the server --------------------------------------------------------------------------------------------------

  /** Asks one thing of the server at a time, so that a second click does nothing. */
  async function ask(waiting, request) {
    if (isBusy) return null;
    busy(waiting);
    try {
      const answer = await request();
      complain(null);
      return answer;
    } catch (error) {
      complain(error);
      return null;
    } finally {
      busy(null);
    }
  }

  function busy(waiting) {
    isBusy = waiting !== null;
    find("main").inert = isBusy;
    find("main").setAttribute("aria-busy", String(isBusy));
    find("waiting").hidden = !isBusy;
    if (isBusy) find("waiting").textContent = Words.say(waiting);
  }

  /** What is wrong is said in both languages, since nobody knows who reads it. */
  function complain(error) {
    trouble = error;
    const both = error && (error.both ?? Words.inEach("trouble.odd"));
    find("trouble").hidden = !error;
    const isUnreadable = !state && error?.status === 400; // a game kept by the server that cannot go on
    find("retry").hidden = isUnreadable || (error?.status !== 0 && state !== null);
    if (!state) find("restart").hidden = !isUnreadable;
    if (!both) return;
    find("trouble-en").textContent = both.en;
    find("trouble-zh").textContent = both.zh;
    if (!error.both) console.error(error);
  }

  async function load() {
    const found = await ask("wait.begin", Service.state);
    if (found) await show(found);
  }

  async function begin(event) {
    event.preventDefault();
    const trainee = find("trainee").value.trim();
    const found = trainee && (await ask("wait.begin", () => Service.begin(trainee)));
    if (found) await show(found);
  }

  async function resume() {
    const [file] = find("resume").files;
    const found = file && (await ask("wait.begin", () => Service.resume(file)));
    find("resume").value = "";
    if (found) await show(found);
  }

  async function restart() {
    find("confirm").close();
    const found = await ask("wait.begin", Service.restart);
    if (found) await show(found);
  }

  /** Decides, and shows what has come of it; if the exercise has gone on elsewhere, shows where it stands instead. */
  async function decide(choice) {
    if (!state || state.phase !== "decide" || isSince || isBusy) return;
    const found = await ask("wait.decide", () => Service.decide(state.count, choice));
    if (found) await show(found, true);
    else if (trouble?.status === 409) await catchUp();
  }

  async function catchUp() {
    await load();
    if (trouble) return;
    complain({ status: 409, both: Words.inEach("trouble.elsewhere") });
  }

  async function debrief(against) {
    const found = await ask("wait.debrief", () => Service.debrief(against));
    if (!found) return;
    Debrief.show(found);
    find(against ? "rival" : "over-title").focus({ preventScroll: true }); // lost while the server was asked
  }

  // -- what is shown -----------------------------------------------------------------------------------------------

  async function show(found, isDecided = false) {
    const isNew = !state || state.phase !== found.phase || state.count !== found.count;
    const isLater = state !== null && found.tick > state.tick; // else its news have been read
    state = found;
    isSince = isDecided && isLater && state.phase === "decide" && state.news.length > 0;
    if (isNew && state.phase === "decide") Question.start(state);
    build();
    focus();
    if (state.phase === "over") await debrief();
  }

  /** Writes everything anew: for another state, or in another language. */
  function build() {
    if (!state) return;
    const { phase, exercise } = state;
    const title = Words.of(exercise.title);
    document.title = Words.say("page.title", { scenario: title });
    find("title").textContent = title;
    find("who").textContent = state.trainee ?? "";
    PHASES.forEach((each) => {
      find(each).hidden = each !== phase;
    });
    for (const id of ["save", "restart"]) find(id).hidden = phase === "begin";
    Year.progress(state);
    if (phase === "begin") opening();
    if (phase === "decide") present();
    else if (phase === "over") Debrief.draw();
  }

  function opening() {
    const { exercise } = state;
    find("begin-title").textContent = Words.of(exercise.title);
    find("purpose").textContent = Words.of(exercise.purpose);
    find("extent").textContent = Words.say("begin.extent", {
      scenario: Words.of(exercise.scenario), matters: exercise.matters,
      weeks: Math.ceil(exercise.ticks / Words.TICKS_PER_WEEK),
    });
    find("standing").textContent = Words.say("begin.standing", {
      title: Words.of(exercise.standing.title), sentence: Words.of(exercise.standing.sentence),
    });
  }

  /** The desk and the year; between them the question, or before it what the last decision has led to. */
  function present() {
    for (const id of ["asked", "news-pane"]) find(id).hidden = isSince;
    find("since").hidden = !isSince;
    Desk.show(state);
    Calendar.leaders(state);
    Year.show(state);
    if (isSince) since();
    else Question.show(state);
  }

  function since() {
    find("since-when").textContent = Words.say("since.now", { when: Words.of(state.when) });
    find("since-scroll").scrollTop = 0;
    find("since-list").replaceChildren(...state.news.map((each) => Year.item(each, state.matter.row)));
  }

  function goOn() {
    isSince = false;
    build();
    focus();
  }

  function focus() {
    const target = isSince ? "go-on" : { begin: "trainee", decide: "question", over: "over-title" }[state.phase];
    find(target).focus({ preventScroll: true });
  }

  function draftChanged() {
    if (isSince) Desk.follow(state);
    else Question.follow(state);
  }

  // -- keys and buttons --------------------------------------------------------------------------------------------

  const settle = () => {
    if (!Draft.isEmpty()) decide(Draft.choice());
  };
  const ACTIONS = {
    l: Words.other, d: Page.otherTheme, "?": help, h: () => find("advice")?.click(), Enter: settle,
    s: () => find("leave").focus(), // Enter then leaves it: what is decided cannot be taken back
  };

  function help() {
    const entries = KEYS.flatMap((key) => [
      Page.make("dt", {}, Page.make("kbd", {}, Words.say(`keys.${key}_keys`))),
      Page.make("dd", {}, Words.say(`keys.${key}`)),
    ]);
    find("help-keys").replaceChildren(...entries);
    if (!find("help").open) find("help").showModal();
  }

  /** Keys act on the page unless somebody writes or chooses; what can be pressed keeps its own Enter. */
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || find("help").open || find("confirm").open) return;
    const { target, key } = event;
    if (target.matches("input:not([type=radio], [type=checkbox]), select")) return;
    if (key === "Enter" && target.matches("button, a, summary, input")) return;
    const isDigit = /^[1-9]$/.test(key);
    const action = isDigit ? () => Fields.press(Number(key)) : ACTIONS[key.length > 1 ? key : key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }

  function start() {
    const buttons = {
      language: Words.other, theme: Page.otherTheme, keys: help, "help-close": () => find("help").close(), retry: load,
      restart: () => find("confirm").showModal(), "confirm-no": () => find("confirm").close(), "confirm-yes": restart,
      leave: () => decide({}), "go-on": goOn,
    };
    for (const [id, action] of Object.entries(buttons)) find(id).addEventListener("click", () => action());
    find("begin-form").addEventListener("submit", begin);
    find("resume").addEventListener("change", resume);
    find("asked").addEventListener("submit", (event) => {
      event.preventDefault();
      settle();
    });
    document.addEventListener("keydown", press);
    Words.onChange(build);
    Draft.onChange(draftChanged);
    Debrief.start(debrief);
    Question.watchOptions();
  }

  try {
    Page.dress();
    Words.start();
    start();
    load();
  } catch (error) {
    find("trouble").hidden = false;
    throw error;
  }
})();
