# SPDX-License-Identifier: GPL-3.0-or-later
"""The self-test of EN 301 549: every clause passes, and fails when its behaviour is broken on purpose.
NASHRA_BREAK=all breaks each behaviour there is (a minute and a half), else only those that show soonest."""
import json
import os
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor

NASHRA = os.environ["NASHRA"]
NASHRAD = os.environ["NASHRAD"]
AT_ONCE = 10
SOON = (("5.1.3.8", "leak"), ("5.1.3.14", "no-language"), ("5.8", "no-double"), ("5.9", "pairs"))


def selftest(*arguments):
    return subprocess.run([NASHRA, "selftest", "en301549", "--nashrad", NASHRAD, *arguments], capture_output=True,
                          text=True, timeout=280)


def clauses():
    """(clause, what breaks it) of those that software answers."""
    rows = [line.split() for line in selftest("--list").stdout.splitlines()]
    return [(row[0], row[2:]) for row in rows if row[1] != "-"]


def verdict(clause, *arguments):
    done = selftest("--clause", clause, "--format", "jsonl", *arguments)
    return done.returncode, json.loads(done.stdout.splitlines()[0])


class SelfTest(unittest.TestCase):
    def test_each_clause_passes(self):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda row: (row[0], verdict(row[0])), clauses()))
        self.assertGreaterEqual(len(answers), 17)
        for clause, (code, answer) in answers:
            with self.subTest(clause):
                self.assertEqual((answer["verdict"], answer["reason"], code), ("pass", "", 0))

    def test_each_clause_fails_when_it_is_broken(self):
        tries = [(clause, fault) for clause, faults in clauses() for fault in faults]
        self.assertEqual({clause for clause, _ in tries}, {clause for clause, _ in clauses()})
        if os.environ.get("NASHRA_BREAK") != "all":
            self.assertLessEqual(set(SOON), set(tries))
            tries = SOON
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda row: (row, verdict(row[0], "--break", row[1])), tries))
        for row, (code, answer) in answers:
            with self.subTest(row):
                self.assertEqual((answer["verdict"], code), ("FAIL", 70))
                self.assertNotEqual(answer["reason"], "nashrad doesn't start")

    def test_names_what_it_does_not_know(self):
        self.assertEqual(selftest("--clause", "1.2.3").returncode, 64)
        self.assertEqual(selftest("--format", "xml").returncode, 64)
        self.assertEqual(subprocess.run([NASHRA, "selftest"], capture_output=True).returncode, 64)
        self.assertEqual(subprocess.run([NASHRA, "selftest", "en301549", "--nashrad", "/none", "--clause", "5.9"],
                                        capture_output=True).returncode, 70)


if __name__ == "__main__":
    unittest.main()
