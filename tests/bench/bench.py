# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of ./dev bench: every ratio is against bare `espeak-ng -v ar` on the same article, in the same run."""
import os
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
import wave

NASHRA = "build/nashra"
DATA = {**os.environ, "NASHRA_DATA": "data"}


def seconds_of(path):
    with wave.open(path) as sound:
        return sound.getnframes() / sound.getframerate()


def run(arguments, stdin=None):
    return subprocess.run(arguments, input=stdin, capture_output=True, check=True, env=DATA).stdout


def instructions(arguments, stdin=None):
    """Instructions of one run, counted by callgrind: the same on a quiet and on a busy machine."""
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *arguments],
                              input=stdin, capture_output=True, check=True, env=DATA)
    return int(re.search(rb"Collected : (\d+)", done.stderr).group(1))


def first_sample(arguments, folder):
    """Milliseconds from exec to the first sound at ALSA; the median of 21 runs. ALSA's file plugin stands in for the
    card for both programs: it hands on what is written to it through a pipe."""
    pipe, config = os.path.join(folder, "card"), os.path.join(folder, "asoundrc")
    if not os.path.exists(pipe):
        os.mkfifo(pipe)
        with open(config, "w") as out:
            out.write(f'pcm.!default {{ type file slave.pcm null file "{pipe}" format raw }}\n'
                      "pcm.null { type null }\n")
    times = []
    for _ in range(21):
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        start = time.perf_counter()
        child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, env={**DATA, "ALSA_CONFIG_PATH": config})
        select.select([reader], [], [], 10)
        times.append((time.perf_counter() - start) * 1000)
        child.kill()
        child.wait()
        os.close(reader)
    return sorted(times)[len(times) // 2]


def peak_memory(arguments):
    """MiB resident at the most, by the kernel's account."""
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        os.execvpe(arguments[0], arguments, DATA)
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_maxrss / 1024


def stage_costs(article, speech):
    """Instructions of each stage: what is added when the chain is built one stage longer."""
    steps = [
        ("article + normalise", ["text", article]),
        ("diacritise", ["text", "--marks", "full", article]),
        ("phonemise", ["text", "--phonemes", article]),
        ("eSpeak + file", ["render", article, "-o", "-"]),
    ]
    before, costs = 0, []
    for name, arguments in steps:
        total = instructions([NASHRA, *arguments])
        costs.append((name, (total - before) / speech))
        before = total
    return costs, before / speech


def letters_per_second(article, bare):
    """Letters a second of the chain to the end of each stage, by CPU time of a long text."""
    text = open(article, "rb").read() + b"\n\n"
    copies = max(1, 400000 // max(1, len(bare)))
    rows = []
    with tempfile.NamedTemporaryFile(suffix=".txt") as long:
        long.write(text * copies)
        long.flush()
        for name, arguments in (("to words", ["text"]), ("to marks", ["text", "--marks", "full"]),
                                ("to phonemes", ["text", "--phonemes"]), ("to sound", ["render", "-o", "-"])):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([NASHRA, *arguments, long.name], stdout=subprocess.DEVNULL, check=True, env=DATA)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            rows.append((name, len(bare) * copies / spent))
    return rows


def cpu_time(arguments):
    """Seconds of CPU, children and kernel included; the least of seven runs."""
    times = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(arguments, check=True, capture_output=True, env=DATA)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def bulletin_costs(article):
    """CPU time per second of sound of finished files, of bare eSpeak's."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "x.wav")
        bare = ["espeak-ng", "-v", "ar", "-f", article, "-w", out]
        espeak = cpu_time(bare) / seconds_of(out)
        for name, arguments in (("render to WAV", ["render", article]), ("bulletin", ["bulletin", article]),
                                ("bulletin, -14 LUFS through the limiter", ["bulletin", article, "--loudness", "-14"]),
                                ("bulletin with its proof page", ["bulletin", article, "--proof"])):
            spent = cpu_time([NASHRA, *arguments, "-o", out])
            rows.append((name, spent / seconds_of(out) * 1000, spent / seconds_of(out) / espeak))
    return rows


def main(article):
    bare = re.sub(r"\s|[،.؟!:؛]", "", run([NASHRA, "text", article]).decode())
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = os.path.join(folder, "a.wav"), os.path.join(folder, "b.wav")
        run([NASHRA, "render", article, "-o", ours])
        run(["espeak-ng", "-v", "ar", "-f", article, "-w", theirs])
        speech, espeak_speech = seconds_of(ours), seconds_of(theirs)
    espeak = instructions(["espeak-ng", "-v", "ar", "-f", article, "--stdout"]) / espeak_speech
    print(f"{article}: {len(bare)} letters spoken, {speech:.1f} s of speech; bare espeak-ng -v ar: {espeak_speech:.1f} s")
    print(f"\nInstructions per second of speech (callgrind)      millions   of bare eSpeak's")
    print(f"  bare espeak-ng -v ar                            {espeak / 1e6:9.2f}   1")
    costs, total = stage_costs(article, speech)
    for name, cost in costs:
        print(f"  {name:47s} {cost / 1e6:9.2f}   {cost / espeak:.3f}")
    print(f"  {'the whole':47s} {total / 1e6:9.2f}   {total / espeak:.3f}")
    print("\nLetters a second of CPU time, from the file to the end of a stage")
    for name, speed in letters_per_second(article, bare):
        print(f"  {name:47s} {speed:9.0f}")
    print("\nCPU time per second of sound                              ms   of bare eSpeak's")
    for name, spent, ratio in bulletin_costs(article):
        print(f"  {name:47s} {spent:9.2f}   {ratio:.2f}")
    print("\nCold start to the first sound at ALSA (median of 21)         ms")
    with tempfile.TemporaryDirectory() as folder:
        espeak_start = first_sample(["espeak-ng", "-v", "ar", "-f", article], folder)
        our_start = first_sample([NASHRA, "say", article], folder)
    print(f"  bare espeak-ng -v ar                            {espeak_start:9.1f}")
    print(f"  nashra say                                      {our_start:9.1f}   ratio {our_start / espeak_start:.2f}")
    print("\nNumbers in words")
    print("  " + run(["build/bench_numbers"]).decode().rstrip().replace("\n", "\n  "))
    print("\nPeak resident memory                                   MiB")
    with tempfile.TemporaryDirectory() as folder:
        print(f"  nashra render                                   "
              f"{peak_memory([NASHRA, 'render', article, '-o', folder + '/x.wav']):9.1f}")
    print(f"  nashra text --marks full                        {peak_memory([NASHRA, 'text', '--marks', 'full', article]):9.1f}")
    print(f"  bare espeak-ng -v ar                            "
          f"{peak_memory(['espeak-ng', '-v', 'ar', '-f', article, '--stdout']):9.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
