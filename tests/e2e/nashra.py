# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests share: running the program and looking at what it made."""
import array
import json
import math
import os
import subprocess
import tempfile
import unittest
import wave

NASHRA = os.environ.get("NASHRA", "build/nashra")
ARTICLE = "tests/articles/bulletin.txt"


def run(*arguments, stdin=b"", env=None, **more):
    """Runs nashra; returns the completed process with bytes."""
    return subprocess.run([NASHRA, *map(str, arguments)], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, **(env or {})}, **more)


def content(path):
    with open(path, "rb") as source:
        return source.read()


def sentences(path):
    """The article's sentences as `text --format jsonl` gives them."""
    done = run("text", "--format", "jsonl", path)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def samples(path):
    """(rate, samples) of a mono 16-bit WAV file."""
    with wave.open(path) as sound:
        assert sound.getnchannels() == 1 and sound.getsampwidth() == 2
        data = array.array("h", sound.readframes(sound.getnframes()))
        return sound.getframerate(), data


def level(data):
    """Root mean square in dB below full scale."""
    power = sum(x * x for x in data) / max(1, len(data))
    return 10 * math.log10(max(power, 1e-9) / 32768 ** 2)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="nashra-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, content=None):
        path = os.path.join(self.folder, name)
        if content is not None:
            with open(path, "wb") as out:
                out.write(content)
        return path

    def asound(self, text):
        """An environment in which ALSA knows only what `text` configures."""
        return {"ALSA_CONFIG_PATH": self.path("asoundrc", text.encode())}

    def expect(self, done, code, *in_message):
        message = done.stderr.decode()
        self.assertEqual(done.returncode, code, message)
        for part in in_message:
            self.assertIn(part, message)
