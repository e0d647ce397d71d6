# SPDX-License-Identifier: GPL-3.0-or-later
"""The normaliser's verdicts on number phrases (bulk.c over src/normalise), called from Python."""
import ctypes
import glob
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
LONGEST = 900


def _build(folder):
    path = os.path.join(folder, "case.so")
    sources = [os.path.join(HERE, "bulk.c")]
    for room in ("normalise", "nn", "base"):
        sources += glob.glob(os.path.join(ROOT, "src", room, "**/*.c"), recursive=True)
    data = os.path.join(ROOT, "data")
    subprocess.run(["cc", "-std=c11", "-O2", "-shared", "-fPIC", "-D_POSIX_C_SOURCE=200809L",
                    f'-DNASHRA_SOURCE_DATA="{data}"', f'-DNASHRA_INSTALLED_DATA="{data}"',
                    "-I", os.path.join(ROOT, "include"), "-I", os.path.join(ROOT, "src/normalise"), "-o", path]
                   + sources + ["-licuuc", "-licui18n", "-lm"], check=True)
    return ctypes.CDLL(path)


class Court:
    def __init__(self, with_network=True):
        with tempfile.TemporaryDirectory() as folder:
            self.library = _build(folder)
        self.library.bulk_create.restype = ctypes.c_void_p
        self.handle = ctypes.c_void_p(self.library.bulk_create(with_network))
        if not self.handle.value:
            raise SystemExit("the normaliser's tables can't be loaded")

    def judge(self, text, offset):
        """(rules' case with 0 for nominative, their confidence, the network's probabilities, the case settled on) of
        the number that begins at byte `offset`; None where none does."""
        rule, confidence, settled = ctypes.c_int(), ctypes.c_float(), ctypes.c_int()
        probability = (ctypes.c_float * 3)()
        if len(text) >= LONGEST or self.library.bulk_judge(
                self.handle, text.encode(), ctypes.c_size_t(offset), ctypes.byref(rule), ctypes.byref(confidence),
                probability, ctypes.byref(settled)) < 0:
            return None
        return rule.value, confidence.value, list(probability), settled.value
