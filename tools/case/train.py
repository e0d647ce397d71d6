# SPDX-License-Identifier: GPL-3.0-or-later
"""train.py DATA: how often the case of a number is predicted as it is written: always the oblique, the normaliser's
rules, and a small network that speaks where the rules are unsure. Five parts by sentence: one is tested, one chooses
when the network speaks, the others train it."""
import argparse
import glob
import os
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import samples
from features import ROOT, ROWS, MOST, Gatherer

FOLDS = 5
RAW, MARKED, OTHER = 0, 2, 4  # plus samples.NUMBER or samples.NOUN: a sample's source
WEIGHTS = torch.tensor([1.0, 0.5, 0.1, 0.05, 0.7, 0.3])  # of the sources
UNSURE = 0.93  # below this confidence of the rules a sample is trained on
LONGEST = 900
KINDS = {samples.NUMBER: "numbers", samples.NOUN: "nouns"}


class Network(nn.Module):
    """A bag of table rows, one hidden layer: 8192 × 16 + 16 × 16 + 16 × 2 weights."""

    def __init__(self, width=16, hidden=16):
        super().__init__()
        self.table = nn.EmbeddingBag(ROWS + 7, width, mode="sum", padding_idx=ROWS)
        nn.init.normal_(self.table.weight, 0, 0.05)
        self.bag, self.hidden = nn.LayerNorm(width), nn.Linear(width, hidden)
        self.inner, self.head = nn.LayerNorm(hidden), nn.Linear(hidden, 2)

    def forward(self, rows):
        return self.head(F.relu(self.inner(self.hidden(F.relu(self.bag(self.table(rows)))))))


class Samples:
    def __init__(self):
        self.kept = []

    def add(self, gatherer, found, source, line):
        text, offset, case, kind = found
        seen = gatherer.gather(text, offset) if len(text) < LONGEST else None
        if seen:
            self.kept.append((seen[0], case, source + kind, samples.fold_of(line), seen[1] != 0, seen[2]))

    def arrays(self):
        rows = np.full((len(self.kept), MOST + 1), ROWS, np.int64)
        for i, sample in enumerate(self.kept):
            rows[i, :len(sample[0])] = sample[0]
        case, source, fold, rule, confidence = (np.array(column) for column in list(zip(*self.kept))[1:])
        rows[:, MOST] = ROWS + 1 + source
        return rows, case, source, fold, rule.astype(int), confidence


def collect(data, share_of_classical=0.12):
    raw = list(samples.lines_of(os.path.join(data, "raw")))
    finder = samples.Finder([os.path.join(ROOT, "data", name) for name in ("nouns.tsv", "nouns-extra.tsv")], raw)
    gatherer, kept = Gatherer(), Samples()
    for line in raw:
        for found in finder.samples(line):
            kept.add(gatherer, found, RAW, line)
    silver = sorted(glob.glob(os.path.join(data, "silver/silver_*.txt.xz")))
    margins = [path.replace("silver_", "conf_") for path in silver]
    modern = sorted(glob.glob(os.path.join(data, "train/tashkeela_msa/msa-*.txt.xz")))
    classical = sorted(glob.glob(os.path.join(data, "train/tashkeela_classical/*.txt.xz")))
    draw = random.Random(1)
    for paths, told, share, gold in ((silver, margins, 1, False), (modern, (), 1, True),
                                     (classical, (), share_of_classical, True)):
        for words, scores in samples.marked_lines_of(paths, told):
            line = samples.bare(" ".join(words))
            for found in samples.marked_samples(finder, words, scores):
                if found[3] == samples.NUMBER or draw.random() < share:
                    kept.add(gatherer, found, MARKED, line)
            for found in finder.samples(line) if gold else ():
                kept.add(gatherer, found, OTHER, line)
    return kept.arrays()


def train(rows, case, source, chosen, epochs=4, batch=512, rate=0.003, drop=0.3):
    torch.manual_seed(0)
    network, draw = Network(), np.random.default_rng(0)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    batches = len(chosen) // batch + 1
    for step in range(epochs * batches):
        if step % batches == 0:
            order = np.array_split(draw.permutation(chosen), batches)
        b = order[step % batches]
        for group in optimiser.param_groups:
            group["lr"] = rate * (1 - step / (epochs * batches))
        x = rows[b].clone()
        dropped = torch.rand(x.shape) < drop
        dropped[:, MOST] = False
        x[dropped] = ROWS
        loss = F.cross_entropy(network(x), case[b], reduction="none", label_smoothing=0.1) * WEIGHTS[source[b]]
        optimiser.zero_grad()
        loss.mean().backward()
        optimiser.step()
    return network.eval()


def combine(setting, probability, rule, confidence):
    """The network overrules rules that are less sure than `least`, where it is itself sure by `margin`."""
    least, margin = setting
    return np.where((confidence < least) & (np.abs(probability - 0.5) >= margin), probability > 0.5, rule)


def choose(probability, rule, confidence, case):
    settings = [(least, margin) for least in (0, 0.55, 0.65, 0.78, 0.92) for margin in (0, 0.1, 0.2, 0.3)]
    return max(settings, key=lambda setting: (combine(setting, probability, rule, confidence) == case).sum())


def report(name, case, rule, said, confidence):
    always, rules, both = (f"{100 * np.mean(guess == case):.1f} %" for guess in (np.ones_like(case), rule, said))
    print(f"{name}: {len(case)} samples, always oblique {always}, rules {rules}, rules and network {both}")
    for least, most in ((0, 0.65), (0.65, 0.93), (0.93, 2)):
        band = (confidence >= least) & (confidence < most)
        right = 100 * np.mean(rule[band] == case[band])
        print(f"    rules of confidence {least} … {most}: {band.sum()}, right {right:.1f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    torch.set_num_threads(1)
    rows, case, source, fold, rule, confidence = collect(parser.parse_args().data)
    tensors = torch.from_numpy(rows), torch.from_numpy(case), torch.from_numpy(source)
    said = np.array(rule)
    for test in range(FOLDS):
        told = (test + 1) % FOLDS
        network = train(*tensors, np.where((fold != test) & (fold != told) & (confidence < UNSURE))[0])
        with torch.no_grad():
            probability = torch.softmax(network(tensors[0]), 1)[:, 1].numpy()
        for kind in KINDS:
            at, chooses = ((source == RAW + kind) & (fold == part) for part in (test, told))
            setting = choose(probability[chooses], rule[chooses], confidence[chooses], case[chooses])
            said[at] = combine(setting, probability[at], rule[at], confidence[at])
            print(f"part {test}, {KINDS[kind]}: network below {setting[0]}, margin {setting[1]}")
    for kind in KINDS:
        report(KINDS[kind], *(a[source == RAW + kind] for a in (case, rule, said, confidence)))


if __name__ == "__main__":
    main()
