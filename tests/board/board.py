# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scenarios on an emulated machine: board.py IMAGE [OPTION…] SCENARIO…

IMAGE is made by tools/board/image.sh, or with --computer by tools/package/disk.sh.

A scenario is a text file, a step a line, # begins a comment:

  press KEY[+KEY]        down and up within 0.15 s: up, down, left, right, play, and line, which is play through libgpiod
  hold KEY SECONDS       down, and up after so long
  expect REGEX in S      the box's log has such a line, from the last step that did something on, within S seconds
  sound in S             something is heard within S seconds
  silence S              nothing is heard for S seconds
  play on S              something is heard all the time for S seconds, but for pauses of at most 1.2 s
  run COMMAND            in the machine's shell
  off in S               it switches itself off within S seconds
  boot                   switched on again
  remember NAME REGEX    keeps the last number of the newest line that fits
  same NAME REGEX        the next line that fits ends in a number between the remembered one less 200 and it
  wait S
  cut the power          now, and boot again
  plug sound             a sound card at the USB; pull sound
  plug stick FOLDER      a memory stick with the files of FOLDER, beside the scenario; pull stick
Options:
  --computer             the machine is a computer with systemd and a number pad, where the packages are installed
  --virtual              first the short article is read twice in virtual time: an instruction takes a nanosecond, so that both
                         runs must sound alike to the last bit, and speech must begin within five seconds of userland. What
                         is heard must be the sound of tests/board/golden.txt, if it was made from the same data
  --golden               as --virtual, and notes the sound there
  --figures PRESSES      prints how soon keys are heard, memory and idle time (an emulator's, not a board's)
  --bench                prints what an article costs in virtual time
Exit 0: all as written; 1: not; 69: there is no QEMU.
"""
import os
import re
import shutil
import sys
import time

import figures
from machine import Board, Computer, Failure


def number_of(line):
    return int(re.findall(r"\d+", line)[-1])


def hear(machine, seconds):
    begin = machine.bytes_heard()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if machine.loud_at(begin):
            return
        time.sleep(0.05)
    raise Failure(f"nothing is heard for {seconds} s")


def stay_silent(machine, seconds):
    time.sleep(0.3)  # QEMU's own buffer
    begin = machine.bytes_heard()
    time.sleep(seconds)
    if machine.loud_at(begin):
        raise Failure("something is heard")


def play_on(machine, seconds):
    begin = machine.bytes_heard()
    time.sleep(seconds)
    loud = [0.0] + machine.loud_at(begin)
    gaps = [b - a for a, b in zip(loud, loud[1:])]
    if len(loud) < 2 or max(gaps) > 1.2 or loud[-1] < seconds - 2.5:
        raise Failure(f"it pauses for {max(gaps or [seconds]):.1f} s")


def act(machine, words, rest):
    """A step that does something: what is expected after it is looked for from here on."""
    machine.since = time.monotonic()
    if words[0] == "press":
        for name in words[1].split("+"):
            machine.key(name, True)
        time.sleep(0.15)  # on a busy machine the guest must have the time to see it
        for name in words[1].split("+"):
            machine.key(name, False)
    elif words[0] == "plug":
        machine.plug(words[1], words[-1])
    elif words[0] == "pull":
        machine.ask("device_del", id=words[1])
    elif words[0] == "hold":
        machine.key(words[1], True)
        time.sleep(float(words[2]))
        machine.key(words[1], False)
    elif words[0] == "run":
        machine.shell(rest)
    elif words[0] in ("cut", "boot"):
        machine.end()
        machine.boot()
    else:
        raise Failure("this step is not known")


def step(machine, line):
    words = line.split()
    rest = line.split(None, 1)[1] if len(words) > 1 else ""
    if words[0] == "expect":
        pattern, seconds = rest.rsplit(" in ", 1)
        machine.expect(pattern, float(seconds))
    elif words[0] == "sound":
        hear(machine, float(words[2]))
    elif words[0] == "silence":
        stay_silent(machine, float(words[1]))
    elif words[:2] == ["play", "on"]:
        play_on(machine, float(words[2]))
    elif words[0] == "off":
        machine.wait_until_off(float(words[2]))
    elif words[0] == "wait":
        time.sleep(float(words[1]))
    elif words[0] == "remember":
        name, pattern = rest.split(None, 1)
        machine.names[name] = number_of(machine.found(pattern, 0)[-1])
    elif words[0] == "same":
        name, pattern = rest.split(None, 1)
        number, kept = number_of(machine.expect(pattern, 20)), machine.names[name]
        if not kept - 200 <= number <= kept:
            raise Failure(f"{number}, where {name} was {kept}")
    else:
        act(machine, words, rest)


def run(kind, image, path):
    machine = kind(image, os.path.dirname(path))
    begun = time.monotonic()
    try:
        machine.boot()
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                line = line.split("#")[0].strip()
                if not line:
                    continue
                try:
                    step(machine, line)
                except Failure as failure:
                    print(f"{path}:{number}: {line}: {failure}")
                    for when, text in machine.lines[-30:]:
                        print(f"  {when - machine.begun:7.2f} {text}")
                    return False
        print(f"{path}: as written, in {time.monotonic() - begun:.1f} s")
        return True
    finally:
        machine.close()


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2:
        sys.exit(__doc__)
    image, good, kind = arguments.pop(0), [], Board
    if "--computer" in arguments:
        arguments.remove("--computer")
        kind = Computer
    if not shutil.which(kind.PROGRAM):
        print(f"there is no {kind.PROGRAM}: install {kind.PACKAGES}", file=sys.stderr)
        sys.exit(69)
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option in ("--virtual", "--golden"):
            good.append(figures.check_virtual_time(image, option == "--golden"))
        elif option == "--figures":
            good.append(figures.measure(image, int(arguments.pop(0))))
        elif option == "--bench":
            good.append(figures.bench(image))
        else:
            sys.exit(__doc__)
    good += [run(kind, image, path) for path in arguments]
    print(f"board: {sum(good)} of {len(good)} as written")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
