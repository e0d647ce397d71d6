# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGINT and SIGTERM while speaking and while rendering, and the keys of a terminal."""
import os
import pty
import select
import signal
import subprocess
import time
import unittest

from nashra import ARTICLE, NASHRA, Case, content

# ALSA's rate-less null device takes all at once; a long article keeps the program busy all the same.
NULL_CARD = "pcm.!default { type null }\n"


class Signals(Case):
    def long_article(self):
        return self.path("long.txt", content(ARTICLE).replace(b"\r", b"") * 400)

    def start(self, *arguments, env=None, stdin=subprocess.DEVNULL):
        return subprocess.Popen([NASHRA, *arguments], stdin=stdin, stderr=subprocess.PIPE,
                                env={**os.environ, **(env or {})})

    def test_render_leaves_nothing_behind(self):
        article = self.long_article()
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
            child = self.start("render", article, "-o", self.path("out.wav"))
            deadline = time.monotonic() + 20
            while len(os.listdir(self.folder)) < 2 and time.monotonic() < deadline:
                time.sleep(0.01)
            child.send_signal(number)
            child.communicate(timeout=30)
            self.assertEqual(child.returncode, code)
            self.assertEqual(os.listdir(self.folder), ["long.txt"])

    def test_say_ends_at_once(self):
        article = self.long_article()
        env = self.asound(NULL_CARD)
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            child = self.start("say", article, env=env)
            time.sleep(1)
            self.assertIsNone(child.poll())
            child.send_signal(number)
            child.communicate(timeout=30)
            self.assertEqual(child.returncode, code)

    def test_a_card_that_takes_no_sound(self):
        env = self.asound("pcm.nothing { type null }\n"
                          'pcm.!default { type file slave.pcm nothing file "/dev/full" format raw }\n')
        child = self.start("say", ARTICLE, env=env)
        _, message = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 69)
        self.assertIn(b"render", message)
        self.assertLess(message.count(b"\n"), 5)

    def read_until(self, fd, done, seconds=30):
        shown, deadline = b"", time.monotonic() + seconds
        while not done(shown):
            self.assertLess(time.monotonic(), deadline, shown.decode(errors="replace"))
            if select.select([fd], [], [], 0.2)[0]:
                try:
                    shown += os.read(fd, 65536)
                except OSError:
                    break
        return shown

    def test_a_paused_reading_whose_terminal_is_gone_ends(self):
        try:
            master, slave = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo-terminal here: {error}")
        child = subprocess.Popen([NASHRA, "say", self.long_article()], stdin=slave, stderr=slave,
                                 preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
                                 env={**os.environ, **self.asound(NULL_CARD)})
        os.close(slave)
        self.read_until(master, lambda shown: b"\n" in shown)
        os.write(master, b" ")
        self.read_until(master, lambda shown: not select.select([master], [], [], 0.5)[0])
        self.assertIsNone(child.poll())
        os.close(master)
        child.wait(30)

    def test_a_job_in_the_background_leaves_the_terminal_alone(self):
        """It would be stopped for changing it."""
        pid, master = pty.fork()
        if pid == 0:  # the shell, whose job is in a group of its own
            job = os.fork()
            if job == 0:
                os.setpgid(0, 0)
                os.environ.update(self.asound("pcm.!default { type null }\n"))
                os.execl(NASHRA, NASHRA, "say", ARTICLE)
            _, status = os.waitpid(job, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                os.kill(job, signal.SIGKILL)
            os._exit(0 if status == 0 else 1)
        self.read_until(master, lambda shown: False, 60)
        os.close(master)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0)

    def test_keys(self):
        try:
            master, slave = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo-terminal here: {error}")
        child = subprocess.Popen([NASHRA, "say", self.long_article()], stdin=slave, stderr=slave,
                                 env={**os.environ, **self.asound(NULL_CARD)})
        os.close(slave)
        self.read_until(master, lambda shown: b"\n" in shown)
        os.write(master, b" ")
        time.sleep(0.5)
        paused_at = self.read_until(master, lambda shown: not select.select([master], [], [], 0.5)[0])
        self.assertIsNone(child.poll())
        self.assertFalse(select.select([master], [], [], 1)[0], "speech went on in a pause")
        os.write(master, b" \033[C\033[D\033[A\033[B")
        self.read_until(master, lambda shown: b"\n" in shown)
        os.write(master, b"q")
        self.read_until(master, lambda shown: child.poll() is not None)
        self.assertEqual(child.wait(timeout=30), 0)
        self.assertIsNotNone(paused_at)


if __name__ == "__main__":
    unittest.main()
