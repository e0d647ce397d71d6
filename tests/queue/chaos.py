# SPDX-License-Identifier: GPL-3.0-or-later
"""A long night: many jobs, three workers of which one is killed now and then, a broker that is killed, a line that is cut,
a disk that is full for a while. In the end every output is there, byte for byte, and took its name once.

    chaos.py [--jobs 2000] [--kills 6]
"""
import argparse
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from harness import Bench, Witness, outputs, skip_without_server  # noqa: E402

WORKERS = 3


class Night:
    def __init__(self, bench, jobs, kills):
        self.bench, self.jobs, self.kills = bench, jobs, kills
        self.broker = bench.broker()
        self.proxy = bench.proxy(self.broker)
        self.random = random.Random(1)
        self.full_disk = self.mount()
        self.started = 0

    def mount(self):
        """A small disk for the outputs of one worker; False where that isn't allowed."""
        small = self.bench.path("small")
        os.makedirs(small)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", small], capture_output=True)
        return done.returncode == 0

    def unmount(self):
        if self.full_disk:
            subprocess.run(["umount", "-l", self.bench.path("small")], check=False)

    def worker(self, cut=False):
        """The first is reached through the line that is cut later."""
        self.started += 1
        return self.bench.worker(self.broker.url(self.proxy.port if cut else None), "out", log=f"worker{self.started}")

    def progress(self, share, batch):
        """Waits until that share of the outputs is there."""
        while len(os.listdir(self.bench.path("out"))) - 1 < share * self.jobs:
            if batch.poll() is not None:
                return
            time.sleep(0.05)

    def run(self):
        manifest = self.bench.path("jobs.jsonl")
        witness = Witness(self.bench.path("out"))
        workers = [self.worker(cut=True)] + [self.worker() for _ in range(WORKERS - 1)]
        batch = self.bench.start("batch", manifest, "--queue", self.broker.url(), "-o", self.bench.path("out"),
                                 log="batch.log")
        for kill in range(self.kills):
            self.progress((kill + 1) / (self.kills + 2), batch)
            victim = self.random.randrange(1, WORKERS)
            workers[victim].kill()
            workers[victim].wait(30)
            workers[victim] = self.worker()
            print(f"killed a worker with {len(os.listdir(self.bench.path('out'))) - 1} outputs there", flush=True)
            if kill == self.kills // 2:
                self.broker.kill()
                time.sleep(1)
                self.broker.start()
                print("killed the broker, and started it again", flush=True)
            self.proxy.cut = kill == 1 or kill == 2
        self.proxy.cut = False
        batch.wait(1800)
        for worker in workers:
            worker.terminate()
        codes = [worker.wait(120) for worker in workers]
        return batch.returncode, codes, witness.close()


def fill_and_free(bench, expected):
    """A batch onto a disk of 1 MB: it stops with 74 and says so; with room, the same command goes on."""
    small, manifest = bench.path("small"), bench.path("jobs.jsonl")
    filler = os.path.join(small, "filler")
    with open(filler, "wb") as out:
        out.write(b"x" * 500000)
    os.makedirs(os.path.join(small, "out"))
    done = bench.run("batch", manifest, "-o", os.path.join(small, "out"), "--no-cache", "-j", 2)
    assert done.returncode == 74, (done.returncode, done.stderr.decode())
    before = outputs(os.path.join(small, "out"))
    assert 0 < len(before) < len(expected) and all(expected[n] == b for n, b in before.items())
    subprocess.run(["mount", "-o", "remount,size=1g", small], check=True)
    done = bench.run("batch", manifest, "-o", os.path.join(small, "out"), "--no-cache", "-j", 2, timeout=1800)
    assert done.returncode == 0, done.stderr.decode()
    assert outputs(os.path.join(small, "out")) == expected
    print(f"a full disk: {len(before)} outputs, then exit code 74; all {len(expected)} after it was freed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=6)
    wanted = parser.parse_args()
    skip_without_server()
    bench = Bench()
    night = None
    try:
        bench.manifest("jobs.jsonl", wanted.jobs)
        done = bench.run("batch", bench.path("jobs.jsonl"), "-o", bench.path("expected"), "--no-cache", timeout=1800)
        assert done.returncode == 0, done.stderr.decode()
        expected = outputs(bench.path("expected"))
        night = Night(bench, wanted.jobs, wanted.kills)
        code, codes, counts = night.run()
        made = outputs(bench.path("out"))
        right = sum(made.get(name) == content for name, content in expected.items())
        twice = {name: count for name, count in counts.items() if count != 1}
        print(f"{right} of {len(expected)} outputs right, {len(made) - right} others, {len(twice)} published twice; "
              f"batch ended with {code}, workers with {codes}")
        assert code == 0 and right == len(expected) == len(made) and not twice
        assert night.broker.command("XLEN", "nashra:jobs") == 0 and night.broker.command("EXISTS", "nashra:dead") == 0
        if night.full_disk:
            fill_and_free(bench, expected)
        else:
            print("a full disk: not tried, since mounting one is not allowed here")
    finally:
        if night:
            night.unmount()
        bench.close()


if __name__ == "__main__":
    main()
