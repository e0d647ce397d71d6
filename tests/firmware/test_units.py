# SPDX-License-Identifier: GPL-3.0-or-later
"""The units as systemd sees them: without faults, and how much they may do."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.path.join(os.path.dirname(__file__), "..", "..", "firmware", "units")
MOST = {"nashrad.service": 2.0, "nashra-setup.service": 2.0, "nashra-stick@sda1.service": 2.0,
        "nashra-feeds.service": 2.0}


class UnitsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        programs = {"/nashrad": os.environ["NASHRAD"], "/nashra-setup": os.environ["NASHRA_SETUP"],
                    "/nashra": os.environ["NASHRA"]}
        for name in os.listdir(os.environ["NASHRA_UNITS"]):
            with open(os.path.join(os.environ["NASHRA_UNITS"], name), encoding="utf-8") as file:
                unit = file.read()
            # Installed they lie elsewhere; whether they are there is asked here.
            for end, program in programs.items():
                unit = re.sub(rf"(?<=[=;\s])(/[^ ;=]*)?{end}(?= )", program, unit)
            with open(os.path.join(self.folder, name.replace("@", "@sda1")), "w", encoding="utf-8") as file:
                file.write(unit)
        for name in ("nashra-setup.path", "nashra-feeds.timer"):
            shutil.copy(os.path.join(SOURCE, name), self.folder)

    def test_systemd_understands_them(self):
        units = sorted(os.path.join(self.folder, name) for name in os.listdir(self.folder))
        self.assertEqual(len(units), 6)
        run = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
        said = [line for line in run.stderr.splitlines() if self.folder in line or "nashra" in line]
        self.assertEqual(said, [])

    def test_they_may_do_little(self):
        for name, most in MOST.items():
            run = subprocess.run(["systemd-analyze", "security", "--offline=true", os.path.join(self.folder, name)],
                                 capture_output=True, text=True, check=True)
            level = float(re.findall(r"exposure level for .*?: ([0-9.]+)", run.stdout)[0])
            with self.subTest(unit=name, level=level):
                self.assertLessEqual(level, most)


if __name__ == "__main__":
    if not shutil.which("systemd-analyze"):
        print("there is no systemd-analyze")
        sys.exit(77)
    unittest.main(verbosity=2)
