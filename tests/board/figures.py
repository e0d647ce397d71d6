# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured on the emulated board, and its run in virtual time."""
import array
import glob
import hashlib
import os
import re
import subprocess
import tempfile
import time

from machine import RATE, Board, Failure


def read_in_virtual_time(image, folder, number, what):
    """Returns the log's lines and the sound of one run that nobody touches; `what` tells the init what to do."""
    wav = os.path.join(folder, f"virtual{number}.wav")
    run = subprocess.run(
        ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a53", "-smp", "1", "-icount", "shift=0,sleep=off", "-seed", "1", "-m", "512",
         "-rtc", "base=2026-06-01,clock=vm", "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio",
         "-no-reboot", "-kernel", os.path.join(image, "vmlinuz"), "-initrd", os.path.join(image, "initrd"),
         "-dtb", os.path.join(image, "board.dtb"), "-append", f"console=ttyAMA0 quiet panic=-1 {what}",
         "-audiodev", f"wav,id=a,path={wav},out.frequency={RATE}",
         "-device", "intel-hda", "-device", "hda-output,audiodev=a,mixer=off"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
    with open(wav, "rb") as file:
        return run.stdout.decode("utf-8", "replace").splitlines(), file.read()[44:]


def whole_seconds(sound):
    """Without its end: when the machine goes off depends on how long its kernel took to start, which varies by milliseconds."""
    return sound[:len(sound) // (RATE * 4) * RATE * 4]


def uptime(lines, pattern):
    for line in lines:
        if re.search(pattern, line):
            return float(line.split()[0])
    raise Failure(f"no {pattern!r}:\n  " + "\n  ".join(lines[-20:]))


def digest(paths):
    """Of the files' names and bytes."""
    total = hashlib.sha256()
    for path in sorted(paths):
        with open(path, "rb") as file:
            total.update(os.path.basename(path).encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def compare_with_golden(image, sound, renew):
    """What is heard may change with the data only, or when somebody says so."""
    golden = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.txt")
    data = [path for path in glob.glob(os.path.join(image, "root", "usr", "share", "nashra", "**"), recursive=True)
            if os.path.isfile(path)]
    now = {"data": digest(data), "sound": hashlib.sha256(sound).hexdigest()}
    if renew:
        with open(golden, "w", encoding="utf-8") as file:
            file.write("# SPDX-License-Identifier: GPL-3.0-or-later\n# What the board is heard to say in virtual time, and the data "
                       "it was made from; written by board.py --golden\n" + "".join(f"{k} {v}\n" for k, v in now.items()))
        return "noted in golden.txt"
    with open(golden, encoding="utf-8") as file:
        known = dict(line.split() for line in file if not line.startswith("#"))
    if now["data"] != known["data"]:
        return "the data are others than golden.txt's"
    if now["sound"] != known["sound"]:
        raise Failure("it sounds otherwise than golden.txt says, from the same data")
    return "as in golden.txt"


def check_virtual_time(image, renew):
    with tempfile.TemporaryDirectory(prefix="board-") as folder:
        try:
            lines, sound = read_in_virtual_time(image, folder, 1, "nashra.once")
            sound, again = whole_seconds(sound), whole_seconds(read_in_virtual_time(image, folder, 2, "nashra.once")[1])
            waited = uptime(lines, "prompt ready") - uptime(lines, "board: userland")
            uptime(lines, "heard ")
            samples = array.array("h")
            samples.frombytes(sound)
            if waited > 5 or max(map(abs, samples)) < 1000:
                raise Failure(f"it speaks {waited:.2f} s after userland, or not at all")
            if sound != again:
                raise Failure("two runs do not sound alike")
            golden = compare_with_golden(image, sound, renew)
        except Failure as failure:
            print(f"virtual time: {failure}")
            return False
    print(f"virtual time: it speaks {waited:.2f} s after userland; {len(samples) / 2 / RATE:.1f} s sound alike to the last bit; "
          f"{golden}")
    return True


def show(name, values, unit="ms"):
    values = sorted(values)
    print(f"board: {name:24} p50 {values[len(values) // 2]:7.1f}  p95 {values[int(len(values) * 0.95)]:7.1f}  most "
          f"{values[-1]:7.1f} {unit} ({len(values)} presses)")


def wait_for_loud(machine, begin, seconds=20):
    """Returns when something loud is in the file behind `begin`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if machine.bytes_heard() > begin and machine.loud_at(begin):
            return time.monotonic()
        time.sleep(0.004)
    raise Failure("nothing is heard")


def last_loud(machine):
    """When the file has stopped to grow loud, and how many seconds of sound came meanwhile."""
    begin, quiet, last = machine.bytes_heard(), time.monotonic(), 0.0
    while time.monotonic() - quiet < 0.4:
        loud = machine.loud_at(begin)
        if loud and loud[-1] > last:
            last, quiet = loud[-1], time.monotonic()
        time.sleep(0.01)
    return last


def measure_keys(machine, presses):
    silence, speech = [], []
    for _ in range(presses):
        wait_for_loud(machine, machine.bytes_heard())
        time.sleep(0.5)
        machine.key("play", True)
        time.sleep(0.15)
        machine.key("play", False)
        silence.append(last_loud(machine) * 1000)
        machine.key("left", True)
        time.sleep(0.3)  # the click is over
        begin, pressed = machine.bytes_heard(), time.monotonic()
        machine.key("left", False)
        speech.append((wait_for_loud(machine, begin) - pressed) * 1000)
        machine.key("play", True)
        time.sleep(0.15)
        machine.key("play", False)
    show("sound after a pause", silence)
    show("new speech", speech)


def answer(machine, command, pattern):
    machine.since = time.monotonic()
    machine.shell(command)
    return re.search(pattern, machine.expect(pattern, 20)).group(1)


def measure(image, presses):
    machine = Board(image)
    try:
        machine.boot()
        machine.expect("read 1 0$", 90)
        time.sleep(6)
        pss = [int(answer(machine, f"echo pss $(grep ^Pss: /proc/$(process {name})/smaps_rollup | tr -s ' ' | cut -d ' ' -f 2)",
                          r"^pss (\d+)")) for name in ("main", "worker")]
        print(f"board: PSS: nashrad {pss[0]} KiB, worker {pss[1]} KiB, together {sum(pss)} KiB")
        measure_keys(machine, presses)
        time.sleep(1)
        machine.key("play", True)
        time.sleep(0.05)
        machine.key("play", False)
        time.sleep(3)
        ticks = "echo ticks $(($(cut -d ' ' -f 14,15 /proc/$(process main)/stat /proc/$(process worker)/stat | tr '\\n ' '++')0))"
        before = int(answer(machine, ticks, r"^ticks (\d+)"))
        time.sleep(30)
        used = int(answer(machine, ticks, r"^ticks (\d+)")) - before
        print(f"board: idle: {used / 30:.2f} % of a core")
        return True
    except Failure as failure:
        print(f"figures: {failure}")
        for when, text in machine.lines[-20:]:
            print(f"  {when - machine.begun:7.2f} {text}")
        return False
    finally:
        machine.close()


def bench(image):
    """Twice less once: the start-up is not counted. A nanosecond an instruction."""
    with tempfile.TemporaryDirectory(prefix="board-") as folder:
        lines = "\n".join(read_in_virtual_time(image, folder, 1, "nashra.bench")[0])
    took = {}
    for what, begin, end in re.findall(r"bench: (\w+ \S+)[^:\n]*: ([0-9.]+) ([0-9.]+)", lines):
        took[what] = float(end) - float(begin)
    sizes = dict(re.findall(r"bench: sound (\S+): (\d+)", lines))
    try:
        sound = (int(sizes["/run/twice.txt"]) - int(sizes["/bulletin.txt"])) / (22050 * 2)
        for stage in ("diacritise", "render"):
            cost = took[f"{stage} /run/twice.txt"] - took[f"{stage} /bulletin.txt"]
            print(f"bench: {stage}: {cost:.2f} s of virtual time for {sound:.1f} s of speech: {sound / max(cost, 0.01):.0f} x real time")
    except KeyError:
        print("bench: it did not come to its end:\n" + lines[-2000:])
        return False
    return True
