# SPDX-License-Identifier: GPL-3.0-or-later
"""Bulletins as a station makes them: `nashra bulletin`, its files, its refusals."""
import hashlib
import json
import math
import os
import re
import resource
import struct
import subprocess
import unittest
import wave

from nashra import NASHRA, Case, content, run

NEWS = "وصل 15 وزيرا إلى بيروت. وأعلنت اللجنة نتائجها اليوم.\n"
SPORT = "فاز المنتخب على ضيفه أمس. وسجل اللاعب هدفين.\n"
AT = ["--at", "2026-11-28T21:00"]


def chunks(path):
    """The chunks of a RIFF file, in order."""
    data, found, at = content(path), {}, 12
    assert data[:4] == b"RIFF" and struct.unpack("<I", data[4:8])[0] == len(data) - 8
    while at < len(data):
        name, length = data[at:at + 4].decode(), struct.unpack("<I", data[at + 4:at + 8])[0]
        found[name] = data[at + 8:at + 8 + length]
        at += 8 + length + length % 2
    return found


def text_of(field):
    return field.rstrip(b"\0").decode("ascii")


class Bulletin(Case):
    def setUp(self):
        super().setUp()
        self.news, self.sport = self.path("news.txt", NEWS.encode()), self.path("sport.txt", SPORT.encode())

    def make(self, *arguments, out="out.wav"):
        path = self.path(out)
        done = run("bulletin", *arguments, "-o", path)
        self.expect(done, 0)
        return path

    def sound(self, name, seconds=0.5, rate=44100, hertz=440, right=None):
        """A stereo file of a tone, or of two: `right` is that of the right side."""
        def sample(tone, i):
            return int(12000 * math.sin(2 * math.pi * tone * i / rate))
        path = self.path(name)
        with wave.open(path, "wb") as out:
            out.setparams((2, 2, rate, 0, "NONE", ""))
            out.writeframes(b"".join(struct.pack("<hh", sample(hertz, i), sample(right or hertz, i))
                                     for i in range(int(seconds * rate))))
        return path

    def names(self):
        return sorted(os.listdir(self.folder))


class Files(Bulletin):
    def test_broadcast_wave(self):
        path = self.make(self.news, self.sport, *AT, "--title", "نشرة التاسعة", "--station", "إذاعة الشرق", "--bits", "24")
        found = chunks(path)
        self.assertEqual(list(found), ["fmt ", "bext", "cart", "cue ", "LIST", "data"])
        self.assertEqual(struct.unpack("<HHIIHH", found["fmt "][:16]), (1, 1, 48000, 144000, 3, 24))
        bext, cart = found["bext"], found["cart"]
        self.assertIn("nashra", text_of(bext[:256]))
        self.assertEqual((bext[320:330], bext[330:338]), (b"2026-11-28", b"21:00:00"))
        time, version = struct.unpack("<QH", bext[338:348])
        self.assertEqual((time, version), (21 * 3600 * 48000, 2))
        loudness, span, peak, momentary, short = struct.unpack("<hhhhh", bext[412:422])
        self.assertTrue(-2320 <= loudness <= -2280 and peak <= -100 and momentary >= loudness, (loudness, peak))
        self.assertTrue(bext[602:].rstrip(b"\0").endswith(b"\r\n"))
        self.assertEqual(cart[:4], b"0101")
        timers = [(cart[i:i + 4], struct.unpack("<I", cart[i + 4:i + 8])[0]) for i in range(684, 748, 8)]
        frames = len(found["data"]) // 3
        named = {name.decode().strip(): frame for name, frame in timers if name.strip(b"\0")}
        self.assertEqual(named["EOD"], frames)
        self.assertTrue(0 < named["AUDs"] < named["AUDe"] <= frames, named)
        self.assertEqual(struct.unpack("<I", found["cue "][:4])[0], 2)
        self.assertEqual(found["LIST"].count(b"labl"), 2)
        for name in ("bext", "cart", "cue ", "LIST"):
            if name != "cue ":
                self.assertTrue(all(byte < 128 or name in ("bext", "cart") for byte in found[name]), name)
        meta = json.loads(content(self.path("out.meta.json")))
        self.assertEqual((meta["title"], meta["station"]), ("نشرة التاسعة", "إذاعة الشرق"))
        cues = [struct.unpack("<I", found["cue "][i + 4:i + 8])[0] for i in range(4, len(found["cue "]), 24)]
        self.assertEqual([cue["frame"] for cue in meta["cues"]], cues)

    def test_metadata_in_arabic(self):
        title = "نشرة 2026"
        for ending, coded in (("flac", title.encode()), ("opus", title.encode()), ("mp3", title.encode("utf-16-le"))):
            data = content(self.make(self.news, "--title", title, "--beside", "none", out="x." + ending))
            self.assertIn(coded, data[:4000], ending)
        data = content(self.make(self.news, *AT, "--beside", "none", out="dated.mp3"))
        for frame, value in ((b"TYER", "2026"), (b"TDAT", "2811")):
            self.assertIn(value.encode("utf-16-le"), data[data.index(frame):][:30], frame)

    def test_companions(self):
        self.make(self.news, self.sport, "--proof")
        self.assertEqual([name for name in self.names() if name.startswith("out")],
                         ["out.chapters.json", "out.html", "out.meta.json", "out.qc.json", "out.srt", "out.txt", "out.vtt", "out.wav"])
        self.assertEqual(content(self.path("out.txt")).decode(), NEWS + "\n" + SPORT)
        vtt = content(self.path("out.vtt")).decode()
        times = [float(m) * 3600 + float(s) * 60 + float(x)
                 for m, s, x in re.findall(r"(\d\d):(\d\d):(\d\d\.\d{3})", vtt)]
        self.assertTrue(len(times) >= 8 and times == sorted(times), times)
        self.assertEqual(vtt.replace(".", ",").count("-->"), content(self.path("out.srt")).decode().count("-->"))
        report = json.loads(content(self.path("out.qc.json")))
        self.assertAlmostEqual(report["sound"]["loudness_lufs"], -23, delta=0.2)
        self.assertEqual([part["title"] for part in report["parts"]], [NEWS.split(".")[0] + ".", SPORT.split(".")[0] + "."])
        chapters = json.loads(content(self.path("out.chapters.json")))
        self.assertEqual(chapters["version"], "1.2.0")
        self.assertEqual(len(chapters["chapters"]), 2)
        page = content(self.path("out.html")).decode()
        self.assertNotRegex(page, r"(?:src|href)=\"(?!data:|#)")
        self.assertNotIn("{{", page)

    def test_the_same_bytes_every_time(self):
        def digests(name):
            for ending in ("wav", "flac", "opus", "mp3"):
                self.make(self.news, self.sport, *AT, "--intro", "standard", "--proof", "--slot", "0:18", out=f"{name}.{ending}")
            return [hashlib.sha256(content(self.path(f"{name}.{ending}"))).hexdigest()
                    for ending in ("wav", "flac", "opus", "mp3", "html", "vtt", "srt", "txt")]
        self.assertEqual(digests("same"), digests("same"))

    def test_several_outputs(self):
        a, b = self.path("a.wav"), self.path("b.opus")
        self.expect(run("bulletin", self.news, "-o", a, "--output", b), 0)
        self.assertTrue(os.path.exists(a) and os.path.exists(b) and not os.path.exists(self.path("b.vtt")))


class Script(Bulletin):
    def test_items_sounds_and_phrases(self):
        self.sound("open.wav")
        self.sound("sting.wav", 0.2, 22050)
        self.sound("bed.wav", 3, 48000, 110)
        script = self.path("nine.ini", """[bulletin]
title = نشرة التاسعة
station = إذاعة الشرق
at = 2026-11-28T21:00
intro = standard
outro = كانت هذه {title}.
opening = open.wav
sting = sting.wav
bed = bed.wav
pause = 0.5
[item]
file = sport.txt
order = 2
[item lead]
file = news.txt
order = 1
rate = 170
jingle = sting.wav
[item]
text = الطقس غدا بارد.
title = الطقس
order = 3
""".encode())
        self.make(script)
        chapters = json.loads(content(self.path("out.chapters.json")))["chapters"]
        self.assertEqual([c["title"] for c in chapters],
                         ["افتتاح النشرة", NEWS.split(".")[0] + ".", SPORT.split(".")[0] + ".", "الطقس", "ختام النشرة"])
        self.assertIn("ليوم السبت 28/11/2026، الساعةَ 9:00 مساء", content(self.path("out.txt")).decode())
        self.assertIn("كانت هذه نشرة التاسعة", content(self.path("out.txt")).decode())
        starts = [c["startTime"] for c in chapters]
        self.assertEqual(starts, sorted(starts))

    def test_faults_are_named(self):
        for text, *parts in (("[bulletin]\nslot = x\n[item]\nfile = news.txt\n", "nine.ini:2", "slot"),
                             ("[item]\ntitle = x\n", "nine.ini:2", "file or a text"),
                             ("[item\nfile = x\n", "nine.ini:1")):
            self.expect(run("bulletin", self.path("nine.ini", text.encode()), "-o", self.path("x.wav")), 78, *parts)
        self.expect(run("bulletin", self.path("nine.ini", b"[item]\nfile = gone.txt\njingle = no.wav\n"), "-o", self.path("x.wav")), 66,
                    "nine.ini:2: file in [item]", "gone.txt", "nine.ini:3: jingle in [item]")
        self.expect(run("bulletin", self.path("nine.ini", b"[bulletin]\nbed = news.txt\n[item]\nfile = news.txt\n"), "-o",
                        self.path("x.wav")), 65, "news.txt", "sound", "nine.ini:2: bed in [bulletin] names")
        self.path("blank.txt", b"\n")
        self.expect(run("bulletin", self.path("nine.ini", b"[item]\nfile = blank.txt\n"), "-o", self.path("x.wav")), 65,
                    "nine.ini:2: file in [item] names")
        self.expect(run("bulletin", self.path("nine.ini", b"[bulletin]\n"), "-o", self.path("x.wav")), 65, "item")
        self.expect(run("bulletin", self.path("gone.ini"), "-o", self.path("x.wav")), 66, "gone.ini")
        self.assertNotIn("x.wav", self.names())

    def test_the_example_of_the_manual(self):
        """docs/RADIO.md's own script: none of its comments is read."""
        with open("docs/RADIO.md", encoding="utf8") as manual:
            script = manual.read().split("```ini\n")[1].split("```")[0]
        os.mkdir(self.path("sounds"))
        self.sound("sounds/opening.wav", 2, hertz=440, right=660)
        self.sound("sounds/sting.wav")
        self.sound("sounds/bed.wav", 5, 48000, 110)
        for name in ("lead", "economy"):
            with open(f"tests/articles/{name.replace('lead', 'bulletin')}.txt", "rb") as article:
                self.path(name + ".txt", article.read())
        self.make(self.path("nine.ini", script.replace("bed.flac", "bed.wav").encode()))
        report = json.loads(content(self.path("out.qc.json")))
        self.assertEqual((report["sound"]["seconds"], report["sound"]["channels"]), (180, 2))
        self.assertEqual([part["title"] for part in report["parts"]][2], "الاقتصاد")
        self.assertNotRegex(content(self.path("out.txt")).decode(), "[A-Za-z]")

    def test_usage(self):
        for arguments, part in ((["bulletin"], "of what"), (["bulletin", self.news], "-o"),
                                (["bulletin", self.news, "-o", "x.xyz"], ".flac"), (["bulletin", self.news, "--slot"], "value"),
                                (["bulletin", self.news, "--nonsense", "1", "-o", "x.wav"], "nonsense"),
                                (["bulletin", self.news, "-q", "-o", "x.wav"], "-q")):
            self.expect(run(*arguments), 64, part)
        done = run("bulletin", "--help")
        self.expect(done, 0)
        self.assertLessEqual(len(done.stdout.splitlines()), 24)


class Stereo(Bulletin):
    def made(self, *arguments):
        """The channels that the head tells, the report, and what was said on standard error."""
        path = self.path("out.wav")
        done = run("bulletin", *arguments, "-o", path)
        self.expect(done, 0)
        channels, rate, bytes_a_second, block = struct.unpack("<HIIH", chunks(path)["fmt "][2:14])
        self.assertEqual((rate, bytes_a_second, block), (48000, 96000 * channels, 2 * channels))
        report = json.loads(content(self.path("out.qc.json")))["sound"]
        self.assertEqual(report["channels"], channels)
        self.assertEqual("stereo" in report, channels == 2)
        self.assertAlmostEqual(report["loudness_lufs"], -23, delta=0.06)
        return channels, report, done.stderr.decode()

    def test_the_sounds_decide(self):
        wide, narrow = self.sound("wide.wav", hertz=440, right=660), self.sound("narrow.wav")
        self.assertEqual(self.made(self.news)[0], 1)
        self.assertEqual(self.made(self.news, "--opening", narrow)[0], 1)
        channels, report, said = self.made(self.news, "--opening", narrow, "--sting", wide, "--slot", "0:06.5")
        self.assertEqual((channels, report["frames"]), (2, 6.5 * 48000))
        self.assertIn("stereo", said)
        self.assertIn(b"M=stereo", chunks(self.path("out.wav"))["bext"])
        self.assertLess(abs(report["stereo"]["balance_db"]), 0.5)

    def test_the_station_decides(self):
        wide = self.sound("wide.wav", hertz=440, right=660)
        script = self.path("nine.ini", b"[bulletin]\nchannels = 2\n[item]\nfile = news.txt\n")
        channels, report, _ = self.made(script)
        self.assertEqual((channels, report["stereo"]["correlation"], report["stereo"]["balance_db"]), (2, 1, 0))
        self.assertEqual(self.made(script, "--channels", "1")[0], 1)
        self.assertEqual(self.made(self.news, "--opening", wide, "--channels", "1")[0], 1)
        opposite = self.path("opposite.wav")
        with wave.open(opposite, "wb") as out:
            out.setparams((2, 2, 48000, 0, "NONE", ""))
            out.writeframes(b"".join(struct.pack("<hh", *[(9000, -9000), (-9000, 9000)][i // 60 % 2]) for i in range(48000)))
        self.expect(run("bulletin", self.news, "--sting", opposite, "--channels", "1", "-o", self.path("x.wav")), 65, "added up to mono")
        self.assertEqual(self.made(self.news, "--opening", opposite)[0], 2)
        self.expect(run("bulletin", self.news, "--channels", "3", "-o", self.path("x.wav")), 64, "channels", "auto, 1 (mono) or 2")

    def test_the_same_bytes_every_time(self):
        wide = self.sound("wide.wav", hertz=440, right=660)

        def digests(name):
            outs = [self.path(f"{name}.{ending}") for ending in ("wav", "flac", "opus", "mp3")]
            self.expect(run("bulletin", self.news, *AT, "--bed", wide, "--proof", *[word for out in outs for word in ("-o", out)]), 0)
            return [hashlib.sha256(content(out)).hexdigest() for out in [*outs, self.path(name + ".html")]]
        self.assertEqual(digests("same"), digests("same"))


class Slot(Bulletin):
    def frames(self, path):
        with wave.open(path) as sound:
            return sound.getnframes()

    def length(self, *arguments):
        return self.frames(self.make(*arguments, "--beside", "none")) / 48000

    def slotted(self, seconds, *arguments):
        path = self.path("slot.wav")
        done = run("bulletin", *arguments, "--slot", f"0:{seconds:.3f}", "--beside", "none", "-o", path)
        self.expect(done, 0)
        self.assertEqual(self.frames(path), round(round(seconds, 3) * 48000))
        return done.stderr.decode()

    def test_pauses_then_rate_then_items(self):
        natural = self.length(self.news, self.sport)
        self.assertIn("rate at 100.0 %", self.slotted(natural + 0.5, self.news, self.sport))
        faster = self.slotted(natural * 0.86, self.news, self.sport)
        self.assertNotIn("rate at 100.0 %", faster)
        self.assertNotIn("left out", faster)
        script = self.path("slot.ini", b"[item]\nfile = news.txt\npriority = 1\n[item]\nfile = sport.txt\npriority = 8\n")
        self.assertIn("left out: " + SPORT.split(".")[0], self.slotted(self.length(self.news) + 0.1, script))

    def test_what_fits_again_comes_back(self):
        self.path("long.txt", (NEWS * 3).encode())
        script = self.path("slot.ini", b"[item]\nfile = news.txt\npriority = 1\n[item]\nfile = long.txt\npriority = 5\n"
                                       b"[item]\nfile = sport.txt\npriority = 6\n")
        said = self.slotted(self.length(self.news, self.sport) + 0.1, script)
        self.assertEqual(said.count("left out"), 1, said)
        self.assertIn("(priority 5)", said)

    def test_refusals(self):
        for slot, part in (("0:01", "too long"), ("9:00", "too short")):
            self.expect(run("bulletin", self.news, "--slot", slot, "-o", self.path("x.wav")), 65, "slot", part)
        self.assertNotIn("x.wav", self.names())


class Strict(Bulletin):
    def test_decisions_settle_it(self):
        article = self.path("doubt.txt", "اجتمعت QUAD في بيروت.\nوارتفع بنسبة 3/4 أمس.\n".encode())
        out = self.path("x.wav")
        done = run("bulletin", article, "--strict", "-o", out)
        self.expect(done, 65, "doubt.txt:1", "QUAD", "doubt.txt:2", "3/4")
        self.assertFalse(os.path.exists(out))
        lines = done.stdout.decode()
        self.assertIn("QUAD\t", lines)
        lexicon = self.path("lexicon.tsv", lines.encode())
        self.expect(run("lexicon", "check", "--strict", lexicon), 0)
        self.expect(run("bulletin", article, "--strict", "--lexicon", lexicon, "-o", out), 0)
        own = self.path("nashra")
        os.mkdir(own)
        os.rename(lexicon, own + "/lexicon.tsv")
        self.expect(run("bulletin", article, "--strict", "-o", out, env={"XDG_CONFIG_HOME": self.folder}), 0)


class Failures(Bulletin):
    def test_what_it_is_made_of_is_not_written_over(self):
        """news.txt is the article, and would be the transcript of news.wav."""
        self.expect(run("bulletin", self.news, "-o", self.path("news.wav")), 64, "news.txt", "--beside")
        jingle = self.sound("jingle.wav")
        before = content(jingle)
        self.expect(run("bulletin", self.news, "--opening", jingle, "-o", jingle), 64, "jingle.wav")
        self.assertEqual((content(self.news), content(jingle)), (NEWS.encode(), before))
        self.assertEqual(self.names(), ["jingle.wav", "news.txt", "sport.txt"])
        self.make(self.news, "--beside", "vtt,srt", out="news.wav")
        self.assertEqual(content(self.news), NEWS.encode())

    def test_a_full_disk_leaves_no_file(self):
        for ending in ("wav", "flac", "opus", "mp3"):
            done = run("bulletin", self.news, "--beside", "none", "-o", self.path("full." + ending),
                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)))
            self.expect(done, 74, "full." + ending)
        self.assertEqual(self.names(), ["news.txt", "sport.txt"])

    def test_a_full_disk_leaves_the_last_edition(self):
        """The sound fits, the page doesn't: nothing new is seen."""
        out = self.make(self.news, "--proof", out="x.opus")
        before = {name: content(self.path(name)) for name in self.names()}
        self.assertGreater(len(before["x.html"]), len(before["x.opus"]) + 20000)
        limit = (len(before["x.opus"]) + len(before["x.html"])) // 2
        done = run("bulletin", self.news, "--proof", "--title", "أخرى", "-o", out,
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.expect(done, 74, "x.html")
        self.assertEqual({name: content(self.path(name)) for name in self.names()}, before)

    def test_nowhere_to_write(self):
        self.expect(run("bulletin", self.path("gone.txt"), "-o", "/nonexistent/x.wav"), 73, "/nonexistent/x")  # before all else

    def test_a_signal_leaves_no_file(self):
        long = self.path("long.txt", (NEWS * 300).encode())
        child = subprocess.Popen([NASHRA, "bulletin", long, "-o", self.path("x.wav")], stderr=subprocess.PIPE)
        try:
            child.communicate(timeout=0.7)
        except subprocess.TimeoutExpired:
            child.terminate()
            child.communicate(timeout=60)
            self.assertEqual(child.returncode, 143)
            self.assertEqual([name for name in self.names() if name.startswith((".", "x"))], [])


if __name__ == "__main__":
    unittest.main()
