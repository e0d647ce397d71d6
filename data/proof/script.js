/* SPDX-License-Identifier: GPL-3.0-or-later */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const audio = byId("audio"), words = byId("words"), play = byId("play"), seek = byId("seek");
  const count = data.times.length / 2;
  const start = (i) => data.times[2 * i] / 1000, end = (i) => data.times[2 * i + 1] / 1000;

  /* All elements that stand for a word: what was written, and what was read. */
  const elements = Array.from({ length: count }, () => []);
  for (const element of words.querySelectorAll(".w")) {
    const [from, to] = element.dataset.w.split("-").map(Number);
    for (let i = from; i <= (to ?? from); i++) elements[i].push(element);
  }
  const rowOf = (i) => elements[i][0]?.closest(".row");
  const doubts = data.doubts;
  const parts = [...document.querySelectorAll(".parts button")];

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  };
  const say = (text) => { byId("said").textContent = text; };

  /* ---- the word that is heard ---- */

  /* The last word that has begun; -1 before the first. */
  const wordAt = (seconds) => {
    let low = 0, high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (start(middle) <= seconds + 0.005) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  let now = -1, row = null;
  const mark = (i) => {
    if (i === now) return;
    if (now >= 0) elements[now].forEach((e) => e.classList.remove("now"));
    if (i >= 0) elements[i].forEach((e) => e.classList.add("now"));
    now = i;
    const next = i >= 0 ? rowOf(i) : null;
    if (next === row) return;
    row?.classList.remove("on");
    next?.classList.add("on");
    row = next;
    if (row && !audio.paused) reveal(row);
  };
  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight - 150)
      element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  let shown = "";
  const show = () => {
    const at = audio.currentTime, i = wordAt(at);
    mark(i >= 0 && at > end(i) + 0.25 ? -1 : i);
    const text = clock(at);
    if (text !== shown) {
      shown = text;
      byId("now").textContent = text;
      seek.value = Math.round(1000 * at / data.seconds);
      seek.setAttribute("aria-valuetext", text + " / " + clock(data.seconds));
      drawPast(at / data.seconds);
      parts.forEach((b) => Number(b.dataset.from) <= at * 1000 && at * 1000 < Number(b.dataset.to)
        ? b.setAttribute("aria-current", "true") : b.removeAttribute("aria-current"));
    }
  };
  const follow = () => { show(); if (!audio.paused) requestAnimationFrame(follow); };

  /* ---- playing ---- */

  const begin = () => audio.play().catch(() => {}); /* a pause that comes at once is no fault */
  const toggle = () => { if (audio.paused) begin(); else audio.pause(); };
  const go = (seconds, playing) => {
    audio.currentTime = Math.min(Math.max(0, seconds), data.seconds);
    if (playing && audio.paused) begin();
    show();
  };
  const state = () => {
    const on = !audio.paused;
    play.setAttribute("aria-pressed", on);
    play.setAttribute("aria-label", on ? "توقف" : "تشغيل");
    if (on) follow();
  };
  audio.addEventListener("play", state);
  audio.addEventListener("pause", state);
  audio.addEventListener("ended", state);
  audio.addEventListener("seeked", show);
  play.addEventListener("click", toggle);
  byId("back").addEventListener("click", () => go(audio.currentTime - 5, false));
  byId("speed").addEventListener("change", (e) => { audio.playbackRate = Number(e.target.value); });
  seek.addEventListener("input", () => go(seek.value / 1000 * data.seconds, false));
  parts.forEach((b) => b.addEventListener("click", () => {
    go(Number(b.dataset.from) / 1000, false);
    byId(b.dataset.part)?.scrollIntoView({ block: "start" });
  }));

  /* ---- the word under the cursor ---- */

  let here = -1;
  const put = (i) => {
    if (i < 0 || i >= count || !elements[i].length) return;
    if (here >= 0) elements[here].forEach((e) => e.classList.remove("here"));
    elements[i].forEach((e) => e.classList.add("here"));
    here = i;
    words.setAttribute("aria-activedescendant", "w" + i);
    reveal(elements[i][0]);
  };
  const step = (by) => {
    let i = here < 0 ? Math.max(now, 0) : here + by;
    while (i >= 0 && i < count && (!elements[i].length || !rowOf(i).offsetParent)) i += by;
    put(i);
  };
  const stepRow = (by) => {
    const rows = [...words.querySelectorAll(".row")].filter((r) => r.offsetParent);
    const at = here < 0 ? -1 : rows.indexOf(rowOf(here));
    const first = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.querySelector(".w");
    if (first) put(parseInt(first.dataset.w, 10));
  };
  const doubt = (by) => {
    if (!doubts.length) return say("لا كلمات مشكوك فيها");
    const from = here >= 0 ? here : wordAt(audio.currentTime);
    const next = by > 0 ? doubts.find((d) => d > from) ?? doubts[0]
      : [...doubts].reverse().find((d) => d < from) ?? doubts[doubts.length - 1];
    words.focus({ preventScroll: true });
    put(next);
    go(start(next), false);
  };
  byId("next").addEventListener("click", () => doubt(1));
  words.addEventListener("click", (event) => {
    const button = event.target.closest(".from"), word = event.target.closest(".w");
    const target = word ?? button;
    if (!target) return;
    const i = parseInt(target.dataset.w, 10);
    put(i);
    go(start(i), true);
  });
  words.addEventListener("focus", () => { if (here < 0 && words.matches(":focus-visible")) step(0); });
  words.addEventListener("keydown", (event) => {
    if (event.target !== words) return;
    const moves = { ArrowLeft: () => step(1), ArrowRight: () => step(-1), ArrowDown: () => stepRow(1), ArrowUp: () => stepRow(-1),
      Home: () => put(0), End: () => put(count - 1), Enter: () => here >= 0 && go(start(here), true) };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=range]), select, textarea")) return;
    if (event.key === " " && !event.target.closest("button, input")) { event.preventDefault(); toggle(); }
    else if (event.code === "KeyN") doubt(1);
    else if (event.code === "KeyP") doubt(-1);
  });

  /* ---- decisions ---- */

  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "vh";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(said);
  };
  const line = (item) => item.dataset.token + "\t" + item.querySelector("input").value.trim();
  const list = [...document.querySelectorAll(".doubts li")];
  for (const item of list) {
    const button = item.querySelector(".copy");
    item.querySelector(".hear").addEventListener("click", () => {
      const i = Number(item.dataset.w);
      put(i);
      go(Math.max(0, start(i) - 0.6), true);
    });
    button.addEventListener("click", async () => {
      await copy(line(item), "نُسخ السطر: " + item.dataset.token);
      button.textContent = "نُسخ";
      setTimeout(() => { button.textContent = "انسخ السطر"; }, 2000);
    });
  }
  byId("copy-all").addEventListener("click", () => copy(list.map(line).join("\n") + "\n", "نُسخت السطور: " + list.length));
  byId("copy-all").hidden = !list.length;
  byId("only").addEventListener("change", (event) => {
    words.classList.toggle("filtered", event.target.checked);
    byId("none").hidden = !event.target.checked || doubts.length > 0;
  });
  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  /* ---- the wave ---- */

  const wave = byId("wave"), svg = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const peaks = [...data.peaks].map((digit) => parseInt(digit, 36) / 35);
  const wide = 600 / peaks.length;
  const path = peaks.map((p, i) => {
    const high = Math.max(1, p * 17);
    return `M${(i * wide).toFixed(2)} ${(20 - high).toFixed(1)}h${(wide * 0.7).toFixed(2)}v${(2 * high).toFixed(1)}h${(-wide * 0.7).toFixed(2)}z`;
  }).join("");
  const clip = svg("clipPath", { id: "done" }), past = svg("rect", { x: 0, y: 0, width: 0, height: 40 });
  clip.append(past);
  wave.append(clip, svg("path", { d: path, class: "rest" }), svg("path", { d: path, class: "past", "clip-path": "url(#done)" }));
  for (const d of doubts) wave.append(svg("rect", { x: 600 * start(d) / data.seconds - 0.6, y: 36, width: 1.6, height: 4, class: "tick" }));
  const drawPast = (part) => past.setAttribute("width", 600 * part);

  byId("all").textContent = clock(data.seconds);
  show();
})();
