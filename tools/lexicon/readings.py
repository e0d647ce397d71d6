# SPDX-License-Identifier: GPL-3.0-or-later
"""readings.py [TABLE]: checks readings.tsv, the table of all readings that a word form has in modern prose.

Exit 1 and a line for each fault.
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "readings.tsv")
VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650"
FATHA, DAMMA, KASRA, SHADDA, SUKUN = "\u064e", "\u064f", "\u0650", "\u0651", "\u0652"
LETTER = re.compile("([\u0621-\u063a\u0641-\u064aٱپچژڤکڭگۀی])([\u064b-\u0652]*)")


def rows(path=TABLE):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip() and not line.startswith("#"):
                word, readings = (line.rstrip("\n").split("\t") + [""])[:2]
                yield number, word, readings.split()


def open_cases(reading):
    """A case or mood vowel written * stands for each, and for none where the word may be a verb in the jussive."""
    if "*" not in reading:
        return [reading]
    genitive = re.sub("(?<=\u0650)ه\u064f(?=م|ن)", "ه\u0650", reading.replace("*", KASRA))
    shown = [reading.replace("*", DAMMA), reading.replace("*", FATHA), genitive]
    return shown + ([reading.replace("*", SUKUN)] if reading[0] in "يتنأ" else [])


def is_long(letters, i):
    """Whether a bare letter is a long vowel, or the article's lam before a sun letter."""
    letter, before = letters[i][0], letters[i - 1][1] if i else ""
    after = letters[i + 1][1] if i + 1 < len(letters) else ""
    return (letter in "اآى" or letter == "و" and DAMMA in before or letter == "ي" and KASRA in before or
            letter == "ل" and SHADDA in after and i and letters[i - 1][0] in "ال")


def with_sukun(reading):
    letters = LETTER.findall(reading)
    return "".join(letter + (marks if marks or i + 1 == len(letters) or is_long(letters, i) else marks + SUKUN)
                   for i, (letter, marks) in enumerate(letters))


def fault_of(word, reading):
    letters = LETTER.findall(reading)
    if "".join(letter + marks for letter, marks in letters) != reading.replace("*", ""):
        return "something else than letters and marks"
    if "".join(letter for letter, _ in letters) != word:
        return "other letters than the word's"
    if any(len(marks.replace(SHADDA, "")) > 1 for _, marks in letters):
        return "two vowels on a letter"
    if any(marks and letter in "اى" for letter, marks in letters):
        return "a mark on an alif"
    if SHADDA in [marks for _, marks in letters[:-1]] and SHADDA + "*" not in reading:
        return "a shadda without a vowel"
    if reading.endswith("*") or reading[-1] in VOWELS:
        return "a vowel on the last letter"
    return None


def main(path):
    faults, seen, count = 0, {}, 0
    for number, word, readings in rows(path):
        count += len(readings)
        found = [f"{reading}: {fault}" for reading in readings for fault in [fault_of(word, reading)] if fault]
        if not readings:
            found.append("no reading")
        if word in seen:
            found.append(f"stands in line {seen[word]} already")
        seen[word] = number
        for fault in found:
            print(f"{path}:{number}: {word}: {fault}")
        faults += len(found)
    print(f"{len(seen)} words, {count} readings, {faults} faults")
    sys.exit(1 if faults or not seen else 0)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else TABLE)
