/* SPDX-License-Identifier: GPL-3.0-or-later */
"use strict";
/* The proof page in Chromium: node check.js PAGE.html [FOLDER for screenshots] */
const assert = require("node:assert/strict");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { Browser, Page } = require("./browser.js");

const url = pathToFileURL(process.argv[2]).href, folder = process.argv[3];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* Waits until an expression is true in the page; a busy machine may take its time. */
async function until(page, expression, what) {
  for (let tries = 0; tries < 200; tries++) {
    if (await page.run(expression)) return;
    await sleep(50);
  }
  assert.fail(`${what}: never came true: ${expression}`);
}

async function open(browser, width, height, dark) {
  const page = await Page.open(browser, width, height, dark);
  await page.go(url);
  await until(page, `document.getElementById("audio").readyState > 0`, "the sound is loaded");
  await page.run(`window.audio = document.getElementById("audio"); window.data = JSON.parse(document.getElementById("data").textContent);
    window.startOf = (i) => data.times[2 * i] / 1000; window.nowWords = () => [...document.querySelectorAll(".w.now")].map((e) => e.dataset.w); 0`);
  return page;
}

async function shoot(page, name) {
  if (folder) writeFileSync(join(folder, name + ".png"), await page.shot());
}

/* Nothing of its own accord: no complaint, no request but for the page. */
function quiet(page) {
  assert.deepEqual(page.errors, []);
  assert.deepEqual(page.requests, [url]);
}

async function stop(page) {
  await page.run("audio.pause()");
}

/* A word in the middle, of the text that was written: its place among the numbered words. */
const MIDDLE = `(() => { const all = [...document.querySelectorAll(".src .w")]; return all[all.length >> 1]; })()`;

const tests = {
  async "Tab reaches every control, and each has a name"(page) {
    const nameless = await page.run(`[...document.querySelectorAll("button, input, select, a, [tabindex='0']")]
      .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML)`);
    assert.deepEqual(nameless, []);
    const landmarks = await page.run(`["header", "nav[aria-label]", "main", "aside[aria-label]", "[role=region][aria-label]", "[role=status]"]
      .filter((s) => !document.querySelector(s))`);
    assert.deepEqual(landmarks, []);
    assert.deepEqual(await page.run(`[document.documentElement.lang, document.documentElement.dir]`), ["ar", "rtl"]);
    await page.key("Tab");
    assert.equal(await page.run(`document.activeElement.className`), "skip");
    assert.notEqual(await page.run(`getComputedStyle(document.activeElement).outlineStyle`), "none");
  },

  async "the sound is as long as the figures say"(page) {
    assert.ok(Math.abs(await page.run("audio.duration - data.seconds")) < 0.1);
    assert.ok(await page.run(`data.times.every((t, i) => i % 2 || i === 0 || t >= data.times[i - 2])`));
  },

  async "play follows the words"(page) {
    await page.click("#play");
    await until(page, "audio.currentTime > 1", "it plays");
    await until(page, "nowWords().length >= 2", "a word is lit in both columns");
    await until(page, `nowWords().some((w) => Math.abs(startOf(parseInt(w)) - audio.currentTime) < 2)`, "it is the one that is heard");
    assert.equal(await page.run(`document.getElementById("play").getAttribute("aria-pressed")`), "true");
    await page.click("#play");
    await until(page, "audio.paused", "it stops");
  },

  async "a click on a word plays from there"(page) {
    await page.run(`${MIDDLE}.id = "middle"`);
    await page.click("#middle");
    const start = await page.run(`startOf(parseInt(document.getElementById("middle").dataset.w))`);
    await until(page, `audio.currentTime >= ${start} && audio.currentTime < ${start} + 5`, "it is there");
    await until(page, `!audio.paused`, "it plays");
    await stop(page);
    await page.run(`audio.currentTime = ${start} + 0.02`);
    await until(page, `document.getElementById("middle").classList.contains("now")`, "the word is lit");
  },

  async "every word can be reached by its time"(page) {
    const wrong = await page.run(`(async () => {
      const wrong = [];
      for (let i = 0; i < data.times.length / 2; i += 17) {
        if (data.times[2 * i + 1] - data.times[2 * i] < 40) continue;
        await new Promise((done) => { audio.addEventListener("seeked", done, { once: true }); audio.currentTime = startOf(i) + 0.02; });
        if (!document.getElementById("w" + i).classList.contains("now")) wrong.push(i);
      }
      return wrong;
    })()`);
    assert.deepEqual(wrong, []);
  },

  async "the keyboard does it all"(page) {
    await page.run(`document.getElementById("words").focus()`);
    await page.key("Home");
    const at = () => page.run(`parseInt(document.getElementById("words").getAttribute("aria-activedescendant").slice(1))`);
    const first = await at();
    await page.key("ArrowLeft");
    assert.equal(await at(), first + 1);
    await page.key("ArrowRight");
    assert.equal(await at(), first);
    await page.key("ArrowDown");
    const below = await at();
    assert.ok(below > first + 1);
    await page.key("Enter", "Enter", "\r");
    await until(page, `!audio.paused && audio.currentTime >= startOf(${below})`, "Enter plays from the word");
    await page.key(" ", "Space", " ");
    await until(page, "audio.paused", "space stops");
    await page.key("Home");
    await page.key("n", "KeyN", "n");
    assert.ok(await page.run(`data.doubts.includes(${await at()})`), "N goes to a doubt");
    const doubt = await at();
    await page.key("n", "KeyN", "n");
    await page.key("p", "KeyP", "p");
    assert.equal(await at(), doubt);
  },

  async "a line for the lexicon is copied as it was corrected"(page) {
    await page.run(`navigator.clipboard.writeText = async (text) => { window.copied = text; };
      document.querySelector(".doubts input").value = "قِرَاءَة";`);
    await page.click(".doubts .copy");
    const token = await page.run(`document.querySelector(".doubts li").dataset.token`);
    await until(page, `window.copied === ${JSON.stringify(token + "\tقِرَاءَة")}`, "the line is copied");
    assert.ok((await page.run(`document.getElementById("said").textContent`)).includes(token));
    await page.click("#copy-all");
    await until(page, `window.copied.split("\\n").length === document.querySelectorAll(".doubts li").length + 1`, "all lines are copied");
    await page.click(".doubts .hear");
    await until(page, "!audio.paused", "the doubt is heard");
    await stop(page);
  },

  async "the filter leaves the doubtful"(page) {
    const visible = `[...document.querySelectorAll(".row")].filter((r) => r.offsetParent)`;
    const all = await page.run(`${visible}.length`);
    await page.click("#only");
    const left = await page.run(`[${visible}.length, ${visible}.every((r) => r.querySelector(".doubt"))]`);
    assert.ok(left[0] > 0 && left[0] < all && left[1], left);
    await shoot(page, "filtered");
    await page.click("#only");
    assert.equal(await page.run(`${visible}.length`), all);
  },

  async "a part is gone to"(page) {
    await page.click(".parts li:nth-child(2) button");
    await until(page, `document.querySelector(".parts li:nth-child(2) button").getAttribute("aria-current") === "true"`, "it is the current one");
  },
};

/* WCAG 2: the luminance of text against what lies behind it. */
const CONTRAST = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (layers) => { canvas.clearRect(0, 0, 1, 1); for (const c of layers) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); } return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.offsetParent || element.closest("script, .vh, .skip")) continue;
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
    const back = pixel(layers), front = pixel([...layers, getComputedStyle(element).color]);
    const [a, b] = [light(back), light(front)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.add(element.tagName + "." + element.className + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return [...poor];
})()`;

const OVERFLOW = `[document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("body *")].filter((e) => {
  const b = e.getBoundingClientRect(); return b.width > 0 && !e.closest(".parts, .vh, svg") && (b.left < -0.5 || b.right > innerWidth + 0.5);
}).map((e) => e.outerHTML.slice(0, 90))]`;

async function looks(browser, name, width, height, dark) {
  const page = await open(browser, width, height, dark);
  await page.run(`audio.currentTime = startOf(20) + 0.02`);
  await until(page, "nowWords().length > 0", "a word is lit");
  assert.deepEqual(await page.run(OVERFLOW), [0], name);
  assert.deepEqual(await page.run(CONTRAST), [], name);
  await shoot(page, name);
  await page.run(`document.querySelector(".check").scrollIntoView()`);
  await shoot(page, name + "-check");
  quiet(page);
}

async function main() {
  const browser = new Browser(process.env.CHROMIUM ?? "chromium");
  try {
    const page = await open(browser, 1280, 900, false);
    for (const [name, test] of Object.entries(tests)) {
      await test(page);
      console.log("ok", name);
    }
    quiet(page);
    for (const [name, width, height, dark] of [["desktop", 1440, 900, false], ["desktop-dark", 1440, 900, true],
      ["phone", 360, 740, false], ["phone-dark", 390, 844, true], ["tablet", 900, 1100, false]]) {
      await looks(browser, name, width, height, dark);
      console.log("ok", name);
    }
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
