# SPDX-License-Identifier: GPL-3.0-or-later
"""evaluate_c.py MODEL DEV: scores what the C library makes of the development sets and of the news held out of our own, and
counts its letters a second."""
import ctypes
import os
import subprocess
import sys
import tempfile
import time

import templates
from evaluate import bare_lines
from features import strip
from score import score, show

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))


class Buffer(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("length", ctypes.c_size_t), ("capacity", ctypes.c_size_t),
                ("failed", ctypes.c_int)]


class Diacritiser:
    """The library's own diacritiser, compiled from the tree."""

    def __init__(self, model):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "nashra.so")
            command = ("cc -O3 -ffp-contract=off -std=c11 -D_POSIX_C_SOURCE=200809L -shared -fPIC -Iinclude "
                       f"-DNASHRA_SOURCE_DATA='\"{ROOT}/data\"' -DNASHRA_INSTALLED_DATA='\"{ROOT}/data\"' -o {path} "
                       "src/base/*.c src/nn/*.c src/diacritise/*.c -lm -lpthread")
            subprocess.run(command, shell=True, check=True, cwd=ROOT)
            self.library = ctypes.CDLL(path)
        self.handle = ctypes.c_void_p()
        if self.library.nashra_diacritiser_create(model.encode() if model else None, ctypes.byref(self.handle)) < 0:
            raise SystemExit(1)

    def mark(self, line):
        data, buffer = line.encode(), Buffer()
        if self.library.nashra_diacritise_line(self.handle, data, ctypes.c_size_t(len(data)), ctypes.byref(buffer)) < 0:
            raise MemoryError
        text = buffer.data.decode() if buffer.data else ""
        self.library.nashra_buffer_finish(ctypes.byref(buffer))
        return text


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def sentences(text):
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def main(model, dev):
    diacritiser = Diacritiser(model)
    own = os.path.join(templates.HERE, "held-out")
    for folder, name, news in ((dev, "wikinews-2014", True), (dev, "tashkeela-val", False),
                               (own, "short", False), (own, "long", False)):
        text = read(os.path.join(folder, name + ".txt"))
        reference = text.rstrip("\n").split("\n") if folder == dev else sentences(text)
        bare = bare_lines(text) if news else [strip(line) for line in reference]
        start = time.process_time()
        marked = [diacritiser.mark(line) for line in bare]
        seconds = time.process_time() - start
        letters = sum("\u0621" <= c <= "\u064a" for line in bare for c in line)
        print(f"{name}: {show(score(reference, marked, news))}, {letters / seconds:.0f} letters/s", flush=True)
        with open(os.path.join(tempfile.gettempdir(), name + ".marked"), "w", encoding="utf-8") as f:
            f.write("\n".join(marked) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
