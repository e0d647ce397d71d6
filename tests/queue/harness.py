# SPDX-License-Identifier: GPL-3.0-or-later
"""A real redis-server on loopback, workers, a proxy that can stop forwarding, and a witness that counts how often each
output takes its name."""
import ctypes
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from gate import Gate  # noqa: E402

NASHRA = os.environ.get("NASHRA", "build/nashra")
PORTS = range(7600, 7650)
SERVER = shutil.which("redis-server")


def free_port():
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no port of 7600 to 7649 is free")


class Broker:
    """redis-server with an append-only file, so that it can be killed and come back."""

    def __init__(self, folder, *options):
        self.folder, self.options, self.process = folder, options, None
        os.makedirs(folder, exist_ok=True)

    def start(self):
        """On a port of its own, which it keeps: of tests that run side by side only one gets each."""
        for _ in range(20):
            port = getattr(self, "port", None) or free_port()
            with open(os.path.join(self.folder, "log"), "ab") as log:
                self.process = subprocess.Popen(
                    [SERVER, "--port", str(port), "--bind", "127.0.0.1", "--dir", self.folder, "--save", "",
                     "--appendonly", "yes", "--appendfsync", "everysec", "--daemonize", "no", *self.options],
                    stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
            if self.answers(port):
                self.port = port
                return self
            self.process.wait(10)
        raise RuntimeError("redis-server does not start: " + content(os.path.join(self.folder, "log")).decode()[-500:])

    def answers(self, port):
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", port), 1) as link:
                    link.sendall(b"PING\r\n")
                    answer = link.recv(64)
                    if answer.startswith((b"+PONG", b"-NOAUTH")):
                        return self.process.poll() is None
            except OSError:
                pass
            time.sleep(0.05)
        return False

    def url(self, port=None, login="", name="nashra"):
        return f"redis://{login}127.0.0.1:{port or self.port}?name={name}"

    def command(self, *words):
        """The reply as Python sees it: bytes, int, list, None."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as link:
            link.sendall(b"*%d\r\n" % len(words) +
                         b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in (str(w).encode() for w in words)))
            with link.makefile("rb") as source:
                return read_reply(source)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.kill()


def read_reply(source):
    line = source.readline()
    kind, rest = line[:1], line[1:-2]
    if kind == b":":
        return int(rest)
    if kind == b"$":
        return None if rest == b"-1" else source.read(int(rest) + 2)[:-2]
    if kind == b"*":
        return None if rest == b"-1" else [read_reply(source) for _ in range(int(rest))]
    if kind == b"-":
        raise RuntimeError(rest.decode())
    return rest


class Proxy(threading.Thread):
    """Forwards to a port until it is cut: then it holds what comes, both ways, and closes nothing."""

    def __init__(self, target):
        super().__init__(daemon=True)
        self.target, self.cut, self.ended = target, False, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pairs = {}

    def run(self):
        while not self.ended:
            watched = [] if self.cut else [self.listener, *self.pairs]
            for ready in select.select(watched, [], [], 0.05)[0]:
                self.serve(ready)

    def serve(self, ready):
        if ready is self.listener:
            near = self.listener.accept()[0]
            try:
                far = socket.create_connection(("127.0.0.1", self.target), 5)
            except OSError:
                near.close()
                return
            self.pairs[near], self.pairs[far] = far, near
            return
        other = self.pairs.get(ready)
        if not other:
            return
        try:
            block = ready.recv(65536)
            if block:
                other.sendall(block)
                return
        except OSError:
            pass
        for end in (ready, other):
            self.pairs.pop(end, None)
            end.close()

    def close(self):
        self.ended = True
        self.join(5)
        for end in (self.listener, *self.pairs):
            end.close()


class Witness(threading.Thread):
    """Counts names given in a folder, by inotify(7): what is renamed into it, and what is written in place."""
    MOVED_TO, CLOSE_WRITE = 0x80, 0x8

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.fd = self.libc.inotify_init()
        os.makedirs(folder, exist_ok=True)
        if self.libc.inotify_add_watch(self.fd, folder.encode(), self.MOVED_TO | self.CLOSE_WRITE) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        self.counts, self.ended = {}, False
        self.start()

    def run(self):
        while not self.ended:
            if not select.select([self.fd], [], [], 0.1)[0]:
                continue
            block = os.read(self.fd, 1 << 16)
            while block:
                length = struct.unpack("iIII", block[:16])[3]
                name = block[16:16 + length].rstrip(b"\0").decode()
                self.counts[name] = self.counts.get(name, 0) + 1
                block = block[16 + length:]

    def close(self):
        time.sleep(0.2)
        self.ended = True
        self.join(5)
        os.close(self.fd)
        return self.counts


class Bench:
    """A folder, processes that end with it, and the manifests that the tests use."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="q-nashra-", dir="/tmp")
        self.processes, self.brokers, self.proxies, self.gates = [], [], [], []

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def manifest(self, name, count, first=100, ending="wav"):
        with open(self.path(name), "w", encoding="utf-8") as out:
            for i in range(count):
                print(json.dumps({"text": f"{first + i} كتابا.", "output": f"{i}.{ending}"}, ensure_ascii=False), file=out)
        return self.path(name)

    def gated(self, name, count, *held, first=100):
        """A manifest whose jobs of these numbers are held by gates, and the gates."""
        gates = {i: Gate(self.path(f"gate{i}.txt"), f"{first + i} كتابا.") for i in held}
        with open(self.manifest(name, count, first), encoding="utf-8") as source:
            jobs = [json.loads(line) for line in source]
        for i, gate in gates.items():
            jobs[i] = {"input": gate.path, "output": jobs[i]["output"]}
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.writelines(json.dumps(job, ensure_ascii=False) + "\n" for job in jobs)
        self.gates.extend(gates.values())
        return self.path(name), *gates.values()

    def broker(self, *options):
        broker = Broker(self.path(f"redis{len(self.brokers)}"), *options).start()
        self.brokers.append(broker)
        return broker

    def proxy(self, broker):
        proxy = Proxy(broker.port)
        proxy.start()
        self.proxies.append(proxy)
        return proxy

    def start(self, *arguments, log="log", **more):
        with open(self.path(log), "ab") as messages:
            process = subprocess.Popen([NASHRA, *map(str, arguments)], stderr=messages, stdin=subprocess.DEVNULL, **more)
        self.processes.append(process)
        return process

    def worker(self, url, folder, *options, steal_after=1, **more):
        return self.start("worker", "--queue", url, "-o", self.path(folder), "-j", 1, "--steal-after", steal_after,
                          "--no-cache", *options, **more)

    def run(self, *arguments, timeout=300, **more):
        return subprocess.run([NASHRA, *map(str, arguments)], capture_output=True, timeout=timeout,
                              stdin=subprocess.DEVNULL, **more)

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait(30)
        for gate in self.gates:  # what a killed worker left behind ends
            gate.close()
        for proxy in self.proxies:
            proxy.close()
        for broker in self.brokers:
            broker.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def content(path):
    with open(path, "rb") as source:
        return source.read()


def outputs(folder):
    """Name → bytes of what a folder shows."""
    return {name: content(os.path.join(folder, name)) for name in os.listdir(folder) if not name.startswith(".")}


def skip_without_server():
    if not SERVER:
        print("redis-server is not installed: apt-get install redis-server", file=sys.stderr)
        sys.exit(77)
