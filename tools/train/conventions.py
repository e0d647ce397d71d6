# SPDX-License-Identifier: GPL-3.0-or-later
"""One convention for the marks of all sources, and what of them may be learnt from.

The marks are those of the word itself: the vowel that helps over a wasl (min-a l-bayt) is sukun here, as the phonemiser
adds it. fathatan stands before its alif; bare are: alif, the waw and ya of a long vowel, and the article's lam before a
sun letter, which has shadda; everything else that bears no vowel has sukun. A letter that breaks this was left
unmarked by its author: its weight is 0.
"""
import numpy as np

from features import Scan

NONE, FATHA, DAMMA, KASRA, SUKUN, FATHATAN, SHADDA = 0, 1, 2, 3, 4, 5, 8
BASE = np.array([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 5, 6, 7], np.uint8)


def symbol_of(c):
    code = ord(c)
    return 16 + (code - 0x621 if code <= 0x63A else 26 + code - 0x641)


ALIF, MADDA, WAW, MAQSURA, YA, LAM, LOW_HAMZA = (symbol_of(c) for c in "اآوىيلإ")
SUN = np.zeros(64, bool)
SUN[[symbol_of(c) for c in "تثدذرزسشصضطظلن"]] = True
PREFIX_1 = np.zeros(64, bool)
PREFIX_1[[symbol_of(c) for c in "وفأ"]] = True
PREFIX_2 = np.zeros(64, bool)
PREFIX_2[[symbol_of(c) for c in "وفبك"]] = True


def _before(a, n=1):
    return np.concatenate((np.zeros(n, a.dtype), a[:-n]))


def _after(a, n=1):
    return np.concatenate((a[n:], np.zeros(n, a.dtype)))


def _doubled(label):
    """The label with shadda; sukun gives way to it."""
    base = BASE[label]
    return np.where(base > SUKUN, base + 7, np.where(base == SUKUN, SHADDA, base + SHADDA)).astype(np.uint8)


def _move_fathatan(symbol, label):
    bearer = ((symbol == ALIF) | (symbol == MAQSURA)) & (BASE[label] == FATHATAN)
    target = _after(bearer) & (BASE[label] <= FATHA) & (symbol >= 16)
    label[target] = np.where(label[target] >= SHADDA, 12, FATHATAN)
    label[(symbol == ALIF) | (symbol == MADDA) | (symbol == MAQSURA)] = NONE


def _long_vowels(symbol, label):
    before = BASE[_before(label)]
    long = ((symbol == WAW) & (before == DAMMA)) | ((symbol == YA) & (before == KASRA))
    label[long & (label == SUKUN)] = NONE
    following = _after(symbol)
    diphthong = ((symbol == WAW) | (symbol == YA)) & (before == FATHA) & (label == NONE)
    label[diphthong & (following != ALIF) & (following != MAQSURA)] = SUKUN
    return long


def _article(symbol, label):
    """Marks the article's lam and what follows; returns where a bare lam is right."""
    one, two, three = _before(symbol), _before(symbol, 2), _before(symbol, 3)
    bare = (two < 16) | (PREFIX_1[two] & (three < 16)) | (PREFIX_2[two] & ((three < 16) | PREFIX_1[three]))
    lam = (symbol == LAM) & (one == ALIF) & bare & (_after(symbol) >= 16)
    double = (symbol == LAM) & (one == LAM) & ((two < 16) | PREFIX_1[two])
    following, mark = _after(symbol), _after(label)
    sun = SUN[following]
    label[lam & ~sun & (label == NONE) & (following != ALIF)] = SUKUN
    assimilated = lam & sun & (label == NONE) & (mark < SHADDA) & (mark > NONE) & (mark < SUKUN)
    target = _before(assimilated)
    label[target] = _doubled(label[target])
    mark = _after(label)
    label[(lam | double) & sun & (mark >= SHADDA) & (label == SUKUN)] = NONE
    return (lam | double | (symbol == LAM)) & (label == NONE) & (mark >= SHADDA)


PARTICLES = "من عن أو لو قد إذ بل هل أم لكن كم إن أن لم يكن تكن نكن أكن"


def _keys(scan):
    return scan.hash[:, 0].astype(np.int64) << 16 | scan.hash[:, 1]


def _no_helping_vowels(scan, last):
    """Sukun at the end of words that have it, where a wasl follows and a helping vowel was written."""
    symbol, label = scan.symbol, scan.label
    wasl = last & (_after(symbol) == 1) & (_after(symbol, 2) == ALIF)
    particles = Scan(" ".join(p + w for w in PARTICLES.split() for p in ("", "و", "ف")))
    known = np.isin(_keys(scan), _keys(particles))
    at = np.flatnonzero(last)
    units = scan.symbol[_starts(scan)] >= 16
    particle = np.zeros(len(symbol), bool)
    particle[at] = known[units]
    vowel = (label == FATHA) | (label == KASRA) | (label == DAMMA)
    before = BASE[_before(label)]
    verb = (symbol == symbol_of("ت")) & (label == KASRA) & (before == FATHA) & (_before(symbol) != ALIF)
    bearer = (_before(symbol) == symbol_of("ه")) | (_before(symbol) == symbol_of("ك"))
    pronoun = (symbol == symbol_of("م")) & (label == DAMMA) & bearer & ((before == DAMMA) | (before == KASRA))
    label[wasl & ((particle & vowel) | verb | pronoun)] = SUKUN


def _starts(scan):
    """Position of each unit's first letter."""
    return scan.unit_first.astype(np.int64) + np.repeat(scan.line_position[:-1].astype(np.int64),
                                                        np.diff(scan.line_unit.astype(np.int64)))


def _words(scan):
    """The word of each position (-1: none) and whether it is the last letter of it."""
    starts = _starts(scan)
    word = np.full(len(scan.symbol), -1, np.int64)
    count = scan.unit_count.astype(np.int64)
    index = np.repeat(starts - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
    word[index] = np.repeat(np.arange(len(starts)), count)
    last = np.zeros(len(scan.symbol), bool)
    last[starts + count - 1] = True
    return word, last & (scan.symbol >= 16)


def normalise(scan):
    """Rewrites scan.label; returns (weight 0 or 1 a position, word of a position, last letters)."""
    symbol, label = scan.symbol, scan.label
    word, last = _words(scan)
    letter = symbol >= 16
    marked = np.bincount(word[letter], (label[letter] > 0), len(scan.unit_first)) > 0
    _move_fathatan(symbol, label)
    label[(symbol == LOW_HAMZA) & (label == NONE) & ~last] = KASRA
    long = _long_vowels(symbol, label)
    assimilated = _article(symbol, label)
    alone = label == SHADDA
    label[alone & (_after(symbol) == ALIF)] = SHADDA + FATHA
    vowelless = (symbol == ALIF) | (symbol == MADDA) | (symbol == MAQSURA) | (long & (label == NONE)) | assimilated
    label[last & ~vowelless & (label == NONE)] = SUKUN
    _no_helping_vowels(scan, last)
    weight = letter & ~(~last & ~vowelless & (label == NONE)) & ~(~last & (label == SHADDA))
    tanwin = BASE[label] > SUKUN
    before_end = _after(last) & ((_after(symbol) == ALIF) | (_after(symbol) == MAQSURA))
    weight &= ~(tanwin & ~last & ~before_end)
    weight &= np.where(word >= 0, marked[np.maximum(word, 0)], False)
    return weight, word, last
