# SPDX-License-Identifier: GPL-3.0-or-later
"""sd_nashra as its server sees it."""
import os
import select
import subprocess
import threading
import time


class Module:
    """Talks to a module. Sound is collected in `frames`, events with the frame at which they came in `events`."""

    def __init__(self, *arguments, environment=None):
        self.process = subprocess.Popen([os.environ["SD_NASHRA"], *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**os.environ, "XDG_CONFIG_HOME": "/dev/null", **(environment or {})})
        self.log = []
        threading.Thread(target=self._read_log, daemon=True).start()
        self.rest = b""
        self.frames = bytearray()
        self.events = []

    def _read_log(self):
        for line in self.process.stderr:
            self.log.append(line.decode(errors="replace").rstrip())

    def logged(self, *parts, timeout=20):
        """Whether a line with all of these is in the log, or comes: it is read by another thread."""
        until = time.monotonic() + timeout
        while not any(all(part in line for part in parts) for line in list(self.log)):
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    def send(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines).encode())
        self.process.stdin.flush()

    def line(self, timeout=20):
        """The next line, as bytes without its end; None at the end of the stream."""
        until = time.monotonic() + timeout
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise AssertionError(f"no answer within {timeout} s; log: {self.log}")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return None
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line

    def answer(self, timeout=20):
        """The lines up to the first whose code is followed by a space, as text."""
        lines = []
        while True:
            line = self.line(timeout)
            if line is None:
                return lines + [None]
            if line.startswith(b"705-AUDIO\0"):
                self._take_sound(line[len(b"705-AUDIO\0"):], lines)
                assert self.line(timeout) == b"705 AUDIO"
                return ["705"]
            lines.append(line.decode())
            if len(line) < 4 or line[3:4] == b" ":
                return lines

    def _take_sound(self, escaped, head):
        sound, turn = bytearray(), 0
        for byte in escaped:
            if byte == 0x7D:
                turn = 0x20
                continue
            sound.append(byte ^ turn)
            turn = 0
        values = dict(line.split("-", 1)[1].split("=") for line in head)
        assert values["bits"] == "16" and values["num_channels"] == "1", values
        assert len(sound) == 2 * int(values["num_samples"]), (len(sound), values)
        self.rate = int(values["sample_rate"])
        self.frames += sound

    def ask(self, *lines):
        self.send(*lines)
        return self.answer()[-1]

    def start(self):
        assert self.ask("INIT") == "299 OK LOADED SUCCESSFULLY", self.log
        assert self.ask("AUDIO") == "207 OK RECEIVING AUDIO SETTINGS"
        assert self.ask("audio_output_method=server", ".") == "203 OK AUDIO INITIALIZED"
        return self

    def set(self, **values):
        assert self.ask("SET") == "207 OK RECEIVING SETTINGS"
        return self.ask(*[f"{name}={value}" for name, value in values.items()], ".")

    def begin(self, text, kind="SPEAK"):
        assert self.ask(kind) == "202 OK RECEIVING MESSAGE"
        assert self.ask(*text.split("\n"), ".") == "200 OK SPEAKING"
        assert self.answer()[-1] == "701 BEGIN"
        self.frames.clear()
        self.events = []

    def event(self, timeout=20):
        """The next event but sound; it is noted with the number of frames heard before it."""
        while True:
            answer = self.answer(timeout)
            if answer == ["705"]:
                continue
            name = answer[0][4:] if answer[-1] == "700 INDEX MARK" else answer[-1]
            self.events.append((name, len(self.frames) // 2))
            return name

    def speak(self, text, kind="SPEAK"):
        """Speaks to the end and returns its seconds."""
        self.begin(text, kind)
        while not self.event().startswith("702"):
            pass
        return len(self.frames) / 2 / self.rate if self.frames else 0

    def voice_process(self):
        """The process id of the speaker."""
        return int(subprocess.run(["pgrep", "-P", str(self.process.pid)], stdout=subprocess.PIPE,
                                  check=True).stdout.split()[0])

    def close(self):
        self.send("QUIT")
        self.process.stdin.close()
        while self.line() is not None:
            pass
        assert self.process.wait(20) == 0, self.log
