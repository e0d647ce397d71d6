# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory sticks: what nashra-setup makes of one, and what it has the box say."""
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import time
import unittest

from box import CONFIG, FIRST, SECOND, Box

SETUP = os.environ["NASHRA_SETUP"]
OWNER = """wifi = بيتنا; "x"
password = p w;d\\ 12345
country = eg
language = en
volume = 40
layout = five
feed = https://a.example/rss
"""
BUSY_NMCLI = """#!/bin/sh
echo "$0 $*" >>"$NASHRA_TEST_LOG"
case "$*" in
  *"connection up"*) cat "$NASHRA_TEST_LOG.answer"; exit "$(cat "$NASHRA_TEST_LOG.code")" ;;
esac
"""


class SetupTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="nashra-setup-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        for name in ("stick", "state", "bin", "articles"):
            os.mkdir(self.path(name))
        self.write("nashrad.ini", f"[nashrad]\nnotices = {self.path('notices')}\n[library]\n"
                   f"folder = {self.path('articles')}\nstick = {self.path('state/articles')}\n"
                   "[keys]\nKEY_UP = up\nKEY_DOWN = down\nKEY_LEFT = left\nKEY_RIGHT = right\nKEY_ENTER = play\n")
        self.heard = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path("notices"))
        self.addCleanup(self.socket.close)
        self.socket.settimeout(0.2)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def command(self, *arguments, code=0, environment=None):
        """Returns what was to be said."""
        heard = []
        over = threading.Event()

        def listen():
            while True:
                try:
                    heard.append(self.socket.recv(200).decode())
                except socket.timeout:
                    if over.is_set():
                        return

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            run = subprocess.run([SETUP, "--config", self.path("nashrad.ini"), "--state", self.path("state"),
                                  "--root", self.folder, *arguments], capture_output=True, text=True, encoding="utf-8",
                                 env=dict(os.environ, **(environment or {})), timeout=60, check=False)
        finally:
            over.set()
            listener.join()
        self.log = run.stderr
        self.assertEqual(run.returncode, code, run.stderr)
        return [line.removeprefix("say ") for line in heard]

    def stick(self, code=0):
        return self.command("stick", self.path("stick"), code=code)

    def library(self):
        found = []
        for folder, _, files in os.walk(self.path("state/articles")):
            found += [os.path.relpath(os.path.join(folder, name), self.path("state/articles")) for name in files]
        return sorted(found)

    # Articles

    def test_articles_are_copied_once(self):
        self.write("stick/1.txt", FIRST)
        self.write("stick/news/2.html", SECOND)
        self.write("stick/again/copy.txt", FIRST)
        self.write("stick/.hidden.txt", SECOND * 2)
        self.write("stick/picture.jpg", b"\0" * 100)
        self.write("articles/mine.md", SECOND)  # the library has it, under another name
        os.symlink("/etc/passwd", self.path("stick/passwd.txt"))
        self.assertEqual(self.stick(), ["stick.found", "stick.articles 1", "stick.known 2", "stick.done"])
        self.assertEqual(self.library(), ["1.txt"])
        self.assertEqual(self.stick(), ["stick.found", "stick.known 3", "stick.done"])

    def test_another_text_of_the_same_name_is_kept_beside(self):
        self.write("stick/a/1.txt", FIRST)
        self.stick()
        self.write("stick/a/1.txt", SECOND)
        self.assertIn("stick.articles 1", self.stick())
        self.assertEqual(self.library(), ["a/1 (2).txt", "a/1.txt"])
        self.assertEqual(self.read("state/articles/a/1.txt"), FIRST)

    def test_an_empty_stick_and_none(self):
        self.assertEqual(self.stick(), ["stick.found", "stick.nothing"])
        self.assertEqual(self.command("stick", self.path("none"), code=66), ["stick.unreadable"])

    def test_files_that_cannot_be_copied_are_counted(self):
        self.write("stick/1.txt", FIRST)
        self.write("stick/empty.txt", "")
        with open(self.path("stick/large.txt"), "wb") as file:
            file.truncate(17 * 1024 * 1024)
        self.assertEqual(self.stick(), ["stick.found", "stick.articles 1", "stick.failed 2", "stick.done"])
        self.assertIn("large.txt can't be copied: File too large", self.log)

    def test_a_library_that_cannot_be_written(self):
        self.write("stick/1.txt", FIRST)
        self.write("state/articles", "a file in its place")
        self.assertEqual(self.stick(code=73), ["stick.found", "setup.unsaved"])
        self.assertIn("state/articles can't be written: Not a directory", self.log)

    # nashra.ini

    def test_the_owner_file_is_taken(self):
        self.write("stick/Nashra.INI.txt", OWNER)
        heard = self.stick()
        self.assertEqual(heard, ["stick.found", "wifi.joining", "setup.feeds 1", "setup.taken", "set volume 40",
                                 "stick.done", "restart"])
        self.assertIn("language = en\n", self.read("state/owner.ini"))
        self.assertEqual(self.read("state/feeds.txt"), "https://a.example/rss\n")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("state/network")).st_mode), 0o600)
        self.assertNotIn("12345", self.log)
        check = subprocess.run([os.environ["NASHRAD"], "--check-config", "--config", self.path("nashrad.ini"), "--owner",
                                self.path("state/owner.ini")], capture_output=True, text=True, check=False)
        self.assertEqual((check.returncode, check.stderr), (0, ""))
        # The same stick again, as when the box is switched on with it: no circle.
        self.assertEqual(self.stick(), ["stick.found", "wifi.joining", "setup.feeds 0", "setup.same", "stick.done"])

    def test_what_a_stick_does_not_say_stays(self):
        self.write("stick/nashra.ini", "language = en\nvolume = 20\nfeed = https://a.example/\n")
        self.stick()
        self.write("stick/nashra.ini", "السرعة = ٢٠٠\nfeed = https://a.example/\nfeed = https://b.example/\n")
        self.assertIn("setup.feeds 1", self.stick())
        self.assertIn("language = en\nvolume = 20\nrate = 200\n", self.read("state/owner.ini"))
        self.assertEqual(self.read("state/feeds.txt"), "https://a.example/\nhttps://b.example/\n")

    def test_errors_are_told_with_line_and_cause(self):
        self.write("stick/nashra.ini", "language = en\nvolume: 30\n\npassword = short\nwifi = Home\ncolour = red\n"
                   "layout = three\n")
        heard = self.stick()
        self.assertEqual(heard, ["stick.found", "setup.line 2", "setup.no-equals", "setup.line 4", "setup.password",
                                 "setup.line 6", "setup.no-name", "setup.layout", "setup.taken", "stick.done", "restart"])
        self.assertIn("nashra.ini:4: setup.password", self.log)
        self.assertFalse(os.path.exists(self.path("state/network")))  # not joined without its password
        self.assertNotIn("layout", self.read("state/owner.ini"))

    def test_a_refused_password_is_refused_behind_many_faults(self):
        """Only the first faults are told; the network is not to be joined without its password all the same."""
        self.write("stick/nashra.ini", "colour = red\n" * 9 + "wifi = Home\npassword = short\n")
        self.assertNotIn("wifi.joining", self.stick())
        self.assertFalse(os.path.exists(self.path("state/network")))

    def test_the_list_of_feeds_is_kept_whole(self):
        many = "".join(f"https://{i}.example/rss\n" for i in range(1900))
        before = "# mine\nhttps://a.example/rss\tقناة\n" + many + "https://z.example/rss"  # no line end
        self.write("state/feeds.txt", before)
        self.write("stick/nashra.ini", "feed = https://a.example/rss\nfeed = https://b.example/rss\n")
        self.assertIn("setup.feeds 1", self.stick())
        self.assertEqual(self.read("state/feeds.txt"), before + "\nhttps://b.example/rss\n")

    def test_a_folder_is_no_settings_file(self):
        os.mkdir(self.path("stick/nashra.ini"))
        self.write("stick/1.txt", FIRST)
        self.assertEqual(self.stick(), ["stick.found", "stick.articles 1", "stick.done"])

    def test_settings_that_cannot_be_kept(self):
        self.write("stick/nashra.ini", "language = en\n")
        os.mkdir(self.path("state/owner.ini"))
        self.assertEqual(self.stick(code=73), ["stick.found", "setup.unsaved", "stick.done"])

    # The Wi-Fi

    def join(self, answer="", code=0, folder="etc"):
        self.write("bin/nmcli", BUSY_NMCLI)
        self.write("bin/rfkill", BUSY_NMCLI)
        self.write("bin/iw", BUSY_NMCLI)
        for name in ("nmcli", "rfkill", "iw"):
            os.chmod(self.path(f"bin/{name}"), 0o755)
        os.makedirs(self.path(f"{folder}/NetworkManager/system-connections"), exist_ok=True)
        self.write("log", "")
        self.write("log.answer", answer)
        self.write("log.code", str(code))
        return self.command("network", environment={"PATH": self.path("bin") + ":" + os.environ["PATH"],
                                                    "NASHRA_TEST_LOG": self.path("log")})

    def connection(self, folder="etc"):
        where = self.path(f"{folder}/NetworkManager/system-connections")
        names = os.listdir(where)
        self.assertEqual(len(names), 1, names)
        return os.path.join(where, names[0])

    def test_the_network_is_joined(self):
        self.write("stick/nashra.ini", OWNER)
        self.stick()
        self.assertTrue(os.path.exists(self.path("state/network.new")))
        self.assertEqual(self.join(), ["wifi.joined"])
        self.assertFalse(os.path.exists(self.path("state/network.new")))
        log = self.read("log")
        self.assertIn("iw reg set EG", log)
        self.assertRegex(log, r"connection load .*\.nmconnection\n.*--wait 60 connection up uuid [0-9a-f-]{36}")
        self.assertNotIn("12345", log)  # passwords are in no command line
        self.assertEqual(stat.S_IMODE(os.stat(self.connection()).st_mode), 0o600)
        self.assertEqual(self.join(), [])  # the next start: nothing new to tell

    def test_why_it_is_not_joined(self):
        cases = [("Error: Connection activation failed: Secrets were required, but not provided.", 4, "wifi.password"),
                 ("Error: Connection activation failed: The Wi-Fi network could not be found", 4, "wifi.missing"),
                 ("Error: Connection activation failed: No suitable device found for this connection.", 4, "wifi.none"),
                 ("Error: Timeout 60 sec expired.", 3, "wifi.failed"),
                 ("Error: NetworkManager is not running.", 8, "wifi.failed")]
        self.write("stick/nashra.ini", OWNER)
        self.stick()
        for answer, code, prompt in cases:
            self.assertEqual(self.join(answer + "\n", code), [prompt])

    def test_where_etc_is_read_only_the_network_is_kept_in_run(self):
        self.write("stick/nashra.ini", OWNER)
        self.stick()
        self.assertEqual(self.join(folder="run"), ["wifi.joined"])
        self.connection("run")
        os.unlink(self.connection("run"))
        shutil.rmtree(self.path("run"))
        self.assertEqual(self.join(folder="var"), ["setup.unsaved"])

    def test_a_damaged_request_is_refused(self):
        self.write("state/network", "ssid 6g\n")
        self.command("network", code=65)
        os.unlink(self.path("state/network"))
        self.assertEqual(self.command("network"), [])

    @unittest.skipUnless(shutil.which("nmcli"), "there is no nmcli")
    def test_network_manager_reads_the_keyfile(self):
        self.write("stick/nashra.ini", OWNER)
        self.stick()
        self.join()
        with open(self.connection(), encoding="utf-8") as file:
            run = subprocess.run(["nmcli", "--offline", "connection", "modify", "connection.autoconnect", "yes"],
                                 stdin=file, capture_output=True, text=True, encoding="utf-8", check=True)
        name = "".join(f"{byte};" for byte in 'بيتنا; "x"'.encode())
        self.assertIn(f"\nssid={name}\n", run.stdout)
        self.assertIn("\npsk=p w;d\\\\ 12345\n", run.stdout)

    # With the box

    def test_wrong_usage(self):
        for arguments in ([], ["stick"], ["network", "x"], ["dance"], ["say"], ["--nonsense"]):
            self.assertEqual(self.command(*arguments, code=64), [])
        self.assertEqual(self.command("say", "stick.unreadable"), ["stick.unreadable"])


class StickTest(unittest.TestCase):
    def test_the_box_says_what_the_stick_brings_and_reads_it(self):
        box = Box(articles=[], config=CONFIG + "KEY_SPACE = play\n", arguments=())
        self.addCleanup(box.close)
        box.arguments = ["--owner", box.path("owner.ini")]
        os.mkdir(box.path("memory"))
        box.write("memory/1.txt", FIRST)
        box.write("memory/nashra.ini", "language = en\nvolume = 30\nwat\n")
        box.start().wait_for("prompt library.empty")
        subprocess.run([SETUP, "--config", box.path("nashrad.ini"), "--state", box.folder, "stick", box.path("memory")],
                       check=True, capture_output=True, timeout=60)
        box.wait_for("prompt stick.found", timeout=20)
        box.wait_for("prompt setup.no-equals", timeout=40)
        box.wait_for("prompt setup.taken", timeout=40)
        box.wait_for("prompt stick.articles", timeout=40)
        box.wait_for("prompt stick.done", timeout=40)
        self.assertEqual(box.process.wait(30), 0)
        self.assertTrue(box.lines("prompt library.filled"))
        box.log.clear()
        box.start().wait_for(r"read 1 ")
        time.sleep(0.5)
        since = box.press("up", 1.0)
        box.wait_for("volume 40", since=since - 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
