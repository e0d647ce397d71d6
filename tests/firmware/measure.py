# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of the box on the paced card: python3 measure.py [PRESSES]

  silence     from the key that pauses until nothing more is heard, in ms and in frames of the card
  speech      from the key that moves until the first new sound is heard
  click       from any key until its click is heard
  memory      PSS of nashrad and its worker while reading
  idle        processor time of both while paused, in per cent of a core
"""
import os
import sys
import time

from box import FIRST, RATE, SECOND, Box

LOUD = 40  # of 32767: what counts as heard


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def show(name, values, unit="ms"):
    print(f"{name:28} p50 {percentile(values, 0.5):7.1f}  p95 {percentile(values, 0.95):7.1f}"
          f"  most {max(values):7.1f} {unit}  ({len(values)} presses)")


def first_loud(box, begin, timeout=2.0):
    """Waits for a loud sample behind frame `begin`; returns when it was heard."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if box.frames() > begin and any(abs(sample) > LOUD for sample in box.samples(begin)):
            return time.monotonic()
        time.sleep(0.001)
    raise AssertionError("no sound")


def wait_for_silence(box):
    """The time at which the last frame came."""
    frames, when = box.frames(), time.monotonic()
    while time.monotonic() - when < 0.15:
        now = box.frames()
        if now != frames:
            frames, when = now, time.monotonic()
        time.sleep(0.001)
    return frames, when


def measure_pause(box, presses):
    silence, frames, clicks = [], [], []
    for _ in range(presses):
        time.sleep(0.4)
        box.key("play", True)
        time.sleep(0.05)
        before, pressed = box.frames(), time.monotonic()
        box.key("play", False)
        last, when = wait_for_silence(box)
        silence.append(max(0.0, when - pressed) * 1000)
        frames.append(last - before)
        before, pressed = box.frames(), time.monotonic()
        box.key("play", True)
        clicks.append((first_loud(box, before) - pressed) * 1000)
        box.key("play", False)
    show("silence after pause", silence)
    show("frames heard after pause", frames, "frames")
    show("click", clicks)


def measure_moves(box, presses):
    speech = []
    wait_for_silence(box)
    for i in range(presses):
        box.key("right" if i % 8 < 4 else "left", True)
        time.sleep(0.12)  # the click is over
        wait_for_silence(box)
        before, pressed = box.frames(), time.monotonic()
        box.key("right" if i % 8 < 4 else "left", False)
        speech.append((first_loud(box, before) - pressed) * 1000)
        time.sleep(0.1)
        box.press("play")  # back to silence
        time.sleep(0.05)
        box.press("play")
        wait_for_silence(box)
    show("new speech after moving", speech)


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


def ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def main():
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    box = Box(articles=(FIRST * 20, SECOND)).start()
    try:
        box.wait_for(r"read 1 0\b")
        box.wait_for(r"save 1 [1-9]", timeout=20)
        pids = box.process.pid, box.worker()
        memory = [pss(pid) for pid in pids]
        print(f"memory: nashrad {memory[0]} KiB, worker {memory[1]} KiB, together {sum(memory)} KiB PSS")
        measure_pause(box, presses)
        box.press("play")
        measure_moves(box, presses)
        time.sleep(1)
        before = [ticks(pid) for pid in pids]
        time.sleep(10)
        used = [ticks(pid) - old for pid, old in zip(pids, before)]
        print(f"idle: nashrad {used[0] / 10:.2f} %, worker {used[1] / 10:.2f} % of a core")
        print(f"card: {RATE} frames a second, periods of 10 ms")
    finally:
        box.close()


if __name__ == "__main__":
    main()
