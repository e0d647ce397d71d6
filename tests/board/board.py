# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scenarios on the emulated board: board.py IMAGE [OPTION…] SCENARIO…   (IMAGE is made by tools/board/image.sh)

A scenario is a text file, a step a line, # begins a comment:

  press KEY[+KEY]        down and up within 0.15 s: up, down, left, right, play, and line, which is play through libgpiod
  hold KEY SECONDS       down, and up after so long
  expect REGEX in S      the box's log has such a line, from the last step that did something on, within S seconds
  sound in S             something is heard within S seconds
  silence S              nothing is heard for S seconds
  play on S              something is heard all the time for S seconds, but for pauses of at most 1.2 s
  run COMMAND            in the board's shell
  remember NAME REGEX    keeps the last number of the newest line that fits
  same NAME REGEX        the next line that fits ends in a number between the remembered one less 200 and it
  wait S
  cut the power          now, and boot again
  plug sound             a sound card at the USB; pull sound
  plug stick FOLDER      a memory stick with the files of tests/board/FOLDER; pull stick
Options:
  --virtual              first the short article is read twice in virtual time: an instruction takes a nanosecond, so that both
                         runs must sound alike to the last bit, and speech must begin within five seconds of userland. What
                         is heard must be the sound of tests/board/golden.txt, if it was made from the same data
  --golden               as --virtual, and notes the sound there
  --figures PRESSES      prints how soon keys are heard, memory and idle time (an emulator's, not a board's)
  --bench                prints what an article costs in virtual time
Exit 0: all as written; 1: not; 69: there is no QEMU.
"""
import array
import glob
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

LINES = {"up": 0, "down": 1, "left": 2, "right": 4, "play": 5, "line": 6}
HERE = os.path.dirname(os.path.abspath(__file__))
RATE = 44100
LOUD = 30


class Failure(Exception):
    pass


class Channel:
    """A socket with a line protocol."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + 10
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        self.file = self.socket.makefile("rwb", buffering=0)

    def send(self, line):
        self.file.write(line.encode() + b"\n")


class Machine:
    def __init__(self, image):
        self.image = image
        self.folder = tempfile.mkdtemp(prefix="board-")
        shutil.copy(os.path.join(image, "state.img"), self.folder)
        self.lines = []  # (time, text)
        self.names = {}
        self.process = None
        self.cuts = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def boot(self):
        self.cuts += 1
        self.wav = self.path(f"out{self.cuts}.wav")
        for name in ("qmp", "qtest"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        self.process = subprocess.Popen(
            ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a53", "-smp", "2", "-m", "512", "-nodefaults",
             "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
             "-kernel", os.path.join(self.image, "vmlinuz"), "-initrd", os.path.join(self.image, "initrd"),
             "-dtb", os.path.join(self.image, "board.dtb"), "-append", "console=ttyAMA0 quiet panic=-1",
             "-drive", f"file={self.path('state.img')},if=virtio,format=raw",
             "-audiodev", f"wav,id=a,path={self.wav},out.frequency={RATE}",
             "-device", "intel-hda", "-device", "hda-output,audiodev=a,mixer=off", "-device", "qemu-xhci,id=usb",
             "-qmp", f"unix:{self.path('qmp')},server=on,wait=off",
             "-qtest", f"unix:{self.path('qtest')},server=on,wait=off", "-qtest-log", "none"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.begun = time.monotonic()
        self.since = self.begun
        threading.Thread(target=self.read, args=(self.process,), daemon=True).start()
        self.qmp = Channel(self.path("qmp"))
        self.qmp.file.readline()
        self.ask("qmp_capabilities")
        self.qtest = Channel(self.path("qtest"))
        devices = self.ask("qom-list", path="/machine/unattached")
        self.gpio = next(f"/machine/unattached/{item['name']}" for item in devices if item["type"] == "child<pl061>")

    def read(self, process):
        for line in process.stdout:
            self.lines.append((time.monotonic(), line.decode("utf-8", "replace").strip()))

    def ask(self, command, **arguments):
        self.qmp.send(json.dumps({"execute": command, "arguments": arguments}))
        while True:
            answer = json.loads(self.qmp.file.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise Failure(f"QEMU: {answer['error']['desc']}")

    def key(self, name, down):
        self.qtest.send(f"set_irq_in {self.gpio} unnamed-gpio-in {LINES[name]} {int(down)}")
        self.qtest.file.readline()

    def plug(self, what, folder):
        if what == "sound":
            self.ask("device_add", driver="usb-audio", id="sound", bus="usb.0", audiodev="a")
            return
        image = self.path("stick.img")
        with open(image, "wb") as file:
            file.truncate(16 * 1024 * 1024)
        subprocess.run(["mkfs.vfat", image], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["mcopy", "-i", image, *glob.glob(os.path.join(HERE, folder, "*")), "::/"], check=True)
        self.ask("blockdev-add", **{"node-name": "stick", "driver": "raw", "file": {"driver": "file", "filename": image}})
        self.ask("device_add", driver="usb-storage", id="stick", bus="usb.0", drive="stick")

    def shell(self, command):
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def close(self):
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What is heard: QEMU writes the sound as the guest plays it, in blocks.

    def bytes_heard(self):
        try:
            return os.stat(self.wav).st_size
        except FileNotFoundError:
            return 0

    def loud_at(self, begin):
        """Seconds, counted from byte `begin`, at which something is heard."""
        with open(self.wav, "rb") as file:
            file.seek(max(44, begin - begin % 4))
            data = file.read()
        samples = array.array("h")
        samples.frombytes(data[:len(data) // 4 * 4])
        left = samples[::2]
        step = RATE // 100
        return [i / RATE for i in range(0, len(left), step) if max(map(abs, left[i:i + step])) > LOUD]

    def found(self, pattern, since):
        return [line for when, line in list(self.lines) if when >= since and re.search(pattern, line)]

    def expect(self, pattern, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.found(pattern, self.since)
            if found:
                return found[0]
            if self.process.poll() is not None:
                raise Failure("the board went off")
            time.sleep(0.02)
        raise Failure(f"no {pattern!r} within {seconds} s")


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
    elif words[0] == "cut":
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


def run(image, path):
    machine = Machine(image)
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


def read_in_virtual_time(image, folder, number, what):
    """Returns the log's lines and the sound of one run that nobody touches; `what` tells the init what to do."""
    wav = os.path.join(folder, f"virtual{number}.wav")
    run = subprocess.run(
        ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a53", "-smp", "1", "-icount", "shift=0,sleep=off", "-m", "512",
         "-rtc", "base=2026-06-01,clock=vm", "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio",
         "-no-reboot", "-kernel", os.path.join(image, "vmlinuz"), "-initrd", os.path.join(image, "initrd"),
         "-dtb", os.path.join(image, "board.dtb"), "-append", f"console=ttyAMA0 quiet panic=-1 {what}",
         "-audiodev", f"wav,id=a,path={wav},out.frequency={RATE}",
         "-device", "intel-hda", "-device", "hda-output,audiodev=a,mixer=off"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
    with open(wav, "rb") as file:
        return run.stdout.decode("utf-8", "replace").splitlines(), file.read()


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
    golden = os.path.join(HERE, "golden.txt")
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
            again = read_in_virtual_time(image, folder, 2, "nashra.once")[1]
            waited = uptime(lines, "prompt ready") - uptime(lines, "board: userland")
            uptime(lines, "heard ")
            samples = array.array("h")
            samples.frombytes(sound[44:len(sound) // 4 * 4])
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


# Figures -------------------------------------------------------------------------------------------------------------


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
    machine = Machine(image)
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


# ---------------------------------------------------------------------------------------------------------------------


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2:
        sys.exit(__doc__)
    if not shutil.which("qemu-system-aarch64"):
        print("there is no qemu-system-aarch64: install qemu-system-arm and ipxe-qemu", file=sys.stderr)
        sys.exit(69)
    image, good = arguments.pop(0), []
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option in ("--virtual", "--golden"):
            good.append(check_virtual_time(image, option == "--golden"))
        elif option == "--figures":
            good.append(measure(image, int(arguments.pop(0))))
        elif option == "--bench":
            good.append(bench(image))
        else:
            sys.exit(__doc__)
    good += [run(image, path) for path in arguments]
    print(f"board: {sum(good)} of {len(good)} as written")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
