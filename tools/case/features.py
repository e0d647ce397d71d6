# SPDX-License-Identifier: GPL-3.0-or-later
"""The normaliser's view of number phrases (bulk.c over src/normalise), called from Python."""
import ctypes
import glob
import os
import subprocess
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
ROWS, MOST = 1 << 13, 88  # of evidence.h


def _build(folder):
    path = os.path.join(folder, "case.so")
    sources = [os.path.join(HERE, "bulk.c"), os.path.join(HERE, "evidence.c")]
    for room in ("normalise", "base"):
        sources += glob.glob(os.path.join(ROOT, "src", room, "**/*.c"), recursive=True)
    data = os.path.join(ROOT, "data")
    subprocess.run(["cc", "-std=c11", "-O2", "-shared", "-fPIC", "-D_POSIX_C_SOURCE=200809L",
                    f'-DNASHRA_SOURCE_DATA="{data}"', f'-DNASHRA_INSTALLED_DATA="{data}"', "-I", HERE,
                    "-I", os.path.join(ROOT, "include"), "-I", os.path.join(ROOT, "src/normalise"), "-o", path]
                   + sources + ["-licuuc", "-licui18n"], check=True)
    return ctypes.CDLL(path)


class Gatherer:
    def __init__(self):
        with tempfile.TemporaryDirectory() as folder:
            self.library = _build(folder)
        self.library.bulk_create.restype = ctypes.c_void_p
        self.handle = ctypes.c_void_p(self.library.bulk_create())
        if not self.handle.value:
            raise MemoryError
        self.rows = np.zeros(MOST, np.uint16)

    def gather(self, text, offset):
        """Rows of the number that begins at byte `offset`, the rules' case (0 nominative) and confidence; or None."""
        rule, confidence = ctypes.c_int(), ctypes.c_float()
        count = self.library.bulk_gather(self.handle, text.encode(), ctypes.c_size_t(offset),
                                         self.rows.ctypes.data_as(ctypes.c_void_p), ctypes.byref(rule),
                                         ctypes.byref(confidence))
        return (self.rows[:count].copy(), rule.value, confidence.value) if count > 0 else None
