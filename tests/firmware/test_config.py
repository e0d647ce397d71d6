# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings: what is right, what is wrong and where, and every board's file."""
import glob
import os
import re
import subprocess
import sys
import tempfile
import unittest

NASHRAD = os.environ["NASHRAD"]
BOARDS = os.path.join(os.path.dirname(__file__), "..", "..", "boards")


def check(*arguments):
    run = subprocess.run([NASHRAD, "--check-config", *arguments], capture_output=True, text=True, encoding="utf-8")
    return run.returncode, run.stderr


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


class ConfigTest(FolderTest):
    def wrong(self, text, *complaints):
        path = self.write("n.ini", text)
        code, said = check("--config", path)
        self.assertEqual(code, 78, said)
        for complaint in complaints:
            self.assertIn(complaint.replace("FILE", path), said)

    def test_what_is_right(self):
        path = self.write("n.ini", "# a comment\n[nashrad]\nlayout = three\nlanguage = en\nautoplay = no\n"
                          "[library]\nfolder = /a\nfolder = /b\n[sound]\ndevice = hw:CARD=x\n"
                          "[keys]\nKEY_PLAYPAUSE = play\nREL_DIAL+ = forward\nREL_DIAL- = back\n"
                          "[gpio]\nchip = gpiochip0\ndebounce_ms = 5\nline17 = play\n[nashrad]\nvolume = 40\nrate = 200\n"
                          "notices =\n[library]\nstick = /c\n[power]\nbattery =\n")
        self.assertEqual(check("--config", path), (0, ""))

    def test_every_error_names_file_line_and_key(self):
        self.wrong("[nashrad]\nlayuot = five\n", "FILE:2: layuot in [nashrad]: there is no such setting")
        self.wrong("[nashrad]\n\nlanguage = fr\n", "FILE:3: language in [nashrad]: ar or en is wanted")
        self.wrong("[nashrad]\nautoplay = perhaps\n", "FILE:2: autoplay in [nashrad]: yes or no is wanted")
        self.wrong("[sond]\ndevice = x\n", "FILE:2: device in [sond]: there is no such setting")
        self.wrong("[keys]\nKEY_NONESUCH = play\n", "FILE:2: KEY_NONESUCH in [keys]: there is no such key")
        self.wrong("[keys]\nREL_DIAL = right\n", "FILE:2: REL_DIAL in [keys]: a wheel needs + or -")
        self.wrong("[keys]\nKEY_A+ = right\n", "FILE:2: KEY_A+ in [keys]: a wheel needs + or -")
        self.wrong("[gpio]\ndebounce_ms = 500\n", "FILE:2: debounce_ms in [gpio]: a number from 0 to 100 is wanted")
        self.wrong("[nashrad]\nvolume = 5\n", "FILE:2: volume in [nashrad]: a number from 10 to 100 is wanted")
        self.wrong("[nashrad]\nrate = fast\n", "FILE:2: rate in [nashrad]: words a minute, from 85 to 445, are wanted")
        self.wrong("[nashrad]\nlexicon = /nonexistent\n", "lexicon in [nashrad]: /nonexistent: No such file")
        self.wrong("[gpio]\nlineX = play\n", "FILE:2: lineX in [gpio]")
        self.wrong("[nashrad]\nwhat is this\n", "FILE:2: neither [section] nor name = value")

    def test_all_errors_are_named_at_once(self):
        self.wrong("[nashrad]\nlanguage = fr\nautoplay = perhaps\n", "FILE:2:", "FILE:3:")

    def test_keys_that_the_layout_does_not_have(self):
        self.wrong("[nashrad]\nlayout = one\n[keys]\nKEY_A = play\nKEY_B = left\n",
                   "FILE:5: the layout has no key \"left\"")
        self.wrong("[gpio]\nchip = gpiochip0\nline4 = nothing\n", "FILE:3: the layout has no key \"nothing\"")

    def test_a_layout_that_is_not_there(self):
        self.wrong("[nashrad]\nlayout = seven\n", "layouts/seven.tsv", "FILE:2: layout in [nashrad]: one, three, five")

    def test_what_is_needed_is_not_empty(self):
        for section, key in (("nashrad", "journal"), ("nashrad", "layout"), ("sound", "device")):
            self.wrong(f"[{section}]\n{key} =\n", f"FILE:2: {key} in [{section}]: a value is wanted")

    def test_a_line_that_is_too_long_is_refused_and_counted_once(self):
        self.wrong(f"# {'x' * 500}\n[nashrad]\njournal = /tmp/{'x' * 300}\nlanguage = fr\n", "FILE:3: longer than",
                   "FILE:4: language")

    def test_no_line_hides_another(self):
        self.wrong("[nashrad]\nwhat is this\nlanguage = fr\n", "FILE:2: neither", "FILE:3: language")

    def test_a_folder(self):
        code, said = check("--config", self.folder)
        self.assertEqual(code, 78)
        self.assertIn(f"{self.folder}: Is a directory", said)

    def test_a_missing_file(self):
        code, said = check("--config", "/nonexistent.ini")
        self.assertEqual(code, 78)
        self.assertIn("/nonexistent.ini: No such file", said)

    def test_drop_ins_come_after_the_file_and_in_order(self):
        path = self.write("n.ini", "[nashrad]\nlayout = one\n[keys]\nKEY_A = play\n")
        self.write("n.ini.d/10.ini", "[nashrad]\nlayout = three\n[keys]\nKEY_A = back\n")
        self.assertEqual(check("--config", path), (0, ""))
        broken = self.write("n.ini.d/20.ini", "[keys]\nKEY_A = left\n")
        code, said = check("--config", path)
        self.assertEqual(code, 78)
        self.assertIn(f"{broken}:2: the layout has no key \"left\"", said)

    def test_wrong_usage(self):
        self.assertEqual(subprocess.run([NASHRAD, "--nonsense"], capture_output=True).returncode, 64)
        self.assertEqual(subprocess.run([NASHRAD, "extra"], capture_output=True).returncode, 64)
        self.assertEqual(subprocess.run([NASHRAD, "--help"], capture_output=True).returncode, 0)


class BoardsTest(FolderTest):
    """Each board is a folder with board.ini, and a README with fixed headings."""
    HEADINGS = ["## What to buy", "## Wiring", "## Flashing", "## Status"]

    def test_every_board(self):
        boards = sorted(glob.glob(os.path.join(BOARDS, "*", "board.ini")))
        self.assertGreater(len(boards), 0)
        for path in boards:
            with self.subTest(board=path):
                self.assertEqual(check("--board", path, "--config", "/dev/null"), (0, ""))
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                for name in ("name", "status"):
                    self.assertRegex(text, rf"(?ms)^\[board\].*^{name} = \S")
                with open(os.path.join(os.path.dirname(path), "README.md"), encoding="utf-8") as file:
                    page = file.read()
                found = re.findall(r"^## .*$", page, re.M)
                self.assertEqual(found, self.HEADINGS)

    def test_drawings_and_settings_of_wired_boards_are_made_from_board_ini(self):
        boards = sorted(glob.glob(os.path.join(BOARDS, "rpi-*")))
        self.assertEqual(len(boards), 4)
        script = os.path.join(BOARDS, "..", "tools", "board", "wiring.py")
        run = subprocess.run([sys.executable, "-B", script, "--check", *boards], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))

    def test_the_pages_of_the_keys_say_what_the_keys_do(self):
        script = os.path.join(BOARDS, "..", "tools", "board", "keys.py")
        run = subprocess.run([sys.executable, "-B", script, "--check"], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))

    def test_a_wrong_wiring_is_refused(self):
        script = os.path.join(BOARDS, "..", "tools", "board", "wiring.py")
        with open(os.path.join(BOARDS, "rpi-5", "board.ini"), encoding="utf-8") as file:
            right = file.read()
        for old, new, cause in (("gpio_up = 27", "gpio_up = 18", "GPIO 18 of up is wanted for I2C or the sound"),
                                ("ground = 9", "ground = 8", "pin 8 is no ground"),
                                ("gpio_up = 27", "gpio_up = 17", "a pin is there twice")):
            self.write("board/board.ini", right.replace(old, new))
            run = subprocess.run([sys.executable, "-B", script, "--check", os.path.join(self.folder, "board")],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn(cause, run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
