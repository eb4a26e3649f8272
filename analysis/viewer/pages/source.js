"use strict";
/** Where the film comes from: out of the saved file itself, or from the server that serves the page. */
const Source = (() => {
  let asked = 0; // the latest film asked for; earlier ones come too late

  /** What is wrong, as the server says it in both languages. */
  class Refusal extends Error {
    constructor(both) {
      super(both.en);
      this.both = both;
    }
  }

  const packed = () => Page.find("film").textContent.trim();
  const isSaved = () => packed() !== "";

  async function get(address) {
    let answer = null;
    try {
      answer = await fetch(address);
    } catch {
      throw new Refusal(Words.inEach("load.gone"));
    }
    const content = await answer.json();
    if (answer.ok) return content;
    throw content.error ? new Refusal(content.error) : new Error(String(answer.status));
  }

  /** The film that ``query`` asks for, which the page keeps in its address; null if another was asked for since. */
  async function film(query) {
    if (isSaved()) return Film.unpack(packed());
    asked += 1;
    const own = asked;
    const found = Film.open(await get(`api/film${query}`));
    if (own !== asked) return null;
    if (query) history.replaceState(null, "", query);
    return found;
  }

  /** Strategies to choose from; null where there is no choice. */
  async function choices() {
    if (isSaved()) return null;
    const found = await get("api/choices");
    return found.fixed ? null : found;
  }

  return { film, choices };
})();
