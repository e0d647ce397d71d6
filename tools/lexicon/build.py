# SPDX-License-Identifier: GPL-3.0-or-later
"""build.py ARRAYS LEXICON [--common N]: the diacritiser's word lexicon, from the arrays that tools/train prepares.

Two things are in it (src/diacritise/attested.h, common.h): a filter that knows every marking in which a word was seen, and
the N most frequent words with their most frequent marking, for when there is no model. Of a word whose readings stand in
readings.tsv the filter knows these and no others, whatever was seen.
"""
import argparse
import collections
import ctypes
import glob
import os
import subprocess
import sys
import tempfile

import numpy as np

import forms
import readings

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
sys.path.insert(0, os.path.join(HERE, "../train"))
import modelfile  # noqa: E402

VOTES = {"own": 4, "templates": 1, "aljazeera": 4, "manual": 4, "books": 2, "misc": 2, "alkalema": 2, "sulaity": 2,
         "enfal": 2, "classical": 0.5}
TRUSTED = {"silver": 90, "digits": 60}   # the least weight of a label, by the kind of source
RAREST = 0.01                            # a marking's share of its word
BITS = 12
LONGEST = 24
MASK = np.uint64(0xFFFFFFFF)


def library():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lexicon.so")
        subprocess.run("cc -O2 -shared -fPIC -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude "
                       f"-DNASHRA_SOURCE_DATA='\"data\"' -DNASHRA_INSTALLED_DATA='\"data\"' -o {path} src/base/*.c "
                       "src/nn/*.c src/diacritise/*.c -lm -lpthread", shell=True, check=True, cwd=ROOT)
        loaded = ctypes.CDLL(path)
    loaded.nashra_attested_hash.restype = ctypes.c_uint64
    loaded.nashra_common_hash.restype = ctypes.c_int32
    return loaded


def count_source(path, pairs, wholes, by_hand):
    name, a = os.path.basename(path)[:-4], np.load(path)
    symbol, label = a["symbol"].tobytes(), a["label"].tobytes()
    units = np.diff(a["line_unit"].astype(np.int64))
    first = a["unit_first"].astype(np.int64) + np.repeat(a["line_position"][:-1].astype(np.int64), units)
    count = a["unit_count"].astype(np.int64)
    low = np.concatenate(([0], np.cumsum(a["weight"] < TRUSTED.get(name.split("_")[0], 1))))
    word = (count <= LONGEST) & (a["symbol"][first] >= 16)
    inner, whole = low[first + count - 1] == low[first], low[first + count] == low[first]
    vote = VOTES.get(name, 1)
    for at, n in zip(first[word & inner & (count > 1)].tolist(), count[word & inner & (count > 1)].tolist()):
        pairs[symbol[at:at + n]][label[at:at + n - 1]] += vote
        if name in VOTES:
            by_hand[symbol[at:at + n]].add(label[at:at + n - 1])
    for at, n in zip(first[word & whole].tolist(), count[word & whole].tolist()):
        wholes[symbol[at:at + n]][label[at:at + n]] += vote


def count_all(arrays):
    pairs, wholes = (collections.defaultdict(lambda: collections.defaultdict(float)) for _ in range(2))
    by_hand = collections.defaultdict(set)
    for path in sorted(glob.glob(os.path.join(arrays, "*.npz"))):
        count_source(path, pairs, wholes, by_hand)
    return pairs, wholes, by_hand


def seen_markings(pairs, by_hand, clitic, table):
    """All (word, inner labels), but for those that a clitic before a shorter one explains."""
    seen = {(word, labels) for word, votes in pairs.items() for total in [sum(votes.values())]
            for labels, n in votes.items() if n >= RAREST * total}
    seen = corrected(seen, by_hand, table)
    return [(w, l) for w, l in seen
            if not (len(w) > 2 and clitic.get(w[0], 0) == l[0] != 0 and (w[1:], l[1:]) in seen)]


def corrected(seen, by_hand, table):
    """What was seen, without the readings that a word of the table hasn't, and with those that it has. What people wrote
    (by_hand) is not doubted for what follows a clitic, which may be none."""
    words = {word for word, _ in seen}
    allowed = {word: {labels[:-1] for labels in found} for word, found in table.items()}
    kept = set()
    for word, labels in seen:
        verdicts = [stem_labels in allowed[stem] for stem, stem_labels in forms.stems(word, labels) if stem in allowed]
        if any(verdicts) or not verdicts or word not in allowed and labels in by_hand[word]:
            kept.add((word, labels))
    for word, found in allowed.items():
        for labels in found:
            kept.add((word, labels))
            kept.update(pair for pair in forms.with_article(word, labels) if pair[0] in words)
    return kept


def mix(h):
    h = h ^ h >> np.uint64(33)
    h = h * np.uint64(0xFF51AFD7ED558CCD)
    h = h ^ h >> np.uint64(33)
    h = h * np.uint64(0xC4CEB9FE1A85EC53)
    return h ^ h >> np.uint64(33)


def rotate(h, by):
    return h << np.uint64(by) | h >> np.uint64(64 - by)


def peel(slots, size):
    """An order of the keys in which each has a slot that no later key uses; None if there is none."""
    count, keys = np.zeros(size, np.int64), np.zeros(size, np.int64)
    index = np.arange(len(slots))
    for column in slots.T:
        np.add.at(count, column, 1)
        np.bitwise_xor.at(keys, column, index)
    count, keys, rows = count.tolist(), keys.tolist(), slots.tolist()
    waiting, order = [s for s in range(size) if count[s] == 1], []
    while waiting:
        s = waiting.pop()
        if count[s] != 1:
            continue
        key = keys[s]
        order.append((key, s))
        for other in rows[key]:
            count[other] -= 1
            keys[other] ^= key
            if count[other] == 1:
                waiting.append(other)
    return order if len(order) == len(rows) else None


def xor_filter(hashes):
    """The records of a filter that holds all hashes."""
    segment = int(len(hashes) * 1.23 / 3) + 11
    for seed in range(1, 100):
        h = mix(hashes + np.uint64(seed))
        slots = np.stack([(rotate(h, by) & MASK if by else h & MASK) * np.uint64(segment) >> np.uint64(32)
                          for by in (0, 21, 42)], 1).astype(np.int64) + np.arange(3) * segment
        order = peel(slots, 3 * segment)
        if order:
            break
    prints = ((h ^ h >> np.uint64(32)) & np.uint64((1 << BITS) - 1)).astype(np.int64).tolist()
    values, rows = [0] * (3 * segment), slots.tolist()
    for key, own in reversed(order):
        a, b, c = rows[key]
        values[own] = prints[key] ^ values[a] ^ values[b] ^ values[c] ^ values[own]
    bits = (np.array(values)[:, None] >> np.arange(BITS) & 1).astype(np.uint8)
    packed = np.packbits(bits.reshape(-1), bitorder="little")
    return {"attested.shape": np.array([segment, BITS, 0, seed], np.int32),
            "attested.slots": np.concatenate((packed, np.zeros(8, np.uint8)))}


def common_words(wholes, n, c_hash):
    best = sorted(wholes.items(), key=lambda e: -sum(e[1].values()))[:n]
    by_length = [{} for _ in range(LONGEST + 1)]
    for word, votes in reversed(best):
        by_length[len(word)][c_hash(word, ctypes.c_size_t(len(word)))] = max(votes, key=votes.get)
    packed = bytearray()
    for words in by_length:
        for key in sorted(words):
            l = words[key] + b"\0"
            packed += bytes(l[i] | l[i + 1] << 4 for i in range(0, len(l) - 1, 2))
    return {"common.count": np.array([len(w) for w in by_length], np.int32),
            "common.hash": np.array([key for words in by_length for key in sorted(words)], np.int32),
            "common.labels": np.frombuffer(bytes(packed), np.uint8)}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("arrays")
    p.add_argument("lexicon")
    p.add_argument("--common", type=int, default=15000)
    p.add_argument("--readings", default=readings.TABLE)
    options = p.parse_args()
    c = library()
    pairs, wholes, by_hand = count_all(options.arrays)
    clitic = {s: c.nashra_attested_clitic(s) for s in range(16, 52) if c.nashra_attested_clitic(s)}
    seen = seen_markings(pairs, by_hand, clitic, forms.labels(options.readings))
    hashes = np.array([c.nashra_attested_hash(w, l + b"\0", ctypes.c_size_t(len(w))) for w, l in seen], np.uint64)
    records = {**xor_filter(np.unique(hashes)), **common_words(wholes, options.common, c.nashra_common_hash)}
    modelfile.write(options.lexicon, records)
    print(f"{len(pairs)} words, {len(seen)} markings, {os.path.getsize(options.lexicon)} bytes")


if __name__ == "__main__":
    main()
