#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the melody of spoken sentences: does a question rise, a statement fall, a title stand out?

    tunes.py NASHRA [--table FILE] [--contours]     fails when a row of tunes.tsv isn't heard; --contours prints the pitch
"""
import argparse
import array
import math
import pathlib
import subprocess
import sys
import tempfile
import wave

HERE = pathlib.Path(__file__).parent
STEP, WINDOW, THIN = 0.02, 0.03, 4  # seconds, seconds, samples
LOWEST, HIGHEST = 62, 220           # hertz
VOICED = 0.6                        # correlation of a period with the next
SILENT, PAUSE = 60, 0.15            # of 32767; seconds: longer than any consonant's closure
TAIL = 0.6                          # seconds


def render(program, text):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run([program, "render", "-", "-o", file.name], input=text + "\n", text=True, check=True,
                       capture_output=True)
        with wave.open(file.name) as sound:
            rate = sound.getframerate()
            return array.array("h", sound.readframes(sound.getnframes()))[:: sound.getnchannels()], rate


def stretches(samples, rate):
    """What is said between pauses."""
    found, start, quiet = [], None, 0
    for i, x in enumerate(samples):
        if abs(x) > SILENT:
            start, quiet = i if start is None else start, 0
        elif start is not None:
            quiet += 1
            if quiet > PAUSE * rate:
                found.append(samples[start:i - quiet])
                start = None
    return found + ([samples[start:]] if start is not None else [])


def pitch_at(frame, rate):
    """The frequency of the strongest period, None where there is no voice."""
    shortest, longest = int(rate / HIGHEST), int(rate / LOWEST)
    half = len(frame) - longest - 1
    r = [sum(frame[i] * frame[i + lag] for i in range(half)) for lag in range(shortest, longest + 2)]
    best = max(range(1, len(r) - 1), key=lambda k: r[k])
    lag = shortest + best
    energy = sum(x * x for x in frame[:half]) * sum(x * x for x in frame[lag:lag + half])
    if r[best] <= 0 or r[best] ** 2 < VOICED ** 2 * energy:
        return None
    a, b, c = r[best - 1:best + 2]
    bend = a - 2 * b + c
    return rate / (lag + (0.5 * (a - c) / bend if bend else 0))


def contour(samples, rate):
    """Pitch in semitones over 50 Hz, a value for each voiced step, with its time; jumps of an octave left out."""
    thin = [sum(samples[i:i + THIN]) / THIN for i in range(0, len(samples) - THIN, THIN)]
    thin_rate = rate / THIN
    size, values = int((WINDOW + 1 / LOWEST) * thin_rate), []
    for start in range(0, len(thin) - size, int(STEP * thin_rate)):
        hertz = pitch_at(thin[start:start + size], thin_rate)
        if hertz:
            values.append((start / thin_rate, 12 * math.log2(hertz / 50)))
    middle = sorted(v for _, v in values)[len(values) // 2]
    return [(t, v) for t, v in values if abs(v - middle) < 9]


def end(points):
    return sorted(v for _, v in points[-3:])[1]


def tail(points):
    return [v for t, v in points if t > points[-1][0] - TAIL]


def mean(points):
    return sum(v for _, v in points) / len(points)


def measure(what, parts, rate, index, other):
    if what == "long":
        return 100 * len(parts[index]) / len(parts[other])
    points = contour(parts[index], rate)
    if what == "rise":
        return end(points) - min(tail(points))
    if what == "fall":
        return max(tail(points)) - end(points)
    against = contour(parts[other], rate)
    return end(points) - end(against) if what == "over" else mean(points) - mean(against)


def rows(table):
    for line in table.read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            what, text, index, least, *other = line.split("\t")
            place = [int(n) - (int(n) > 0) for n in [index, *other, "-1"]]
            yield what, text.replace("\\n", "\n"), place[0], float(least), place[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nashra")
    parser.add_argument("--table", type=pathlib.Path, default=HERE / "tunes.tsv")
    parser.add_argument("--contours", action="store_true", help="print the pitch of each stretch in hertz")
    parser.add_argument("--voice", type=pathlib.Path, help="the tuned voice; without it nothing is measured (exit 77)")
    options = parser.parse_args()
    if options.voice and not options.voice.is_dir():
        print(f"{options.voice}: no tuned voice")
        sys.exit(77)
    sounds, failed = {}, 0
    for what, text, index, least, other in rows(options.table):
        if text not in sounds:
            samples, rate = render(options.nashra, text)
            sounds[text] = stretches(samples, rate)
        found = measure(what, sounds[text], rate, index, other)
        failed += found < least
        shown = text.replace("\n", " / ")
        print(f"{'ok  ' if found >= least else 'FAIL'} {what} {found:5.1f} (at least {least:g})  {index + (index >= 0)} of {shown}")
        if options.contours:
            points = contour(sounds[text][index], rate)
            print("    " + " ".join(f"{50 * 2 ** (v / 12):.0f}" for _, v in points))
    print(f"{failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
