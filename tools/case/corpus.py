# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples for training: a word whose case is known is taken out, and a number stands in its place."""
import glob
import lzma
import os
import random
import re
import sys

import numpy as np

import samples
import sentences
from verdicts import ROOT

sys.path.append(os.path.join(ROOT, "tools/train"))
import templates  # noqa: E402
from features import MARKS, Scan  # noqa: E402

NOMINATIVE, ACCUSATIVE, GENITIVE, OBLIQUE = 0, 1, 2, 3
LABELS = {"\u064f": 0, "\u064c": 0, "\u064e": 1, "\u064b": 1, "\u0650": 2, "\u064d": 2}
NUMBER, SHOWN, INDEFINITE, DEFINITE = 0, 1, 2, 3  # kinds
_ENDING = re.compile("([\u064b-\u0650])\u0651?[اى]?$")
_TANWIN = "\u064b\u064c\u064d"
TRUSTED = 80  # least weight of a machine's ending
MADE_SENTENCES, TEMPLATE_SENTENCES = 130000, 9000
SURE = 0.97  # rules that are as sure as this are not asked about


class Maker:
    def __init__(self, finder, court):
        self.finder, self.court, self.draw = finder, court, random.Random(1)
        self.plurals = plurals_of([os.path.join(ROOT, "data", n) for n in ("nouns.tsv", "nouns-extra.tsv")])
        self.columns = {name: [] for name in ("row", "gap", "label", "kind", "source", "fold", "rule", "confidence",
                                              "probability")}

    # ---- what is put in a word's place ----

    def _phrase(self, stem):
        """A number that fits the noun, and the noun; None where the tables don't know it."""
        if stem in self.finder.singulars and len(stem) > 2:
            number = self.draw.choice(("20", "12", "35", "100", "48", "200", "1000", "3500", "70", "63", "15"))
            alif = stem[-1] not in "ةاىء" and self.draw.random() < 0.5
            return [number, stem + "ا" if alif else stem]
        return [str(self.draw.randint(3, 10)), stem] if stem in self.plurals and len(stem) > 3 else None

    def _agreeing(self, plain, endings, i, kind, shown):
        """The words behind word i that agree with it, without what would show their case."""
        out, j = [], i + 1
        while j < len(plain) and j < i + 3 and plain[j - 1] == plain[j - 1].strip(samples._EDGES):
            core = plain[j].strip(samples._EDGES)
            tail = plain[j][len(core):] if plain[j].startswith(core) else None
            if tail is None or not core:
                break
            mark, tanwin = endings[j]
            if shown:
                if len(core) < 5 or core[-2:] != shown or core.startswith("و"):
                    break
                core = core[:-2] + ("ين" if shown == "ون" or self.draw.random() < 0.3 else self.draw.choice(("", "ا")))
            elif kind == INDEFINITE:
                if not tanwin or mark != endings[i][0] or core.startswith("و"):
                    break
                core = core[:-1] if mark == ACCUSATIVE and core.endswith("ا") else core
                core += "ا" if core[-1] not in "ةاىء" and self.draw.random() < 0.5 else ""
            else:
                if not core.startswith("ال") or mark != endings[i][0] or tanwin:
                    break
                core = core[2:]
                core += "ا" if core[-1:] not in ("ة", "ا", "ى", "ء") and self.draw.random() < 0.5 else ""
            out.append(core + tail)
            j += 1
        return out, j

    def _target(self, cores, endings, i, definite):
        """(label, kind, words, shown ending) where word i may be a number phrase, or None."""
        core, (label, tanwin) = cores[i], endings[i]
        before = cores[i - 1]
        noun = self.finder._noun(core) if not core.startswith("و") else None
        counts = before.lstrip("و") in samples._NEUTRAL or before in samples._SHOWN
        if noun:
            words = self._phrase(noun[0])
            return words and (NOMINATIVE if noun[1] == samples.NOMINATIVE else OBLIQUE, INDEFINITE, words, core[-2:])
        if label is None or counts:
            return None
        if tanwin and not endings[i - 1][1]:
            stem = core[:-1] if label == ACCUSATIVE and core.endswith("ا") else core
            words = self._phrase(stem)
            plural = stem.endswith("ات") and label != NOMINATIVE
            return words and (OBLIQUE if plural else label, INDEFINITE, words, "")
        if definite and core.startswith("ال") and not tanwin and not (before.startswith("ال") and
                                                                      endings[i - 1][0] == label):
            words = self._phrase(core[2:])
            plural = core.endswith("ات") and label != NOMINATIVE
            return words and (OBLIQUE if plural else label, DEFINITE, words, "")
        return None

    def add(self, marked, trust, source, fold, definite=0.0, share=1.0):
        """Samples of a marked line; `trust`: of each word's ending. `definite`: share of the definite nouns."""
        plain = [samples.bare(w) for w in marked]
        cores = [w.strip(samples._EDGES) for w in plain]
        endings = []
        for word, weight in zip(marked, trust):
            found = _ENDING.search(word.strip(samples._EDGES)) if weight >= TRUSTED else None
            endings.append((LABELS[found.group(1)], found.group(1) in _TANWIN) if found else (None, False))
        i = 1
        while i < len(cores):
            shown = samples._number_at(cores, i)
            if shown and not self.finder._is_name(cores, i, shown[0]):
                label = NOMINATIVE if shown[2] == samples.NOMINATIVE else OBLIQUE
                self._keep(plain, i, shown[0], [str(shown[1])], [], label, NUMBER, source, fold)
                i = shown[0]
                continue
            value = samples._VALUES.get(cores[i])
            if value and endings[i][0] is not None and samples.is_whole_number(cores, i):
                self._keep(plain, i, i + 1, [str(value)], [], endings[i][0], NUMBER, source, fold)
            elif not value and self.draw.random() < share:
                found = self._target(cores, endings, i, self.draw.random() < definite)
                if found:
                    label, kind, words, letters = found
                    tail, end = self._agreeing(plain, endings, i, kind, letters)
                    self._keep(plain, i, end, words, tail, label, SHOWN if letters else kind, source, fold)
            i += 1

    def _keep(self, plain, i, end, words, tail, label, kind, source, fold):
        last = plain[end - 1 if not tail else i]
        core = last.strip(samples._EDGES)
        signs = last[last.find(core) + len(core):]
        head = plain[i][:len(plain[i]) - len(plain[i].lstrip(samples._EDGES))]
        words = words[:-1] + [words[-1] + signs]
        window = " ".join(plain[:i]) + " " + head
        self.keep(window + " ".join(words + tail + plain[end:]), len(window.encode()), label, kind, source, fold)

    def keep(self, text, offset, label, kind, source, fold):
        """A sample whose number begins at byte `offset`, unless the rules are sure of it."""
        verdict = self.court.judge(text, offset)
        if verdict is None or not verdict.asked or verdict.confidence >= SURE:
            return
        for name, value in (("row", np.ctypeslib.as_array(verdict.row).copy()),
                            ("gap", np.ctypeslib.as_array(verdict.gap).copy()), ("label", label), ("kind", kind),
                            ("source", source), ("fold", fold), ("rule", verdict.rule),
                            ("confidence", verdict.confidence), ("probability", list(verdict.probability))):
            self.columns[name].append(value)

    def arrays(self):
        types = {"row": np.uint16, "gap": np.uint8, "confidence": np.float32, "probability": np.float32}
        return {name: np.array(values, types.get(name, np.int8)) for name, values in self.columns.items()}


def plurals_of(paths):
    """Bare broken and sound plurals of all nouns."""
    found = set()
    for path in paths:
        for line in open(path, encoding="utf-8"):
            if line[0] != "#" and line.strip():
                columns = [samples.bare(c) for c in line.rstrip("\n").split("\t")]
                for column in columns[1:]:
                    if re.fullmatch("[\u0621-\u064a;]+", column):
                        found.update(p for p in column.split(";") if not p.endswith(("ون", "ين", "ان")))
    return found


# ---- sources ----

OWN, SILVER, NEWS, GOLD, CLASSICAL, MADE, RAW = range(7)


def relabelled(data, arrays):
    """(words with the marks of their last letters, trust of each) of each line of the machine-marked texts."""
    for path in sorted(glob.glob(os.path.join(data, "silver/silver_*.txt.xz"))):
        text = lzma.open(path).read()
        scan, ours = Scan(text), np.load(os.path.join(arrays, os.path.basename(path)[:10] + ".npz"))
        assert np.array_equal(scan.symbol, ours["symbol"])
        label, weight = ours["label"], ours["weight"]
        for n, line in enumerate(text.decode().split("\n")[:scan.lines]):
            words = samples.bare(line).split()
            trust = [0] * len(words)
            for u in range(scan.line_unit[n], scan.line_unit[n + 1]):
                k, at = scan.unit_token[u], scan.line_position[n] + scan.unit_first[u] + scan.unit_count[u] - 1
                if k >= len(words):
                    break
                core = words[k].strip(samples._EDGES)
                # fathatan stands before its alif: the letter before it bears the mark
                bare_alif = core.endswith("ا") and scan.unit_count[u] > 1 and label[at] == 0
                if bare_alif and MARKS[label[at - 1]][-1:] == "\u064b":
                    at -= 1
                mark, trust[k] = MARKS[label[at]], int(weight[at])
                end = words[k].rfind(core) + len(core) if core else 0
                words[k] = words[k][:end] + mark + words[k][end:]
            yield words, trust


def gold_lines(data, pattern):
    for path in sorted(glob.glob(os.path.join(data, "train", pattern))):
        with lzma.open(path, "rt", encoding="utf-8") as f:
            yield from (line.split() for line in f if len(line) < 1500)


def silver_lines(data, arrays):
    """Those of relabel.py, or the machine's own marks where it was sure."""
    if arrays:
        yield from relabelled(data, arrays)
        return
    silver = sorted(glob.glob(os.path.join(data, "silver/silver_*.txt.xz")))
    yield from samples.marked_lines_of(silver, [p.replace("silver_", "conf_") for p in silver])


def build(data, finder, court, arrays=None, folds=range(5), nouns=True):
    """Samples of all sources; without `nouns` those of numbers that others have written."""
    maker = Maker(finder, court)

    def add(lines, source, definite, share, trusted=True):
        for line in lines:
            words, trust = line if isinstance(line, tuple) else (line, [99 if trusted else 0] * len(line))
            fold = samples.fold_of(samples.bare(" ".join(words)))
            if fold in folds and len(words) == len(trust):
                maker.add(words, trust, source, fold, definite, share if nouns else 0)
    add((line.split() for line, held in samples.own_news() if not held), OWN, 1.0, 1.0)
    add(silver_lines(data, arrays), SILVER, 0.6, 1.0)
    add(gold_lines(data, "tashkeela_msa/msa-aljazeera*"), NEWS, 0.5, 1.0)
    add(gold_lines(data, "tashkeela_msa/msa-[!a]*"), GOLD, 0.15, 0.6)
    add(gold_lines(data, "tashkeela_classical/*"), CLASSICAL, 0.15, 0.08)
    with lzma.open(os.path.join(data, "raw/raw_with_digits.txt.xz"), "rt", encoding="utf-8") as f:
        unmarked = dict.fromkeys(samples.bare(line.rstrip("\n").split("\t", 1)[-1]) for line in f)
    add((line.split() for line in unmarked if len(line) < 800), RAW, 0, 0.7, False)
    if nouns:
        add((line.split() for line in templates.sentences(TEMPLATE_SENTENCES)), GOLD, 1.0, 1.0)
        make(maker, folds)
    return maker


def make(maker, folds):
    author = sentences.Author(7)
    for i in range(MADE_SENTENCES):
        text, offset, case = author.sentence()
        if i % 5 in folds:
            maker.keep(text, offset, case, NUMBER, MADE, i % 5)
