# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py FILE…: whether each word of a marked text is wholly marked, by the convention of conventions.py. Exit 1: not."""
import re
import sys

MARKS = "\u064b-\u0652\u0670"
SHADDA, FATHATAN, DAMMA, KASRA = "\u0651", "\u064b", "\u064f", "\u0650"
TANWIN = "\u064b\u064c\u064d"
WORD = re.compile("[\u0621-\u0652\u0670\u0671]+")
LETTER = re.compile("([\u0621-\u064a\u0671])([%s]*)" % MARKS)


def may_be_bare(letter, before, after):
    if letter in "اىآ":
        return True
    if letter == "ل" and after:
        return SHADDA in after[1]  # of the article
    if letter == "و":
        return DAMMA in before
    return letter == "ي" and KASRA in before


def fault_of(word):
    letters = LETTER.findall(word)
    for i, (letter, marks) in enumerate(letters):
        before, after = letters[i - 1][1] if i else "", letters[i + 1] if i + 1 < len(letters) else None
        carried = after and after[0] in "اى" and i + 2 == len(letters)
        if marks and letter in "اى":
            return "a mark on " + letter
        if len(marks.replace(SHADDA, "")) > 1:
            return "two vowels on " + letter
        if marks == SHADDA:
            return "shadda without a vowel on " + letter
        if not marks and not may_be_bare(letter, before, after):
            return "no mark on " + letter
        if set(marks) & set(TANWIN) and after and not carried and not word.startswith("عَمْر"):
            return "tanwin inside the word"
        if FATHATAN in marks and not after and letter not in "ةءأ":
            return "fathatan without its alif"
    return None


def main(paths):
    words = faults = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                for word in [] if line.startswith("#") else WORD.findall(line):
                    words += 1
                    fault = fault_of(word)
                    if fault:
                        faults += 1
                        print(f"{path}:{number}: {word}: {fault}")
    print(f"{words} words, {faults} faults")
    sys.exit(1 if faults or not words else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
