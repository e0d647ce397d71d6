# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of the feeds on the box: announced by source and age, kept while they are heard or hold a bookmark."""
import os
import subprocess
import sys
import time
import unittest

from box import Box

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "news"))
from server import Site, rss  # noqa: E402

NASHRA = os.environ["NASHRA"]
BODY = "".join("<p>قال الوزير رقم %d إن الحكومة وافقت على المشروع الجديد في المدينة %s.</p>" % (n, "الكبيرة " * n)
               for n in range(1, 9))


def item(number, age):
    return {"title": "عنوان الخبر " + "أبجده"[number], "link": "https://news.example/%d" % number,
            "when": time.time() - age, "content": BODY.replace("الوزير", "الوزير " + "خدطصع"[number] * 3)}


class NewsTest(unittest.TestCase):
    def setUp(self):
        self.box = Box(articles=())
        self.addCleanup(self.box.close)
        self.site = Site()
        self.addCleanup(self.site.close)
        # As the box's files are laid out: what the feeds bring lies among the articles.
        os.makedirs(self.box.path("articles/news"))
        os.symlink("articles/news", self.box.path("news"))
        self.box.write("feeds.txt", self.site.url("/feed") + "\tقناة مثال\n")

    def update(self, *arguments):
        done = subprocess.run([NASHRA, "feed", "update", "--force", "--interval", "0", "--library", self.box.folder, "--kept",
                               self.box.path("journal.kept"), "--notices", self.box.path("notices"), *arguments],
                              env={**os.environ, "no_proxy": "*"}, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_from_the_feed_to_the_loudspeaker(self):
        self.site.pages["/feed"] = rss([item(0, 7300)])
        self.box.start()
        self.box.wait_for("prompt library.empty")
        self.update()
        self.box.wait_for(r"prompt new\.count")
        self.box.wait_for(r"announce من قناة مثال، قبل ساعتين\.", timeout=15)
        self.box.wait_for_sound(timeout=15)
        # One more comes while it reads: it is told, it is the newest, and what is read goes on.
        begun = time.monotonic()
        self.site.pages["/feed"] = rss([item(1, 200), item(0, 7300)])
        self.update()
        self.box.wait_for(r"prompt new\.count", since=begun)
        with open(self.box.path("journal.kept"), encoding="utf-8") as file:
            kept = file.read().splitlines()
        names = sorted(os.listdir(self.box.path("articles/news")))
        self.assertEqual([os.path.basename(path) for path in kept], [names[1]])
        # The one that is heard stays, however many may be kept.
        self.site.pages["/feed"] = rss([item(2, 100), item(1, 200), item(0, 7300)])
        self.update("--keep-count", "1")
        left = sorted(os.listdir(self.box.path("articles/news")))
        self.assertEqual(len(left), 2)
        self.assertIn(names[1], left)


if __name__ == "__main__":
    unittest.main()
