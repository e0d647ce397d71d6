# SPDX-License-Identifier: GPL-3.0-or-later
"""relabel.py CHECKPOINT ARRAYS DATA OUT LEXICON: marks the unmarked and the doubtful with a network of our own.

Of the machine-marked silver texts, letters on which network and word lexicon agree count in full, whatever the margin; where it
doesn't, the surer of the two is taken, at a lower weight. The sentences with digits, which nobody marked, get the
network's own marks, each weighted by its probability, with their authors' marks as hints.
"""
import ctypes
import glob
import lzma
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch

import batches
from evaluate import logits
from features import Scan
from model import Network

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
TRUST = {100: 0.98, 90: 0.92, 70: 0.86, 50: 0.78}  # of the silver labels, by the weight of their margin


def library(lexicon):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "choose.so")
        subprocess.run("cc -O3 -shared -fPIC -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude "
                       f"-DNASHRA_SOURCE_DATA='\"data\"' -DNASHRA_INSTALLED_DATA='\"data\"' -o {path} "
                       "tools/train/choose.c src/base/*.c src/nn/*.c src/diacritise/*.c -lm -lpthread", shell=True,
                       check=True, cwd=ROOT)
        loaded = ctypes.CDLL(path)
    if loaded.choose_open(os.path.abspath(lexicon).encode()) < 0:
        raise SystemExit(1)
    return loaded


def guesses(network, c, source, given):
    """The label of each position, by network and word lexicon, and its probability."""
    values = logits(network, source)
    label, p = np.zeros(len(values), np.uint8), np.zeros(len(values), np.float32)
    pieces = [np.ascontiguousarray(a) for a in (source.symbol, given, values, source.first.astype(np.int64),
                                                source.count.astype(np.int64))]
    c.choose(*[ctypes.c_void_p(a.ctypes.data) for a in pieces], ctypes.c_size_t(len(source.count)),
             ctypes.c_void_p(label.ctypes.data), ctypes.c_void_p(p.ctypes.data))
    return label, p


def merge(label, weight, guess, p):
    trust = np.full(len(weight), 0.5, np.float32)
    for level, value in TRUST.items():
        trust[weight == level] = value
    agree = label == guess
    ours = ~agree & (p > trust)
    new = np.where(ours, guess, label).astype(np.uint8)
    share = np.where(agree, np.where(np.maximum(trust, p) > 0.9, 100, 100 * np.maximum(trust, p)),
                     np.where(ours, np.where(p > 0.6, 60 * p, 0), np.where(trust > 0.5, 40, 0)))
    return new, share.astype(np.uint8)


def self_weight(p):
    return np.where(p >= 0.95, 80, np.where(p >= 0.85, 60, np.where(p >= 0.7, 30, np.where(p >= 0.55, 10, 0))))


def save(out, name, arrays, label, weight):
    letter = arrays["symbol"] >= 16
    changed = (label != arrays["label"])[letter].mean()
    arrays = {**arrays, "label": np.where(letter, label, 0), "weight": np.where(letter, weight, 0).astype(np.uint8)}
    np.savez(os.path.join(out, name + ".npz"), **arrays)
    print(name, f"changed {changed:.4f}, weight {weight[letter].mean():.1f}", flush=True)


class Unmarked(batches.Source):
    def __init__(self, arrays):
        self.name, self.symbol, self.label = "unmarked", arrays["symbol"], arrays["label"]
        self.weight, self.hash = arrays["weight"], arrays["hash"].astype(np.int32)
        self.count = arrays["unit_count"].astype(np.int32)
        units = np.diff(arrays["line_unit"].astype(np.int64))
        self.first = arrays["unit_first"].astype(np.int64) + np.repeat(arrays["line_position"][:-1].astype(np.int64), units)
        self.pieces = self._cut(arrays["line_unit"].astype(np.int64))


def scan_digits(data):
    lines = lzma.open(os.path.join(data, "raw/raw_with_digits.txt.xz"), "rt").read().split("\n")
    scan = Scan("\n".join(line.split("\t", 1)[-1] for line in lines))
    return {name: getattr(scan, name) for name in ("symbol", "label", "hash", "unit_first", "unit_count",
                                                    "line_position", "line_unit")}


def main(checkpoint, arrays, data, out, lexicon):
    os.makedirs(out, exist_ok=True)
    saved = torch.load(checkpoint)
    network = Network(saved["shape"]).eval()
    network.load_state_dict(saved["average"])
    c = library(lexicon)
    for path in sorted(glob.glob(os.path.join(arrays, "*.npz"))):
        name, source = os.path.basename(path)[:-4], dict(np.load(path))
        if not name.startswith("silver"):
            os.link(path, os.path.join(out, name + ".npz"))
            continue
        piece = batches.Source(path)
        guess, p = guesses(network, c, piece, np.zeros_like(piece.symbol))
        save(out, name, source, *merge(source["label"], source["weight"], guess, p))
    digits = scan_digits(data)
    digits["weight"] = np.zeros(len(digits["symbol"]), np.uint8)
    guess, p = guesses(network, c, Unmarked(digits), digits["label"])
    save(out, "digits", digits, guess, self_weight(p))


if __name__ == "__main__":
    main(*sys.argv[1:])
