# SPDX-License-Identifier: GPL-3.0-or-later
"""A job that stays begun for as long as a test likes: its article is a named pipe, from which nothing comes before the
test lets it. What happens meanwhile happens in the middle of the work, however fast the machine is."""
import os
import stat
import time


class Gate:
    def __init__(self, path, text):
        self.path, self.text, self.fd = path, text, None
        os.mkfifo(path)

    def wait_begun(self, seconds=60):
        """Until a process is reading: that one's job is begun, and is not done before let_pass()."""
        deadline = time.monotonic() + seconds
        while self.fd is None:
            try:
                self.fd = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads it yet
                assert time.monotonic() < deadline, f"nobody began {self.path}"
                time.sleep(0.005)

    def reader(self, seconds=60):
        """The process that reads it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for pid in filter(str.isdigit, os.listdir("/proc")):
                if int(pid) != os.getpid() and self.path in links(f"/proc/{pid}/fd"):
                    return int(pid)
            time.sleep(0.005)
        raise AssertionError(f"nobody reads {self.path}")

    def let_pass(self):
        """Whoever reads gets the text; who comes later finds a file with it."""
        self.replace()
        os.write(self.fd, self.text.encode())
        self.close()

    def replace(self):
        """Who comes later finds a file; whoever reads goes on waiting."""
        with open(self.path + ".new", "w", encoding="utf-8") as out:
            out.write(self.text)
        os.rename(self.path + ".new", self.path)

    def close(self):
        """Whoever reads still gets an empty article, and ends."""
        if self.fd is not None:
            os.close(self.fd)
        elif stat.S_ISFIFO(os.stat(self.path).st_mode):
            os.close(os.open(self.path, os.O_RDWR))
        self.fd = None


def links(folder):
    """Where the links in a folder of /proc lead; processes come and go meanwhile."""
    found = set()
    try:
        for name in os.listdir(folder):
            found.add(os.readlink(os.path.join(folder, name)))
    except OSError:
        pass
    return found
