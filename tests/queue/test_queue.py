# SPDX-License-Identifier: GPL-3.0-or-later
"""nashra worker and nashra batch --queue against a real redis-server: what is killed, cut off or full loses nothing and
publishes nothing twice."""
import json
import os
import resource
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import Bench, Proxy, Witness, content, outputs, skip_without_server  # noqa: E402

JOBS = 24


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = Bench()
        cls.jobs = cls.shared.manifest("jobs.jsonl", JOBS)
        done = cls.shared.run("batch", cls.jobs, "-o", cls.shared.path("expected"), "--no-cache")
        assert done.returncode == 0, done.stderr.decode()
        cls.expected = outputs(cls.shared.path("expected"))
        assert len(cls.expected) == JOBS

    @classmethod
    def tearDownClass(cls):
        cls.shared.close()

    def setUp(self):
        self.bench = Bench()
        self.addCleanup(self.bench.close)

    def submit(self, url, *options, jobs=None):
        return self.bench.start("batch", jobs or self.jobs, "--queue", url, "-o", self.bench.path("out"), *options,
                                log="batch.log")

    def wait(self, process, seconds=120):
        process.wait(seconds)
        return process.returncode

    def log(self, name="log"):
        return content(self.bench.path(name)).decode()

    def report(self):
        return [json.loads(line) for line in content(self.bench.path("report")).decode().splitlines()]

    def until(self, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, "waited in vain")
            time.sleep(0.02)

    def count_outputs(self):
        folder = self.bench.path("out")
        return len(outputs(folder)) if os.path.isdir(folder) else 0

    def check_outputs(self, witness=None):
        self.assertEqual(outputs(self.bench.path("out")), self.expected)
        drafts = self.bench.path("out", ".nashra", "drafts")
        self.until(lambda: not any(files for _, _, files in os.walk(drafts)))
        if witness:
            self.assertEqual(witness.close(), {name: 1 for name in self.expected})

    def leave_cut(self, cut):
        """Stops a worker whose line is cut in the middle of a job."""
        broker = self.bench.broker()
        proxy = self.bench.proxy(broker)
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 2)
        worker = self.bench.worker(broker.url(proxy.port), "out")
        batch = self.submit(broker.url(), jobs=jobs)
        gate.wait_begun()
        cut(proxy)
        gate.let_pass()
        worker.terminate()
        self.assertEqual(self.wait(worker), 143)
        self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.check_outputs()


class Server(Case):
    def test_all_through_the_queue(self):
        broker = self.bench.broker()
        witness = Witness(self.bench.path("out"))
        workers = [self.bench.worker(broker.url(), "out", "--metrics", self.bench.path(f"m{i}"), steal_after=60)
                   for i in range(2)]
        report = self.bench.path("report")
        self.assertEqual(self.wait(self.submit(broker.url(), "--report", report)), 0, self.log("batch.log"))
        self.check_outputs(witness)
        ends = self.report()
        self.assertEqual(sorted(e["output"] for e in ends), sorted(self.expected))
        self.assertEqual({e["end"] for e in ends}, {"rendered"})
        for worker in workers:
            worker.terminate()
            self.assertEqual(self.wait(worker), 143)
        made = sum(int(line.split()[1]) for i in range(2) for line in self.log(f"m{i}").splitlines()
                   if line.startswith("nashra_jobs_rendered_total"))
        self.assertEqual(made, JOBS)
        for band in ("jobs:high", "jobs", "jobs:low"):
            self.assertEqual(broker.command("XLEN", f"nashra:{band}"), 0)
            self.assertEqual(broker.command("XINFO", "CONSUMERS", f"nashra:{band}", "workers"), [])
        self.assertEqual(broker.command("EXISTS", "nashra:dead"), 0)
        self.assertEqual(self.wait(self.submit(broker.url())), 0)  # without a worker: all is there
        self.assertIn(f"{JOBS} there already", self.log("batch.log"))

    def test_a_worker_whose_disk_is_full(self):
        broker = self.bench.broker()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        full = self.bench.worker(broker.url(), "out", preexec_fn=limit, log="full")
        batch = self.submit(broker.url())
        self.until(lambda: "taking no jobs for" in self.log("full"))
        self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        full.terminate()
        self.assertEqual(self.wait(full), 143)
        self.assertEqual(outputs(self.bench.path("out")), self.expected)

    def test_poison_is_set_aside(self):
        broker = self.bench.broker()
        jobs = self.bench.path("poison.jsonl")
        empty = self.bench.path("empty.txt")
        gone = self.bench.path("gone.txt")
        for path in (empty, gone):
            with open(path, "w", encoding="utf-8") as out:
                out.write("كلمة.\n" * 40000)  # too large to travel
        with open(jobs, "w", encoding="utf-8") as out:
            print(json.dumps({"input": gone, "output": "gone.wav"}), file=out)
            print(json.dumps({"text": "٠ #", "output": "good.wav"}), file=out)
            print(json.dumps({"input": empty, "output": "empty.wav"}), file=out)
        batch = self.submit(broker.url(), jobs=jobs)
        self.until(lambda: broker.command("XLEN", "nashra:jobs") == 3)
        os.unlink(gone)
        open(empty, "w").close()
        worker = self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 66, self.log("batch.log"))  # the higher of 65 and 66
        dead = [dict(zip(e[1][::2], e[1][1::2])) for e in broker.command("XRANGE", "nashra:dead", "-", "+")]
        by_output = {json.loads(d[b"job"])["output"]: d for d in dead}
        self.assertEqual(sorted(by_output), ["empty.wav", "gone.wav"])
        self.assertEqual(by_output["gone.wav"][b"tries"], b"3")
        self.assertIn(b"No such file", by_output["gone.wav"][b"reason"])
        self.assertEqual(by_output["empty.wav"][b"tries"], b"1")  # no other try would mend it
        self.assertIn(b"empty", by_output["empty.wav"][b"reason"])
        self.assertIn("gone.wav", self.log("batch.log"))
        worker.terminate()
        self.assertEqual(self.wait(worker), 143)

    def test_a_drained_worker_gives_back(self):
        broker = self.bench.broker()
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 2)
        worker, batch = self.bench.worker(broker.url(), "out"), self.submit(broker.url(), jobs=jobs)
        gate.wait_begun()
        worker.terminate()
        gate.let_pass()
        self.assertEqual(self.wait(worker), 143)
        self.assertIn("2.wav", outputs(self.bench.path("out")))  # what was begun is finished
        self.assertEqual(broker.command("XPENDING", "nashra:jobs", "workers")[0], 0)
        self.assertEqual(broker.command("XINFO", "CONSUMERS", "nashra:jobs", "workers"), [])
        self.assertEqual(broker.command("XLEN", "nashra:jobs"), JOBS - self.count_outputs())
        self.assertLess(self.count_outputs(), JOBS)
        self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.check_outputs()

    def test_a_stopped_batch_withdraws(self):
        broker = self.bench.broker()
        batch = self.submit(broker.url())
        self.until(lambda: broker.command("XLEN", "nashra:jobs") == JOBS)
        batch.send_signal(signal.SIGINT)
        self.assertEqual(self.wait(batch), 130)
        self.assertEqual(broker.command("XLEN", "nashra:jobs"), 0)
        self.assertIn("not begun", self.log("batch.log"))

    def test_an_old_server_and_a_user(self):
        """Without XAUTOCLAIM, as before Redis 6.2, and with a login by name."""
        broker = self.bench.broker("--rename-command", "XAUTOCLAIM", "")
        broker.command("ACL", "SETUSER", "station", "on", ">s:cr/t", "~radio:*", "+@read", "+@write", "+@stream",
                       "+@transaction", "+@connection")
        broker.command("ACL", "SETUSER", "default", "resetkeys", "-@all", "+ping")
        url = broker.url(login="station:s%3Acr%2Ft@", name="radio")
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 2)
        worker = self.bench.worker(url, "out")
        batch = self.submit(url, jobs=jobs)
        gate.wait_begun()
        worker.kill()
        gate.let_pass()
        self.bench.worker(url, "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.assertEqual(outputs(self.bench.path("out")), self.expected)
        done = self.bench.run("batch", self.jobs, "--queue", broker.url(login="station:wrong@"), "-o",
                              self.bench.path("out2"))
        self.assertEqual(done.returncode, 78, done.stderr.decode())
        self.assertIn("WRONGPASS", done.stderr.decode())
        self.assertNotIn("wrong@", done.stderr.decode())

    def test_priorities(self):
        broker = self.bench.broker()
        jobs = self.bench.path("p.jsonl")
        with open(jobs, "w", encoding="utf-8") as out:
            for i in range(9):
                print(json.dumps({"text": f"{i} كتب.", "output": f"{i}.wav", "priority": (i % 3) - 1}), file=out)
        batch = self.submit(broker.url(), jobs=jobs)
        self.until(lambda: sum(broker.command("XLEN", f"nashra:{b}") for b in ("jobs:high", "jobs", "jobs:low")) == 9)
        report = self.bench.path("report")
        self.bench.worker(broker.url(), "out", "--report", report)
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        order = [int(end["output"][0]) % 3 for end in self.report()]
        self.assertEqual(order, [2, 2, 2, 1, 1, 1, 0, 0, 0])


class Loss(Case):
    """Workers, servers and lines that go in the middle of a job."""

    def test_killed_workers(self):
        """What a killed worker held, the next one takes over, and the process it left behind does no harm."""
        broker = self.bench.broker()
        witness = Witness(self.bench.path("out"))
        jobs, *gates = self.bench.gated("jobs.jsonl", JOBS, 2, 12)
        worker, batch = self.bench.worker(broker.url(), "out"), self.submit(broker.url(), jobs=jobs)
        for gate in gates:
            gate.wait_begun()
            worker.kill()
            worker.wait(30)
            gate.let_pass()
            worker = self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.until(lambda: broker.command("XLEN", "nashra:jobs") == 0)
        counts = witness.close()
        self.assertEqual(outputs(self.bench.path("out")), self.expected)
        self.assertEqual(counts, {name: 1 for name in self.expected})

    def test_killed_broker(self):
        broker = self.bench.broker()
        witness = Witness(self.bench.path("out"))
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 5)
        for _ in range(2):
            self.bench.worker(broker.url(), "out")
        batch = self.submit(broker.url(), jobs=jobs)
        gate.wait_begun()
        self.until(lambda: self.count_outputs() >= 3)
        broker.kill()
        self.until(lambda: self.log().count("trying again") == 2)
        broker.start()
        self.until(lambda: self.log().count("connected again") == 2)
        gate.let_pass()
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.check_outputs(witness)

    def test_a_broker_that_forgets_all(self):
        broker = self.bench.broker("--appendonly", "no")
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 5)
        self.bench.worker(broker.url(), "out")
        batch = self.submit(broker.url(), jobs=jobs)
        gate.wait_begun()
        broker.kill()
        broker.start()
        gate.let_pass()
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        self.check_outputs()

    def test_a_worker_behind_a_cut(self):
        broker = self.bench.broker()
        proxy = self.bench.proxy(broker)
        witness = Witness(self.bench.path("out"))
        jobs, gate = self.bench.gated("jobs.jsonl", JOBS, 2)
        self.bench.worker(broker.url(proxy.port), "out")
        batch = self.submit(broker.url(), jobs=jobs)
        gate.wait_begun()
        proxy.cut = True
        gate.let_pass()
        self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 0, self.log("batch.log"))
        proxy.cut = False
        self.until(lambda: broker.command("XPENDING", "nashra:jobs", "workers")[0] == 0)
        self.check_outputs(witness)

    def test_a_worker_without_its_server_leaves(self):
        self.leave_cut(Proxy.close)

    def test_a_job_that_kills_its_workers(self):
        broker = self.bench.broker()
        jobs, _ = self.bench.gated("long.jsonl", 1, 0)
        batch = self.submit(broker.url(), jobs=jobs)
        for begun in range(1, 4):
            worker = self.bench.worker(broker.url(), "out")

            def is_begun():
                try:
                    pending = broker.command("XPENDING", "nashra:jobs", "workers", "-", "+", "10")
                except RuntimeError:  # no group yet
                    return False
                return pending and pending[0][3] == begun + 1
            self.until(is_begun)
            worker.kill()
        self.bench.worker(broker.url(), "out")
        self.assertEqual(self.wait(batch), 70, self.log("batch.log"))
        self.assertIn("workers died with it", self.log("batch.log"))
        self.assertEqual(broker.command("XLEN", "nashra:dead"), 1)


class Silence(Case):
    """Apart, since a server that says nothing is given ten seconds, again and again."""

    def test_a_cut_worker_leaves_all_the_same(self):
        self.leave_cut(lambda proxy: setattr(proxy, "cut", True))


if __name__ == "__main__":
    skip_without_server()
    unittest.main(verbosity=2)
