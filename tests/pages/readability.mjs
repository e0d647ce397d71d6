// SPDX-License-Identifier: GPL-3.0-or-later
// What @mozilla/readability reads of the same pages, for comparison only:
//   mkdir X && cd X && npm install @mozilla/readability jsdom linkedom
//   NODE_PATH=X/node_modules node readability.mjs jsdom|linkedom PAGES OUT.json [ROUNDS]
// Writes {"NAME.html": text} and prints how long parsing and extracting took, all pages once, after a warm-up.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "x.js"));
const { Readability } = require("@mozilla/readability");
const [library, folder, out, rounds = "3"] = process.argv.slice(2);
const parse = library === "jsdom"
  ? (() => { const { JSDOM } = require("jsdom"); return (bytes) => new JSDOM(bytes).window; })()
  : (() => { const { parseHTML } = require("linkedom"); return (bytes) => parseHTML(bytes.toString("utf8")); })();

function read(bytes) {
  const window = parse(bytes);
  const article = new Readability(window.document).parse();
  const html = article ? article.content : "";
  window.close?.();
  return html;
}

// textContent runs blocks together: words are parted where elements end.
const text = (html) => (html || "").replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).map((name) => [name, readFileSync(join(folder, name))]);
const texts = {};
for (const [name, bytes] of pages) {
  try { texts[name] = text(read(bytes)); } catch (error) { texts[name] = ""; console.error(name, String(error)); }
}
writeFileSync(out, JSON.stringify(texts));
const start = process.cpuUsage();
for (let round = 0; round < Number(rounds); round++)
  for (const [, bytes] of pages) try { read(bytes); } catch { /* told above */ }
const used = process.cpuUsage(start);
console.log(`${library}: ${pages.length} pages, ${((used.user + used.system) / 1e6 / Number(rounds)).toFixed(3)} s of CPU for all of them once`);
