# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's lexicon, as a user has it: in a file, on the command line, in all commands that read."""
import json
import os
import unittest
import xml.etree.ElementTree as xml

from nashra import Case, content, run

ENTRIES = """# names
الناتو\tالنِّيتُو
BBC\tبي بي سي العالمية
شركة نور\tشَرِكة نُورٍ
ليث\tˈliːθ\tipa
سمير\tsam'i:R\tphonemes\texact
"""
PLS = "{http://www.w3.org/2005/01/pronunciation-lexicon}"


class Lexicon(Case):
    def lexicon(self, text=ENTRIES, name="lexicon.tsv"):
        return self.path(name, text.encode())

    def words(self, text, *options):
        done = run("text", "--format", "jsonl", *options, "-", stdin=text.encode())
        self.expect(done, 0)
        return [word for line in done.stdout.decode().splitlines() for word in json.loads(line)["words"]]

    def test_readings_and_marks(self):
        words = self.words("قال متحدث لـ«الناتو» لشركة نور وBBC.", "--lexicon", self.lexicon())
        self.assertEqual([w["text"] for w in words],
                         ["قال", "متحدث", "للنيتو", "لشركة", "نور", "وبي", "بي", "سي", "العالمية"])
        self.assertTrue(words[2]["marked"].startswith("لِلنِّيتُو"))
        self.assertTrue(words[3]["marked"].startswith("لِشَرِكَ"))
        self.assertEqual(words[4]["marked"], "نُورٍ")

    def test_phonemes(self):
        words = self.words("وصل ليث وسمير إلى بيت الليث.", "--lexicon", self.lexicon())
        self.assertEqual(words[1]["phonemes"], "l'i:T")
        self.assertEqual(words[-1]["phonemes"], "l:'i:T")

    def test_spans_still_point_into_the_text(self):
        text = "قالت BBC إن شركة نور عادت."
        source = text.encode()
        words = self.words(text, "--lexicon", self.lexicon())
        spans = [source[w["span"][0]:w["span"][1]].decode() for w in words]
        self.assertEqual(spans, ["قالت", "BBC", "BBC", "BBC", "BBC", "إن", "شركة", "نور", "عادت"])

    def test_every_command_takes_it(self):
        lexicon = self.lexicon()
        self.assertIn("النيتو", run("text", "--lexicon", lexicon, "-", stdin="الناتو".encode()).stdout.decode())
        self.assertIn("\tالنيتو\t", run("explain", "--lexicon", lexicon, "-", stdin="الناتو".encode()).stdout.decode())
        marked = run("diacritise", "--lexicon", self.lexicon("ملك\tمَلِك\n"), "-", stdin="ملك، BBC!\n".encode())
        self.assertRegex(marked.stdout.decode(), "^مَلِك.?، BBC!\n$")
        plain, other = self.path("plain.wav"), self.path("other.wav")
        article = self.path("a.txt", "قال سمير: قال سمير.".encode())
        self.expect(run("render", article, "-o", plain, "--lexicon", "/dev/null"), 0)
        self.expect(run("render", article, "-o", other, "--lexicon", self.lexicon("سمير\tقسطنطينية\n")), 0)
        self.assertGreater(os.path.getsize(other), os.path.getsize(plain))

    def test_the_users_own_is_found(self):
        os.makedirs(os.path.join(self.folder, "nashra"))
        self.lexicon(name="nashra/lexicon.tsv")
        done = run("text", "-", stdin="الناتو".encode(), env={"XDG_CONFIG_HOME": self.folder})
        self.assertIn("النيتو", done.stdout.decode())
        done = run("text", "--lexicon", "/dev/null", "-", stdin="الناتو".encode(), env={"XDG_CONFIG_HOME": self.folder})
        self.assertIn("الناتو", done.stdout.decode())

    def test_a_bad_line_is_named_and_the_rest_is_used(self):
        done = run("text", "--lexicon", self.lexicon("كلمة\n" + ENTRIES), "-", stdin="الناتو".encode())
        self.expect(done, 0, "lexicon.tsv:1: one column")
        self.assertIn("النيتو", done.stdout.decode())

    def test_a_missing_file(self):
        self.expect(run("text", "--lexicon", self.path("none.tsv"), "-", stdin=b"x"), 66, "none.tsv")
        self.expect(run("text", "--lexicon", self.folder, "-", stdin=b"x"), 66, "a directory")


class Commands(Case):
    def test_check(self):
        good = self.path("good.tsv", ENTRIES.encode())
        done = run("lexicon", "check", good)
        self.expect(done, 0)
        self.assertEqual(done.stdout.decode(), f"{good}: 5 entries, 0 left out, 0 warnings\n")
        bad = self.path("bad.tsv", (ENTRIES + "ناتو\tن5\nالناتو\tالنَّاتُو\n").encode())
        done = run("lexicon", "check", good, bad)
        self.expect(done, 65, "bad.tsv:7: ", "bad.tsv:8: ", "line 2 reads it")
        twice = self.path("twice.tsv", "ملك\tمَلِك\nملك\tمَلِك\n".encode())
        self.expect(run("lexicon", "check", twice), 0, "twice.tsv:2: ", "duplicate of line 1")
        self.expect(run("lexicon", "check", "--strict", twice), 65)

    def test_export_and_import(self):
        tsv, pls, again = self.path("a.tsv", ENTRIES.encode()), self.path("a.pls"), self.path("b.tsv")
        self.expect(run("lexicon", "export", tsv, "-o", pls), 0)
        root = xml.parse(pls).getroot()
        self.assertEqual(root.tag, PLS + "lexicon")
        self.assertEqual(root.get("version"), "1.0")
        self.assertEqual([lexeme.find(PLS + "grapheme").text for lexeme in root],
                         ["الناتو", "BBC", "شركة نور", "ليث", "سمير"])
        self.assertEqual(root[3].find(PLS + "phoneme").get("alphabet"), "ipa")
        self.assertEqual(root[4].find(PLS + "phoneme").get("alphabet"), "x-espeak")
        self.expect(run("lexicon", "import", pls, "-o", again), 0)
        rows = [row for row in content(again).decode().splitlines() if not row.startswith("#")]
        self.assertEqual(rows, ENTRIES.splitlines()[1:])
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.pls", "a.tsv", "b.tsv"])

    def test_standard_input_and_noise(self):
        own = "الناتو\tالنَّاتُو\n".encode()
        done = run("lexicon", "check", "-", stdin=own)
        self.expect(done, 0)
        self.assertIn(b"1 entries, 0 left out", done.stdout)
        pls = run("lexicon", "export", "-", stdin=own)
        self.expect(pls, 0)
        self.assertIn("الناتو", run("lexicon", "import", "-", stdin=pls.stdout).stdout.decode())
        self.expect(run("lexicon", "check", self.path("noise", b"\0\n" * 5000)), 65, "binary")

    def test_the_lexicon_itself_is_not_written_over(self):
        path = self.path("own.tsv", "الناتو\tالنَّاتُو\n".encode())
        before = content(path)
        for action in ("export", "import"):
            self.expect(run("lexicon", action, path, "-o", path), 64, "own.tsv")
        self.assertEqual(content(path), before)

    def test_nvda(self):
        dic = self.path("default.dic", "\ufeff#x\r\nBBC\tبي بي سي\t1\t2\r\n[0-9]+\tرقم\t0\t1\r\n".encode())
        done = run("lexicon", "import", dic)
        self.expect(done, 0, "default.dic:3: a regular expression")
        self.assertIn("BBC\tبي بي سي\treading\tcase\n", done.stdout.decode())
        self.expect(run("lexicon", "import", "--strict", dic), 65)

    def test_bad_files(self):
        self.expect(run("lexicon", "import", self.path("x.pls", b"<lexicon>")), 65, "x.pls:1: ")
        bomb = b"<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><lexicon>&b;</lexicon>"
        self.expect(run("lexicon", "import", self.path("y.pls", bomb)), 65, "y.pls:1: a DOCTYPE")
        self.expect(run("lexicon", "check", self.path("none")), 66)
        self.expect(run("lexicon", "export", self.path("e.tsv", b""), "-o", self.path("none/x.pls")), 73)

    def test_usage(self):
        self.assertIn(b"Usage", run("lexicon", "--help").stdout)
        for arguments in ([], ["mend", "x"], ["check"], ["import", "a", "b"], ["export", "a", "-o"], ["check", "--loud"],
                          ["check", "-o", "x", "y"]):
            self.expect(run("lexicon", *arguments), 64, "lexicon")


if __name__ == "__main__":
    unittest.main()
