# SPDX-License-Identifier: GPL-3.0-or-later
"""nashrad and a real broker: retained state, last will, commands, errors, credentials, TLS, a broker that goes away."""
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

from box import CONFIG, Box

BROKER = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
PORTS = iter(range(7700 + os.getpid() % 40, 7750))


def free_port():
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise unittest.SkipTest("no free port from 7700 to 7749")


class Broker:
    def __init__(self, port, *lines):
        self.folder = tempfile.mkdtemp(prefix="nashra-mqtt-")
        self.port = port
        self.lines = lines
        self.process = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self):
        with open(self.path("conf"), "w") as file:
            file.write(f"listener {self.port} 127.0.0.1\nuser root\n" + "\n".join(
                line.format(folder=self.folder) for line in self.lines or ("allow_anonymous true",)) + "\n")
        self.process = subprocess.Popen([BROKER, "-c", self.path("conf")], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError("the broker doesn't start")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Listener:
    """As much of MQTT 3.1.1 as it takes to listen to all topics and to publish."""

    def __init__(self, port, user=None, password=None, context=None):
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.socket.settimeout(60)
        flags, payload = 2, self.text(f"test{os.getpid()}{time.monotonic()}")
        if user:
            flags |= 0xC0
            payload += self.text(user) + self.text(password)
        self.send(0x10, self.text("MQTT") + bytes([4, flags, 0, 60]) + payload)
        kind, body = self.packet()
        if body[1] != 0:
            raise ConnectionError(body[1])
        self.send(0x82, struct.pack(">H", 1) + self.text("#") + b"\x00")
        self.packet()
        self.seen = []

    @staticmethod
    def text(value):
        return struct.pack(">H", len(value.encode())) + value.encode()

    def send(self, kind, body):
        length, sizes = len(body), b""
        while True:
            sizes += bytes([length % 128 | (128 if length > 127 else 0)])
            length //= 128
            if not length:
                break
        self.socket.sendall(bytes([kind]) + sizes + body)

    def exactly(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise ConnectionError("gone")
            data += part
        return data

    def packet(self):
        kind, length, shift = self.exactly(1)[0], 0, 0
        while True:
            byte = self.exactly(1)[0]
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return kind, self.exactly(length)

    def publish(self, topic, message, retain=False):
        self.send(0x30 | retain, self.text(topic) + message.encode())

    def wait(self, topic, accept=lambda message: True):
        """The next message of a topic that is accepted, and whether it was retained."""
        while True:
            for at, (name, message, retained) in enumerate(self.seen):
                if name == topic and accept(message):
                    del self.seen[at]
                    return message, retained
            kind, body = self.packet()
            if kind >> 4 != 3:
                continue
            size = struct.unpack(">H", body[:2])[0]
            rest = body[2 + size:][2 if kind & 6 else 0:]
            name = body[2:2 + size].decode()
            if not name.endswith("/command"):
                self.seen.append((name, json.loads(rest), bool(kind & 1)))

    def close(self):
        self.socket.close()


@unittest.skipUnless(BROKER, "there is no mosquitto")
class MqttTest(unittest.TestCase):
    def broker(self, *lines, port=None):
        broker = Broker(port or free_port(), *lines)
        self.addCleanup(broker.close)
        return broker

    def box(self, port, *lines):
        config = CONFIG.replace("device = default", "device = null") + "[announce]\nsocket =\n[mqtt]\n" + \
            f"host = localhost\nport = {port}\ndevice = hall-1\n" + "".join(line + "\n" for line in lines)
        box = Box(config=config)
        self.addCleanup(box.close)
        return box.start()

    def listener(self, *arguments, **options):
        listener = Listener(*arguments, **options)
        self.addCleanup(listener.close)
        return listener

    def test_state_commands_answers_and_errors(self):
        broker = self.broker().start()
        listener = self.listener(broker.port)
        box = self.box(broker.port)
        state, _ = listener.wait("nashra/hall-1/state", lambda m: m.get("reader", {}).get("mode") == "playing")
        self.assertTrue(state["online"])
        late = self.listener(broker.port)  # the state is there for who comes later
        self.assertTrue(late.wait("nashra/hall-1/state")[1])
        command = "nashra/hall-1/command"
        listener.publish(command, '{"cmd":"say","text":"نداء عبر الشبكة.","manner":"interrupt","ref":1}')
        answer, _ = listener.wait("nashra/hall-1/answer", lambda m: m.get("ref") == 1)
        self.assertTrue(answer["ok"])
        listener.wait("nashra/hall-1/event", lambda m: m["id"] == answer["id"] and m["state"] == "spoken")
        listener.publish(command, '{"cmd":"pause"}')
        listener.wait("nashra/hall-1/state", lambda m: m.get("reader", {}).get("mode") == "paused")
        for bad, code in (("{", "bad-json"), ('{"cmd":"fly"}', "unknown-command"), ("\x00" * 3000, "bad-json")):
            listener.publish(command, bad)
            self.assertEqual(listener.wait("nashra/hall-1/error")[0]["code"], code)
        self.assertEqual(box.stop(), 0)
        self.assertFalse(listener.wait("nashra/hall-1/state", lambda m: not m["online"])[0]["online"])

    def test_the_last_will(self):
        broker = self.broker().start()
        listener = self.listener(broker.port)
        box = self.box(broker.port)
        listener.wait("nashra/hall-1/state", lambda m: m["online"])
        box.process.send_signal(signal.SIGKILL)
        self.assertEqual(listener.wait("nashra/hall-1/state", lambda m: not m["online"])[0], {"online": False})

    def test_a_command_that_the_broker_kept_is_of_yesterday(self):
        broker = self.broker().start()
        listener = self.listener(broker.port)
        listener.publish("nashra/hall-1/command", '{"cmd":"status","ref":"old"}', retain=True)
        self.box(broker.port)
        listener.wait("nashra/hall-1/state", lambda m: m["online"])
        listener.publish("nashra/hall-1/command", '{"cmd":"status","ref":"new"}')
        answer, _ = listener.wait("nashra/hall-1/answer")
        self.assertEqual(answer["ref"], "new")

    def test_a_broker_that_is_away_does_not_disturb_the_voice(self):
        broker = self.broker()
        box = self.box(broker.port)  # it isn't there yet
        box.wait_for(r"read 1 0\b", timeout=60)
        broker.start()
        listener = self.listener(broker.port)
        listener.wait("nashra/hall-1/state", lambda m: m["online"])
        broker.process.send_signal(signal.SIGSTOP)  # it hangs
        since = time.monotonic()
        box.press("play")
        box.wait_for("stop", since=since, timeout=60)
        since = time.monotonic()
        box.press("play")
        box.wait_for("read 1", since=since, timeout=60)
        broker.stop()
        broker.start()
        again = self.listener(broker.port)
        again.wait("nashra/hall-1/state", lambda m: m["online"])
        broker.stop()
        self.assertEqual(box.stop(timeout=20), 0)

    def test_credentials(self):
        broker = self.broker("allow_anonymous false", "password_file {folder}/passwords")
        subprocess.run(["mosquitto_passwd", "-b", "-c", broker.path("passwords"), "hall", "secret"], check=True,
                       capture_output=True)
        with open(broker.path("password"), "w") as file:
            file.write("secret\n")
        broker.start()
        listener = self.listener(broker.port, "hall", "secret")
        self.box(broker.port, "user = hall", f"password_file = {broker.path('password')}")
        listener.wait("nashra/hall-1/state", lambda m: m["online"])
        stranger = self.box(broker.port)
        stranger.wait_for(r"read 1 0\b", timeout=60)
        stranger.wait_for("refuses", timeout=60)
        missing = self.box(broker.port, "user = hall", "password_file = /none")
        missing.wait_for(r"password_file in \[mqtt\]: /none", timeout=60)
        missing.wait_for(r"read 1 0\b", timeout=60)

    @unittest.skipUnless(shutil.which("openssl"), "there is no openssl")
    def test_tls(self):
        broker = self.broker("allow_anonymous true", "cafile {folder}/ca.pem", "certfile {folder}/server.pem",
                             "keyfile {folder}/server.key")

        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=broker.folder)

        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key",
                "-out", "ca.pem", "-subj", "/CN=test", "-days", "2")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key", "-out",
                "server.csr", "-subj", "/CN=localhost")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
                "server.pem", "-days", "2")
        broker.start()
        import ssl
        context = ssl.create_default_context(cafile=broker.path("ca.pem"))
        context.check_hostname = False
        listener = self.listener(broker.port, context=context)
        self.box(broker.port, f"ca_file = {broker.path('ca.pem')}")
        listener.wait("nashra/hall-1/state", lambda m: m["online"])
        wrong = self.box(broker.port, "ca_file = /none")
        wrong.wait_for(r"\[mqtt\]: TLS by /none", timeout=60)
        wrong.wait_for(r"read 1 0\b", timeout=60)


if __name__ == "__main__":
    if not BROKER:
        print("there is no mosquitto: skipped")
        sys.exit(77)
    unittest.main()
