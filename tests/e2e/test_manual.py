# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages against the programs: what one names, the other has."""
import os
import re
import unittest

from nashra import content, run

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OPTION = re.compile(r"--[a-z][a-z-]+")


def manual(name):
    return content(os.path.join(ROOT, "docs", "man", name)).decode().replace("\\-", "-")


class Manual(unittest.TestCase):
    def setUp(self):
        found = re.findall(r"^  ([a-z]+) ", run("--help").stdout.decode(), re.M)
        self.commands = [command for command in found if command != "nashra"]
        self.page = manual("nashra.1")

    def test_every_command_has_a_synopsis(self):
        synopsis = self.page[self.page.index(".SH SYNOPSIS"):self.page.index(".SH DESCRIPTION")]
        for command in self.commands:
            self.assertRegex(synopsis, f"nashra {command}\\b")

    def test_every_option_of_a_command_is_in_the_manual(self):
        told = set(OPTION.findall(self.page))
        for command in self.commands:
            self.assertLessEqual(set(OPTION.findall(run(command, "--help").stdout.decode())), told, command)

    def test_every_option_of_the_manual_is_one(self):
        """A key of a bulletin's script is an option, too; docs/RADIO.md lists them."""
        keys = re.findall(r"`([a-z-]+)`", content(os.path.join(ROOT, "docs", "RADIO.md")).decode())
        known = {"--help", "--version", *("--" + key for key in keys)}
        for command in self.commands:
            known |= set(OPTION.findall(run(command, "--help").stdout.decode()))
        self.assertLessEqual(set(OPTION.findall(self.page)), known)


if __name__ == "__main__":
    unittest.main()
