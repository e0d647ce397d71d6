# SPDX-License-Identifier: GPL-3.0-or-later
"""Announcements: asked for through the socket, heard between the sentences of an article."""
import json
import os
import signal
import socket
import stat
import subprocess
import time
import unittest

from box import CONFIG, FIRST, NASHRAD, Box, shard_of

NASHRA = os.environ["NASHRA"]
ANNOUNCE = CONFIG.replace("device = default", "device = record:{folder}/main") + """[announce]
socket = {folder}/announce
templates = {folder}/templates.tsv
[outputs]
hall = record:{folder}/hall
headphone = record:{folder}/headphone
[kiosk]
private = headphone
"""
TEMPLATES = """# name	text
train	المنصة {platform}، القطار رقم {number}.
quiet	<speak><mark name="a"/>{name}<break time="200ms"/></speak>
"""


class Client:
    def __init__(self, box):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(box.path("announce"))
        self.lines = self.socket.makefile("r", encoding="utf-8")
        self.events = []

    def close(self):
        self.lines.close()
        self.socket.close()

    def send(self, **request):
        self.socket.sendall((json.dumps(request) + "\n").encode())

    def read(self):
        return json.loads(self.lines.readline())

    def ask(self, **request):
        self.send(**request)
        while True:
            answer = self.read()
            if "event" not in answer:
                return answer
            self.events.append(answer)

    def wait(self, number, state):
        while True:
            for event in self.events:
                if event["id"] == number and event["state"] == state:
                    return event  # they are kept: a later look finds them, too
            self.events.append(self.read())


class AnnounceTest(unittest.TestCase):
    def box(self, config=ANNOUNCE, **options):
        box = Box(config=config, **options)
        self.addCleanup(box.close)
        box.write("templates.tsv", TEMPLATES)
        return box

    def running(self, **options):
        box = self.box(**options).start()
        box.wait_for(r"read 1 0\b", timeout=60)
        client = self.client(box)
        self.assertTrue(client.ask(cmd="subscribe")["ok"])
        return box, client

    def client(self, box):
        client = Client(box)
        self.addCleanup(client.close)
        return client

    def size(self, box, name):
        return os.stat(box.path(name)).st_size

    def test_the_article_goes_on_at_its_sentence(self):
        box, client = self.running()
        sentences = [FIRST.encode().index(word.encode()) for word in ("قال", "وأضاف", "وستستمر")]
        box.wait_for(r"save 1 [1-9]", timeout=60)
        for manner in ("interrupt", "wait"):
            since = time.monotonic()
            number = client.ask(cmd="say", text="إعلان قصير.", manner=manner)["id"]
            client.wait(number, "spoken")
            read = box.wait_for(r"read 1 \d", since=since, timeout=60)
            self.assertIn(int(read.split()[-1]), sentences)

    def test_templates_are_filled_and_refused_with_a_reason(self):
        box, client = self.running()
        self.assertEqual(set(client.ask(cmd="templates")["templates"]), {"train", "quiet"})
        number = client.ask(cmd="say", template="train", slots={"platform": 3, "number": "305"}, manner="interrupt",
                            chime=True, ref="x")
        self.assertEqual(number["ref"], "x")
        self.assertEqual(client.wait(number["id"], "speaking")["text"], "المنصة 3، القطار رقم 305.")
        for request, code in (
                ({"template": "train", "slots": {"platform": 3}}, "missing-slot"),
                ({"template": "bus"}, "unknown-template"),
                ({"text": "x", "template": "train"}, "bad-field"),
                ({"text": "  "}, "bad-field"),
                ({"text": "x" * 20000}, "too-long"),
                ({"text": "x", "priority": 10}, "bad-field"),
                ({"text": "x", "manner": "loudly"}, "bad-field"),
                ({"text": "x", "outputs": ["moon"]}, "unknown-output"),
                ({"text": "x", "outputs": []}, "bad-field"),
                ({"text": "x", "at": "tomorrow"}, "bad-field"),
                ({"text": "x", "private": True, "outputs": ["hall"]}, "not-private")):
            answer = client.ask(cmd="say", **request)
            self.assertFalse(answer["ok"])
            self.assertEqual(answer["error"]["code"], code, answer)
            self.assertTrue(answer["error"]["message"])
        self.assertEqual(client.ask(cmd="cancel", id=99)["error"]["code"], "unknown-id")
        self.assertEqual(client.ask(cmd="dance")["error"]["code"], "unknown-command")
        client.socket.sendall(b"{not json\n[]\n")
        self.assertEqual(client.read()["error"]["code"], "bad-json")
        self.assertEqual(client.read()["error"]["code"], "bad-json")
        client.wait(number["id"], "spoken")
        self.assertEqual(box.stop(timeout=60), 0)  # nothing leaks, where that is looked for

    def test_several_outputs_at_once_and_each_alone(self):
        box, client = self.running()
        number = client.ask(cmd="say", text="في القاعة والسماعة.", manner="interrupt",
                            outputs=["hall", "headphone"])["id"]
        client.wait(number, "spoken")
        hall, headphone = self.size(box, "hall"), self.size(box, "headphone")
        self.assertGreater(hall, 22050)
        self.assertLess(abs(hall - headphone), 22050 // 2)
        number = client.ask(cmd="say", text="سر بيننا.", manner="interrupt", private=True)["id"]
        self.assertNotIn("text", client.wait(number, "spoken"))
        self.assertEqual(self.size(box, "hall"), hall)
        self.assertGreater(self.size(box, "headphone"), headphone + 22050)

    def test_a_card_that_is_not_there_keeps_nobody_waiting(self):
        box, client = self.running(config=ANNOUNCE.replace("record:{folder}/hall", "nowhere"))
        alone = client.ask(cmd="say", text="لا يسمعها أحد.", manner="interrupt", outputs=["hall"])["id"]
        client.wait(alone, "failed")
        both = client.ask(cmd="say", text="في السماعة فقط.", manner="interrupt", outputs=["hall", "headphone"])["id"]
        client.wait(both, "spoken")

    def test_urgent_ones_come_first_and_the_others_go_on(self):
        box, client = self.running()
        low = client.ask(cmd="say", text="الأولى طويلة بما يكفي لكي تُقطع في وسطها. ثم تستمر هنا وتنتهي بعد العاجل.", manner="interrupt", priority=2)["id"]
        client.wait(low, "speaking")
        high = client.ask(cmd="say", text="عاجل.", manner="interrupt", priority=8)["id"]
        client.wait(low, "spoken")
        history = [one["id"] for one in client.ask(cmd="history")["history"]]
        self.assertEqual(history, [low, high])

    def test_a_schedule_and_an_expiry(self):
        box, client = self.running()
        again = client.ask(cmd="say", text="مرتين.", manner="interrupt", in_ms=200, repeat=1, every_ms=100)["id"]
        late = client.ask(cmd="say", text="فات.", manner="yield", expires_ms=300)["id"]
        self.assertEqual(client.wait(again, "spoken")["times"], 2)
        states = {one["id"]: one["state"] for one in client.ask(cmd="history")["history"]}
        self.assertEqual(states, {again: "spoken", late: "expired"})

    def test_a_key_cuts_it_off_but_not_an_insistent_one(self):
        box, client = self.running()
        text = "هذا إعلان طويل يسمعه الناس ولا ينتهي سريعا إلا إذا ضغط أحدهم زرا."
        number = client.ask(cmd="say", text=text, manner="interrupt")["id"]
        client.wait(number, "speaking")
        box.press("up")
        client.wait(number, "cut")
        number = client.ask(cmd="say", text=text, manner="interrupt", insistent=True)["id"]
        client.wait(number, "speaking")
        box.press("up")
        client.wait(number, "spoken")

    def test_what_was_said_last_is_said_again(self):
        box, client = self.running()
        box.press("play")
        box.wait_for("stop", timeout=60)
        first = client.ask(cmd="say", text="البوابة رقم سبعة. تفضلوا.", manner="interrupt")["id"]
        client.wait(first, "spoken")
        self.assertIn((first, 1), [(event["id"], event["sentence"]) for event in client.events])
        self.assertTrue(client.ask(cmd="again")["ok"])
        client.wait(first + 1, "spoken")
        box.key("left", True)  # with play: repeat
        box.key("play", True)
        box.key("play", False)
        box.key("left", False)
        self.assertEqual(client.wait(first + 2, "spoken")["text"], "البوابة رقم سبعة. تفضلوا.")

    def test_what_is_dropped_stays_silent(self):
        box, client = self.running()
        number = client.ask(cmd="say", text="أوقفوا القراءة.", manner="interrupt", interrupted="drop")["id"]
        client.wait(number, "spoken")
        self.assertEqual(client.ask(cmd="status")["reader"]["mode"], "paused")

    def test_a_worker_that_dies_does_not_take_it_along(self):
        box, client = self.running()
        number = client.ask(cmd="say", text="جملة أولى طويلة بعض الشيء. جملة ثانية.", manner="interrupt")["id"]
        client.wait(number, "speaking")
        with open(f"/proc/{box.process.pid}/task/{box.process.pid}/children") as file:
            os.kill(int(file.read().split()[-1]), signal.SIGKILL)
        client.wait(number, "spoken")

    def test_bad_clients_cost_nothing(self):
        box, client = self.running()
        silent = [self.client(box) for _ in range(4)]  # send nothing
        flood = self.client(box)
        flood.socket.settimeout(0.2)
        try:  # asks and never reads
            for _ in range(20000):
                flood.send(cmd="status")
        except OSError:
            pass
        endless = self.client(box)
        try:  # a line without an end
            for _ in range(40):
                endless.socket.sendall(b"x" * 4096)
        except OSError:
            pass
        cut = self.client(box)
        cut.socket.sendall(b'{"cmd":"say","te')
        cut.socket.close()
        many = []
        try:  # more than there is room for
            for _ in range(30):
                many.append(self.client(box))
        except OSError:
            pass
        self.assertTrue(client.ask(cmd="status")["ok"])
        number = client.ask(cmd="say", text="ما زلنا هنا.", manner="interrupt")["id"]
        client.wait(number, "spoken")
        self.assertIsNone(box.process.poll())
        self.assertEqual(len(silent), 4)

    def test_who_asks_too_often_is_told_so(self):
        box, client = self.running(config=ANNOUNCE.replace("[outputs]", "burst = 3\nper_minute = 1\n[outputs]"))
        codes = [client.ask(cmd="say", text="x", in_ms=60000).get("error", {}).get("code") for _ in range(5)]
        self.assertEqual(codes, [None, None, None, "too-many", "too-many"])

    def test_only_the_group_may_ask(self):
        box, _ = self.running()
        mode = os.stat(box.path("announce")).st_mode
        self.assertTrue(stat.S_ISSOCK(mode))
        self.assertEqual(stat.S_IMODE(mode), 0o660)

    def test_takes_the_socket_of_systemd(self):
        box = self.box(config=ANNOUNCE.replace("socket = {folder}/announce", "socket ="))
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(box.path("announce"))
        listener.listen()
        number = os.dup2(listener.fileno(), 9)
        box.process = subprocess.Popen(
            ["sh", "-c", 'exec 3<&9 9<&-; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" --config "$1"', NASHRAD,
             box.path("nashrad.ini")], env=box.environment, pass_fds=[number], stderr=subprocess.DEVNULL)
        os.close(number)
        listener.close()
        self.assertTrue(self.client(box).ask(cmd="status")["ok"])

    def test_the_client(self):
        box, _ = self.running()

        def announce(*arguments):
            return subprocess.run([NASHRA, "announce", "--socket", box.path("announce"), *arguments],
                                  capture_output=True, text=True, timeout=60)

        done = announce("--wait", "--manner", "interrupt", "--template", "train", "--slot", "platform=2", "--slot",
                        "number=7")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(json.loads(done.stdout.splitlines()[-1])["state"], "spoken")
        self.assertEqual(announce("--status").returncode, 0)
        self.assertEqual(announce("--template", "bus").returncode, 65)
        self.assertEqual(announce("--private", "--output", "main", "x").returncode, 75)
        self.assertEqual(announce().returncode, 64)
        self.assertEqual(announce("--file", "/none").returncode, 66)
        gone = subprocess.run([NASHRA, "announce", "--socket", "/none", "x"], capture_output=True, text=True)
        self.assertEqual(gone.returncode, 69)
        self.assertIn("/none", gone.stderr)


def load_tests(loader, tests, pattern):
    return shard_of(loader, AnnounceTest)


if __name__ == "__main__":
    unittest.main()
