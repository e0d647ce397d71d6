# SPDX-License-Identifier: GPL-3.0-or-later
"""News from a server on this machine, with everything that can go wrong: `nashra fetch`, `feed`, `library`, URLs as FILE."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from nashra import NASHRA, Case, content, run

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "news"))
from server import Site, certificate, page, rss  # noqa: E402

WORDS = ("الحكومة المدينة الوزير الجسر النهر السكان المدرسة الطريق المشروع العمال البلدية الميناء السوق الجامعة المستشفى "
         "الحديقة المطار القطار البرلمان الميزانية الاقتصاد الزراعة المياه الكهرباء الصحة التعليم الثقافة الرياضة").split()


def prose(seed, sentences=8):
    """A text of its own for each seed, of the same few words: as news is."""
    out = []
    for number in range(sentences):
        some = [WORDS[(seed * 7 + number * 5 + k * (3 + seed % 11)) % len(WORDS)] for k in range(9)]
        out.append("أعلنت " + " و".join(some[:3]) + " أن " + " في ".join(some[3:6]) + " بعد " + " مع ".join(some[6:]) + ".")
    return out


def html_of(seed):
    return "".join("<p>%s</p>" % sentence for sentence in prose(seed))


def item(number, when, **more):
    """A story whose text the feed holds."""
    return {"title": "خبر رقم %s عن %s" % ("abcdefghijklmnopqrstuvwxyz"[number % 26] * (number // 26 + 1), WORDS[number % len(WORDS)]),
            "link": "https://news.example/story/%d" % number, "guid": "g%d" % number, "when": when,
            "content": html_of(number), **more}


class News(Case):
    def setUp(self):
        super().setUp()
        self.site = Site()
        self.addCleanup(self.site.close)
        # In memory: what is written down here is synced to the disk many times.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        library = tempfile.TemporaryDirectory(prefix="nashra-news-", dir=memory)
        self.addCleanup(library.cleanup)
        self.library = os.path.join(library.name, "library")
        self.env = {"NASHRA_LIBRARY": self.library, "no_proxy": "*", "TZ": "UTC"}

    def nashra(self, *arguments, env=None, **more):
        return run(*arguments, env={**self.env, **(env or {})}, **more)

    def good(self, *arguments, **more):
        done = self.nashra(*arguments, **more)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def update(self, *arguments, code=0, env=None):
        done = self.nashra("feed", "update", "--interval", "0", "--force", *arguments, env=env)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        numbers = [int(n) for n in re.findall(r"\d+", done.stdout.decode())]
        names = ("asked", "unchanged", "failed", "waiting", "added", "same", "unreadable", "expired")
        return dict(zip(names, numbers)), done.stderr.decode()

    def serve_feed(self, items, path="/feed", **more):
        self.site.pages[path] = {"body": rss(items, **{k: v for k, v in more.items() if k in ("title", "ttl")}),
                                 **{k: v for k, v in more.items() if k not in ("title", "ttl")}}
        return self.site.url(path)

    def stories(self, *arguments):
        return [json.loads(line) for line in
                self.good("library", "list", "--most", "0", "--format", "jsonl", *arguments).splitlines()]


class Fetch(News):
    def test_a_page_that_scripts_would_fill(self):
        self.site.pages["/app"] = {"body": "<meta charset=utf-8><title>عودة الصيادين</title><div id=root></div>".encode()}
        done = self.nashra("text", self.site.url("/app"))
        self.expect(done, 0, "nothing but a title")
        self.assertEqual(done.stdout.decode(), "عودة الصيادين\n")

    def test_faults_end_in_a_clear_error(self):
        for path, code, *words in [
                ("/missing", 66, "404"), ("/forbidden", 66, "403"), ("/broken", 75, "500", "later"),
                ("/too-many", 75, "429", "120 seconds"), ("/busy", 75, "503", "seconds"),
                ("/cut-off", 65, "cut off"), ("/cut-chunk", 65, "cut off"), ("/bad-chunk", 75, "connection failed"),
                ("/nothing", 65, "cut off"), ("/garbage", 65, "HTTP/0.9"), ("/head-flood", 75, "headers"),
                ("/gzip-bad", 65, "compression"), ("/gzip-not", 65, "compression"),
                ("/gzip-bomb", 65, "larger than"), ("/endless", 65, "larger than"), ("/large", 65, "larger than"),
                ("/loop", 65, "leads on more than 8 times"), ("/chain/9", 65, "leads on more than 8"),
                ("/to?file:///etc/passwd", 65, "file:///etc/passwd", "only https"),
                ("/to?gopher://127.0.0.1:1/x", 65, "only https"),
                ("/to?http://news.example/", 65, "plain http"),
                ("/to?http://", 65, "leads to")]:
            with self.subTest(path):
                url = self.site.url(path)
                begun = time.monotonic()
                done = self.nashra("fetch", "--raw", url)
                self.expect(done, code, url, *words)
                self.assertEqual(done.stdout, b"")
                self.assertLess(time.monotonic() - begun, 60)
                self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr.decode())

    def test_who_is_too_slow_is_not_waited_for(self):
        """Drop by drop, in the head or in the body, or not at all."""
        for path in ("/slow", "/slow-head", "/silent"):
            with self.subTest(path):
                begun = time.monotonic()
                self.expect(self.nashra("fetch", "--timeout", "2", self.site.url(path)), 75, "too slow")
                self.assertLess(time.monotonic() - begun, 12)
        self.expect(self.nashra("fetch", "--timeout", "0", self.site.url()), 64, "from 1 to 600")

    def test_what_comes_well_comes_whole(self):
        for path in ("/", "/gzip", "/chain/8", "/to?/"):
            with self.subTest(path):
                self.assertEqual(self.nashra("fetch", "--raw", self.site.url(path)).stdout, page())

    def test_addresses_that_are_none(self):
        for url, *words in [("ftp://news.example/", "only https"), ("https://", "no address"), ("http://news.example/", "--allow-http"),
                            ("file:///etc/passwd", "only https"), ("https://a b/", "no address")]:
            with self.subTest(url):
                self.expect(self.nashra("fetch", url), 64, url, *words)

    def test_nobody_there(self):
        self.site.close()
        self.expect(self.nashra("fetch", self.site.url()), 75, "can't be reached")
        self.expect(self.nashra("say", self.site.url()), 75, "can't be reached")

    def test_a_signal_ends_it_at_once(self):
        begun = time.monotonic()
        child = subprocess.Popen([NASHRA, "fetch", self.site.url("/silent")], env={**os.environ, **self.env},
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(200):
            if self.site.asked("/silent"):
                break
            time.sleep(0.05)
        child.send_signal(15)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, 143)
        self.assertLess(time.monotonic() - begun, 12)

    def test_a_url_is_a_file(self):
        text = self.good("text", self.site.url())
        self.assertIn("افتتاح جسر جديد", text)
        self.assertNotIn("<", text)
        out = self.path("page.wav")
        self.good("render", self.site.url(), "-o", out)
        self.assertEqual(content(out)[:4], b"RIFF")
        plain = self.good("fetch", self.site.url())
        self.assertTrue(plain.startswith("# افتتاح جسر جديد في المدينة\n\n"), plain)

    def test_proxy(self):
        proxy = Site()
        self.addCleanup(proxy.close)
        seen = []
        proxy.pages["http://news.example/a"] = lambda handler: (seen.append(1), handler.answer(page()))
        env = {"no_proxy": "", "http_proxy": proxy.url()}
        done = self.nashra("fetch", "--allow-http", "--raw", "http://news.example/a", env=env)
        self.assertEqual(done.stdout, page(), done.stderr.decode())
        self.assertTrue(seen)

    def test_the_fetcher_is_missing(self):
        self.expect(self.nashra("fetch", self.site.url(), env={"NASHRA_FETCH": self.path("none")}), 78, "none is missing")

    def test_the_fetcher_by_hand(self):
        done = subprocess.run([os.path.join(os.path.dirname(NASHRA), "nashra-fetch")], input=b"hello", capture_output=True,
                              timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"not by hand", done.stdout)


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class Secure(News):
    def setUp(self):
        super().setUp()
        self.names = certificate(self.folder)
        self.secure = Site(tls=self.names)
        self.addCleanup(self.secure.close)
        self.trust = {"SSL_CERT_FILE": self.names[0], "CURL_CA_BUNDLE": self.names[0]}

    def test_https(self):
        done = self.nashra("fetch", "--raw", self.secure.url(host="localhost"), env=self.trust)
        self.assertEqual(done.stdout, page(), done.stderr.decode())

    def test_whom_nobody_vouches_for(self):
        self.expect(self.nashra("fetch", self.secure.url(host="localhost")), 74, "no secure connection")

    def test_another_name(self):
        other = certificate(self.folder, "other.example")
        # It vouches for 127.0.0.1 too: only the name is another.
        site = Site(tls=other)
        self.addCleanup(site.close)
        self.expect(self.nashra("fetch", site.url(host="localhost"), env={"SSL_CERT_FILE": other[0], "CURL_CA_BUNDLE": other[0]}), 74,
                    "no secure connection")

    def test_no_tls_at_all(self):
        self.expect(self.nashra("fetch", "https://127.0.0.1:%d/" % self.site.port, env=self.trust), 74, "no secure connection")

    def test_the_way_back_to_http_is_refused(self):
        url = self.secure.url("/to?" + self.site.url(), host="localhost")
        self.expect(self.nashra("fetch", "--allow-http", url, env=self.trust), 65, "from https to plain http is refused")

    def test_on_to_https(self):
        url = self.site.url("/to?" + self.secure.url(host="localhost"))
        self.assertEqual(self.nashra("fetch", "--raw", url, env=self.trust).stdout, page())


class Feeds(News):
    def test_the_list(self):
        url = self.serve_feed([item(1, time.time())], title="قناة مثال - آخر الأخبار")
        self.assertIn("1 entries", self.good("feed", "add", url, "--name", "قناة مثال"))
        self.assertIn("is there already", self.good("feed", "add", url))
        self.good("feed", "add", "https://other.example/rss", "--unchecked")
        rows = [row.split("\t") for row in self.good("feed", "list").splitlines()]
        self.assertEqual([row[3:] for row in rows[1:]], [["قناة مثال", url], ["", "https://other.example/rss"]])
        self.good("feed", "remove", "https://other.example/rss")
        self.expect(self.nashra("feed", "remove", "https://other.example/rss"), 66, "no such feed")
        self.assertEqual(content(os.path.join(self.library, "feeds.txt")).decode(), "%s\tقناة مثال\n" % url)

    def test_a_list_by_hand_keeps_its_comments(self):
        os.makedirs(self.library)
        path = os.path.join(self.library, "feeds.txt")
        with open(path, "w") as out:
            out.write("# my feeds\n\nhttps://a.example/rss  قناة أ \r\nnonsense\nhttps://b.example/rss\n")
        done = self.nashra("feed", "remove", "قناة أ")
        self.expect(done, 0, "feeds.txt:4:", "nonsense")
        self.assertEqual(content(path).decode(), "# my feeds\n\nnonsense\nhttps://b.example/rss\n")

    def test_what_is_no_feed(self):
        self.expect(self.nashra("feed", "add", self.site.url()), 65, "is no feed, and names none")
        self.expect(self.nashra("feed", "add", self.site.url("/missing")), 66, "404")
        self.expect(self.nashra("feed", "add", "no address", "--unchecked"), 64, "no address of a feed")
        self.expect(self.nashra("feed"), 64, "which action")
        self.expect(self.nashra("feed", "sing"), 64, "sing")
        self.expect(self.nashra("feed", "add"), 64, "URL is missing")
        self.expect(self.nashra("feed", "update", "--pages", "many"), 64, "whole number")
        self.assertEqual(self.good("feed", "list"), "")

    def test_a_page_that_names_its_feed(self):
        self.serve_feed([item(1, time.time())], path="/rss.xml")
        self.site.pages["/home"] = (b'<html><head><title>x</title><LINK type="application/rss+xml" rel="alternate" '
                                    b'href="rss.xml"></head><body><p>hello</p></body></html>')
        self.assertIn(self.site.url("/rss.xml") + ": added", self.good("feed", "add", self.site.url("/home")))

    def test_opml_and_lists(self):
        self.good("feed", "add", "https://a.example/rss?x=1&y=2", "--unchecked", "--name", "قناة \"أ\" & <ب>")
        opml = self.good("feed", "export")
        other = {"NASHRA_LIBRARY": self.path("other")}
        self.assertIn("1 feeds added", self.good("feed", "import", self.path("list.opml", opml.encode()), env=other))
        self.assertEqual(self.good("feed", "export", env=other), opml)
        self.assertIn("2 feeds added", self.good("feed", "import", self.path("list.txt", b"# list\nhttps://b.example/\nhttps://c.example/ C\n"
                                                                              b"https://a.example/rss?x=1&y=2\n"), env=other))
        nested = ('<opml><body><outline text="أخبار"><outline text="ج" xmlURL="https://d.example/"/></outline></body></opml>')
        self.assertIn("1 feeds added", self.good("feed", "import", "-", stdin=nested.encode(), env=other))
        for bad, word in [(b"", "no feed"), (b"<opml><body>", "no proper OPML"), (b"<opml><body/></opml>", "no feed"),
                          (b'<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><opml><body>'
                           b'<outline xmlUrl="&b;"/></body></opml>', "no feed")]:
            with self.subTest(bad):
                self.expect(self.nashra("feed", "import", self.path("bad", bad)), 65, word)


class Updates(News):
    def test_stories_come_once_and_the_newest_is_first(self):
        now = time.time()
        url = self.serve_feed([item(1, now - 7300), item(2, now - 100), item(3, now - 3 * 86400)], etag='"one"')
        self.good("feed", "add", url, "--name", "قناة مثال")
        result, _ = self.update()
        self.assertEqual((result["asked"], result["added"], result["failed"]), (1, 3, 0))
        self.assertEqual([s["link"] for s in self.stories()], ["https://news.example/story/%d" % n for n in (2, 1, 3)])
        files = sorted(os.listdir(os.path.join(self.library, "news")))
        self.assertEqual(len(files), 3)
        self.assertEqual(files, [os.path.basename(s["path"]) for s in self.stories()])
        text = content(self.stories()[0]["path"]).decode()
        self.assertTrue(text.startswith("# " + item(2, 0)["title"] + "\n\n" + prose(2)[0]), text)
        self.assertTrue(text.splitlines()[-1].startswith("المصدر: قناة مثال، "), text)
        self.assertIn(prose(2)[3], text)
        self.assertEqual(self.site.asked("/feed")[-1].get("If-None-Match"), None)
        result, _ = self.update()
        self.assertEqual((result["unchanged"], result["added"]), (1, 0))
        self.assertEqual(self.site.asked("/feed")[-1].get("If-None-Match"), '"one"')

    def test_the_same_in_other_clothes(self):
        now = time.time()
        first = item(1, now - 500)
        self.good("feed", "add", self.serve_feed([first]), "--unchecked")
        self.update()
        edited = prose(1)
        edited[2] = edited[2].replace("أعلنت", "ذكرت")
        others = [
            {**first, "guid": "another", "link": first["link"].replace("https://", "http://www.") + "/?utm_source=rss&fbclid=1#top"},
            {**first, "link": "https://news.example/moved"},  # the guid is the same
            {**first, "guid": "copy", "link": "https://copies.example/1",
             "content": "".join("<p>%s</p>" % s for s in edited), "title": "نسخة"},
            item(2, now - 400),
            {**item(3, now - 300), "link": "https://news.example/story/1?page=2"},
        ]
        self.serve_feed(others)
        result, _ = self.update()
        self.assertEqual((result["added"], result["same"]), (2, 1))
        result, _ = self.update()
        self.assertEqual((result["added"], result["same"]), (0, 0))

    def test_what_has_no_date_is_in_the_order_of_the_feed(self):
        items = [{k: v for k, v in item(n, 0).items() if k != "when"} for n in range(5)] + [item(7, time.time() + 90000)]
        self.good("feed", "add", self.serve_feed(items, title="قناة\n مثال\t - أخبار"), "--unchecked")
        self.update()
        self.assertEqual([s["link"].rsplit("/", 1)[1] for s in self.stories()], ["0", "1", "2", "3", "4", "7"])
        self.assertTrue(content(self.stories()[0]["path"]).decode().splitlines()[-1].startswith("المصدر: قناة"))
        self.assertIn("من قناة", self.good("text", "story:newest"))

    def test_pages_that_take_their_time_do_not_turn_the_order_round(self):
        for number in range(3):
            self.site.pages["/story/%d" % number] = page("عنوان الصفحة", " ".join(prose(number)))
        items = [{"title": "خبر %s" % "أبج"[n], "link": "/story/%d" % n, "summary": "ملخص قصير"} for n in range(3)]
        self.good("feed", "add", self.serve_feed(items), "--unchecked")
        done = self.nashra("feed", "update", "--interval", "1", "--force")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual([s["link"].rsplit("/", 1)[1] for s in self.stories()], ["0", "1", "2"])

    def test_daily_reports_differ_in_their_numbers(self):
        now = time.time()
        report = "<p>بلغ سعر الصرف %d ليرة. " + " ".join(prose(5)) + "</p>"
        items = [{**item(n, now - n), "title": "سعر الصرف اليوم", "content": report % (100 + n)} for n in range(3)]
        self.good("feed", "add", self.serve_feed(items), "--unchecked")
        self.assertEqual(self.update()[0]["added"], 3)

    def test_pages_are_fetched_where_the_feed_has_summaries(self):
        now = time.time()
        for number in range(3):
            self.site.pages["/story/%d" % number] = page("عنوان الصفحة", " ".join(prose(number)))
        items = [{"title": "خبر %s" % "أبج"[n], "link": "/story/%d" % n, "when": now - n, "summary": "ملخص قصير"} for n in range(3)]
        items.append({"title": "خبر بلا صفحة", "link": "/missing", "when": now - 9, "summary": "<b>ملخص</b> الخبر الذي لا صفحة له"})
        items.append({"title": "خبر بلا شيء", "link": "/missing2", "when": now - 10})
        items.append({"title": "خبر لاحق", "link": "/broken", "when": now - 11, "summary": "ملخص"})
        self.good("feed", "add", self.serve_feed(items, etag='"1"'), "--unchecked")
        result, messages = self.update()
        self.assertEqual((result["added"], result["unreadable"], result["failed"]), (4, 1, 0), messages)
        self.assertIn(prose(1)[2], content(self.stories()[1]["path"]).decode())
        self.assertIn("ملخص الخبر الذي لا صفحة له", content(self.stories()[3]["path"]).decode())
        # One was left for later: the feed is not "unchanged" then. What is missing for good is not asked for again.
        self.site.pages["/broken"] = page("خبر لاحق", " ".join(prose(7)))
        result, _ = self.update()
        self.assertEqual((result["unchanged"], result["added"]), (0, 1))
        self.assertEqual(len(self.site.asked("/missing2")), 1)
        self.assertEqual(self.update()[0]["unchanged"], 1)

    def test_links_do_not_lead_inside(self):
        """Not from outside: here the feed is inside, so that its links may lead there."""
        now = time.time()
        self.site.pages["/story/1"] = page("عنوان", " ".join(prose(1)))
        proxy = Site()
        self.addCleanup(proxy.close)
        feed = rss([{"title": "خبر", "link": self.site.url("/story/1"), "when": now, "summary": "ملخص"}])
        proxy.pages["http://news.example/feed"] = feed
        self.good("feed", "add", "http://news.example/feed", "--unchecked")
        _, messages = self.update("--allow-http", env={"no_proxy": "127.0.0.1", "http_proxy": proxy.url("", "localhost")})
        self.assertEqual(self.site.asked("/story/1") == [], "private network" in messages, messages)

    def test_a_limit_on_pages(self):
        now = time.time()
        for number in range(5):
            self.site.pages["/story/%d" % number] = page("عنوان", " ".join(prose(number)))
        items = [{"title": "خبر %s" % "أبجده"[n], "link": "/story/%d" % n, "when": now - n} for n in range(5)]
        self.good("feed", "add", self.serve_feed(items, etag='"1"'), "--unchecked")
        self.assertEqual([self.update("--pages", 2)[0]["added"] for _ in range(4)], [2, 2, 1, 0])

    def test_trouble_with_one_feed_is_not_trouble_with_the_others(self):
        now = time.time()
        self.site.pages["/nonsense"] = b"this is no feed"
        for path in ("/nonsense", "/missing", "/broken", "/cut-off", "/gzip-bomb", "/loop"):
            self.good("feed", "add", self.site.url(path), "--unchecked")
        self.good("feed", "add", self.serve_feed([item(1, now)]), "--unchecked")
        result, messages = self.update()
        self.assertEqual((result["asked"], result["failed"], result["added"]), (7, 6, 1))
        for path in ("/nonsense", "/missing", "/broken", "/cut-off", "/gzip-bomb", "/loop"):
            self.assertIn(self.site.url(path), messages)
        states = {row.split("\t")[4]: row.split("\t")[2] for row in self.good("feed", "list").splitlines()[1:]}
        self.assertEqual(states[self.site.url("/feed")], "ok")
        self.assertNotEqual(states[self.site.url("/broken")], "ok")
        # Those that failed are not asked at once again, nor is the one that succeeded.
        done = self.good("feed", "update", "--interval", "0")
        self.assertIn("0 asked", done)
        self.assertIn("7 not due", done)

    def test_a_busy_host_is_left_in_peace(self):
        now = time.time()
        self.site.pages["/full"] = lambda handler: handler.answer(b"later", 429, Retry_After="3600")
        self.good("feed", "add", self.site.url("/full"), "--unchecked")
        self.good("feed", "add", self.serve_feed([item(1, now)]), "--unchecked")
        result, _ = self.update()
        self.assertEqual((result["asked"], result["waiting"], result["failed"]), (1, 1, 1))
        result, _ = self.update()
        self.assertEqual((result["asked"], result["waiting"]), (0, 2))
        self.assertEqual(len(self.site.asked("/full")), 1)
        self.assertEqual(self.site.asked("/feed"), [])

    def test_how_long_a_feed_stays_fresh(self):
        now = time.time()
        cases = {"/ttl": (dict(ttl=120), 7200), "/age": (dict(Cache_Control="public, max-age=3000"), 3000),
                 "/plain": ({}, 1800), "/hasty": (dict(ttl=1), 600), "/lazy": (dict(ttl=100000), 86400)}
        for number, (path, (more, _)) in enumerate(cases.items()):
            self.good("feed", "add", self.serve_feed([item(number, now)], path=path, **more), "--unchecked")
        self.update()
        database = sqlite3.connect(os.path.join(self.library, "news.db"))
        due = dict(database.execute("SELECT url, due - checked FROM feed"))
        database.close()
        self.assertEqual({path: due[self.site.url(path)] for path in cases}, {path: c[1] for path, c in cases.items()})

    def test_nothing_works_offline_but_everything_that_is_there(self):
        now = time.time()
        self.good("feed", "add", self.serve_feed([item(1, now)]), "--unchecked")
        self.update()
        self.site.close()
        result, messages = self.update(code=75)
        self.assertEqual(result["failed"], 1)
        self.assertIn("can't be reached", messages)
        self.assertEqual(len(self.stories()), 1)
        self.assertIn("قبل", self.good("text", "story:newest"))
        self.assertTrue(self.good("library", "search", WORDS[3]))

    def test_one_update_at_a_time(self):
        self.good("feed", "add", self.site.url("/silent"), "--unchecked")
        first = subprocess.Popen([NASHRA, "feed", "update"], env={**os.environ, **self.env}, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        for _ in range(200):
            if self.site.asked("/silent"):
                break
            time.sleep(0.05)
        self.expect(self.nashra("feed", "update"), 75, "another update is running")
        self.assertEqual(self.good("library", "list"), "")  # reading goes on
        first.terminate()
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, 143)

    def test_old_stories_expire(self):
        now = time.time()
        items = [item(n, now - n * 86400 - 60) for n in range(8)]
        self.good("feed", "add", self.serve_feed(items), "--unchecked")
        self.assertEqual(self.update()[0]["added"], 8)
        stories = self.stories()
        kept = self.path("kept", ("%s\n" % stories[6]["path"]).encode())
        result, _ = self.update("--keep-days", 4, "--kept", kept)
        self.assertEqual(result["expired"], 3)
        self.assertEqual([s["id"] for s in self.stories()], [s["id"] for s in stories[:4] + [stories[6]]])
        self.assertEqual(sorted(os.listdir(os.path.join(self.library, "news"))),
                         sorted(os.path.basename(s["path"]) for s in self.stories()))
        # The feed still lists them: they don't come back.
        self.assertEqual(self.update("--kept", kept)[0]["added"], 0)
        self.assertEqual(self.update("--keep-count", 2)[0]["expired"], 3)
        self.assertEqual([s["id"] for s in self.stories()], [s["id"] for s in stories[:2]])

    def test_a_full_disk_is_told_and_nothing_is_lost(self):
        now = time.time()
        self.good("feed", "add", self.serve_feed([item(1, now)]), "--unchecked")
        self.update()
        news = os.path.join(self.library, "news")
        self.serve_feed([item(1, now), item(2, now)])
        os.rename(news, news + ".away")
        with open(news, "w"):
            pass
        done = self.nashra("feed", "update", "--force", "--interval", "0")
        self.assertIn(done.returncode, (73, 74), done.stderr.decode())
        os.remove(news)
        os.rename(news + ".away", news)
        self.assertEqual(self.update()[0]["added"], 1)
        self.assertEqual(len(self.stories()), 2)

    def test_an_update_that_is_killed_leaves_nothing_half_done(self):
        now = time.time()
        self.good("feed", "add", self.serve_feed([item(n, now - n * 60) for n in range(20)]), "--unchecked")
        for delay in (0.02, 0.08, 0.15, 0.25, 0.4):
            child = subprocess.Popen([NASHRA, "feed", "update", "--force", "--interval", "0"], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, env={**os.environ, **self.env})
            time.sleep(delay)
            child.kill()
            child.wait(60)
        self.update()
        database = sqlite3.connect(os.path.join(self.library, "news.db"))
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        database.execute("INSERT INTO story_words(story_words) VALUES('integrity-check')")
        database.close()
        stories = self.stories()
        self.assertEqual(len(stories), 20)
        self.assertEqual(sorted(os.path.basename(s["path"]) for s in stories),
                         sorted(n for n in os.listdir(os.path.join(self.library, "news")) if n[0] != "."))

    def test_a_damaged_index_is_set_aside(self):
        now = time.time()
        self.good("feed", "add", self.serve_feed([item(1, now)]), "--unchecked")
        self.update()
        with open(os.path.join(self.library, "news.db"), "r+b") as out:
            out.write(b"no database at all" * 50)
        done = self.nashra("feed", "update", "--force", "--interval", "0")
        self.expect(done, 0, "was set aside")
        self.assertEqual(len(self.stories()), 1)
        self.assertEqual(len(os.listdir(os.path.join(self.library, "news"))), 1)


class Hostile(News):
    """Pages and feeds that mean harm end in an error that names them, soon, and whatever else is asked for comes."""

    LAUGHS = (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">' +
              b"".join(b'<!ENTITY %c "%s">' % (ord("b") + n, (b"&%c;" % (ord("a") + n)) * 10) for n in range(9)) +
              b"]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>")

    def hostile(self):
        yield "nested", b"<html><body>" + b"<div>" * 500000 + b"x"
        yield "spans", b"<html><body><p>" + b"<b><i>" * 200000 + "خبر".encode()
        yield "attributes", b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200000)) + b">x</p>"
        yield "attribute", b"<html><body><p title='" + b"x" * 9000000 + b"'>x</p>"
        yield "comment", b"<html><body><!--" + b"-" * 5000000
        yield "entities", b"<html><body><p>" + b"&nbsp;&#1575;&#x110000;" * 300000 + b"</p>"
        yield "table", b"<html><body><table>" + b"<tr>" + b"<td colspan=99999999>x" * 100000
        yield "script", b"<html><body><script>" + b"<p>" * 1000000
        yield "json-ld", b'<html><head><script type="application/ld+json">' + b'{"a":' * 300000 + b"</script></head><body>x</body></html>"
        yield "zeros", b"<html><body><p>" + b"\0" * 1000000 + b"</p>"
        yield "noise", bytes((n * n * 31 + n * 7) & 255 for n in range(300000))
        yield "laughs", self.LAUGHS
        yield "file", (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;'
                       b"</title><item><title>&x;</title><description>&x;</description></item></channel></rss>")
        yield "items", rss([{"title": "x" * 10, "link": "https://news.example/%d" % n, "when": n} for n in range(30000)])
        yield "deep feed", b"<rss version='2.0'>" + b"<channel><item>" * 200000
        yield "deep json", b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 500000
        yield "empty", b""

    def test_hostile_pages(self):
        for name, body in self.hostile():
            with self.subTest(name):
                self.site.pages["/bad"] = body
                begun = time.monotonic()
                done = self.nashra("fetch", self.site.url("/bad"))
                self.assertIn(done.returncode, (0, 65), done.stderr[:500])
                self.assertNotIn(b"root:", done.stdout)
                self.assertNotIn(b"crashed", done.stderr)
                self.assertLess(time.monotonic() - begun, 60)

    def test_hostile_feeds(self):
        for number, (name, body) in enumerate(self.hostile()):
            self.site.pages["/bad%d" % number] = body
            self.good("feed", "add", self.site.url("/bad%d" % number), "--unchecked")
        self.good("feed", "add", self.serve_feed([item(1, time.time())]), "--unchecked")
        _, messages = self.update("--keep-days", "1")
        self.assertNotIn("crashed", messages)
        self.assertIn(item(1, 0)["title"], [s["title"] for s in self.stories()])
        self.assertFalse([s for s in self.stories() if "root:" in s["title"]])
        inside = {"news", "news.db", "feeds.txt", ".update.lock", "news.db-wal", "news.db-shm"}
        self.assertLessEqual(set(os.listdir(self.library)), inside)


class Library(News):
    def fill(self, items):
        self.good("feed", "add", self.serve_feed(items), "--unchecked", "--name", "قناة مثال")
        return self.update()

    def search(self, *words):
        return [line.split("\t")[3] for line in self.good("library", "search", *words).splitlines()]

    def test_search_as_readers_expect(self):
        now = time.time()
        titles = ["الإعلام في القاهرة", "إجتماع الوزراء المسئولين", "حكومة جديدة", "مستشفى الأطفال", "قصة كُتِبَتْ هنا", "كوفيد-19 ينحسر"]
        self.fill([{**item(n, now - n), "title": title, "content": "<p>نص الخبر %d في سطر واحد.</p>" % n * 20}
                   for n, title in enumerate(titles)])
        for words, title in [("اعلام", 0), ("القاهره", 0), ("الاعلام القاهرة", 0), ("اجتماع", 1), ("مسؤولين", 1), ("الحكومة جديدة", 2),
                             ("حكومه", 2), ("مستشفي اطفال", 3), ("كتبت", 4), ("قصه", 4), ("كوفيد-١٩", 5), ("ينح*", 5),
                             ('"كتبت هنا"', 4)]:
            with self.subTest(words):
                self.assertEqual([t for t in self.search(words) if t in titles], [titles[title]])
        self.assertEqual(self.search('"هنا كتبت"'), [])
        self.assertEqual(self.search("لاشيء"), [])
        for odd in ('"', "*", "OR", "NEAR(", "a AND", "؟!", "'; DROP TABLE story; --"):
            with self.subTest(odd):
                self.assertIn(self.nashra("library", "search", odd).returncode, (0, 64))

    def test_ages_in_words(self):
        now = time.time()
        ages = [(20, "قبل قليل"), (65, "قبل دقيقة"), (125, "قبل دقيقتين"), (5 * 60 + 30, "قبل خمس دقائق"),
                (12 * 60 + 30, "قبل اثنتي عشرة دقيقة"), (3700, "قبل ساعة"), (7300, "قبل ساعتين"), (3 * 3600 + 60, "قبل ثلاث ساعات"),
                (11 * 3600 + 60, "قبل إحدى عشرة ساعة"), (20 * 3600 + 60, "قبل عشرين ساعة"), (86460, "قبل يوم"), (2 * 86400 + 60, "قبل يومين"),
                (3 * 86400 + 60, "قبل ثلاثة أيام"), (8 * 86400, "قبل أسبوع"), (15 * 86400, "قبل أسبوعين"), (22 * 86400, "قبل ثلاثة أسابيع")]
        self.fill([item(n, now - age) for n, (age, _) in enumerate(ages)])
        stories = self.stories()
        self.assertEqual(len(stories), len(ages))
        for story, (_, words) in zip(stories, ages):
            with self.subTest(words):
                first = self.good("text", "story:%d" % story["id"]).splitlines()[0]
                self.assertTrue(first.startswith("من قناة مثال، %s: " % words), first)
        line = self.good("library", "list", "--most", "1", "--spoken").strip()
        self.assertTrue(line.startswith("من قناة مثال، قبل "), line)

    def test_a_story_is_read_without_its_source_line(self):
        self.fill([item(1, time.time() - 7300)])
        lines = self.good("text", "story:newest").splitlines()
        self.assertIn("قبل ساعتين", lines[0])
        self.assertNotIn("المصدر", "\n".join(lines))
        self.assertEqual(len(lines), 1 + len(prose(1)))

    def test_pages_of_the_list(self):
        now = time.time()
        self.fill([item(n, now - n) for n in range(9)])
        every = [s["id"] for s in self.stories()]
        self.assertEqual([s["id"] for n in range(3)
                          for s in map(json.loads, self.good("library", "list", "--most", 3, "--skip", 3 * n, "--format", "jsonl").splitlines())],
                         every)
        self.assertEqual([s["id"] for s in self.stories("--source", "قناة مثال")], every)
        self.assertEqual([s["id"] for s in self.stories("--source", self.site.url("/feed"))], every)
        self.assertEqual(self.stories("--source", "none"), [])

    def test_what_is_not_there(self):
        self.expect(self.nashra("text", "story:7"), 66, "no such story")
        self.expect(self.nashra("text", "story:newest"), 66, "empty")
        self.expect(self.nashra("text", "story:x"), 64, "story:NUMBER")
        self.expect(self.nashra("library"), 64, "list and search")
        self.expect(self.nashra("library", "search"), 64, "which words")
        self.expect(self.nashra("library", "list", "--format", "xml"), 64, "plain or jsonl")


if __name__ == "__main__":
    unittest.main()
