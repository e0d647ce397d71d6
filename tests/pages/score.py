#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Token precision, recall and F1 of what is read of the pages that tools/pages makes.

  score.py OUTLINE [--pages FOLDER] [--other NAME=FILE.json] [--all]

OUTLINE is the program of outline.c. FILE.json holds what another extractor reads: {"NAME.html": "text"}. Fails when the
mean F1 is under 0.97, a page's under 0.80, a title is wrong, an author or a date that the page tells is missed, or a
word's way back to the page doesn't hold that word."""
import argparse
import collections
import html
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools", "pages"))
from make import make  # noqa: E402

TEXT = {"paragraph", "item", "row", "quote", "caption", "heading"}
LEAST_MEAN, LEAST_PAGE = 0.97, 0.80


def tokens(text):
    return re.findall(r"[^\W_]+", text)


def compare(expected, text):
    """(precision, recall, F1) of a text against what must be read."""
    want, got = collections.Counter(tokens(" ".join(expected["text"]))), collections.Counter(tokens(text))
    for word, count in collections.Counter(tokens(" ".join(expected["neutral"]))).items():
        got[word] -= min(count, max(0, got[word] - want[word]))
    for word in expected["header"]:  # a table's header may be said with each cell
        got[word] = min(got[word], want[word])
    common, all_got = sum((want & got).values()), sum(got.values())
    precision = common / all_got if all_got else 0.0
    recall = common / sum(want.values())
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def outline(program, folder, names):
    """What the program prints, by file: (facts, [(kind, text)])."""
    done = subprocess.run([program, *names], cwd=folder, capture_output=True, timeout=300)
    files, lines = {}, []
    for line in done.stdout.decode().splitlines():
        key, _, value = line.partition("\t")
        if key == "file":
            lines = files.setdefault(value, [])
        else:
            lines.append((re.sub(r"\d+$", "", key), value))
    return files, done.stderr.decode()


def same(a, b):
    return tokens(a) == tokens(b)


def decode(piece):
    """A stretch of a page as it is read: without tags, with entities and JSON's escapes resolved."""
    piece = re.sub(r"<[^>]*>|^[^<]*>(?=.*>)", "", piece, flags=re.S)
    piece = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), piece)
    return html.unescape(piece.replace('\\"', '"').replace("\\n", "\n"))


def check_ways(program, folder, names, expected):
    """Every word's source bytes hold that word. Returns (words, complaints)."""
    done = subprocess.run([program, "--words", *names], cwd=folder, capture_output=True, timeout=300)
    words, wrong, name, data = 0, [], None, b""
    for line in done.stdout.decode().splitlines():
        word, _, rest = line.partition("\t")
        if word == "file":
            name = rest
            with open(os.path.join(folder, name), "rb") as source:
                data = source.read()
            continue
        start, end = map(int, rest.split("\t")[:2])
        codec = expected[name]["charset"].replace("utf-16", "utf-16-le")
        got = decode(data[start:end].decode(codec, "replace"))
        words += 1
        if tokens(word) != tokens(got):
            wrong.append(f"{name}: {word!r} has the source {data[start:end].decode(codec, 'replace')!r}")
    return words, wrong


def report(args, expected, files):
    others = {name: json.load(open(path, encoding="utf-8")) for name, _, path in (o.partition("=") for o in args.other)}
    sums, failures = collections.defaultdict(list), []
    for name, want in sorted(expected.items()):
        lines = files.get(name, [])
        facts = dict(reversed(lines))
        result = compare(want, "\n".join(value for kind, value in lines if kind in TEXT))
        sums["nashra"].append(result)
        row = "%-34s P %.3f  R %.3f  F1 %.3f" % (name, *result)
        for other, texts in others.items():
            theirs = compare(want, texts.get(name) or "")
            sums[other].append(theirs)
            row += "   %s %.3f" % (other, theirs[2])
        remarks = []
        if not same(facts.get("title", ""), want["title"]):
            remarks.append("title: " + facts.get("title", "none"))
        if want["author"] and not same(facts.get("author", ""), want["author"]):
            remarks.append("author: " + facts.get("author", "none"))
        if want["date"] and "published" not in facts:
            remarks.append("no date")
        if result[2] < LEAST_PAGE:
            remarks.append("too little of the story, or too much besides")
        failures += [f"{name}: {remark}" for remark in remarks]
        if args.all or remarks or result[2] < 1:
            print(row, *remarks)
    for name, results in sums.items():
        print("%-34s P %.4f  R %.4f  F1 %.4f  (mean of %d pages)" % (name, *(sum(c) / len(c) for c in zip(*results)), len(results)))
    if sum(r[2] for r in sums["nashra"]) / len(expected) < LEAST_MEAN:
        failures.append(f"the mean F1 is under {LEAST_MEAN}")
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("outline")
    parser.add_argument("--pages")
    parser.add_argument("--other", action="append", default=[])
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    program = os.path.abspath(args.outline)
    with tempfile.TemporaryDirectory(prefix="nashra-pages-") as folder:
        folder = args.pages or folder
        expected = make(folder)
        files, messages = outline(program, folder, sorted(expected))
        sys.stderr.write(messages)
        failures = report(args, expected, files)
        words, wrong = check_ways(program, folder, sorted(expected), expected)
    print(f"{words} words have a way back, {len(wrong)} of them a wrong one")
    for failure in failures + wrong[:20]:
        print("FAIL", failure)
    return 1 if failures or wrong or not words else 0


if __name__ == "__main__":
    sys.exit(main())
