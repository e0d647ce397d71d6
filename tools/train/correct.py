# SPDX-License-Identifier: GPL-3.0-or-later
"""correct.py ARRAYS OUT: puts right in machine-marked text what ../lexicon/readings.tsv knows better.

A word of that table which is marked in none of its ways gets the one way that there is; where there are several, its
letters but the last are not learnt from. A last letter that is doubled by nature gets its shadda. A marking that is found in
text marked by hand is left alone where و ف س ب ل ك before the word may be its own letters.
"""
import glob
import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lexicon"))
import forms  # noqa: E402
from conventions import ALIF, LAM, SHADDA, SUKUN, SUN  # noqa: E402

LONGEST = 24
DOUBLED = {1: 9, 2: 10, 3: 11, 6: 13, 7: 14}  # endings, and what they become on a letter that is doubled


def verdict(word, labels, allowed, by_hand):
    """(inner labels or None where they are doubtful, whether the last letter is doubled, if known); None: nothing to say."""
    found = None
    for stem, stem_labels in forms.stems(word, labels):
        if stem not in allowed:
            continue
        if stem_labels in allowed[stem]:
            return (labels, True) if allowed[stem][stem_labels] == {SHADDA} else None
        if found is None and (is_plain(word, stem) or (word, labels) not in by_hand):
            found = rebuilt(word, labels, stem, allowed[stem])
    return found


def is_plain(word, stem):
    """Whether nothing stands before the stem, or the article: other clitics may be the word's own letters."""
    return word == stem or word == bytes([ALIF, LAM]) + stem


def rebuilt(word, labels, stem, options):
    """The verdict on a word whose stem has these readings alone."""
    if len(options) > 1:
        return None, None
    (right, ends), start = next(iter(options.items())), len(word) - len(stem)
    joined = start > 0 and labels[start - 1] == 0 and SUN[stem[0]] and word[start - 1] == LAM
    merged = start > 0 and stem[0] == LAM and labels[start] > SHADDA
    if (joined or merged) and 0 < right[0] < SUKUN:
        right = bytes([right[0] + SHADDA]) + right[1:]
    return labels[:start] + right, SHADDA in ends if len(ends) == 1 else None


def ending_of(label, doubled):
    if doubled:
        return DOUBLED.get(label, label)
    return {double: single for single, double in DOUBLED.items()}.get(label, label) if doubled is False else label


def words_of(arrays):
    """(first position, letters, inner labels) of each word of three letters and more."""
    symbol, label = arrays["symbol"].tobytes(), arrays["label"].tobytes()
    units = np.diff(arrays["line_unit"].astype(np.int64))
    first = arrays["unit_first"].astype(np.int64) + np.repeat(arrays["line_position"][:-1].astype(np.int64), units)
    for at, n in zip(first.tolist(), arrays["unit_count"].tolist()):
        if 2 < n <= LONGEST and symbol[at] >= 16:
            yield at, symbol[at:at + n], label[at:at + n - 1]


def correct(arrays, allowed, by_hand):
    label, weight = arrays["label"].copy(), arrays["weight"].copy()
    known, mended, doubted = {}, 0, 0
    for at, *key in words_of(arrays):
        key, n = tuple(key), len(key[0])
        if key not in known:
            known[key] = verdict(*key, allowed, by_hand)
        if known[key] is None:
            continue
        right, doubled = known[key]
        if right is None:
            weight[at:at + n - 1] = 0
            doubted += 1
            continue
        ending = ending_of(label[at + n - 1], doubled)
        if right != key[1] or ending != label[at + n - 1]:
            label[at:at + n] = np.frombuffer(right + bytes([ending]), np.uint8)
            weight[at:at + n - 1] = 100
            mended += 1
    return {**arrays, "label": label, "weight": weight}, mended, doubted


def main(arrays, out):
    os.makedirs(out, exist_ok=True)
    allowed = {word: {inner: {labels[-1] for labels in found if labels[:-1] == inner} for inner in {f[:-1] for f in found}}
               for word, found in forms.labels().items()}
    paths = sorted(glob.glob(os.path.join(arrays, "*.npz")))
    by_machine = [path for path in paths if os.path.basename(path).startswith(("silver", "digits"))]
    by_hand = {(word, labels) for path in paths if path not in by_machine for _, word, labels in words_of(dict(np.load(path)))}
    for path in paths:
        name = os.path.basename(path)
        if path in by_machine:
            new, mended, doubted = correct(dict(np.load(path)), allowed, by_hand)
            np.savez(os.path.join(out, name), **new)
            print(f"{name}: {mended} words put right, {doubted} doubted", flush=True)
        else:
            os.link(path, os.path.join(out, name))


if __name__ == "__main__":
    main(*sys.argv[1:])
