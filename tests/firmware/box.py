# SPDX-License-Identifier: GPL-3.0-or-later
"""A box for tests: nashrad with keys from a FIFO and a sound card that plays into a file."""
import array
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import unittest

NASHRAD = os.environ["NASHRAD"]
PROMPTS = os.environ["NASHRA_PROMPTS"]
RATE = 44100  # of the card: twice the voice's

KEYS = {"left": 105, "right": 106, "up": 103, "down": 108, "play": 28}
CONFIG = """[nashrad]
journal = {folder}/journal
layout = five
prompts = {prompts}
notices = {folder}/notices
[library]
folder = {folder}/articles
stick = {folder}/stick
[power]
battery = {folder}/battery*
[sound]
device = default
[input]
device = {folder}/keys
[keys]
KEY_LEFT = left
KEY_RIGHT = right
KEY_UP = up
KEY_DOWN = down
KEY_ENTER = play
"""

FIRST = """عنوان الخبر الأول

قال الوزير إن الحكومة وافقت على المشروع الجديد. وأضاف أن العمل يبدأ في الشهر القادم في جميع المدن الكبيرة.

وستستمر الأعمال ثلاث سنوات كاملة في المدينة. ويعمل في المشروع ألف عامل من أبناء المنطقة. ثم تفتح الطريق للجميع.
"""
SECOND = """عنوان الخبر الثاني

هذا خبر قصير عن الطقس في البلاد اليوم. وتهب رياح خفيفة على السواحل.
"""


def shard_of(loader, case):
    """NASHRA_SHARD=1/4 runs every fourth test from the second on: most of them wait most of the time."""
    shard, count = map(int, os.environ.get("NASHRA_SHARD", "0/1").split("/"))
    return unittest.TestSuite(case(name) for name in loader.getTestCaseNames(case)[shard::count])


class Box:
    """Starts nothing until start() is called; ends what it started in close()."""

    def __init__(self, articles=(FIRST, SECOND), config=CONFIG, faults="", environment=None, arguments=()):
        self.folder = tempfile.mkdtemp(prefix="nashrad-")
        self.arguments = list(arguments)
        self.environment = dict(os.environ, NASHRA_CARD_OUT=self.path("card"), NASHRA_CARD_FAULTS=faults)
        self.environment.update(environment or {})
        os.mkdir(self.path("articles"))
        for number, text in enumerate(articles, 1):
            self.write(f"articles/{number}.txt", text)
        self.write("nashrad.ini", config.format(folder=self.folder, prompts=PROMPTS))
        os.mkfifo(self.path("keys"))
        self.process = None
        self.log = []  # (time, line)
        self.heard = []  # (time, frames of the card's file)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def start(self):
        self.process = subprocess.Popen(
            [NASHRAD, "--config", self.path("nashrad.ini"), "--verbose", *self.arguments],
            env=self.environment, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.begun = time.monotonic()
        threading.Thread(target=self._read_log, args=(self.process,), daemon=True).start()
        threading.Thread(target=self._watch_card, args=(self.process,), daemon=True).start()
        return self

    def _read_log(self, process):
        for line in process.stderr:
            self.log.append((time.monotonic(), line.rstrip()))

    def _watch_card(self, process):
        while process.poll() is None:
            self.heard.append((time.monotonic(), self.frames()))
            time.sleep(0.004)

    def frames(self):
        try:
            return os.stat(self.path("card")).st_size // 4
        except FileNotFoundError:
            return 0

    def samples(self, begin=0, end=None):
        """The left channel of what was heard."""
        with open(self.path("card"), "rb") as file:
            file.seek(begin * 4)
            data = file.read() if end is None else file.read((end - begin) * 4)
        values = array.array("h")
        values.frombytes(data[:len(data) // 4 * 4])
        return values[::2]

    def key(self, name, down):
        with open(self.path("keys"), "wb", buffering=0) as fifo:
            fifo.write(struct.pack("llHHi", 0, 0, 1, KEYS[name], int(down)))
        return time.monotonic()

    def ask(self, line):
        """As a helper of the box does."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as helper:
            helper.sendto(line.encode(), self.path("notices"))

    def press(self, name, seconds=0.03):
        """Returns when the key came up: what it does comes later."""
        self.key(name, True)
        time.sleep(seconds)
        when = time.monotonic()
        self.key(name, False)
        return when

    def lines(self, pattern, since=0):
        return [line for when, line in list(self.log) if when >= since and re.search(pattern, line)]

    def wait_for(self, pattern, timeout=8.0, since=0):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            found = self.lines(pattern, since)
            if found:
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise AssertionError(f"no {pattern!r} within {timeout} s; the box said:\n" +
                             "\n".join(f"{when - self.begun:7.3f} {line}" for when, line in self.log[-40:]))

    def wait_for_sound(self, timeout=8.0, since=None):
        """Waits until the card has played more than it had; returns when."""
        before = self.frames() if since is None else since
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.frames() > before:
                return time.monotonic()
            time.sleep(0.003)
        raise AssertionError(f"no sound within {timeout} s; the box said:\n" +
                             "\n".join(line for _, line in self.log[-40:]))

    def longest_silence(self, since, until=None):
        """The longest time in which the card played nothing."""
        longest, last_frames, last_time = 0.0, None, since
        for when, frames in list(self.heard):
            if when < since or (until and when > until):
                continue
            if last_frames is not None and frames == last_frames:
                longest = max(longest, when - last_time)
            else:
                last_frames, last_time = frames, when
        return longest

    def worker(self):
        """The worker's process id."""
        path = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        end = time.monotonic() + 5
        while time.monotonic() < end:
            with open(path) as file:
                children = file.read().split()
            if children:
                return int(children[0])
            time.sleep(0.005)
        raise AssertionError("there is no worker")

    def stop(self, how=signal.SIGTERM, timeout=10):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout) if self.process else None

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
