"use strict";
/**
 * The clock of the page: one time for everything shown, in half-days and parts of them.
 *
 * The time is where the film is; a half-day is a whole number.  While playing it runs; a step glides.
 */
const Player = (() => {
  const SPEEDS = [1, 2, 4, 10, 20]; // half-days per second
  const GLIDE = 240; // milliseconds of a step
  const KEPT = 1200; // lengths of pictures
  const frames = []; // milliseconds between pictures while playing, for whoever measures
  const [drawers, watchers] = [[], []];
  let ticks = 1;
  let time = 0;
  let pace = 1;
  let isPlaying = false;
  let glide = null;
  let before = null;

  const last = () => ticks - 1;
  const tick = () => Math.min(last(), Math.floor(time));

  function setTicks(count) {
    ticks = count;
    seek(time);
  }

  /** Goes to a moment at once. */
  function seek(to) {
    glide = null;
    time = Math.min(last(), Math.max(0, Math.round(to)));
  }

  /** Goes so many half-days on or back; smoothly if it is but one. */
  function step(count) {
    pause();
    const from = glide ? glide.to : Math.round(time);
    const to = Math.min(last(), Math.max(0, from + count));
    if (Math.abs(count) > 1 || Page.isStill() || to === from) seek(to);
    else glide = { from: time, to, start: performance.now() };
  }

  function play() {
    if (time >= last()) seek(0);
    [glide, isPlaying, before] = [null, true, null];
    watchers.forEach((tell) => tell());
  }

  /** Stops, at the end of the half-day that is under way. */
  function pause() {
    if (!isPlaying) return;
    isPlaying = false;
    seek(Math.ceil(time));
    watchers.forEach((tell) => tell());
  }

  const toggle = () => (isPlaying ? pause() : play());

  function faster(by) {
    pace = Math.min(SPEEDS.length - 1, Math.max(0, pace + by));
    watchers.forEach((tell) => tell());
  }

  function advance(now) {
    if (isPlaying) {
      const passed = before === null ? 0 : now - before;
      if (before !== null) frames.push(passed);
      if (frames.length > KEPT) frames.shift();
      time = Math.min(last(), time + (Math.min(passed, 250) / 1000) * SPEEDS[pace]);
      if (time >= last()) pause();
    } else if (glide) {
      const part = Math.min(1, Math.max(0, (now - glide.start) / GLIDE));
      if (part === 1) seek(glide.to);
      else time = glide.from + (glide.to - glide.from) * part;
    }
    before = now;
  }

  function frame(now) {
    requestAnimationFrame(frame);
    advance(now);
    const shown = Page.isStill() ? tick() : time;
    drawers.forEach((draw) => draw(shown, now));
  }

  return {
    setTicks, seek, step, toggle, pause, faster, tick, last, frames,
    start: () => requestAnimationFrame(frame),
    speed: () => SPEEDS[pace],
    isPlaying: () => isPlaying,
    onFrame: (draw) => drawers.push(draw),
    onChange: (tell) => watchers.push(tell),
  };
})();
