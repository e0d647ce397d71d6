# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences for training: words whose case is known are taken out and a number is put in their place."""
import glob
import lzma
import os
import random
import re

import numpy as np

import samples
import view

NOMINATIVE, ACCUSATIVE, GENITIVE, OTHER, OBLIQUE, UNKNOWN = 0, 1, 2, 3, 4, -1
LONGEST = 48
_LABELS = {"\u064f": 0, "\u064c": 0, "\u064e": 1, "\u064b": 1, "\u0650": 2, "\u064d": 2, "\u0652": 3}
_ENDING = re.compile("([\u064b-\u0650\u0652])\u0651?[اى]?$")
_SURE = set("في من إلى على عن حوالي نحو خلال بعد قبل مدة سن منذ لمدة قرابة زهاء".split())  # nominative here is an error
NUMBER_WEIGHT, NOUN_WEIGHT, MARKED_NUMBER, MARKED_NOUN, ALIF, ENDING = 4.0, 1.0, 1.0, 0.6, 0.3, 0.12
MARGIN = 90  # least certainty of a machine's mark


class Corpus:
    def __init__(self, finder):
        self.finder, self.draw = finder, random.Random(1)
        self.rows, self.gaps, self.labels, self.weights = [], [], [], []
        self.starts, self.folds = [0], []

    def _emit(self, out, fold):
        for a in range(0, len(out), LONGEST):
            for word, gap, label, weight in out[a:a + LONGEST]:
                self.rows.append(view.rows(word))
                self.gaps.append(gap)
                self.labels.append(label)
                self.weights.append(weight)
            self.starts.append(len(self.rows))
            self.folds.append(fold)

    def _ending(self, token, margin):
        found = _ENDING.search(token.strip(samples._EDGES)) if margin >= MARGIN else None
        return (_LABELS[found.group(1)], found.group(1) in "\u064b\u064c\u064d") if found else (UNKNOWN, False)

    def _target(self, cores, i, ending, before, margins):
        """(label, weight, words that follow, words taken) where word i is to be a number, or None."""
        label, tanwin = ending
        core = cores[i]
        noun = self.finder._noun(core) if not core.startswith("و") else None
        if noun:
            return NOMINATIVE if noun[1] == samples.NOMINATIVE else OBLIQUE, NOUN_WEIGHT, noun[0]
        counts = cores[i - 1] == view.NUMBER or cores[i - 1].lstrip("و") in samples._NEUTRAL or \
            cores[i - 1] in samples._SHOWN
        if tanwin and not before[1] and not counts:
            stem = core[:-1] if label == ACCUSATIVE and core.endswith("ا") else core
            if stem in self.finder.singulars and self.draw.random() < 0.4:
                return label, MARKED_NOUN, stem
        if label in (0, 1, 2) and core in samples._VALUES and not counts:
            return None if cores[i + 1:i + 2] in (["عشر"], ["عشرة"]) else (label, MARKED_NUMBER, None)
        plain = not margins and not counts and len(core) > 3 and core.endswith("ا") and core not in \
            self.finder.singulars and core[:-1] in self.finder.singulars and not cores[i - 1].endswith("ا")
        return (ACCUSATIVE, ALIF, core[:-1]) if plain and self.draw.random() < 0.3 else None

    def add(self, tokens, margins, weight=NUMBER_WEIGHT):
        """margins: how sure each token's marks are; empty where there are none."""
        plain = [samples.bare(t) for t in tokens]
        seen = list(view.words_of(plain))
        cores, gaps = [s[1] for s in seen], [s[2] for s in seen]
        endings = [self._ending(tokens[k], margins[k] if margins else 0) for k, _, _ in seen]
        out, i = [], 0
        while i < len(cores):
            number = samples._number_at(cores, i) if i > 0 else None
            if number and not self.finder._is_name(cores, i, number[0]):
                nominative = number[2] == samples.NOMINATIVE
                error = nominative and cores[i - 1] in _SURE
                label = UNKNOWN if error else NOMINATIVE if nominative else OBLIQUE
                out.append((view.NUMBER, gaps[i], label, 0 if error else weight))
                i = number[0]
                continue
            target = self._target(cores, i, endings[i], endings[i - 1], margins) if i > 0 else None
            if target:
                out.append((view.NUMBER, gaps[i], target[0], target[1]))
                if target[2]:
                    out.append((target[2], view.SPACE, UNKNOWN, 0))
            else:
                counted = out and out[-1][0] == view.NUMBER and gaps[i] == view.SPACE
                word = view.without_alif(cores[i]) if counted else cores[i]
                label = endings[i][0]
                out.append((word, gaps[i], label, ENDING if label != UNKNOWN else 0))
            i += 1
        self._emit(out, samples.fold_of(" ".join(plain)))

    def arrays(self):
        return {"rows": np.array(self.rows, np.uint16), "gaps": np.array(self.gaps, np.uint8),
                "labels": np.array(self.labels, np.int8), "weights": np.array(self.weights, np.float32),
                "starts": np.array(self.starts, np.int64), "folds": np.array(self.folds, np.int8)}


def build(data, finder, share_of_classical=0.5):
    corpus = Corpus(finder)
    silver = sorted(glob.glob(os.path.join(data, "silver/silver_*.txt.xz")))
    for tokens, margins in samples.marked_lines_of(silver, [p.replace("silver_", "conf_") for p in silver]):
        if len(tokens) == len(margins):
            corpus.add(tokens, margins)
    for pattern, share in (("tashkeela_msa/msa-*", 1), ("tashkeela_classical/*", share_of_classical)):
        for tokens, margins in samples.marked_lines_of(sorted(glob.glob(os.path.join(data, "train", pattern)))):
            if corpus.draw.random() < share:
                corpus.add(tokens, margins, 3.0)
    with lzma.open(os.path.join(data, "raw/raw_with_digits.txt.xz"), "rt", encoding="utf-8") as f:
        for line in dict.fromkeys(samples.bare(line.rstrip("\n").split("\t", 1)[-1]) for line in f):
            if len(line) < 800:
                corpus.add(line.split(), [])
    return corpus.arrays()
