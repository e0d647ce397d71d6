# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of pages: each is a template, a story that it tells, and what is to be read."""
from noise import Noise

PAGES = []  # (name, template, story number)


class Page:
    def __init__(self, html, story, blocks=None, author=True, title=None, charset="utf-8", suffix="html", extra=(),
                 ignored=(), date=True):
        self.html = html
        self.title = title or story.title
        self.author = story.author if author is True else author or ""
        self.expected = story.expected(blocks) + list(extra)
        self.header_words = story.header_words()
        self.caption = story.caption
        self.date = story.date if date else ""
        self.charset, self.suffix = charset, suffix
        self.ignored = list(ignored)  # may be read or not: a source, a code

    def encode(self):
        return self.html if isinstance(self.html, bytes) else self.html.encode(self.charset, "xmlcharrefreplace")


def page(*stories):
    def register(template):
        for number in stories:
            PAGES.append((f"{template.__name__}-{number:02}", template, number))
        return template
    return register


def make_all(stories):
    for name, template, number in PAGES:
        result = template(stories[number], Noise(name))
        result.name = name
        yield result
