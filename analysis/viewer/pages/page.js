"use strict";
/** What every page needs: elements, what is remembered, light and dark, colours, and sharp canvases. */
const Page = (() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const changed = [];
  let colours = new Map();

  const find = (id) => document.getElementById(id);

  /** An element with attributes set by name, and children of which a string becomes text, never HTML. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, String(value));
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /** What was chosen in this tab; a browser that keeps nothing is no obstacle. */
  function recall(key) {
    try {
      return sessionStorage.getItem(`xietiao.${key}`);
    } catch {
      return null;
    }
  }

  function remember(key, value) {
    try {
      sessionStorage.setItem(`xietiao.${key}`, value);
    } catch {
      // the choice holds for as long as the page is open
    }
  }

  const chosenTheme = () => ["light", "dark"].find((theme) => theme === recall("theme"));
  const theme = () => chosenTheme() ?? (system.matches ? "dark" : "light");

  function dress() {
    document.documentElement.dataset.theme = theme();
    colours = new Map();
    changed.forEach((tell) => tell());
  }

  function otherTheme() {
    remember("theme", theme() === "dark" ? "light" : "dark");
    dress();
  }

  /** A colour of the style sheet, so that what is drawn and what is written look alike. */
  function colour(name) {
    if (!colours.has(name)) {
      colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    }
    return colours.get(name);
  }

  /** The size of letters, which grows with the window. */
  const letter = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

  /** The context of a canvas as large as it is shown, in as many dots as the screen has; empty. */
  function sharp(canvas, width = canvas.clientWidth, height = canvas.clientHeight) {
    const ratio = devicePixelRatio || 1;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    const ctx = canvas.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, across, down);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    return { ctx, width, height };
  }

  /** How lines are drawn from now on, in a colour of the style sheet. */
  function pen(ctx, name, width, dashes = []) {
    ctx.strokeStyle = colour(name);
    ctx.lineWidth = width;
    ctx.setLineDash(dashes);
  }

  /** How text is written from now on. */
  function type(ctx, size, align, baseline, weight = 400) {
    ctx.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    [ctx.textAlign, ctx.textBaseline] = [align, baseline];
  }

  /** A line through points. */
  function trace(ctx, points) {
    ctx.beginPath();
    points.forEach(([x, y], k) => (k ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.stroke();
  }

  /** A text that can be read on top of lines. */
  function letters(ctx, text, x, y) {
    pen(ctx, "paper", 3);
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour("ink");
    ctx.fillText(text, x, y);
  }

  /** Makes a list show ``keys`` in order; what stays is not touched, so that it keeps the focus. */
  function reconcile(list, keys, build) {
    const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
    let place = list.firstElementChild;
    for (const key of keys.map(String)) {
      let child = known.get(key);
      if (child && child === place) {
        place = place.nextElementSibling;
      } else {
        child ??= build(key);
        child.dataset.key = key;
        list.insertBefore(child, place);
      }
      known.delete(key);
    }
    known.forEach((child) => child.remove());
  }

  /** A button pressed by mouse takes no focus: the space bar then still plays and pauses. */
  function keepFocus() {
    document.addEventListener("mousedown", (event) => {
      if (!event.target.closest("button")) return;
      event.preventDefault();
      document.activeElement?.blur();
    });
  }

  system.addEventListener("change", dress);
  return {
    find, make, recall, remember, dress, otherTheme, colour, letter, pen, type, sharp, trace, letters, reconcile,
    keepFocus,
    isStill: () => still.matches,
    onTheme: (tell) => changed.push(tell),
  };
})();
