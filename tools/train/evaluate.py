# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks texts with the PyTorch network and scores them."""
import numpy as np
import torch

import batches
from features import Scan, strip, write_marks
from score import score


def bare_lines(text):
    """The first of the alternatives a/b, without marks."""
    lines = []
    for line in text.rstrip("\n").split("\n"):
        lines.append(strip(" ".join(w.split("/")[0] if any(c > "\u0620" for c in w) else w
                                    for w in line.split(" "))))
    return lines


class Lines(batches.Source):
    """Bare lines as a source for batches."""

    def __init__(self, lines):
        self.name = "lines"
        scan = Scan("\n".join(lines) + "\n")
        self.symbol, self.label, self.weight = scan.symbol, scan.label, np.zeros(len(scan.symbol), np.uint8)
        self.hash, self.count = scan.hash.astype(np.int32), scan.unit_count.astype(np.int32)
        units = np.diff(scan.line_unit.astype(np.int64))
        self.first = scan.unit_first.astype(np.int64) + np.repeat(scan.line_position[:-1].astype(np.int64), units)
        self.pieces = self._cut(scan.line_unit.astype(np.int64))
        self.line_position = scan.line_position.astype(np.int64)


def logits(network, source, kind=torch.bfloat16):
    """[position, 30] of all positions of a source."""
    out = np.zeros((len(source.symbol), 30), np.float32)
    order = sorted(range(len(source.pieces)), key=lambda i: source.length(source.pieces[i]))
    groups = {}
    for i in order:
        piece = source.pieces[i]
        groups.setdefault(batches.bucket(source.length(piece), int(piece[1] - piece[0])), []).append(piece)
    with torch.no_grad():
        for size, pieces in groups.items():
            for at in range(0, len(pieces), 32):
                part = pieces[at:at + 32]
                b = batches.fill([(source, int(low), int(high)) for low, high in part], size)
                y = network(batches.tensors(b), kind).numpy()
                for row, (low, high) in enumerate(part):
                    start = int(source.first[low]) - 1
                    end = int(source.first[high - 1] + source.count[high - 1])
                    out[start:end] = y[row, :end - start]
    return out


def labels(source, values):
    last = np.zeros(len(source.symbol), bool)
    last[source.first + source.count - 1] = True
    return np.where(last, values[:, 15:].argmax(1), values[:, :15].argmax(1)).astype(np.uint8)


def mark(network, lines, kind=torch.bfloat16):
    source = Lines(lines)
    found = labels(source, logits(network, source, kind))
    letter = source.symbol >= 16
    out = []
    for i, line in enumerate(lines):
        low, high = source.line_position[i], source.line_position[i + 1]
        out.append(write_marks(line, found[low:high][letter[low:high]]))
    return out


def evaluate(network, path, news, limit=None, kind=torch.bfloat16):
    text = open(path, encoding="utf-8").read()
    reference = text.rstrip("\n").split("\n")[:limit]
    lines = bare_lines(text)[:limit] if news else [strip(l) for l in reference]
    return score(reference, mark(network, lines, kind), news)
