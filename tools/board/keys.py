#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the pages of the keys from data/layouts and data/prompts.tsv, so that they say what the keys do.

  keys.py           writes docs/KEYS.md, docs/KEYS.ar.md, and an article to listen to for each layout, data/keys/*.txt
  keys.py --check   exit 1 when one of them is not what it would write
"""
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LAYOUTS = ["one", "three", "five", "twelve", "encoder", "kiosk"]
MARKS = re.compile("[\u064b-\u0652\u0670]")

WORDS = {
    "ar": {  # marked, so that nothing is guessed at where it is heard; the page to read goes without
        "title": "أزرار جهاز نشرة",
        "intro": "لِكُلِّ زِرٍّ عَمَلٌ بِضَغْطَةٍ قَصِيرَة، وَعَمَلٌ آخَرُ بِضَغْطَةٍ طَوِيلَة، وَقَدْ يَكُونُ لَهُ عَمَلٌ ثَالِثٌ إِذَا بَقِيَ مَضْغُوطًا. "
                 "قَبْلَ أَنْ تَتْرُكَ الزِّرَّ يَقُولُ الْجِهَازُ مَا سَيَفْعَلُه. فَإِنْ لَمْ تُرِدْ ذَلِك، فَأَبْقِ الزِّرَّ مَضْغُوطًا ثَمَانِيَ ثَوَان، "
                 "ثُمَّ اتْرُكْه: لَنْ يَحْدُثَ شَيْء.",
        "layouts": {"one": "جِهَازٌ بِزِرٍّ وَاحِد", "three": "جِهَازٌ بِثَلَاثَةِ أَزْرَار", "five": "جِهَازٌ بِخَمْسَةِ أَزْرَار",
                    "twelve": "جِهَازٌ بِاثْنَيْ عَشَرَ زِرًّا", "encoder": "جِهَازٌ بِعَجَلَة",
                    "kiosk": "جِهَازٌ فِي مَكَانٍ عَامٍّ بِسَبْعَةِ أَزْرَار"},
        "keys": {"up": "الزِّرُّ الْعُلْوِيُّ", "down": "الزِّرُّ السُّفْلِيُّ", "left": "الزِّرُّ الْأَيْسَرُ", "right": "الزِّرُّ الْأَيْمَنُ",
                 "play": "زِرُّ التَّشْغِيل", "back": "زِرُّ الرُّجُوع", "forward": "زِرُّ التَّقَدُّم", "push": "الضَّغْطُ عَلَى الْعَجَلَة",
                 "star": "زِرُّ النَّجْمَة", "hash": "زِرُّ الْمُرَبَّع", "0": "زِرُّ الصِّفْر", "1": "الزِّرُّ رَقْمُ وَاحِد",
                 "2": "الزِّرُّ رَقْمُ اثْنَيْن", "3": "الزِّرُّ رَقْمُ ثَلَاثَة", "4": "الزِّرُّ رَقْمُ أَرْبَعَة", "5": "الزِّرُّ رَقْمُ خَمْسَة",
                 "6": "الزِّرُّ رَقْمُ سِتَّة", "7": "الزِّرُّ رَقْمُ سَبْعَة", "8": "الزِّرُّ رَقْمُ ثَمَانِيَة", "9": "الزِّرُّ رَقْمُ تِسْعَة",
                 "repeat": "زِرُّ الْإِعَادَة", "next": "زِرُّ التَّالِي", "previous": "زِرُّ السَّابِق", "louder": "زِرُّ رَفْعِ الصَّوْت",
                 "softer": "زِرُّ خَفْضِ الصَّوْت", "help": "زِرُّ الْمُسَاعَدَة"},
        "wheel": {"left": "تَدْوِيرُ الْعَجَلَةِ إِلَى الْيَسَار", "right": "تَدْوِيرُ الْعَجَلَةِ إِلَى الْيَمِين"},
        "pair": "{} وَ{} مَعًا", "pushed": "{} وَهِيَ مَضْغُوطَة", "short": "بِضَغْطَةٍ قَصِيرَة", "long": "بِضَغْطَةٍ طَوِيلَة",
        "held": "بِضَغْطَةٍ مُسْتَمِرَّة", "semicolon": "؛",
    },
    "en": {
        "title": "The keys of a Nashra box",
        "intro": "Each key does one thing when it is pressed shortly, another when it is pressed long, and some a third when they are held. "
                 "Before you let go, the box says what it will do. If that is not what you want, hold on for eight seconds and let "
                 "go: nothing happens.",
        "layouts": {"one": "A box with one key", "three": "A box with three keys", "five": "A box with five keys",
                    "twelve": "A box with twelve keys", "encoder": "A box with a wheel",
                    "kiosk": "A kiosk with seven keys"},
        "keys": {"up": "Up", "down": "Down", "left": "Left", "right": "Right", "play": "Play", "back": "Back",
                 "forward": "Forward", "push": "The wheel pushed", "star": "Star", "hash": "Hash",
                 "repeat": "Repeat", "next": "Next", "previous": "Previous", "louder": "Louder", "softer": "Softer",
                 "help": "Help", **{str(i): str(i) for i in range(10)}},
        "wheel": {"left": "The wheel turned left", "right": "The wheel turned right"},
        "pair": "{} and {} together", "pushed": "{} while pushed", "short": "short", "long": "long", "held": "held",
        "semicolon": ";",
    },
}


def rows(path):
    with open(os.path.join(ROOT, "data", path), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def texts(language, marks=False):
    column = 1 if language == "ar" else 2
    return {row[0]: (row[column] if marks else MARKS.sub("", row[column])).rstrip(".") for row in rows("prompts.tsv")}


def name_of(keys, turns, words):
    names = {**words["keys"], **(words["wheel"] if turns else {})}
    if turns and keys[0] == "push" and len(keys) == 2:
        return words["pushed"].format(names[keys[1]])
    return words["pair"].format(*(names[key] for key in keys)) if len(keys) == 2 else names[keys[0]]


def lines(layout, language, prompts):
    """A sentence or two a key: [(its name, [how: what])]; a turn of a wheel is no press."""
    words, found = WORDS[language], []
    for row in rows(f"layouts/{layout}.tsv"):
        keys = row[0].split("+")
        turns = layout == "encoder" and keys[-1] in words["wheel"]
        whats = [(words[how], prompts[f"what.{command}"]) for how, command in zip(("short", "long", "held"), row[1:])
                 if command not in ("-", "help")]
        found.append((name_of(keys, layout == "encoder", words),
                      [what if turns else f"{how}: {what}" for how, what in whats]))
    return found


def page(language):
    words, prompts = WORDS[language], texts(language)
    out = [f"# {words['title']}", "", words["intro"], ""]
    for layout in LAYOUTS:
        out += [f"## {words['layouts'][layout]}", ""]
        out += [f"- **{name}**: " + f"{words['semicolon']} ".join(acts) for name, acts in lines(layout, language, prompts)]
        out.append("")
    return MARKS.sub("", "\n".join(out[:-1])) + "\n"


def article(layout):
    """A paragraph a key, so that the listener moves from key to key."""
    words, prompts = WORDS["ar"], texts("ar", marks=True)
    out = [words["title"], "", f"{words['layouts'][layout]}. {words['intro']}"]
    for name, acts in lines(layout, "ar", prompts):
        out += ["", f"{name}. " + " ".join(f"{act}." for act in acts)]
    return "\n".join(out) + "\n"


def main():
    files = {"docs/KEYS.md": page("en"), "docs/KEYS.ar.md": page("ar")}
    files.update({f"data/keys/{layout}.txt": article(layout) for layout in LAYOUTS})
    good = True
    for name, text in files.items():
        path = os.path.join(ROOT, name)
        if sys.argv[1:] == ["--check"]:
            with open(path, encoding="utf-8") as file:
                if file.read() != text:
                    print(f"{name} is not what tools/board/keys.py makes of the layouts and prompts")
                    good = False
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
