# SPDX-License-Identifier: GPL-3.0-or-later
"""sd_nashra under a real speech-dispatcher, which plays into the card of tests/alsa: SSIP on one side, frames on the other."""
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

RATE = 22050
ARTICLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../articles/bulletin.txt")

CONFIGURATION = """
LogLevel 3
LogDir "{dir}/log"
AudioOutputMethod "alsa"
AudioALSADevice "default"
DefaultModule nashra
DefaultLanguage "ar"
DefaultVolume 0
AddModule "nashra" "sd_nashra" "nashra.conf"
"""


class Daemon:
    def __init__(self):
        self.dir = tempfile.mkdtemp()
        os.makedirs(self.dir + "/conf/modules")
        os.makedirs(self.dir + "/modules")
        os.makedirs(self.dir + "/log")
        os.symlink(os.environ["SD_NASHRA"], self.dir + "/modules/sd_nashra")
        with open(self.dir + "/conf/speechd.conf", "w") as file:
            file.write(CONFIGURATION.format(dir=self.dir))
        shutil.copy(os.path.join(os.path.dirname(__file__), "../../src/speechd/nashra.conf"), self.dir + "/conf/modules")
        self.card = self.dir + "/card"
        open(self.card, "w").close()
        environment = {**os.environ, "NASHRA_CARD_OUT": self.card, "XDG_RUNTIME_DIR": self.dir, "HOME": self.dir}
        self.process = subprocess.Popen(
            ["speech-dispatcher", "-s", "-C", self.dir + "/conf", "-m", self.dir + "/modules", "-S", self.dir + "/socket",
             "-P", self.dir + "/pid", "-t", "0"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not os.path.exists(self.dir + "/socket"):
            assert time.monotonic() < until and self.process.poll() is None, self.log()
            time.sleep(0.05)

    def log(self):
        with open(self.dir + "/log/speech-dispatcher.log", errors="replace") as file:
            return file.read()[-3000:]

    def heard(self):
        """Frames played so far."""
        return os.path.getsize(self.card) // self.frame()

    def frame(self):
        return 2  # S16, mono

    def voice(self):
        """The process id of the speaker behind the module."""
        parent = self.process.pid
        for _ in range(2):
            parent = int(subprocess.run(["pgrep", "-P", str(parent), "sd_nashra"], stdout=subprocess.PIPE,
                                        check=True).stdout.split()[0])
        return parent

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        shutil.rmtree(self.dir)


class Client:
    """SSIP: https://htmlpreview.github.io/?https://github.com/brailcom/speechd/blob/master/doc/ssip.html"""

    def __init__(self, daemon):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(daemon.dir + "/socket")
        self.file = self.socket.makefile("rb")
        self.events = []
        self.ask("SET SELF CLIENT_NAME test:test:main")
        self.ask("SET SELF OUTPUT_MODULE nashra")
        self.ask("SET SELF LANGUAGE ar")
        self.ask("SET SELF NOTIFICATION ALL on")

    def line(self, timeout):
        self.socket.settimeout(timeout)
        line = self.file.readline()
        assert line, "the daemon has closed the connection"
        return line.decode().rstrip("\r\n")

    def message(self, timeout=30):
        lines = [self.line(timeout)]
        while lines[-1][3] != " ":
            lines.append(self.line(timeout))
        return lines

    def ask(self, *lines):
        """Sends lines, returns the answer; events that come before it are kept."""
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())
        while True:
            answer = self.message()
            if answer[-1][0] != "7":
                return answer[-1]
            self.events.append(answer)

    def say(self, text):
        assert self.ask("SPEAK").startswith("230")
        return self.ask(*[line if line != "." else ".." for line in text.split("\n")], ".")

    def event(self, timeout=60):
        answer = self.events.pop(0) if self.events else self.message(timeout)
        return answer[-1], answer[2][4:] if answer[-1].startswith("700") else None

    def wait_for(self, *codes):
        """Takes events up to one of these codes; returns them."""
        seen = []
        while not seen or seen[-1][0][:3] not in codes:
            seen.append(self.event())
        return seen


def test_article_with_marks(daemon):
    client = Client(daemon)
    client.ask("SET SELF SSML_MODE on")
    with open(ARTICLE, encoding="utf-8") as file:
        words = file.read().split()[:25]
    marked = "".join(f'{word}<mark name="w{i}"/> ' for i, word in enumerate(words))
    start = daemon.heard()
    client.say(f"<speak>{marked}</speak>")
    events = client.wait_for("702")
    assert [name for _, name in events if name] == [f"w{i}" for i in range(len(words))], events
    seconds = (daemon.heard() - start) / RATE
    assert 6 < seconds < 40, seconds


def test_stop(daemon):
    """From STOP to the last frame that is played: two periods of the card, and the server's way there. How long that
    way is depends on the machine, and is only printed; behind the event nothing but the card's own frames may come."""
    client = Client(daemon)
    with open(ARTICLE, encoding="utf-8") as file:
        text = file.read()
    late = []
    for _ in range(5):
        before = daemon.heard()
        client.say(text)
        while daemon.heard() < before + RATE:
            time.sleep(0.01)
        at = daemon.heard()
        client.ask("STOP SELF")
        client.wait_for("703")
        told = daemon.heard()
        time.sleep(0.3)
        end = daemon.heard()
        time.sleep(0.3)
        assert daemon.heard() == end, "it goes on after a stop"
        assert (end - told) / RATE < 0.3, "it was told before it stopped"
        assert (end - at) / RATE < 10, "that is the end of a long sentence, not a stop"
        late.append((end - at) / RATE)
    print("late:", [round(x, 3) for x in late])


def test_pause(daemon):
    """It pauses at the next mark and goes on from there."""
    client = Client(daemon)
    for _ in range(3):
        client.say("قال الوزير إن الحكومة سوف تعمل على حل المشكلة. ثم ذهب إلى البيت. ثم عاد.")
        client.wait_for("701")
        client.ask("PAUSE SELF")
        client.wait_for("704")
        before = daemon.heard()
        client.ask("RESUME SELF")
        client.wait_for("702")
        assert 0.5 < (daemon.heard() - before) / RATE < 5, daemon.heard() - before


def test_voice_is_killed(daemon):
    """The server never starts a module again that has died: so it is the voice behind it that may."""
    client = Client(daemon)
    for _ in range(3):
        client.say("هذه جملة طويلة تقرأ على مهل حتى يقتل القارئ في وسطها.")
        client.wait_for("701")
        os.kill(daemon.voice(), signal.SIGKILL)
        client.wait_for("702")
        before = daemon.heard()
        client.say("نعم")
        client.wait_for("702")
        assert daemon.heard() > before, daemon.log()


def test_spd_say(daemon):
    before = daemon.heard()
    subprocess.run(["spd-say", "-o", "nashra", "-l", "ar", "-w", "سمحت بشحن 3 طائرات"], check=True, timeout=60,
                   env={**os.environ, "SPEECHD_ADDRESS": "unix_socket:" + daemon.dir + "/socket"})
    assert daemon.heard() - before > RATE


def test_random_commands(daemon):
    """A thousand commands in any order: each is answered, and it speaks afterwards. PAUSE and RESUME have a test of their own:
    speech-dispatcher 0.11.4 stops answering when RESUME overtakes the mark that PAUSE waits for."""
    client, choice = Client(daemon), random.Random(5)
    commands = ["CHAR ب", "CHAR space", "KEY control_a", "SOUND_ICON message", "STOP SELF", "CANCEL SELF", 
                "SET SELF RATE {}", "SET SELF PITCH {}", "SET SELF VOLUME {}", "SET SELF PUNCTUATION all",
                "SET SELF PUNCTUATION none", "SET SELF SPELLING on", "SET SELF SPELLING off", "SET SELF PRIORITY text",
                "SET SELF PRIORITY important", "SET SELF PRIORITY progress", "SET SELF CAP_LET_RECOGN icon"]
    for _ in range(1000):
        if choice.random() < 0.3:
            client.say(choice.choice(["قال الوزير إن العدد 12.5%.", "<speak>", ".", "نعم\n.\nلا"]))
        else:
            client.ask(choice.choice(commands).format(choice.randint(-100, 100)))
    client.ask("CANCEL SELF")
    for command in ("SET SELF VOLUME 0", "SET SELF RATE 0", "SET SELF PRIORITY text", "SET SELF SPELLING off"):
        client.ask(command)
    last = Client(daemon)
    before = daemon.heard()
    last.say("انتهى")
    last.wait_for("702")
    assert daemon.heard() > before


if __name__ == "__main__":
    if not shutil.which("speech-dispatcher") or not shutil.which("spd-say"):
        print("speech-dispatcher is not installed: skipped")
        sys.exit(77)
    daemon = Daemon()
    try:
        for name in sys.argv[1:] or [name for name in list(globals()) if name.startswith("test_")]:
            globals()[name](daemon)
            print("ok", name, flush=True)
    except BaseException:
        print(daemon.log())
        raise
    finally:
        daemon.close()
