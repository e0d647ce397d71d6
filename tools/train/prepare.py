# SPDX-License-Identifier: GPL-3.0-or-later
"""prepare.py DATA OUT: turns the marked texts of DATA, and those of news/, into arrays of features, one .npz a source."""
import glob
import lzma
import os
import sys

import numpy as np

import conventions
import templates
from features import Scan

TEMPLATES = 9000  # sentences
GOLD = {
    "aljazeera": "train/tashkeela_msa/msa-aljazeera.txt.xz",
    "manual": "train/tashkeela_msa/msa-manual.txt.xz",
    "books": "train/tashkeela_msa/msa-modern_books.txt.xz",
    "misc": "train/tashkeela_msa/msa-misc.txt.xz",
    "alkalema": "train/tashkeela_msa/msa-al-kalema.org.txt.xz",
    "sulaity": "train/tashkeela_msa/msa-sulaity.txt.xz",
    "enfal": "train/tashkeela_msa/msa-enfal.de.txt.xz",
    "classical": "train/tashkeela_classical/classical.nodup.txt.xz",
}


def silver_weight(margin):
    steps = np.zeros(100, np.uint8)
    steps[50:60], steps[60:80], steps[80:90], steps[90:] = 50, 70, 90, 100
    return steps[np.minimum(margin, 99)]


def margins(text, scan):
    """Inner and ending margin of each unit, from the token of the line that it stands in."""
    inner, ending = [], []
    starts = []
    for line in text.split("\n")[:scan.lines]:
        starts.append(len(inner))
        for token in line.split():
            good = len(token) == 4 and token.isdigit()
            inner.append(int(token[:2]) if good else 0)
            ending.append(int(token[2:]) if good else 0)
    units = np.diff(scan.line_unit.astype(np.int64))
    index = np.repeat(np.array(starts), units) + scan.unit_token
    return np.array(inner, np.uint8)[index], np.array(ending, np.uint8)[index]


def save(out, name, scan, weight, word, last):
    np.savez(os.path.join(out, name + ".npz"), symbol=scan.symbol, label=scan.label, weight=weight,
             hash=scan.hash, unit_first=scan.unit_first, unit_count=scan.unit_count,
             line_position=scan.line_position, line_unit=scan.line_unit)
    letters = (scan.symbol >= 16).sum()
    print(f"{name}: {scan.lines} lines, {len(scan.unit_first)} units, {letters} letters, "
          f"{(weight[scan.symbol >= 16] > 0).mean():.3f} weighted", flush=True)


def save_gold(out, name, scan):
    weight, word, last = conventions.normalise(scan)
    save(out, name, scan, (weight * 100).astype(np.uint8), word, last)


def own_sentences():
    """Those of news/*.txt; what is held out lies in a folder of its own."""
    sentences = []
    for path in sorted(glob.glob(os.path.join(templates.HERE, "*.txt"))):
        with open(path, encoding="utf-8") as file:
            sentences += [line.strip() for line in file if line.strip() and not line.startswith("#")]
    return sentences


def main(data, out):
    os.makedirs(out, exist_ok=True)
    save_gold(out, "templates", Scan("\n".join(templates.sentences(TEMPLATES))))
    save_gold(out, "own", Scan("\n".join(own_sentences())))
    for name, path in GOLD.items():
        save_gold(out, name, Scan(lzma.open(os.path.join(data, path)).read()))
    for path in sorted(glob.glob(os.path.join(data, "silver/silver_*.txt.xz"))):
        scan = Scan(lzma.open(path).read())
        weight, word, last = conventions.normalise(scan)
        inner, ending = margins(lzma.open(path.replace("silver_", "conf_"), "rt").read(), scan)
        at = np.maximum(word, 0)
        trust = np.where(last, silver_weight(ending)[at], silver_weight(inner)[at])
        save(out, os.path.basename(path)[:10], scan, (weight * trust).astype(np.uint8), word, last)


if __name__ == "__main__":
    main(*sys.argv[1:])
