# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library of stories costs: instructions of whole commands with 10,000 stories, and how the index grows.

    python3 tests/bench/news.py BUILD       nashra and news_fill lie in the folder BUILD
"""
import os
import re
import subprocess
import sys
import tempfile

STORIES, ROUND, KEPT = 10000, 250, 1000


def instructions(command, env):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], env=env,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found[1]) if found and done.returncode == 0 else None


def costs(build, folder):
    env = {**os.environ, "NASHRA_LIBRARY": folder}
    subprocess.run([os.path.join(build, "news_fill"), folder, str(STORIES)], check=True)
    print("index of %d stories: %.1f MB" % (STORIES, os.stat(os.path.join(folder, "news.db")).st_size / 1e6))
    for arguments in ("--version", "library list", "library list --most 0", "library search حكومة",
                      "library search الحكومة المدينة وزير", "library search حكو*", "text story:newest"):
        cost = instructions([os.path.join(build, "nashra"), *arguments.split()], env)
        print("%-40s %s million instructions" % (arguments, "failed:" if cost is None else "%.1f" % (cost / 1e6)))


def growth(build, folder):
    sizes = []
    for number in range(1, 41):
        subprocess.run([os.path.join(build, "news_fill"), folder, str(ROUND), str((41 - number) * ROUND)], check=True)
        subprocess.run([os.path.join(build, "nashra"), "feed", "update", "--library", folder, "--keep-count", str(KEPT),
                        "--keep-days", "100000"], check=True, stdout=subprocess.DEVNULL)
        sizes.append(os.stat(os.path.join(folder, "news.db")).st_size / 1e6)
    print("%d stories kept, %d new a round: %.1f MB after 10 rounds, %.1f after 20, %.1f after 40, %.1f at most"
          % (KEPT, ROUND, sizes[9], sizes[19], sizes[39], max(sizes)))


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    for part in (costs, growth):
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            part(build, os.path.join(folder, "library"))


if __name__ == "__main__":
    main()
