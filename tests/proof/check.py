# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders a bulletin with its proof page and tries the page in Chromium (tests/proof/check.js). Skipped where chromium or
node is missing: apt-get install chromium nodejs.

    tests/proof/check.py build/nashra [FOLDER for screenshots]"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ARTICLES = [os.path.join(HERE, "../articles", name) for name in ("bulletin.txt", "economy.txt")]


def main(nashra, shots):
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not node or not chromium:
        print("skipped: needs node and chromium")
        return 77
    with tempfile.TemporaryDirectory(prefix="nashra-proof-") as folder:
        out = os.path.join(folder, "bulletin.wav")
        subprocess.run([nashra, "bulletin", *ARTICLES, "--at", "2026-11-28T21:00", "--intro", "standard", "--outro",
                        "standard", "--station", "إذاعة الشرق", "--title", "نشرة التاسعة", "--slot", "2:50", "--channels", "2", "--proof",
                        "-o", out], check=True, stderr=subprocess.DEVNULL, timeout=120)
        page = os.path.join(folder, "bulletin.html")
        return subprocess.run([node, os.path.join(HERE, "check.js"), page, *shots], timeout=240,
                              env={**os.environ, "CHROMIUM": chromium}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
