# SPDX-License-Identifier: GPL-3.0-or-later
"""Emulated machines on which Nashra runs: QEMU, from the outside."""
import array
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

LINES = {"up": 0, "down": 1, "left": 2, "right": 4, "play": 5, "line": 6}
PAD = {"up": "kp_8", "down": "kp_2", "left": "kp_4", "right": "kp_6", "play": "kp_5"}
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
    """What both have: a log on the serial line with a shell on it, sound in a file, a monitor."""

    def __init__(self, image, home=""):
        self.home = home  # where folders are that a scenario names
        self.image = image
        self.folder = tempfile.mkdtemp(prefix="board-")
        self.lines = []  # (time, text)
        self.names = {}
        self.process = None
        self.cuts = 0
        self.sticks = 0
        self.make_disk()

    def path(self, name):
        return os.path.join(self.folder, name)

    def boot(self):
        self.cuts += 1
        self.wav = self.path(f"out{self.cuts}.wav")
        for name in ("qmp", "qtest"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        self.process = subprocess.Popen(
            self.command() +
            ["-nodefaults", "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
             "-kernel", os.path.join(self.image, "vmlinuz"), "-initrd", os.path.join(self.image, "initrd"),
             "-audiodev", f"wav,id=a,path={self.wav},out.frequency={RATE}",
             "-device", "intel-hda", "-device", "hda-output,audiodev=a,mixer=off", "-device", "qemu-xhci,id=usb",
             "-qmp", f"unix:{self.path('qmp')},server=on,wait=off"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.begun = time.monotonic()
        self.since = self.begun
        threading.Thread(target=self.read, args=(self.process,), daemon=True).start()
        self.qmp = Channel(self.path("qmp"))
        self.qmp.file.readline()
        self.ask("qmp_capabilities")
        self.find_keys()

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

    def plug(self, what, folder):
        if what == "sound":
            self.ask("device_add", driver="usb-audio", id="sound", bus="usb.0", audiodev="a")
            return
        self.sticks += 1
        node, image = f"stick{self.sticks}", self.path(f"stick{self.sticks}.img")
        with open(image, "wb") as file:
            file.truncate(16 * 1024 * 1024)
        subprocess.run(["mkfs.vfat", image], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["mcopy", "-i", image, *glob.glob(os.path.join(self.home, folder, "*")), "::/"], check=True)
        self.ask("blockdev-add", **{"node-name": node, "driver": "raw", "file": {"driver": "file", "filename": image}})
        self.ask("device_add", driver="usb-storage", id="stick", bus="usb.0", drive=node)

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

    def wait_until_off(self, seconds):
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"it is still on after {seconds} s") from None


class Board(Machine):
    """The emulated arm64 board, five buttons on its lines."""
    PROGRAM, PACKAGES = "qemu-system-aarch64", "qemu-system-arm and ipxe-qemu"

    def make_disk(self):
        shutil.copy(os.path.join(self.image, "state.img"), self.folder)

    def command(self):
        return ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a53", "-smp", "2", "-m", "512",
                "-dtb", os.path.join(self.image, "board.dtb"), "-append", "console=ttyAMA0 quiet panic=-1",
                "-drive", f"file={self.path('state.img')},if=virtio,format=raw",
                "-qtest", f"unix:{self.path('qtest')},server=on,wait=off", "-qtest-log", "none"]

    def find_keys(self):
        self.qtest = Channel(self.path("qtest"))
        devices = self.ask("qom-list", path="/machine/unattached")
        self.gpio = next(f"/machine/unattached/{item['name']}" for item in devices if item["type"] == "child<pl061>")

    def key(self, name, down):
        self.qtest.send(f"set_irq_in {self.gpio} unnamed-gpio-in {LINES[name]} {int(down)}")
        self.qtest.file.readline()


class Computer(Machine):
    """Debian 12 with the packages, systemd and a number pad at the USB."""
    PROGRAM, PACKAGES = "qemu-system-x86_64", "qemu-system-x86 and qemu-utils"

    def make_disk(self):
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b",
                        os.path.abspath(os.path.join(self.image, "disk.img")), self.path("disk.qcow2")], check=True)

    def command(self):
        return ["qemu-system-x86_64", "-M", "q35", "-smp", "2", "-m", "1024",
                "-append", "root=/dev/vda rw console=ttyS0 quiet panic=-1",
                "-drive", f"file={self.path('disk.qcow2')},if=virtio,format=qcow2"]

    def find_keys(self):
        self.ask("device_add", driver="usb-kbd", id="pad", bus="usb.0")

    def key(self, name, down):
        key = {"type": "qcode", "data": PAD[name]}
        self.ask("input-send-event", events=[{"type": "key", "data": {"down": down, "key": key}}])
