# SPDX-License-Identifier: GPL-3.0-or-later
"""The stories of stories.md, and what must be read of them."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))


class Story:
    """blocks: (kind, text) with kind p, h, li, quote; (table, rows)."""

    def __init__(self, title):
        self.title, self.author, self.section, self.date, self.caption = title, "", "", "", ""
        self.blocks = []

    @property
    def paragraphs(self):
        return [text for kind, text in self.blocks if kind == "p"]

    def expected(self, blocks=None):
        """The texts that a listener must hear, in order; a table's cells each, its header once."""
        out = []
        for kind, value in self.blocks if blocks is None else blocks:
            out += [" ".join(row) for row in value] if kind == "table" else [value]
        return out

    def header_words(self):
        """Words of tables' headers: they may be said with each cell."""
        return {word for kind, rows in self.blocks if kind == "table" for cell in rows[0] for word in cell.split()}


def load(path=os.path.join(HERE, "stories.md")):
    stories, marks = [], {"## ": "h", "- ": "li", "> ": "quote"}
    with open(path, encoding="utf-8") as source:
        text = source.read()
    for line in text[text.rindex("-->") + 3:].splitlines():
        story = stories[-1] if stories else None
        if line.startswith("# "):
            stories.append(Story(line[2:]))
        elif line.startswith("@"):
            key, value = line[1:].split(" ", 1)
            setattr(story, key, value)
        elif line.startswith("! "):
            story.caption = line[2:]
        elif line.startswith("|"):
            row = [cell.strip() for cell in line.strip("| ").split("|")]
            if story.blocks and story.blocks[-1][0] == "table":
                story.blocks[-1][1].append(row)
            else:
                story.blocks.append(("table", [row]))
        elif line.strip():
            kind = next((kind for mark, kind in marks.items() if line.startswith(mark)), "p")
            story.blocks.append((kind, line.split(" ", 1)[1] if kind != "p" else line))
    return stories
