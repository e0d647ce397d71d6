# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, its output and its exit codes (sysexits.h), run as a user would."""
import os
import re
import resource
import signal
import subprocess
import unicodedata
import unittest

from nashra import ARTICLE, NASHRA, Case, content, level, run, samples, sentences

GB = 1 << 30


class Text(Case):
    def test_every_span_points_into_the_input(self):
        source = content(ARTICLE)
        last = 0
        for number, sentence in enumerate(sentences(ARTICLE)):
            self.assertEqual(sentence["index"], number)
            self.assertGreaterEqual(sentence["span"][0], last)
            last = sentence["span"][1]
            self.assertLessEqual(last, len(source))
            for word in sentence["words"]:
                start, end = word["span"]
                self.assertTrue(sentence["span"][0] <= start < end <= sentence["span"][1], word)
                source[start:end].decode()  # whole characters
                self.assertTrue(word["text"])
                self.assertTrue(0 <= word["confidence"] <= 1)

    def test_nothing_unspoken_is_left(self):
        done = run("text", ARTICLE)
        self.expect(done, 0)
        for mark in "0123456789٠١٢٣٤٥٦٧٨٩«»\"'()[]{}ـ%$€/\\<>*#@&+=–—-":
            self.assertNotIn(mark, done.stdout.decode())

    def test_the_windows_file_reads_as_its_utf8_twin(self):
        text = content(ARTICLE).decode().replace("\u200f", "")
        for charset in ("utf-16-le", "utf-16-be"):
            bom = "\ufeff".encode(charset)
            done = run("text", self.path("twin.txt", bom + text.encode(charset)))
            self.assertEqual(done.stdout, run("text", ARTICLE).stdout, charset)

    def test_a_line_of_quotes_is_no_sentence(self):
        done = run("text", "-", stdin=('"' * 3001 + "قال نعم\n\n***\n\nثم مضى").encode())
        self.expect(done, 0)
        self.assertEqual(done.stdout.decode(), "قال نعم\nثم مضى\n")

    def test_formats(self):
        for options in (["--marks", "full"], ["--phonemes"], ["--ipa"]):
            done = run("text", *options, ARTICLE)
            self.expect(done, 0)
            self.assertEqual(len(done.stdout.splitlines()), len(sentences(ARTICLE)))

    def test_stdin(self):
        self.assertEqual(run("text", "-", stdin="في 3 أيام.".encode()).stdout.decode(), "في ثلاثة أيام.\n")

    def test_explain_has_a_row_a_word(self):
        done = run("explain", "-", stdin="وصل 15 وزيرا.".encode())
        self.expect(done, 0)
        rows = [row.split("\t") for row in done.stdout.decode().splitlines() if row]
        self.assertEqual(rows[0], ["source", "class", "reading", "marked", "phonemes", "confidence"])
        self.assertEqual([len(row) for row in rows], [6] * 5)
        self.assertEqual([row[0] for row in rows[1:]], ["وصل", "15", "", "وزيرا"])

    def test_diacritise_keeps_all_else(self):
        line = "  قال الرئيس (في 2024)،\tإن العِلم نور.  \n\nABC ١٢\n"
        done = run("diacritise", "-", stdin=line.encode())
        self.expect(done, 0)
        marks = {chr(c) for c in range(0x64B, 0x653)} | {"\u0670"}
        bare = "".join(c for c in done.stdout.decode() if c not in marks)
        self.assertEqual(bare, "".join(c for c in line if c not in marks))
        self.assertIn("العِلْم", done.stdout.decode().replace("الْ", "ال"))


class Render(Case):
    def test_length_loudness_and_no_clipping(self):
        out = self.path("out.wav")
        self.expect(run("render", ARTICLE, "-o", out), 0)
        rate, data = samples(out)
        letters = sum(len(w["text"]) for s in sentences(ARTICLE) for w in s["words"])
        # News is read at 10 to 20 letters a second.
        self.assertTrue(letters / 20 < len(data) / rate < letters / 8, (letters, len(data) / rate))
        self.assertTrue(-30 < level(data) < -12, level(data))
        self.assertLess(sum(abs(x) >= 32767 for x in data), 20)

    def test_every_format(self):
        for ending, magic in (("wav", b"RIFF"), ("flac", b"fLaC"), ("opus", b"OggS"), ("mp3", None)):
            out = self.path("out." + ending)
            self.expect(run("render", "-", "-o", out, stdin="أهلا بكم.".encode()), 0)
            data = content(out)
            self.assertGreater(len(data), 1000)
            self.assertTrue(data.startswith(magic) if magic else data[:3] == b"ID3" or data[0] == 0xFF, data[:4])
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.flac", "out.mp3", "out.opus", "out.wav"])

    def test_home_is_left_alone(self):
        """libespeak-ng would open PulseAudio when it starts, and leave a folder behind."""
        home = os.path.join(self.folder, "home")
        os.mkdir(home)
        done = subprocess.run([NASHRA, "render", ARTICLE, "-o", os.path.join(self.folder, "a.wav")], timeout=120,
                              env={"HOME": home, "PATH": os.environ["PATH"], "NASHRA_DATA": os.environ["NASHRA_DATA"]})
        self.assertEqual((done.returncode, os.listdir(home)), (0, []))

    def test_rate_shortens(self):
        lengths = []
        for rate in (120, 165, 300):
            out = self.path(f"{rate}.wav")
            self.expect(run("render", ARTICLE, "-o", out, "--rate", rate), 0)
            lengths.append(len(samples(out)[1]))
        self.assertTrue(lengths[0] > lengths[1] * 1.1 > lengths[2] * 1.3, lengths)

    def test_stdout(self):
        done = run("render", "-", "-o", "-", stdin="أهلا بكم.".encode())
        self.expect(done, 0)
        self.assertEqual(done.stdout[:4], b"RIFF")
        self.assertGreater(len(done.stdout), 20000)


class Refusals(Case):
    def test_usage(self):
        for arguments, message in (([], "Usage"), (["sing"], "sing"), (["text"], "which file"),
                                   (["text", "--loud", "x"], "--loud"), (["say", "--rate", "900", "x"], "80 to 450"),
                                   (["text", "--region", "mars", "x"], "levant"), (["text", "a", "b"], "second"),
                                   (["fetch"], "URL"), (["feed", "update", "--pages", "0"], "from 1"),
                                   (["worker", "--loud"], "no option --loud"), (["bulletin", "--loud"], "--loud"),
                                   (["render", "x"], "-o"), (["text", "--marks"], "needs a value"),
                                   (["render", ARTICLE, "-o", self.path("out.xyz")], ".flac"), (["number", "x"], "x")):
            self.expect(run(*arguments), 65 if arguments == ["number", "x"] else 64, message)

    def test_help_fits_a_screen(self):
        """One of 80 columns and 24 lines, and -h is as good as --help."""
        commands = re.findall(r"^  ([a-z]+) ", run("--help").stdout.decode(), re.M)
        self.assertGreater(len(commands), 12)
        for command in [[]] + [[name] for name in commands if name != "nashra"]:
            done = run(*command, "--help")
            self.expect(done, 0)
            self.assertEqual(run(*command, "-h").stdout, done.stdout, command)
            lines = done.stdout.decode().splitlines()
            self.assertLessEqual(len(lines), 24, command)
            self.assertLessEqual(max(sum(not unicodedata.combining(c) for c in line) for line in lines), 80, command)
        self.assertEqual(run("--version").stdout, run("say", "--version").stdout)
        self.assertRegex(run("--version").stdout.decode(), r"^nashra \d+\.\d+\.\d+\n$")

    def test_no_input(self):
        for command in (["text"], ["explain"], ["diacritise"], ["say"], ["render", "-o", self.path("x.wav")]):
            self.expect(run(*command, "/nonexistent/file"), 66, "/nonexistent/file")
            self.expect(run(*command, self.folder), 66, self.folder)
        self.assertEqual(os.listdir(self.folder), [])

    def test_bad_data(self):
        program = content(NASHRA)[:100000]
        for name, data in (("empty.txt", b""), ("blank.txt", b" \n\t\n"), ("binary", program),
                              ("noise", bytes(range(256)) * 50)):
            done = run("text", self.path(name, data))
            self.expect(done, 65, name)
            self.assertEqual(done.stdout, b"")

    def test_what_to_do_about_documents(self):
        for name, data, advice in (("a.pdf", b"%PDF-1.4\n", "pdftotext"), ("a.rtf", b"{\\rtf1 x}", "HTML"),
                                   ("a.docx", b"PK\3\4\x14\0", "HTML"), ("a.gz", b"\x1f\x8b\x08\0", "unpack")):
            self.expect(run("text", self.path(name, data)), 65, name, advice)

    def test_a_gigabyte_of_one_line(self):
        path = self.path("huge.txt")
        with open(path, "wb") as out:
            out.write("كلمة ".encode() * 1000)
            out.truncate(GB)
        self.expect(run("text", path), 65, "huge.txt", "MiB")
        feeder = subprocess.Popen(["sh", "-c", "yes كلمة | tr '\\n' ' ' | head -c 1G"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL)
        done = subprocess.run([NASHRA, "text", "-"], stdin=feeder.stdout, capture_output=True, timeout=100)
        feeder.stdout.close()
        feeder.wait()
        self.expect(done, 65, "MiB")

    def test_half_a_character_at_the_end(self):
        path = self.path("cut.txt", "وصل الوزير إلى دمشق.".encode() + b" \xd9")
        done = run("text", path)
        self.expect(done, 0, "cut.txt")
        self.assertEqual(done.stdout.decode(), "وصل الوزير إلى دمشق.\n")
        self.expect(run("text", "--strict", path), 65, "cut.txt")

    def test_no_sound_card(self):
        self.expect(run("say", ARTICLE, env=self.asound("")), 69, "render")
        self.expect(run("say", "-D", "no_such_card", ARTICLE), 69, "no_such_card")

    def test_missing_data(self):
        self.expect(run("text", "--marks", "full", "--model", "/nonexistent.model", ARTICLE), 78, "/nonexistent.model")
        self.expect(run("text", "--marks", "full", "--model", ARTICLE, ARTICLE), 78, ARTICLE)

    def test_output_cannot_be_created(self):
        for out in ("/nonexistent/folder/out.wav", "/proc/out.wav"):
            self.expect(run("render", ARTICLE, "-o", out), 73, out)

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            for command in (["text"], ["explain"], ["diacritise"], ["render", "-o", "-"]):
                done = subprocess.run([NASHRA, *command, ARTICLE], stdout=full, stderr=subprocess.PIPE, timeout=60)
                self.expect(done, 74)

    def test_a_disk_that_fills_up_leaves_no_file(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))

        for ending in ("wav", "flac"):
            done = run("render", ARTICLE, "-o", self.path("out." + ending), "--rate", 80, preexec_fn=limit)
            self.expect(done, 74, "out." + ending)
            self.assertEqual(os.listdir(self.folder), [])

    def test_diacritise_reads_what_the_others_read(self):
        text = "وصل الوزير إلى دمشق.\n"
        expected = run("diacritise", "-", stdin=text.encode()).stdout
        for charset in ("utf-16", "cp1256", "iso8859-6"):
            done = run("diacritise", "-", stdin=text.encode(charset))
            self.assertEqual(done.stdout, expected, charset)
        for data in (b"", content(NASHRA)[:100000]):
            self.expect(run("diacritise", "-", stdin=data), 65, "standard input")

    def test_the_article_is_not_overwritten(self):
        path = self.path("in.wav", "خبر".encode())
        self.expect(run("render", path, "-o", path), 64, "article itself")
        self.expect(run("render", path, "-o", self.path("a.wav"), "--timing", path), 64, "timing")
        self.expect(run("render", path, "-o", self.path("a.wav"), "--timing", self.path("a.wav")), 64, "timing")
        self.assertEqual(content(path), "خبر".encode())

    def test_a_wrong_data_folder(self):
        self.expect(run("text", ARTICLE, env={"NASHRA_DATA": self.path("nowhere")}), 78, "NASHRA_DATA")

    def test_a_file_beside_the_output_is_left_alone(self):
        """The name under which a file is made can't be known beforehand, and no link leads out of the folder."""
        kept = self.path("kept", b"mine")
        out = self.path("out.tsv")
        os.symlink(kept, out + ".part")
        lexicon = self.path("in.tsv", "الناتو\tالنَّاتُو\n".encode())
        self.expect(run("lexicon", "import", lexicon, "-o", out), 0)
        self.assertEqual(content(kept), b"mine")
        self.assertIn("النَّاتُو", content(out).decode())
        self.assertEqual(sorted(os.listdir(self.folder)), ["in.tsv", "kept", "out.tsv", "out.tsv.part"])

    def test_without_standard_descriptors(self):
        """What is printed must not land in the file that got the number of standard output."""
        def close():
            for fd in range(3):
                os.close(fd)

        def run_bare(*arguments):
            return subprocess.Popen([NASHRA, *arguments], preexec_fn=close, close_fds=False).wait(120)

        article = self.path("a.ssml", "<speak>قال <phoneme ph='%%'>الوزير</phoneme> نعم.</speak>".encode())
        twin, out = self.path("twin.wav"), self.path("out.wav")
        self.expect(run("render", article, "-o", twin), 0, "no phoneme")
        self.assertEqual(run_bare("render", article, "-o", out), 0)
        self.assertEqual(content(out), content(twin))
        self.assertEqual(run_bare("text", ARTICLE), 74)

    def test_the_old_file_survives_a_failure(self):
        out = self.path("out.wav", b"precious")
        self.expect(run("render", self.path("empty.txt", b""), "-o", out), 65)
        self.assertEqual(content(out), b"precious")


if __name__ == "__main__":
    unittest.main()
