# SPDX-License-Identifier: GPL-3.0-or-later
"""nashra batch: many jobs, a cache, stops and starts, on one machine."""
import json
import os
import resource
import signal
import subprocess
import time
import unittest
import wave

from gate import Gate
from nashra import NASHRA, Case, content, run


NEWS = "وصل 15 وزيرا إلى بيروت.\n"


class Batch(Case):
    def manifest(self, *jobs, name="jobs.jsonl"):
        return self.path(name, "\n".join(json.dumps(job, ensure_ascii=False) for job in jobs).encode())

    def numbers(self, count, **more):
        return [{"text": f"{i + 20} كتابا.", "output": f"{i}.wav", **more} for i in range(count)]

    def batch(self, manifest, *options, out="out", code=0, **more):
        done = run("batch", manifest, "-o", self.path(out), "--cache", self.path("cache"), *options, **more)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stderr.decode()

    def outputs(self, out="out"):
        """Name → bytes, hidden ones left out."""
        found = {}
        for folder, folders, names in os.walk(self.path(out)):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = os.path.join(folder, name)
                found[os.path.relpath(path, self.path(out))] = content(path)
        return found

    def test_kinds_of_jobs(self):
        self.path("a.txt", "وصل 15 وزيرا. سافر الرئيس.".encode())
        self.path("b.txt", "عاد الوفد أمس.".encode())
        self.path("nine.ini", "[bulletin]\ntitle = النشرة\n[item]\nfile = a.txt\n".encode())
        manifest = self.manifest(
            {"input": "a.txt", "output": "plain/a.wav"}, {"text": "وصل 15 وزيرا.", "output": "b", "format": "flac"},
            {"script": "nine.ini", "output": "nine.wav"}, {"text": "نص.", "output": "t.mp3", "rate": 300},
            {"input": ["a.txt", "b.txt"], "output": "two.opus", "bulletin": {"beside": "vtt", "loudness": -16}},
            {"text": "عاد الوفد.", "output": "text.wav", "bulletin": {"beside": "all"}})
        message = self.batch(manifest, "-j", 2, "--report", self.path("report"))
        self.assertIn("6 rendered", message)
        made = self.outputs()
        for name in ("plain/a.wav", "b.flac", "nine.wav", "nine.vtt", "t.mp3", "two.opus", "two.vtt"):
            self.assertIn(name, made)
        done = run("render", self.path("a.txt"), "-o", self.path("a.wav"))
        self.assertEqual(done.returncode, 0)
        self.assertAlmostEqual(len(made["plain/a.wav"]), len(content(self.path("a.wav"))), delta=2000)
        report = [json.loads(line) for line in content(self.path("report")).splitlines()]
        self.assertEqual(sorted(line["output"] for line in report),
                         ["b.flac", "nine.wav", "plain/a.wav", "t.mp3", "text.wav", "two.opus"])
        self.assertTrue(all(line["end"] == "rendered" and line["seconds"] > 0.3 for line in report))
        # The same again: there; elsewhere: from the cache, byte for byte; without a cache: the same bytes.
        self.assertIn("6 there already", self.batch(manifest))
        self.assertIn("6 from the cache", self.batch(manifest, out="other"))
        self.assertIn("6 rendered", self.batch(manifest, "--no-cache", out="fresh"))
        self.assertEqual(self.outputs("other"), made)
        self.assertEqual(self.outputs("fresh"), made)

    def test_a_script_comes_before_the_defaults(self):
        self.path("nine.ini", "[bulletin]\nrate = 150\nbeside = none\n[item]\ntext = وصل الوزير.\n".encode())
        self.path("ten.ini", "[bulletin]\nbeside = none\n[item]\ntext = وصل الوزير.\n".encode())
        manifest = self.manifest({"script": "nine.ini", "output": "nine.wav"}, {"script": "ten.ini", "output": "ten.wav"},
                                 {"script": "nine.ini", "output": "line.wav", "rate": 400})
        self.batch(manifest, "--rate", 300)
        made = {name: len(bytes) for name, bytes in self.outputs().items()}
        self.assertGreater(made["nine.wav"], made["ten.wav"])
        self.assertGreater(made["ten.wav"], made["line.wav"])

    def test_a_correction_renders_one_sentence(self):
        text = "وصل الوزير أمس. عاد الوفد اليوم. سافر الرئيس غدا."
        self.batch(self.manifest({"text": text, "output": "a.wav"}))
        message = self.batch(self.manifest({"text": text.replace("الوفد", "الوزير"), "output": "a.wav"}))
        self.assertIn("2 of 3 sentences from the cache", message)

    def test_what_changes_is_made_anew(self):
        article = self.path("a.txt", "وصل الوزير.".encode())
        manifest = self.manifest({"input": "a.txt", "output": "a.wav"})
        self.batch(manifest)
        first = self.outputs()["a.wav"]
        self.assertIn("1 rendered", self.batch(manifest, "--rate", 300))
        self.assertIn("1 from the cache", self.batch(manifest))
        self.assertEqual(self.outputs()["a.wav"], first)
        self.path("l.tsv", "الوزير\tالْأَمِير\n".encode())
        self.assertIn("1 rendered", self.batch(manifest, "--lexicon", self.path("l.tsv")))
        self.path("a.txt", "وصل الوفد.".encode())
        self.assertIn("1 rendered", self.batch(manifest))
        os.truncate(self.path("out/a.wav"), 100)
        self.assertIn("1 from the cache", self.batch(manifest))
        self.assertTrue(os.path.exists(article))

    def test_mono_and_stereo_are_two_outputs(self):
        def manifest(**settings):
            return self.manifest({"text": "وصل الوزير.", "output": "a.wav", "bulletin": {"beside": "none", **settings}})
        def channels():
            with wave.open(self.path("out/a.wav")) as sound:
                return sound.getnchannels()
        self.batch(manifest())
        mono = self.outputs()
        self.assertEqual(channels(), 1)
        self.assertIn("1 rendered", self.batch(manifest(channels=2)))
        self.assertEqual(channels(), 2)
        self.assertIn("1 from the cache", self.batch(manifest()))
        self.assertEqual(self.outputs(), mono)
        self.assertIn("1 from the cache", self.batch(manifest(channels=2)))

    def test_a_cache_that_cannot_be_made_is_told_once_and_done_without(self):
        manifest = self.manifest(*self.numbers(3))
        done = run("batch", manifest, "-o", self.path("out"), "--cache", "/proc/nashra", "-j", "2")
        self.expect(done, 0, "going on without", "3 rendered")
        self.assertEqual(done.stderr.count(b"/proc/nashra"), 2)

    def test_damaged_cache(self):
        manifest = self.manifest(*self.numbers(3))
        self.batch(manifest)
        made = self.outputs()
        for folder, _, names in os.walk(self.path("cache")):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.getsize(path) > 200:
                    with open(path, "r+b") as entry:
                        entry.seek(-20, os.SEEK_END)
                        entry.write(b"damage")
        message = self.batch(manifest, out="again")
        self.assertIn("3 rendered", message)
        self.assertIn("is damaged; it is made anew", message)
        self.assertEqual(self.outputs("again"), made)

    def test_one_bad_job_does_not_stop_the_others(self):
        self.path("empty.txt", b"")
        os.makedirs(self.path("out/1.wav"))
        manifest = self.manifest(*self.numbers(3), {"input": "empty.txt", "output": "e.wav"})
        message = self.batch(manifest, code=73)
        self.assertIn("jobs.jsonl:4: ", message)
        self.assertIn("1.wav", message)
        self.assertIn("2 rendered", message)
        self.assertIn("2 failed", message)
        self.assertEqual(sorted(self.outputs()), ["0.wav", "2.wav"])

    def test_errors_come_first(self):
        manifest = self.manifest({"text": "نص", "output": "a.wav"}, {"text": "نص", "output": "b.wav", "rate": 1})
        message = self.batch(manifest, code=65)
        self.assertIn('jobs.jsonl:2: "rate": ', message)
        self.assertFalse(os.path.exists(self.path("out")))
        self.expect(run("batch", "--check", self.manifest({"text": "نص", "output": "a.wav"})), 0, "1 jobs, no errors")

    def test_inputs_are_not_written_over(self):
        self.path("1.txt", NEWS.encode())
        self.path("2.txt", NEWS.encode())
        manifest = self.manifest({"input": "1.txt", "output": "1.wav", "bulletin": {}}, {"input": "2.txt", "output": "2.wav"},
                                 {"input": ["1.txt", "2.txt"], "output": "other/2.wav", "bulletin": {}})
        message = self.batch(manifest, out=".", code=65)
        self.assertIn('jobs.jsonl:1: "output": ', message)
        self.assertIn("1.txt would be written over", message)
        self.assertIn("1 of its outputs", message)
        self.assertEqual(content(self.path("1.txt")), NEWS.encode())
        self.assertFalse(os.path.exists(self.path("1.wav")))
        self.batch(manifest)

    def test_shares(self):
        manifest = self.manifest(*self.numbers(5))
        for share in ("1/2", "2/2"):
            self.batch(manifest, "--only", share)
        self.assertEqual(len(self.outputs()), 5)
        for wrong in ("0/2", "3/2", "x", "1/2x", "-1/2"):
            self.batch(manifest, "--only", wrong, code=64)

    def test_usage(self):
        manifest = self.manifest(*self.numbers(1))
        self.expect(run("batch", manifest), 64, "Add -o DIR")
        self.expect(run("batch", manifest, "-o"), 64, "needs a value")
        self.expect(run("batch", manifest, "-o", self.path("x"), "-j", "0"), 64, "1 to 256")
        self.expect(run("batch", manifest, "-o", self.path("x"), "--cache-size", "10Q"), 64, "500M")
        self.expect(run("batch", manifest, "-o", self.path("x"), "--queue", "nowhere"), 64, "redis://")
        self.expect(run("batch", self.path("none"), "-o", self.path("x")), 66, "No such file")
        self.expect(run("worker", "-o", self.path("x")), 64, "--queue")
        self.expect(run("worker", "--queue", "redis://h"), 64, "Add -o DIR")
        self.expect(run("worker", "--queue", "redis://h", "-o", self.path("x"), "more"), 64, "one too many")
        for command in ("batch", "worker"):
            self.assertIn(b"Usage: nashra " + command.encode(), run(command, "--help").stdout)
        done = run("batch", "-", "-o", self.path("out"), "--no-cache", stdin=b'{"text":"a","output":"a.wav","what":1}')
        self.expect(done, 65, 'standard input:1: "what"')

    def gate(self, name, text):
        gate = Gate(self.path(name), text)
        self.addCleanup(gate.close)
        return gate

    def start(self, manifest, out):
        return subprocess.Popen([NASHRA, "batch", manifest, "-o", out, "--no-cache", "-j", "2"], stderr=subprocess.PIPE)

    def test_a_stop_and_a_start(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            out = self.path(f"out{code}")
            jobs = self.numbers(60)  # two processes get 16 each ahead
            gates = [self.gate(f"{code}-{i}.txt", "وصل الوزير.") for i in range(2)]
            for i, gate in enumerate(gates):  # one job before them and one behind them in each process
                jobs[2 + i] = {"input": gate.path, "output": f"{2 + i}.wav"}
            manifest = self.manifest(*jobs)
            child = self.start(manifest, out)
            for gate in gates:
                gate.wait_begun()
            deadline = time.monotonic() + 60
            while len(self.outputs(out)) < 2:
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.01)
            child.send_signal(number)
            for gate in gates:
                gate.let_pass()
            message = child.communicate(timeout=60)[1].decode()
            self.assertEqual(child.returncode, code, message)
            made = len(self.outputs(out))
            self.assertTrue(4 <= made < 60)
            self.assertIn(f"{60 - made} not begun", message)
            self.assertEqual(os.listdir(os.path.join(out, ".nashra", "drafts")), [])
            done = run("batch", manifest, "-o", out, "--no-cache")
            self.expect(done, 0, f" {made} there already", f"{60 - made} rendered")
            self.assertEqual(len(self.outputs(out)), 60)

    def test_processes_that_die(self):
        """One that is killed is replaced; its job is done all the same."""
        gate = self.gate("gate.txt", "وصل الوزير.")
        jobs = self.numbers(8)
        jobs[2] = {"input": gate.path, "output": "2.wav"}
        child = self.start(self.manifest(*jobs), self.path("out"))
        gate.wait_begun()
        victim = gate.reader()
        gate.replace()
        os.kill(victim, signal.SIGKILL)
        message = child.communicate(timeout=120)[1].decode()
        self.assertEqual(child.returncode, 0, message)
        self.assertEqual(len(self.outputs()), 8)
        self.assertIn("ended by signal 9", message)

    def test_full_disk(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
        jobs = self.numbers(6) + [{"text": "كتاب " * 100 + ".", "output": "long.wav", "priority": 1}]
        manifest = self.manifest(*jobs)
        message = self.batch(manifest, "--no-cache", code=74, preexec_fn=limit)
        self.assertIn("File too large", message)
        self.assertNotIn("long.wav", self.outputs())
        self.batch(manifest, "--no-cache")
        self.assertEqual(len(self.outputs()), 7)

    def test_metrics(self):
        self.batch(self.manifest(*self.numbers(2)), "--metrics", self.path("metrics"))
        values = dict(line.split() for line in content(self.path("metrics")).decode().splitlines() if line[0] != "#")
        self.assertEqual(values["nashra_jobs_rendered_total"], "2")
        self.assertGreater(float(values["nashra_audio_seconds_total"]), 0.5)


if __name__ == "__main__":
    unittest.main()
