#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds `nashra number` against the oracle of spell.py, and the oracle against the hand-written numbers.tsv.

Every number from 0 to 10,000 and 10,000 random ones below 10^15 (fixed seed) in 2 genders, 3 cases, construct or not;
--quick takes every number to 2,000 and 1,000 random ones. Exit 1 on any mismatch.
"""
import argparse
import itertools
import os
import random
import subprocess
import sys

from spell import spell

HERE = os.path.dirname(os.path.abspath(__file__))
SHOWN = 20


def hand_list():
    with open(os.path.join(HERE, "numbers.tsv"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                n, gender, case, construct, reading = line.split("\t")
                yield number, int(n), gender, case, construct == "c", reading


def check_oracle():
    """The oracle itself is tested by readings that were written without it."""
    bad = count = 0
    for line, n, gender, case, construct, reading in hand_list():
        count += 1
        got = spell(n, gender, case, construct)
        if got != reading:
            bad += 1
            print(f"numbers.tsv:{line}: oracle: {n} {gender} {case} {'construct' if construct else ''}: "
                  f"expected {reading}, got {got}")
    print(f"oracle: {count - bad} of {count} hand-written readings agree")
    return bad


def sparse(rng):
    """A number with some groups of three digits empty, or just 1, 2, 100, 101, 102 …: where grammar is thickest."""
    groups = [rng.choice([0, 0, 1, 2, rng.randrange(3, 11), rng.randrange(11, 100), 100, 101, 102, 200, 201, 202,
                          rng.randrange(1000)]) for _ in range(5)]
    value = 0
    for group in groups:
        value = value * 1000 + group
    return value


def numbers(quick):
    rng = random.Random(20221)
    top, count = (2000, 1000) if quick else (10000, 10000)
    values = list(range(top + 1))
    for i in range(count):
        if i % 2:
            values.append(sparse(rng))
        else:
            values.append(rng.randrange(10 ** rng.randrange(4, 16)))
    values += [n for _, n, _, _, _, _ in hand_list()]
    return values


def run(nashra, values, gender, case, construct):
    command = [nashra, "number", "-", "--gender", gender, "--case", case] + (["--construct"] if construct else [])
    try:
        done = subprocess.run(command, input="".join(f"{n}\n" for n in values), capture_output=True,
                              encoding="utf-8", timeout=300)
    except (OSError, subprocess.TimeoutExpired) as cause:
        print(f"{' '.join(command)}: {cause}")
        return None
    lines = done.stdout.split("\n")
    if done.returncode or len(lines) != len(values) + 1:
        print(f"{' '.join(command)}: exit {done.returncode}, {len(lines) - 1} lines for {len(values)} numbers: "
              f"{done.stderr.strip()[:400]}")
        return None
    return lines[:-1]


def check_program(nashra, quick):
    values = numbers(quick)
    bad = checked = 0
    for gender, case, construct in itertools.product("mf", ("nom", "acc", "gen"), (False, True)):
        readings = run(nashra, values, gender, case, construct)
        if readings is None:
            bad += len(values)
            continue
        for n, got in zip(values, readings):
            expected = spell(n, gender, case, construct)
            checked += 1
            if got != expected:
                bad += 1
                if bad <= SHOWN:
                    print(f"{n} {gender} {case}{' construct' if construct else ''}: expected {expected}, got {got}")
    print(f"nashra number: {checked} readings checked, {bad} mismatches")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nashra", help="the program; without it only the oracle is checked")
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    bad = check_oracle()
    if arguments.nashra:
        bad += check_program(arguments.nashra, arguments.quick)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
