# SPDX-License-Identifier: GPL-3.0-or-later
"""What the network sees of a sentence: as src/normalise/context/view.c."""
import re

import numpy as np

ROWS = (8192, 4096, 2048, 2048)  # word, stem, beginning, end
REACH = 20
NUMBER = "#"
SPACE, COMMA, STOP, BRACKET, OTHER, START, PADDING = 0, 1, 2, 3, 4, 5, 7
_EDGES = "«»\"'()[]{}،.؛:؟!?-–…,;/*“”‘’"
_DIGIT = re.compile("[0-9٠-٩۰-۹]")
_MASK = 0xFFFFFFFF
_known = {NUMBER: (0, 0, 0, 0)}


def _hash(text, table):
    h = (2166136261 ^ (table + 1)) * 16777619 & _MASK
    for byte in text.encode():
        h = (h ^ byte) * 16777619 & _MASK
    h ^= h >> 15
    return 3 + h % (ROWS[table] - 3)


def _stem(word):
    if len(word) > 3 and word[0] in "وف":
        word = word[1:]
    if len(word) > 4 and word[:3] in ("بال", "كال"):
        return word[3:]
    return word[2:] if len(word) > 3 and word[:2] in ("ال", "لل") else word


def rows(word):
    found = _known.get(word)
    if found is None:
        arabic = any("\u0621" <= c <= "\u064a" for c in word)
        parts = (word, _stem(word), word[:3], word[-3:])
        found = tuple(_hash(p, t) for t, p in enumerate(parts)) if arabic else (1, 1, 1, 1)
        _known[word] = found
    return found


def without_alif(word):
    return word[:-1] if len(word) > 3 and word[-1] == "ا" else word


def _gap(signs):
    for gap, kinds in ((STOP, ".:؟!?…"), (COMMA, "،؛,;"), (BRACKET, "()[]{}«»\"'“”‘’")):
        if any(c in kinds for c in signs):
            return gap
    return OTHER if signs else SPACE


def words_of(tokens):
    """(index of the token, its core, what parts it from the one before) of each token that isn't mere signs."""
    before, first = "", True
    for k, token in enumerate(tokens):
        core = token.strip(_EDGES)
        if not core:
            before += token
            continue
        at = token.find(core)
        yield k, NUMBER if _DIGIT.search(core) else core, START if first else _gap(before + token[:at])
        before, first = token[at + len(core):], False


def batch(sentences):
    """[(rows, gaps)] → arrays [sentence, word, table] and [sentence, word]."""
    longest = max(len(s[1]) for s in sentences)
    x = np.zeros((len(sentences), longest, 4), np.int64)
    g = np.full((len(sentences), longest), PADDING, np.int64)
    for i, (seen, gaps) in enumerate(sentences):
        x[i, :len(seen)], g[i, :len(gaps)] = seen, gaps
    return x, g
