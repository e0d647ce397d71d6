#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the minimal pairs of pairs.tsv and measures what tells them apart: length, or the second formant.

    pairs.py NASHRA [--table FILE] [--voice FOLDER]      prints a table; fails when a difference is too small to be heard
"""
import argparse
import array
import cmath
import math
import pathlib
import subprocess
import sys
import tempfile
import wave

HERE = pathlib.Path(__file__).parent
QUIET = 10 ** (-45 / 20) * 32768  # what is under it at either end is silence
FRAME = 0.03
LPC_RATE, LPC_ORDER = 11025, 12


def render(program, word, rate):
    """The word's samples, without the silence around it."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run([program, "render", "-", "-o", file.name, "--rate", str(rate)], input=word + ".\n", text=True, check=True,
                       capture_output=True)
        with wave.open(file.name) as sound:
            rate = sound.getframerate()
            samples = array.array("h", sound.readframes(sound.getnframes()))[:: sound.getnchannels()]
    loud = [i for i, x in enumerate(samples) if abs(x) > QUIET]
    return samples[loud[0]:loud[-1] + 1], rate


def loudest(samples, length):
    """The loudest stretch of so many samples: the middle of the stressed vowel."""
    step = length // 4
    starts = range(0, len(samples) - length, step)
    return max(starts, key=lambda s: sum(x * x for x in samples[s:s + length]))


def predictor(samples):
    """Coefficients of linear prediction (autocorrelation method, Levinson and Durbin's recursion)."""
    n = len(samples)
    emphasised = [samples[i] - 0.97 * samples[i - 1] for i in range(1, n)]
    windowed = [x * (0.54 - 0.46 * math.cos(2 * math.pi * i / (n - 2))) for i, x in enumerate(emphasised)]
    r = [sum(windowed[i] * windowed[i + k] for i in range(len(windowed) - k)) for k in range(LPC_ORDER + 1)]
    a, error = [1.0] + [0.0] * LPC_ORDER, r[0]
    for i in range(1, LPC_ORDER + 1):
        k = -sum(a[j] * r[i - j] for j in range(i)) / error
        a = [a[j] + k * a[i - j] if 0 < j < i else a[j] for j in range(LPC_ORDER + 1)]
        a[i] = k
        error *= 1 - k * k
    return a


def formants(samples, rate):
    """Peaks of the predictor's spectrum, in hertz, ascending."""
    factor = rate // LPC_RATE
    thin = [sum(samples[i:i + factor]) / factor for i in range(0, len(samples) - factor, factor)]
    a = predictor(thin)
    hz = range(150, 5000, 10)
    level = [-abs(sum(c * cmath.exp(-2j * math.pi * f * k * factor / rate) for k, c in enumerate(a))) for f in hz]
    return [f for f, x, y, z in zip(hz[1:], level, level[1:], level[2:]) if y > x and y >= z]


def second_formant(samples, rate):
    start = loudest(samples, int(FRAME * rate))
    return next(f for f in formants(samples[start:start + int(FRAME * rate)], rate) if f > 950)


def weakest(samples, rate):
    """The level of the weakest 20 ms inside a word, in decibels under full scale, -60 at the least."""
    n = int(0.02 * rate)
    powers = [sum(x * x for x in samples[i:i + n]) / n for i in range(n, len(samples) - 2 * n, n // 4)]
    return max(-60.0, 10 * math.log10(min(powers) / 32768 ** 2 + 1e-12))


def measure(program, plain, marked, what, speed):
    """The difference, positive as it should be, in the unit of the table."""
    (x, rate), (y, _) = render(program, plain, speed), render(program, marked, speed)
    if what == "dark":
        return second_formant(x, rate) - second_formant(y, rate), "Hz"
    if what == "voiced":
        return weakest(y, rate) - weakest(x, rate), "dB"
    return (len(y) - len(x)) * 1000 / rate, "ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nashra")
    parser.add_argument("--table", type=pathlib.Path, help="default: pairs.tsv; with --voice pairs-tuned.tsv as well")
    parser.add_argument("--rate", type=int, default=200, help="words a minute; the table is written for 200")
    parser.add_argument("--voice", type=pathlib.Path, help="the tuned voice; without it nothing is measured (exit 77)")
    options = parser.parse_args()
    if options.voice and not options.voice.is_dir():
        print(f"{options.voice}: no tuned voice")
        sys.exit(77)
    tables = [options.table or HERE / "pairs.tsv"] + [HERE / "pairs-tuned.tsv"] * bool(options.voice)
    failed = passed = 0
    for line in [line for table in tables for line in table.read_text(encoding="utf8").splitlines()]:
        if not line.strip() or line.startswith("#"):
            continue
        plain, marked, what, least = line.split("\t")
        found, unit = measure(options.nashra, plain, marked, what, options.rate)
        heard = found >= float(least)
        passed, failed = passed + heard, failed + (not heard)
        print(f"{'ok  ' if heard else 'FAIL'} {what:9} {found:6.0f} {unit} (at least {least})  {plain} / {marked}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
