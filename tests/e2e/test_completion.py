# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash offers after the tabulator key."""
import os
import subprocess
import unittest

from nashra import NASHRA

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../packaging/nashra.bash")


def complete(*words):
    """The words offered for the last of `words`."""
    script = f'. "{FILE}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nashra "$1"; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script, "bash", os.path.abspath(NASHRA), *words], stdout=subprocess.PIPE, check=True,
                          timeout=60)
    return done.stdout.decode().split()


class Completion(unittest.TestCase):
    def test_commands(self):
        self.assertEqual(complete("ren"), ["render"])
        self.assertGreaterEqual(set(complete("")), {"say", "render", "text", "explain", "diacritise", "number", "lexicon"})

    def test_options(self):
        self.assertEqual(complete("number", "--gen"), ["--gender"])
        self.assertIn("--rate", complete("say", "--"))

    def test_values(self):
        self.assertEqual(sorted(complete("text", "--region", "")), ["egypt", "gulf", "levant", "maghreb", "morocco"])
        self.assertEqual(complete("text", "--marks", "f"), ["full"])

    def test_files(self):
        self.assertEqual(complete("say", FILE[:-2]), [FILE])


if __name__ == "__main__":
    unittest.main()
