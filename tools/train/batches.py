# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences → batches of equal shape. A batch holds about a fixed number of positions."""
import os

import numpy as np
import torch

STEP = 16       # lengths are rounded up to this many positions
LONGEST = 384   # longer lines are cut between two units


class Source:
    """One prepared .npz, with its lines cut to pieces of at most LONGEST positions."""

    def __init__(self, path):
        self.name = os.path.basename(path)[:-4]
        arrays = np.load(path)
        self.symbol, self.label, self.weight = arrays["symbol"], arrays["label"], arrays["weight"]
        self.hash, self.count = arrays["hash"].astype(np.int32), arrays["unit_count"].astype(np.int32)
        line = np.repeat(np.arange(len(arrays["line_unit"]) - 1), np.diff(arrays["line_unit"].astype(np.int64)))
        self.first = arrays["unit_first"].astype(np.int64) + arrays["line_position"][line].astype(np.int64)
        self.pieces = self._cut(arrays["line_unit"].astype(np.int64))

    def _cut(self, bounds):
        pieces = []
        for low, high in zip(bounds[:-1], bounds[1:]):
            while high > low:
                start = self.first[low] - 1
                end = int(np.searchsorted(self.first[low:high] + self.count[low:high] - start, LONGEST)) + low
                end = max(min(end, high), low + 1)
                if self.count[low:end].max() < 40:
                    pieces.append((low, end))
                low = end
        return np.array(pieces, np.int64).reshape(-1, 2)

    def length(self, piece):
        low, high = piece
        return int(self.first[high - 1] + self.count[high - 1] - self.first[low] + 2)


def bucket(positions, units):
    """The shape (positions, units) that a sentence is padded to."""
    size = STEP * max(1, -(-positions // STEP))
    while room(size) < units:
        size += STEP
    return size


def room(size):
    return max(4, size * 5 // 24 // 4 * 4)


def fill(sentences, size):
    """sentences: (source, low, high). The numpy arrays of a batch."""
    rows, words = len(sentences), room(size)
    b = {name: np.zeros((rows, size), np.int64) for name in ("symbol", "label")}
    b["word"] = np.full((rows, size), -1, np.int64)
    b["weight"] = np.zeros((rows, size), np.float32)
    for name in ("count", "gap_before", "gap_after"):
        b[name] = np.zeros((rows, words), np.int64)
    for name in ("first", "last"):
        b[name] = np.full((rows, words), -1, np.int64)
    b["hash"] = np.zeros((rows, words, 4), np.int64)
    for row, (source, low, high) in enumerate(sentences):
        start = int(source.first[low]) - 1
        count, units = source.count[low:high], high - low
        first = source.first[low:high] - start
        end = int(first[-1] + count[-1]) + 1
        for name in ("symbol", "label", "weight"):
            b[name][row, :end] = getattr(source, name)[start:start + end]
        for i in (0, end - 1):
            if b["symbol"][row, i] >= 14:
                b["symbol"][row, i] = 1
        first_gap = b["symbol"][row, first - 1]
        b["gap_before"][row, :units], b["gap_after"][row, :units] = first_gap, b["symbol"][row, first + count]
        b["count"][row, :units], b["first"][row, :units], b["last"][row, :units] = count, first, first + count - 1
        b["hash"][row, :units] = source.hash[low:high]
        index = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
        b["word"][row, index] = np.repeat(np.arange(units), count)
    b["weight"] /= 100
    b["hint"] = np.zeros_like(b["label"])
    b["keep"] = np.ones((rows, words, 2), np.float32)
    return b


def _hint(b, rng):
    """In some sentences, a part of the marks is given: of whole words, or of single letters."""
    rows, size = b["symbol"].shape
    kind = rng.random(rows)
    words = (kind < 0.14)[:, None] & (rng.random(b["count"].shape) < rng.uniform(0.03, 0.6, (rows, 1)))
    of_word = np.take_along_axis(words, np.maximum(b["word"], 0), 1) & (b["word"] >= 0)
    letters = ((kind >= 0.14) & (kind < 0.2))[:, None] & (rng.random((rows, size)) < 0.12)
    known = b["weight"] >= 0.5
    given = (of_word | letters) & known & (b["symbol"] >= 16)
    b["hint"] = np.where(given, b["label"], 0)
    only_shadda = letters & (b["label"] >= 8) & (rng.random((rows, size)) < 0.7)
    b["hint"][only_shadda & given] = 8
    b["weight"] = np.where(given & ~only_shadda, b["weight"] * 0.1, b["weight"])


def _plain(b, rng):
    """Some sentences lose their punctuation."""
    rows = rng.random(b["symbol"].shape[0]) < 0.08
    for name in ("symbol", "gap_before", "gap_after"):
        bare = rows[:, None] & (b[name] > 1) & (b[name] < 14)
        b[name][bare] = 1


def disturb(b, rng):
    _hint(b, rng)
    _plain(b, rng)
    b["keep"][:, :, 0] = rng.random(b["count"].shape) >= 0.12
    b["keep"][:, :, 1] = rng.random(b["count"].shape) >= 0.04


def tensors(b):
    return {name: torch.from_numpy(a) for name, a in b.items()}


def epoch(sources, share, positions, rng):
    """Yields batches for one pass: share[name] says how often a source's pieces come (fractions: at random)."""
    sentences = []
    for source in sources:
        times = share(source.name)
        copies = [source.pieces] * int(times)
        part = len(source.pieces) * (times - int(times))
        if part >= 1:
            copies.append(source.pieces[rng.permutation(len(source.pieces))[:int(part)]])
        sentences += [(source, int(low), int(high)) for piece in copies for low, high in piece]
    buckets, full = {}, []
    for i in rng.permutation(len(sentences)):
        source, low, high = sentences[i]
        if high - low > 8 and rng.random() < 0.08:
            cut = int(rng.integers(low + 1, high))
            low, high = (low, cut) if rng.random() < 0.5 else (cut, high)
        size = bucket(source.length((low, high)), high - low)
        waiting = buckets.setdefault(size, [])
        waiting.append((source, low, high))
        if len(waiting) >= max(1, positions // size):
            full.append((size, buckets.pop(size)))
    full += list(buckets.items())
    for i in rng.permutation(len(full)):
        size, batch = full[i]
        b = fill(batch, size)
        disturb(b, rng)
        yield tensors(b)
