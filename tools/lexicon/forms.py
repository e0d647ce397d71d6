# SPDX-License-Identifier: GPL-3.0-or-later
"""forms.py: the readings of readings.tsv as the network's symbols and labels, and the words around their stems."""
import os
import sys

import readings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../train"))
import conventions  # noqa: E402
from conventions import ALIF, LAM, SHADDA, SUKUN, SUN, symbol_of  # noqa: E402
from features import Scan  # noqa: E402

FATHA, KASRA = 1, 3
CLITICS = {symbol_of(c): FATHA for c in "سفكو"} | {symbol_of(c): KASRA for c in "بل"}
FUTURE, IMPERFECT = symbol_of("س"), bytes(symbol_of(c) for c in "يتنأ")  # سَ stands before these letters alone


def labels(path=readings.TABLE):
    """{symbols of a word: {labels of its letters, the last one's SHADDA or NONE}}"""
    pairs = [(word, readings.with_sukun(shown)) for _, word, found in readings.rows(path) for reading in found
             if readings.fault_of(word, reading) is None for shown in readings.open_cases(reading)]
    if not pairs:
        return {}
    scan = Scan("\n".join(reading for _, reading in pairs))
    final = scan.label.copy()
    conventions.normalise(scan)
    found = {}
    for line in range(len(pairs)):
        unit = scan.line_unit[line]
        first = int(scan.line_position[line]) + int(scan.unit_first[unit])
        last = first + int(scan.unit_count[unit]) - 1
        marks = scan.label[first:last].tobytes() + bytes([SHADDA if final[last] >= SHADDA else 0])
        found.setdefault(scan.symbol[first:last + 1].tobytes(), set()).add(marks)
    return found


def stems(word, labels):
    """The word itself and what clitics and the article may leave of it, each with its inner labels."""
    yield word, labels
    for at in range(len(word) - 3):
        yield from without_article(word[at:], labels[at:])
        if CLITICS.get(word[at]) != labels[at] or not begins_word(word[at + 1], labels[at + 1]):
            break
        if word[at] == FUTURE and word[at + 1] not in IMPERFECT:
            break
        yield word[at + 1:], labels[at + 1:]


def begins_word(letter, label):
    return letter == ALIF or 0 < label < SUKUN


def without_article(word, labels):
    """What is left behind ال and لل, where the word begins with one."""
    if word[1] != LAM or (word[0], labels[0]) not in ((ALIF, 0), (LAM, KASRA)):
        return
    if word[0] == LAM and labels[1] > SHADDA:  # ل, the article and a lam are written with two
        yield word[1:], bytes([labels[1] - SHADDA]) + labels[2:]
    elif labels[1] == SUKUN and not SUN[word[2]]:
        yield word[2:], labels[2:]
    elif labels[1] == 0 and labels[2] > SHADDA:
        yield word[2:], bytes([labels[2] - SHADDA]) + labels[3:]


def with_article(word, labels):
    """The inner labels of a noun behind its article, and behind لِ and its article."""
    if word[0] == ALIF or labels[0] == 0:
        return
    rest = (bytes([0, labels[0] + SHADDA]) if SUN[word[0]] else bytes([SUKUN, labels[0]])) + labels[1:]
    yield bytes([ALIF, LAM]) + word, b"\0" + rest
    if word[0] == LAM:
        yield bytes([LAM]) + word, bytes([KASRA, rest[1]]) + labels[1:]
    else:
        yield bytes([LAM, LAM]) + word, bytes([KASRA]) + rest
