# SPDX-License-Identifier: GPL-3.0-or-later
"""evaluate.py DATA: how often the case of numbers and nouns is predicted as it is written, on sentences that the network
has not been trained on (fold 0), and on our own marked news (tools/train/news), of which the even lines of files 12 and
13 and all later files were neither learnt from nor read to better the rules: always the oblique, the rules, rules and
network. Standard library only."""
import argparse
import glob
import os

import samples
from verdicts import ROOT, Court

TEST, WEIGH = 0, 1  # folds: one is never trained on, one tells how much to trust the rules
KINDS = {samples.NUMBER: "numbers", samples.NOUN: "duals and sound plurals"}


def finder_of(data):
    lines = list(samples.lines_of(os.path.join(data, "raw")))
    tables = [os.path.join(ROOT, "data", name) for name in ("nouns.tsv", "nouns-extra.tsv")]
    return samples.Finder(tables, lines), lines


def judge(court, finder, lines, marked=False):
    """[(verdicts, case, kind)]; of marked lines the marked endings as well"""
    kept = []
    for line in lines:
        found = list(finder.samples(samples.bare(line)))
        if marked:
            tokens = line.split()
            found += samples.marked_samples(finder, tokens, [99] * len(tokens))
        for text, offset, case, kind in found:
            verdict = court.judge(text, offset)
            if verdict:
                kept.append((verdict, case, kind))
    return kept


def is_plain_error(verdict, case):
    """A nominative right behind a preposition or a noun in construct is the writer's error, whatever the context."""
    return verdict.rule == 2 and verdict.confidence > 0.97 and case == samples.NOMINATIVE


def _share(name, kept):
    right = [100 * sum((said(v) != 0) == case for v, case in kept) / len(kept)
             for said in (lambda v: 1, lambda v: v.rule, lambda v: v.settled)]
    print(f"{name}: {len(kept)}; always oblique {right[0]:.1f} %, rules {right[1]:.1f} %, with network {right[2]:.1f} %")


def report(name, judged):
    for kind, words in KINDS.items():
        kept = [(v, case) for v, case, k in judged if k == kind]
        if not kept:
            continue
        _share(f"{name}, {words}", kept)
        _share("    without writers' plain errors", [(v, c) for v, c in kept if not is_plain_error(v, c)])
        for least, most in ((0, 0.65), (0.65, 0.93), (0.93, 2)):
            band = [(v, c) for v, c in kept if least <= v.confidence < most]
            if band:
                _share(f"    rules of confidence {least} … {most}", band)


def edited_lines(data, fold, patterns=("tashkeela_msa/msa-*", "tashkeela_classical/*")):
    """Sentences of edited, marked texts that nobody has read to better the rules."""
    for pattern in patterns:
        for tokens, _ in samples.marked_lines_of(sorted(glob.glob(os.path.join(data, "train", pattern)))):
            line = " ".join(tokens)
            if samples.fold_of(samples.bare(line)) == fold and len(line) < 1500:
                yield line


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    data = parser.parse_args().data
    finder, lines = finder_of(data)
    court = Court()
    report("Wikipedia", judge(court, finder, (line for line in lines if samples.fold_of(line) == TEST)))
    report("as wires write, letters show it", judge(court, finder, samples.exam("wire")))
    report("as wires write, marks as well", judge(court, finder, samples.exam("wire"), True))
    for held, name in ((False, "learnt from"), (True, "held out")):
        report(f"own news, {name}", judge(court, finder, (line for line, h in samples.own_news() if h == held), True))
    report("edited texts", [s for s in judge(court, finder, edited_lines(data, TEST)) if s[2] == samples.NUMBER])


if __name__ == "__main__":
    main()
