#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phoneme error rate on the golden documents: bare eSpeak NG against Nashra, from marked and from unmarked text.

    per.py [--nashra build/nashra] [--sentences] [--show N] [DOCUMENT…]

A row's right cell is the reference. Phones are compared, not spelling: stress, word boundaries and pauses are left
out, a geminate is two phones, a long vowel one, the shades of a vowel beside an emphatic are one, and eSpeak's a+i, a+u
count as the diphthongs aj, aw. The rate is the edit distance over all rows, divided by the phones of the references.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).parent.parent / "golden"
MARKS = re.compile("[\u064b-\u0652\u0670]")
PHONE = re.compile(r"(dZ|dH|gH|tS|s\[|t\[|d\[|[aiu]\.|[A-Za-z?@])(:?)")


def rows(document):
    for line in document.read_text(encoding="utf8").splitlines():
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) < 4 or "---" in cells[1] or cells[1].strip() in ("marked", "written"):
            continue
        options = cells[3].strip() if len(cells) > 4 else ""
        if "endings" in options or cells[1].strip().startswith("? "):
            continue
        marked = re.sub(r"\{U\+([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), cells[1].strip())
        yield marked, cells[2].strip().replace("\\|", "|")


def phones(text):
    """A list of phones of mnemonics as eSpeak or Nashra write them."""
    text = re.sub(r"\([a-z-]+\)|_:", " ", text)
    found = []
    for word in re.sub(r"[',=%|]", "", text.replace("_", "")).split():
        for name, mark in PHONE.findall(word):
            name = {"gH": "Q", "L": "l", "r": "R"}.get(name, name.rstrip("."))
            vowel = name in "aiu"
            if vowel and not mark and found and found[-1] == "a" and name in "iu":
                found.append({"i": "j", "u": "w"}[name])
            else:
                found += [name + ":"] if vowel and mark else [name] * (2 if mark else 1)
    return found


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def bare_espeak(lines):
    said = []
    for line in lines:
        run = subprocess.run(["espeak-ng", "-v", "ar", "-q", "-x", line], capture_output=True, text=True, check=True)
        said.append(" ".join(run.stdout.split("\n")))
    return said


def nashra(program, lines):
    said = []
    for line in lines:
        # A file of one short line would be a title; a full stop makes it a sentence.
        text = line if line[-1] in ".؟!" else line + "."
        run = subprocess.run([program, "text", "--format", "jsonl", "--endings", "full", "-"], input=text + "\n",
                             capture_output=True, text=True, check=True)
        sentences = [json.loads(object) for object in run.stdout.splitlines()]
        said.append(" ".join(word["phonemes"] for sentence in sentences for word in sentence["words"]))
    return said


def report(name, references, said, lines, show):
    errors = total = whole = 0
    worst = []
    for reference, heard, line in zip(references, said, lines):
        wanted = phones(reference)
        d = distance(wanted, phones(heard))
        errors, total, whole = errors + d, total + len(wanted), whole + (d == 0)
        worst.append((d / max(1, len(wanted)), line, reference, heard.strip()))
    print(f"{name:28} {100 * errors / total:6.2f} %   {errors} of {total} phones, {whole} of {len(said)} rows right")
    for rate, line, reference, heard in sorted(worst, reverse=True)[:show]:
        if rate > 0:
            print(f"    {line}\n        want {reference}\n        got  {heard}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nashra", default="build/nashra")
    parser.add_argument("--sentences", action="store_true", help="only rows of four words and more")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N worst rows of Nashra's")
    parser.add_argument("documents", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    documents = options.documents or [
        d for d in sorted(GOLDEN.glob("*.md")) if "<!-- stage: phonemes -->" in d.read_text(encoding="utf8")]
    pairs = [row for document in documents for row in rows(document)]
    if options.sentences:
        pairs = [row for row in pairs if len(row[0].split()) >= 4]
    if not pairs:
        sys.exit("per.py: no rows")
    marked, references = zip(*pairs)
    unmarked = [MARKS.sub("", line) for line in marked]
    print(f"{len(pairs)} rows, {sum(len(line.split()) for line in marked)} words")
    report("eSpeak NG, unmarked text", references, bare_espeak(unmarked), unmarked, 0)
    report("eSpeak NG, marked text", references, bare_espeak(marked), marked, 0)
    report("Nashra, unmarked text", references, nashra(options.nashra, unmarked), unmarked, options.show)
    report("Nashra, marked text", references, nashra(options.nashra, marked), marked, options.show)


if __name__ == "__main__":
    main()
