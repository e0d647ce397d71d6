# SPDX-License-Identifier: GPL-3.0-or-later
"""The product's own features (src/diacritise/feat.c), called from Python."""
import ctypes
import os
import subprocess
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = [os.path.join(HERE, name) for name in
           ("bulk.c", "../../src/diacritise/feat.c", "../../src/base/memory.c", "../../src/base/status.c",
            "../../src/base/utf8.c")]
INCLUDE = os.path.join(HERE, "../../include")
GAP_CLASSES = 14
NUMBER, FOREIGN, LETTER, SYMBOLS = 14, 15, 16, 56
LABELS, HASHES = 15, 4
WORD_ROWS, AFFIX_ROWS = 1 << 15, 1 << 12
_VOWELS = ["", "\u064e", "\u064f", "\u0650", "\u0652", "\u064b", "\u064c", "\u064d"]
MARKS = _VOWELS + ["\u0651" + _VOWELS[v] for v in (0, 1, 2, 3, 5, 6, 7)]
_library = None


class _Bulk(ctypes.Structure):
    _fields_ = [(n, ctypes.c_void_p) for n in
                ("symbol", "label", "hash", "unit_first", "unit_count", "unit_token", "line_position", "line_unit")]


def _load():
    global _library
    if _library is None:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "features.so")
            subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-I", INCLUDE, "-o", path] + SOURCES, check=True)
            _library = ctypes.CDLL(path)
    return _library


class Scan:
    """All lines of a text: flat arrays of positions and of units, and where each line begins."""

    NAMES = ("symbol", "label", "hash", "unit_first", "unit_count", "unit_token", "line_position", "line_unit")

    def __init__(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        library = _load()
        totals = (ctypes.c_uint64 * 3)()
        if library.bulk_scan(data, ctypes.c_size_t(len(data)), None, totals):
            raise MemoryError
        positions, units, lines = totals
        self.symbol = np.zeros(positions, np.uint8)
        self.label = np.zeros(positions, np.uint8)
        self.hash = np.zeros((units, HASHES), np.uint16)
        self.unit_first = np.zeros(units, np.uint32)
        self.unit_count = np.zeros(units, np.uint32)
        self.unit_token = np.zeros(units, np.uint32)
        self.line_position = np.zeros(lines + 1, np.uint32)
        self.line_unit = np.zeros(lines + 1, np.uint32)
        bulk = _Bulk(*[getattr(self, n).ctypes.data for n in self.NAMES])
        if library.bulk_scan(data, ctypes.c_size_t(len(data)), ctypes.byref(bulk), totals):
            raise MemoryError

    @property
    def lines(self):
        return len(self.line_unit) - 1


def strip(text):
    """Text without the marks that the diacritiser writes."""
    return "".join(c for c in text if not ("\u064b" <= c <= "\u0652" or c in "\u0670\u0640"))


def is_letter(c):
    return "\u0621" <= c <= "\u063a" or "\u0641" <= c <= "\u064a" or c in "ٱپچژڤکڭگۀی"


def write_marks(bare, labels):
    """A bare line with its letters' labels written out."""
    out, at = [], 0
    for c in bare:
        out.append(c)
        if is_letter(c):
            out.append(MARKS[labels[at]])
            at += 1
    return "".join(out)
