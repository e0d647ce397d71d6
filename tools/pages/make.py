#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pages of tests/pages: `make.py FOLDER` writes NAME.html and, for each, what must be read of it into
expected.json. Expectations come from the stories, never from a program."""
import json
import os
import sys

import cms  # noqa: F401: they register their pages
import more  # noqa: F401
import odd  # noqa: F401
import press  # noqa: F401
import sites  # noqa: F401
from page import make_all
from story import load


def make(folder):
    os.makedirs(folder, exist_ok=True)
    expected = {}
    for page in make_all(load()):
        name = f"{page.name}.{page.suffix}"
        with open(os.path.join(folder, name), "wb") as out:
            out.write(page.encode())
        # Said elsewhere, or a matter of taste: neither right nor wrong in the text.
        neutral = page.ignored + [page.title, page.author, page.caption]
        expected[name] = {"title": page.title, "author": page.author, "date": page.date, "text": page.expected,
                          "header": sorted(page.header_words), "neutral": neutral, "charset": page.charset}
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as out:
        json.dump(expected, out, ensure_ascii=False, indent=1)
    return expected


if __name__ == "__main__":
    print(len(make(sys.argv[1])), "pages")
