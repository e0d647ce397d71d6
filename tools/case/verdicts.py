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
WORDS, TABLES, PADDING = 29, 6, 7  # of src/normalise/context/view.h


class Verdict(ctypes.Structure):
    """`rule`, `settled`: 0 nominative, 1 accusative, 2 genitive; row and gap: what the network sees, the number in the
    middle."""
    _fields_ = [("rule", ctypes.c_int), ("settled", ctypes.c_int), ("confidence", ctypes.c_float),
                ("probability", ctypes.c_float * 3), ("asked", ctypes.c_int),
                ("row", ctypes.c_uint16 * TABLES * WORDS), ("gap", ctypes.c_uint8 * WORDS), ("pad", ctypes.c_uint8 * 3)]


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
        """The verdict on the number that begins at byte `offset`; None where none does."""
        verdict = Verdict()
        if len(text) >= LONGEST or self.library.bulk_judge(
                self.handle, text.encode(), ctypes.c_size_t(offset), ctypes.byref(verdict)) < 0:
            return None
        return verdict
