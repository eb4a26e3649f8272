"use strict";
/**
 * The stage: an organisation by levels on a canvas, the matters moving from holder to holder.
 *
 * What changes from day to day (ties, nodes, names) is drawn aside and only copied for each picture; what changes from
 * picture to picture (matters) is drawn anew.  A picture is a function of the film and the time.
 */
const Stage = (() => {
  const STRAINED = 0.8; // strain with the strongest colour, as in the project's figures
  const SHADES = 5;
  const UNCHANGED = 3; // of 255: a smaller change of a tie is one of rounding, or has faded
  const LOADS = [0, 1, 2, 4, 8, 16]; // least number of each shade of a node
  const CONFLICTS = [0, 1, 2, 3, 4, 5];
  const RESTING = 0.35; // share of a half-day before a matter moves on
  const TURN = 2 * Math.PI;

  const shadeOf = (least, count) => least.findLastIndex((from) => count >= from);

  /** Slow at both ends, so that the eye can follow. */
  function eased(part) {
    const x = Math.min(1, Math.max(0, (part - RESTING) / (1 - RESTING)));
    return x * x * (3 - 2 * x);
  }

  /** Breaks a name into lines that fit, between words, in Chinese between any two signs. */
  function broken(ctx, name, width) {
    const lines = [];
    let line = "";
    for (const piece of name.match(/[⺀-￿]|[^⺀-￿ ]+ ?/g) ?? []) {
      if (line && ctx.measureText((line + piece).trimEnd()).width > width) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += piece;
    }
    return [...lines, line.trimEnd()];
  }

  /** A text cut to a width; a number at its end is kept, for it tells units of one kind apart. */
  function shortened(ctx, text, width) {
    if (ctx.measureText(text).width <= width) return text;
    const number = text.match(/ ?\d+$/)?.[0] ?? "";
    let kept = text.length - number.length;
    while (kept > 1 && ctx.measureText(`${text.slice(0, kept)}…${number}`).width > width) kept -= 1;
    return `${text.slice(0, kept).trimEnd()}…${number}`;
  }

  /** A name in at most so many lines, the last of them shortened if need be. */
  function fitted(ctx, name, width, most) {
    const lines = broken(ctx, name, width);
    const rest = lines.slice(most - 1).join(" ").replace(/(?<=[⺀-￿]) /g, "");
    const shown = lines.length > most ? [...lines.slice(0, most - 1), rest] : lines;
    return shown.map((line) => shortened(ctx, line, width));
  }

  /** A stage on ``canvas``. */
  function make(canvas) {
    const ground = document.createElement("canvas");
    let film = null;
    let r = 0;
    let by = "load"; // or "conflict": what colours the nodes
    let selected = null;
    let hovered = null;
    let size = null;
    let places = null;
    let drawn = ""; // what the ground shows
    let pictured = ""; // what the canvas shows
    let slots = { tick: -1, now: null, next: null };

    /** An actor's name beside its node, without its organ where a heading says that. */
    function name(u) {
      const { name: both, organ } = film.actors[u];
      if (film.organs.length < 2 || organ < 0) return Words.of(both);
      const heading = Words.of(film.organs[organ]);
      return Words.of(both).replace(`, ${heading}`, "").replace(heading, "");
    }

    const small = () => size.letter * 0.8;

    function show(shown, run) {
      [film, r] = [shown, run];
      refresh();
    }

    /** Forgets what was drawn: size, language or colours have changed. */
    function refresh() {
      [places, drawn, pictured] = [null, "", ""];
      slots = { tick: -1, now: null, next: null };
    }

    function measure() {
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      setSize(width, height, Page.letter() * Layout.scale(film, { width: width * 0.85, height }, Page.letter() * 0.8));
      const { letter, gutter } = size;
      const top = film.organs.length > 1 ? 1.6 * letter : 0.2 * letter;
      const box = { left: gutter, top, width: width - gutter - 0.4 * letter, height: height - top - 0.2 * letter };
      const ctx = ground.getContext("2d");
      const wrapped = (u, width) => broken(ctx, name(u), width - 0.4 * letter).length;
      places = Layout.places(film, box, small(), size.node, size.token, wrapped);
    }

    /** Sizes of signs by that of letters; headings stand at the left, as wide as their longest word. */
    function setSize(width, height, letter) {
      size = { width, height, letter, node: letter * 0.38, token: letter * 0.54 };
      const ctx = ground.getContext("2d");
      Page.type(ctx, small(), "left", "top");
      const words = film.levels.flatMap((level) => Words.of(level.title).match(/[⺀-￿]{1,4}|[^⺀-￿ ]+/g) ?? []);
      size.gutter = 0.7 * letter + Math.max(...words.map((word) => ctx.measureText(word).width));
    }

    // the ground: ties, nodes, names

    function drawGround(day) {
      const key = [day, by, selected?.kind, selected?.k, focused()].join();
      if (key === drawn) return;
      drawn = key;
      const { ctx } = Page.sharp(ground, size.width, size.height);
      drawLevels(ctx);
      drawTies(ctx, day);
      drawNodes(ctx, day);
      drawNames(ctx);
    }

    function drawLevels(ctx) {
      Page.type(ctx, small(), "left", "middle");
      Page.pen(ctx, "rule", 1);
      ctx.fillStyle = Page.colour("faint");
      for (const { level, top } of places.titles) {
        if (level > 0) Page.trace(ctx, [[0, Math.round(top) + 0.5], [size.width, Math.round(top) + 0.5]]);
        const lines = broken(ctx, Words.of(film.levels[level].title), size.gutter - 0.3 * size.letter);
        const first = top + places.line / 2 - ((lines.length - 1) / 2) * small() * Layout.LINE;
        lines.forEach((line, k) => ctx.fillText(line, 4, first + k * small() * Layout.LINE));
      }
      if (film.organs.length < 2) return;
      ctx.textAlign = "center";
      for (const { organ, left, width } of places.heads) {
        ctx.fillText(shortened(ctx, Words.of(film.organs[organ]), width), left + width / 2, 0.8 * size.letter);
      }
    }

    /** All ties: those that nothing has changed pale and below, the others by strain, the strongest on top. */
    function drawTies(ctx, day) {
      const paths = Array.from({ length: SHADES + 1 }, () => new Path2D());
      const near = Array.from({ length: SHADES + 1 }, () => new Path2D());
      const [now, first] = [Film.strain(film, r, day), Film.strain(film, r, 0)];
      const focus = focused();
      film.ties.forEach(([u, v], k) => {
        const isChanged = Math.abs(now[k] - first[k]) >= UNCHANGED;
        const shade = isChanged ? 1 + Math.min(SHADES - 1, Math.floor((now[k] / 255 / STRAINED) * SHADES)) : 0;
        tie((u === focus || v === focus ? near : paths)[shade], u, v);
      });
      paths.forEach((path, shade) => strokeTies(ctx, path, shade, focus < 0 ? 0.75 : 0.2, 1));
      if (focus >= 0) near.forEach((path, shade) => strokeTies(ctx, path, shade, 1, 1.5));
      ctx.globalAlpha = 1;
    }

    function strokeTies(ctx, path, shade, alpha, times) {
      Page.pen(ctx, shade ? `strain-${shade}` : "unchanged", times * (shade ? 0.5 + 0.38 * shade : 0.7));
      ctx.globalAlpha = alpha;
      ctx.stroke(path);
    }

    /** The actor whose ties stand out; -1: nobody's do. */
    const focused = () => [hovered, selected].find((one) => one?.kind === "actor")?.k ?? -1;

    /** A tie within a line is an arc, or it would run through those in between. */
    function tie(path, u, v) {
      const { x, y, number } = places;
      path.moveTo(x[u], y[u]);
      if (number[u] !== number[v]) path.lineTo(x[v], y[v]);
      else path.quadraticCurveTo((x[u] + x[v]) / 2, y[u] - Math.min(10 + 0.09 * Math.abs(x[v] - x[u]), 46), x[v], y[v]);
    }

    function drawNodes(ctx, day) {
      const values = by === "load" ? Film.load(film, r, day) : Film.tense(film, r, day);
      const parties = selected?.kind === "matter" ? film.matters[selected.k].parties : [];
      Page.pen(ctx, "ink", 1);
      film.actors.forEach((_, u) => {
        const shade = shadeOf(by === "load" ? LOADS : CONFLICTS, values[u]);
        disc(ctx, places.x[u], places.y[u], size.node, `${by}-${shade}`);
        disc(ctx, places.x[u], places.y[u], size.node);
      });
      parties.forEach((u, place) => ring(ctx, u, place ? 2 : 3.5));
      if (selected?.kind === "actor") ring(ctx, selected.k, 3.5);
    }

    /** A disc of a colour, or without one a circle of the pen. */
    function disc(ctx, x, y, radius, colour = "") {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, TURN);
      if (!colour) return ctx.stroke();
      ctx.fillStyle = Page.colour(colour);
      return ctx.fill();
    }

    function ring(ctx, u, width) {
      Page.pen(ctx, "accent", width);
      disc(ctx, places.x[u], places.y[u], size.node + 3);
    }

    function drawNames(ctx) {
      Page.type(ctx, small(), "center", "top");
      film.actors.forEach((_, u) => {
        if (!places.named || !places.isNamed(u)) return;
        const lines = fitted(ctx, name(u), places.room[u] - 0.3 * size.letter, places.named);
        lines.forEach((line, k) => {
          Page.letters(ctx, line, places.x[u], places.y[u] + size.node + 2 + k * small() * Layout.LINE);
        });
      });
    }

    // matters

    /** Where each matter is after half-day ``t``: in rows above its holder, those in conflict first. */
    function slotsAt(t) {
      const held = new Map();
      for (const token of Film.tokens(film, r, t)) {
        if (!held.has(token.u)) held.set(token.u, []);
        held.get(token.u).push(token);
      }
      const found = new Map();
      const beyond = [];
      for (const [u, tokens] of held) {
        tokens.sort((one, other) => other.blocked - one.blocked || one.m - other.m);
        const across = Math.max(2, Math.min(6, Math.floor((places.room[u] * 0.9) / size.token)));
        const most = across * places.rows;
        const count = Math.min(tokens.length, most);
        tokens.forEach((token, k) => {
          found.set(token.m, { ...token, ...slot(u, Math.min(k, most - 1), across, count), k, most });
        });
        if (tokens.length > most) beyond.push([u, tokens.length]);
      }
      return { found, beyond };
    }

    /** The place of the k-th of ``count`` matters with an actor, in rows of at most so many, each in the middle. */
    function slot(u, k, across, count) {
      const row = Math.floor(k / across);
      const x = places.x[u] + ((k % across) - (Math.min(across, count - row * across) - 1) / 2) * size.token;
      const y = places.y[u] - size.node - (row + 0.65) * size.token;
      return { x, y };
    }

    function slotsAround(t) {
      if (slots.tick === t) return;
      const now = slots.tick === t - 1 && slots.next ? slots.next : slotsAt(t);
      slots = { tick: t, now, next: t + 1 < film.ticks ? slotsAt(t + 1) : now };
    }

    /** A matter between two half-days; null if it is not to be seen. */
    function between(from, to, part) {
      if (!from) return { ...to, shown: to.shown * part };
      if (!to) return { ...from, shown: from.shown * (1 - part) };
      if (from.u === to.u && from.k >= from.most && to.k >= to.most) return null;
      const mid = (one, other) => one + (other - one) * part;
      return { ...from, x: mid(from.x, to.x), y: mid(from.y, to.y), shown: mid(from.shown, to.shown) };
    }

    function moving(part) {
      const [from, to] = [slots.now.found, slots.next.found];
      const all = new Set([...from.keys(), ...(part > 0 ? to.keys() : [])]);
      return [...all].map((m) => between(from.get(m), to.get(m), part)).filter((token) => token?.shown > 0.01);
    }

    function drawMatters(ctx, part, beat) {
      const radius = size.token * 0.4;
      for (const token of moving(part)) {
        const { x, y, blocked } = token;
        ctx.globalAlpha = token.shown;
        if (blocked) disc(ctx, x, y, radius + 1.5 + 3 * beat, "conflict-halo");
        disc(ctx, x, y, radius, blocked ? "conflict" : token.decided ? "matter" : "paper");
        Page.pen(ctx, blocked ? "conflict" : "matter", 1.4);
        disc(ctx, x, y, radius);
        if (selected?.kind !== "matter" || selected.k !== token.m) continue;
        Page.pen(ctx, "accent", 3);
        disc(ctx, x, y, radius + 4);
      }
      ctx.globalAlpha = 1;
      (part < 0.5 ? slots.now : slots.next).beyond.forEach(([u, count]) => drawCount(ctx, u, count));
    }

    /** How many matters there are where not all can be seen. */
    function drawCount(ctx, u, count) {
      Page.type(ctx, small(), "left", "middle", 700);
      Page.letters(ctx, `×${count}`, places.x[u] + size.node + 4, places.y[u]);
    }

    /** A broken ring around a leader or head who has no time now. */
    function drawAway(ctx, t) {
      Page.pen(ctx, "faint", 1.3, [2, 3]);
      film.actors.forEach((_, u) => {
        if (Film.isAway(film, u, t)) disc(ctx, places.x[u], places.y[u], size.node + 3.5);
      });
    }

    // the whole picture

    /** Draws the film at ``time``, in half-days and parts of them; ``beat`` in [0, 1] is how far conflicts swell. */
    function draw(time, beat) {
      if (!film || !canvas.clientWidth || !canvas.clientHeight) return;
      if (!places || size.width !== canvas.clientWidth || size.height !== canvas.clientHeight) {
        refresh();
        measure();
      }
      const tick = Math.floor(time);
      slotsAround(tick);
      const day = Film.dayBy(film, tick);
      drawGround(day);
      const swelling = film.runs[r].conflicts[tick] ? beat : 0;
      const key = [time, swelling, drawn].join();
      if (key === pictured) return;
      pictured = key;
      const { ctx } = Page.sharp(canvas);
      ctx.drawImage(ground, 0, 0, size.width, size.height);
      drawAway(ctx, tick);
      drawMatters(ctx, eased(time - tick), swelling);
    }

    /** What is said of a matter or an actor that is pointed at. */
    function told({ kind, k: u }, tick) {
      if (kind === "matter") return Matter.lines(film, r, u, tick);
      const day = Film.dayBy(film, tick);
      const [load, conflict] = [Film.load(film, r, day)[u], Film.tense(film, r, day)[u]];
      const away = Film.isAway(film, u, tick) ? Words.say("actor.away") : "";
      return [Words.of(film.actors[u].name), Words.say("stage.counts", { load, conflict }), away].filter(Boolean);
    }

    /** What is at a point: the nearest matter or actor within reach; null if there is none. */
    function pick(x, y) {
      if (!places || !slots.now) return null;
      const tokens = [...slots.now.found.values()].map((token) => ({ ...token, kind: "matter", k: token.m }));
      const nodes = film.actors.map((_, u) => ({ kind: "actor", k: u, x: places.x[u], y: places.y[u] }));
      const distance = (one) => Math.hypot(one.x - x, one.y - y);
      const nearest = (list) => list.reduce((best, one) => (best && distance(best) < distance(one) ? best : one), null);
      const within = (one, most) => (one && distance(one) <= most ? one : null);
      return within(nearest(tokens), size.token * 0.6) ?? within(nearest(nodes), size.letter * 0.95);
    }

    function hover(found) {
      if (found?.kind === hovered?.kind && found?.k === hovered?.k) return;
      hovered = found;
      canvas.classList.toggle("over", found !== null);
    }

    return {
      show, refresh, draw, pick, hover, told,
      colourBy: (what) => {
        by = what;
      },
      select: (what) => {
        selected = what;
      },
    };
  }

  return { make, LOADS, CONFLICTS, STRAINED };
})();
