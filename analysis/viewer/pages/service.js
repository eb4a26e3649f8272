"use strict";
/** What the exercise's page asks of its server: state, decisions, debriefs; refusals come in both languages. */
const Service = (() => {
  const MOST_BYTES = 2_000_000; // no save is larger

  /** What is wrong, as the server says it in both languages; ``status`` 0: there is no server. */
  class Refusal extends Error {
    constructor(status, both) {
      super(both.en);
      this.status = status;
      this.both = both;
    }
  }

  async function ask(address, options) {
    let answer = null;
    try {
      answer = await fetch(address, options);
    } catch {
      throw new Refusal(0, Words.inEach("trouble.gone"));
    }
    const content = await answer.json().catch(() => ({}));
    if (answer.ok) return content;
    throw new Refusal(answer.status, content.error ?? Words.inEach("trouble.odd"));
  }

  const send = (address, content) =>
    ask(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

  /** The content of a save that was chosen from disk. */
  async function read(file) {
    try {
      if (file.size > MOST_BYTES) throw new RangeError();
      return JSON.parse(await file.text());
    } catch {
      throw new Refusal(400, Words.inEach("trouble.no_save"));
    }
  }

  /** What is asked; why it cannot be is said in the words of ``key``. */
  async function explained(key, asked) {
    try {
      return await asked;
    } catch (error) {
      if (error.status !== 400) throw error;
      const said = (lang) => Words.inEach(key)[lang].replace("{why}", () => error.both[lang]);
      throw new Refusal(400, { en: said("en"), zh: said("zh") });
    }
  }

  const resume = async (file) => explained("trouble.save", send("api/resume", await read(file)));

  return {
    state: () => explained("trouble.own", ask("api/state")),
    begin: (trainee) => send("api/begin", { trainee }),
    decide: (count, choice) => send("api/decide", { count, choice }),
    restart: () => send("api/restart", {}),
    resume,
    debrief: (against) => ask(against ? `api/debrief?${new URLSearchParams({ against })}` : "api/debrief"),
  };
})();
