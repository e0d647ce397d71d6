# SPDX-License-Identifier: GPL-3.0-or-later
"""Two dozen bulletins as other programs see them: ffmpeg's and loudgain's meters, sndfile-info, mediainfo, ffprobe.

    tests/radio/air.py build/nashra

Skipped (77) without ffmpeg; the other tools are used where they are: apt-get install ffmpeg loudgain mediainfo
sndfile-programs."""
import glob
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
ARTICLES = sorted(path for path in glob.glob(os.path.join(HERE, "../articles/*.txt")) if ".spoken." not in path)

# name, articles, options.
FULL = ["--at", "2026-11-28T21:00", "--intro", "standard", "--outro", "standard", "--station", "إذاعة الشرق"]
BULLETINS = [
    *[(f"one-{i}.wav", ARTICLES[i:i + 1], []) for i in range(len(ARTICLES))],
    ("all.wav", ARTICLES, FULL),
    ("slot-3.wav", ARTICLES[:3], [*FULL, "--slot", "3:00"]),
    ("slot-odd.wav", ARTICLES[2:4], ["--slot", "2:13.37"]),
    ("podcast.flac", ARTICLES[:2], [*FULL, "--loudness", "-16", "--bits", "24"]),
    ("stream.wav", ARTICLES[:2], ["--loudness", "-14", "--bits", "24"]),
    ("loud.flac", ARTICLES[3:5], ["--loudness", "-14", "--peak", "-3"]),
    ("podcast.opus", ARTICLES[:2], ["--loudness", "-16"]),
    ("podcast.mp3", ARTICLES[:2], ["--loudness", "-14"]),
    ("air.opus", ARTICLES[4:6], FULL),
    ("air.mp3", ARTICLES[4:6], FULL),
    ("music.wav", ARTICLES[1:3], [*FULL, "--opening", "SOUNDS/chord.wav", "--closing", "SOUNDS/chord.wav", "--sting",
                                  "SOUNDS/click.wav", "--bed", "SOUNDS/loop.wav"]),
    ("music.flac", ARTICLES[1:2], ["--bed", "SOUNDS/loop.wav", "--slot", "1:07", "--loudness", "-16"]),
    ("stereo.wav", ARTICLES[1:3], [*FULL, "--opening", "SOUNDS/wide.wav", "--bed", "SOUNDS/broad.wav", "--slot", "2:30"]),
    ("stereo.flac", ARTICLES[2:3], ["--opening", "SOUNDS/wide.wav", "--bits", "24", "--loudness", "-14"]),
    ("stereo.opus", ARTICLES[2:3], ["--bed", "SOUNDS/broad.wav", "--loudness", "-16"]),
    ("stereo.mp3", ARTICLES[2:3], ["--bed", "SOUNDS/broad.wav", "--loudness", "-16"]),
    ("both.wav", ARTICLES[1:2], ["--channels", "2"]),
    ("both.mp3", ARTICLES[1:2], ["--channels", "2", "--loudness", "-14"]),
    ("down.wav", ARTICLES[1:2], ["--opening", "SOUNDS/wide.wav", "--channels", "1"]),
    ("fast.wav", ARTICLES[:1], ["--rate", "300", "--volume", "150"]),
    ("slow.wav", ARTICLES[:1], ["--rate", "120", "--pitch", "20", "--volume", "30"]),
    ("lone.wav", [os.path.join(HERE, "lone.txt")], []),
]


def make_sound(path, seconds, rate, *sides):
    """A stereo file of what each side, or one for both, gives for a time in seconds."""
    with wave.open(path, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        frames = bytearray()
        for i in range(int(seconds * rate)):
            for side in (sides[0], sides[-1]):
                frames += int(32767 * max(-1, min(1, side(i / rate)))).to_bytes(2, "little", signed=True)
        out.writeframes(frames)


def make_sounds(folder):
    def tone(hertz, t):
        return math.sin(2 * math.pi * hertz * t)
    make_sound(folder + "/chord.wav", 2.5, 44100, lambda t: 0.9 * math.exp(-2 * t) * (tone(220, t) + tone(277, t) + tone(330, t)) / 3)
    make_sound(folder + "/click.wav", 0.3, 32000, lambda t: math.exp(-30 * t) * tone(900, t))
    make_sound(folder + "/wide.wav", 2.5, 44100, lambda t: 0.9 * math.exp(-2 * t) * tone(220, t), lambda t: 0.9 * math.exp(-2 * t) * tone(330, t))
    make_sound(folder + "/broad.wav", 7, 96000, lambda t: 0.5 * tone(110, t), lambda t: 0.5 * tone(165, t) * (0.6 + 0.4 * tone(0.5, t)))
    make_sound(folder + "/loop.wav", 7, 48000, lambda t: 0.5 * (tone(110, t) + tone(165, t)) / 2 * (0.6 + 0.4 * tone(0.5, t)))


def ffmpeg_meter(path):
    done = subprocess.run(["ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true:framelog=verbose",
                           "-f", "null", "-"], capture_output=True, text=True, check=True)
    summary = done.stderr[done.stderr.rindex("Summary:"):]
    return (float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary).group(1)),
            float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary).group(1)))


def loudgain_meter(path):
    """Its gain is counted from -18 LUFS."""
    done = subprocess.run(["loudgain", "-O", "-q", path], capture_output=True, text=True)
    if done.returncode != 0:
        return None
    head, row = [line.split("\t") for line in done.stdout.splitlines()[:2]]
    fields = dict(zip(head, row))
    return float(fields["Loudness"].split()[0])


def length_of(path, channels):
    """Seconds, and frames where they are told."""
    done = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", path],
                          capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr
    stream = json.loads(done.stdout)["streams"][0]
    assert stream["sample_rate"] == "48000" and stream["channels"] == channels, stream
    return float(stream["duration"]), stream["duration_ts"] if stream["time_base"] == "1/48000" else None


def accepted(path):
    """What the other readers say against it."""
    faults = []
    if path.endswith((".wav", ".flac")) and shutil.which("sndfile-info"):
        text = subprocess.run(["sndfile-info", path], capture_output=True, text=True).stdout
        if re.search(r"error|unknown|too big|should be", text, re.I):
            faults.append("sndfile-info: " + text)
    if shutil.which("mediainfo"):
        text = subprocess.run(["mediainfo", path], capture_output=True, text=True).stdout
        if "Sampling rate" not in text or re.search(r"conformance|truncated", text, re.I):
            faults.append("mediainfo: " + text)
    return faults


def check(nashra, folder, name, articles, options):
    path = os.path.join(folder, name)
    options = [option.replace("SOUNDS", folder) for option in options]
    subprocess.run([nashra, "bulletin", *articles, *options, "-o", path], check=True, capture_output=True, timeout=300)
    wanted = dict(zip(options[::2], options[1::2]))
    target, peak = float(wanted.get("--loudness", -23)), float(wanted.get("--peak", -1))
    loudness, true_peak = ffmpeg_meter(path)
    gain = loudgain_meter(path) if shutil.which("loudgain") else None
    faults = accepted(path)
    if abs(loudness - target) > 0.2:
        faults.append(f"ffmpeg: {loudness} LUFS, wanted {target}")
    if gain is not None and abs(gain - target) > 0.2:
        faults.append(f"loudgain: {gain} LUFS, wanted {target}")
    if true_peak > peak:
        faults.append(f"ffmpeg: true peak {true_peak} dBTP, wanted {peak}")
    wide = any("wide" in option or "broad" in option for option in options)
    seconds, length = length_of(path, int(wanted.get("--channels", 2 if wide else 1)))
    if "--slot" in wanted:
        minutes, rest = wanted["--slot"].split(":")
        exact = round((int(minutes) * 60 + float(rest)) * 48000)
        if length != exact:
            faults.append(f"{length} frames, wanted {exact}")
    print(f"{name:14} {loudness:6.1f} LUFS (loudgain {gain}), true peak {true_peak:6.1f} dBTP, {seconds:.3f} s"
          f"{'' if not faults else faults}", flush=True)
    return not faults


def main(nashra):
    if not shutil.which("ffmpeg"):
        print("skipped: needs ffmpeg")
        return 77
    assert len(BULLETINS) >= 20
    with tempfile.TemporaryDirectory(prefix="nashra-air-") as folder:
        make_sounds(folder)
        good = [check(nashra, folder, *bulletin) for bulletin in BULLETINS]
    print(f"{sum(good)} of {len(good)} are right")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
