#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes data/nouns.tsv, the nouns that can be counted, from the noun lists of the Arramooz lexicon.

Usage: nouns.py ARRAMOOZ_FOLDER NOUNS_EXTRA > nouns.tsv

ARRAMOOZ_FOLDER holds jamid, masdar, fa3il, maf3oul, moubalagha, mansoub and wordfreq as .csv.xz; NOUNS_EXTRA is
data/nouns-extra.tsv, whose words are left out because they win anyway. A noun needs a plural to be counted, and it or its
plural must be in the word frequencies: the rest are words that no text counts. Of homographs the more frequent wins.
"""
import csv
import lzma
import re
import sys
from pathlib import Path

FATHATAN, DAMMATAN, KASRATAN, FATHA, DAMMA, KASRA, SHADDA, SUKUN = "ًٌٍَُِّْ"
MARKS = "\u064b-\u0652"
VOWELS = "\u064b-\u0650\u0652"
LETTER = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
SOURCES = ["jamid", "masdar", "fa3il", "maf3oul", "moubalagha", "mansoub"]
PERSONS = {"fa3il", "maf3oul", "moubalagha", "mansoub"}
MARKED, GENDER, NUMBER, PLURALS, SINGULAR = 1, 8, 11, 12, 13
LEAST_FREQUENCY = 700


def strip(word):
    return re.sub(f"[{MARKS}\u0670\u0640]", "", word)


def one_vowel(vowels, last):
    """Of several vowels on one letter the one that can be meant there."""
    if not last:
        vowels = {FATHA if v == FATHATAN else DAMMA if v == DAMMATAN else KASRA if v == KASRATAN else v for v in vowels}
    elif len(vowels) > 1:
        vowels -= {KASRA, SUKUN}
    return vowels if len(vowels) == 1 else set()


def letters(word):
    """[(letter, marks)], shadda first, one vowel a letter."""
    word = re.sub("[^%s%s]" % (LETTER, MARKS), "", word)
    units = []
    for match in re.finditer(f"([{LETTER}])([{MARKS}]*)", word):
        marks, rest = set(match[2]), word[match.end():]
        vowels = one_vowel(marks - {SHADDA}, rest == "" or (strip(rest) in "اى" and FATHATAN in marks))
        units.append((match[1], (SHADDA if SHADDA in marks and units else "") + "".join(vowels) if match[1] != "آ" else ""))
    return units


def conventional(word):
    """The marks as Nashra writes them: a long vowel's letter is bare behind its vowel, alif of wasl is bare."""
    units = [list(u) for u in letters(word)]
    for i, unit in enumerate(units):
        letter, marks = unit
        if letter == "ا" and i == 0:
            unit[1] = ""
        elif letter in "اى" and i:
            if marks:  # a mark on the alif belongs to the letter before it
                units[i - 1][1] = (SHADDA if SHADDA in units[i - 1][1] + marks else "") + (
                    FATHATAN if FATHATAN in units[i - 1][1] + marks else FATHA)
                unit[1] = ""
            if not re.search(f"[{VOWELS}]", units[i - 1][1]):
                units[i - 1][1] += FATHA
        elif letter == "ة" and i and not re.search(f"[{VOWELS}]", units[i - 1][1]) and units[i - 1][0] != "ا":
            units[i - 1][1] += FATHA
        elif letter in "يو" and i and marks in ("", SUKUN):
            before = units[i - 1]
            if before[1] in ("", SHADDA) and before[0] not in "اآ":
                before[1] += KASRA if letter == "ي" else DAMMA
            if before[1][-1:] == (KASRA if letter == "ي" else DAMMA):
                unit[1] = ""
        elif letter == "إ" and not marks:
            unit[1] = KASRA
    if units and units[0][0] == "أ" and not units[0][1]:
        units[0][1] = FATHA
    return units


def complete(units):
    """True when every letter but the last says how it is read."""
    for i, (letter, marks) in enumerate(units[:-1]):
        before = units[i - 1][1][-1:] if i else ""
        if marks and marks != SHADDA:
            continue
        if letter in "اآى" or (letter == "و" and before == DAMMA) or (letter == "ي" and before == KASRA):
            continue
        return False
    return bool(units)


def join(units):
    return "".join(a + b for a, b in units)


# Plurals that are ممنوع من الصرف by their pattern: مفاعل, مفاعيل, فواعل, فعلاء, أفعلاء.
DIPTOTE = re.compile(f"^(.َ.{SHADDA}?َا.({SHADDA}?.?|{SHADDA}?ِ.|{SHADDA}?ِي.)|.ُ.َ.َاء|أَ.ِ.{SHADDA}?َاء|أَ.ْ.ِ.َاء)$")


def with_ending(units, plural):
    """The dictionary form with its nominative ending."""
    letter, marks = units[-1]
    word = join(units[:-1]) + letter + (SHADDA if SHADDA in marks else "")
    if KASRATAN in marks or FATHATAN in marks:
        return join(units)
    if plural and strip(word).endswith("ون"):
        return word + FATHA
    if letter == "ي" and not marks:
        return join(units[:-2]) + units[-2][0] + units[-2][1].rstrip(KASRA) + KASRATAN
    if letter == "ى":
        short = len(units) == 3 if plural else re.match("^م", word)
        before = units[-2][0] + units[-2][1].rstrip(FATHA + FATHATAN)
        return join(units[:-2]) + before + (FATHATAN if short else FATHA) + "ى"
    if letter == "ا":
        return word
    if word.endswith(DAMMA + "و"):  # of a foreign word: بيانو
        return word
    if plural and DIPTOTE.match(word):
        return word + DAMMA
    diptote = DAMMA in marks and DAMMATAN not in marks and (plural or word.endswith("اء") or word.startswith("أَ"))
    return word + (DAMMA if diptote else DAMMATAN)


def dictionary_form(word, plural):
    """Marked by the convention, or bare when its marks are not complete."""
    units = conventional(word)
    return with_ending(units, plural) if complete(units) else strip(word)


# فَعْلَة with a sound middle letter: its plural is فَعَلَات.
INSTANCE = re.compile(f"^([^{MARKS}]{FATHA}[^{MARKS}اويآ]){SUKUN}([^{MARKS}]{FATHA})ة{DAMMATAN}$")


def sound_plural(singular, ending):
    """دَوْرَةٌ → دَوْرَاتٌ, مُوَظَّفٌ → مُوَظَّفُونَ, مُسْتَشْفًى → مُسْتَشْفَيَاتٌ, قَاضٍ → قَاضُونَ."""
    bare = strip(singular) == singular
    if ending == "ون" and strip(singular).endswith("ة"):
        return sound_plural(singular, "ات")
    if ending == "ون":
        stem = re.sub(f"({DAMMATAN}|{KASRATAN}|{FATHATAN}ى|{FATHA}ى)$", "", singular)
        if re.search(f"[{FATHATAN}{FATHA}]ى$", singular):
            return stem + FATHA + "و" + SUKUN + "ن" + FATHA
        return stem + ("ون" if bare else DAMMA + "ون" + FATHA)
    if bare:
        return re.sub("ة$", "", singular) + "ات"
    singular = INSTANCE.sub(f"\\g<1>{FATHA}\\g<2>ة{DAMMATAN}", singular)
    stem = re.sub(f"({FATHATAN}ى|{FATHA}ى)$", FATHA + "ي", singular)
    stem = re.sub(f"({KASRATAN})$", KASRA + "ي", stem)
    stem = re.sub(f"اء{DAMMA}$", "او", stem)
    stem = re.sub(f"{DAMMATAN}$", "", stem)
    stem = re.sub("ة$", "", stem)
    if stem.endswith("ا"):
        stem = stem + "ي"
    if re.search(f"أ{FATHA}?$", stem):
        return re.sub(f"أ{FATHA}?$", "آت", stem) + DAMMATAN
    return stem.rstrip(FATHA) + FATHA + "ات" + DAMMATAN


def read(path):
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        yield from csv.reader(stream, delimiter="\t")


def rough(word):
    """A key under which differently marked spellings of one word meet."""
    word = re.sub(f"[{FATHATAN}{DAMMATAN}{KASRATAN}{SUKUN}]", "", word)
    word = re.sub(f"{FATHA}(?=[اةى])", "", word)
    word = re.sub(f"{DAMMA}(?=و)|{KASRA}(?=ي)", "", word)
    return re.sub(f"[{FATHA}{DAMMA}{KASRA}]$", "", join(letters(word)))


def frequencies(folder):
    by_word, by_letters = {}, {}
    for row in read(folder / "wordfreq.csv.xz"):
        if len(row) < 5 or not row[4].isdigit() or not row[3].startswith("noun"):
            continue
        count = int(row[4])
        key = rough(row[1])
        by_word[key] = max(by_word.get(key, 0), count)
        by_letters[strip(row[1])] = by_letters.get(strip(row[1]), 0) + count
    return by_word, by_letters


def plural_rows(folder):
    """Marked plurals that have rows of their own, by letters."""
    plurals = {}
    for source in SOURCES:
        for row in read(folder / f"{source}.csv.xz"):
            if len(row) > SINGULAR and row[NUMBER].strip() == "جمع" and strip(row[MARKED]) != row[MARKED]:
                plurals.setdefault(strip(row[MARKED]), row[MARKED].strip())
    return plurals


def plurals_of(field, singular, source, marked):
    """The plurals of one row, the one to be written first."""
    found = []
    for item in re.split("[;،]", re.sub(r"\(.*?\)?$|\(.*?\)", "", field)):
        item = re.sub("[^%s%s+]" % (LETTER, MARKS), "", item)
        if re.search(DAMMATAN + "[^اى]", item) or re.search("مثنا|المثنى", strip(item)):
            continue  # two words without anything between them
        if re.fullmatch(r"\+?ات", item):
            found.append((1, sound_plural(singular, "ات")))
        elif re.fullmatch(r"\+?ون", item):
            found.append((0, sound_plural(singular, "ون")))
        elif len(strip(item)) > 2 and "+" not in item and not strip(item).startswith("ال"):
            form = dictionary_form(marked.get(strip(item), item) if strip(item) == item else item, True)
            found.append((2 if source in PERSONS else 0, form))
    found.sort(key=lambda f: f[0])
    return list(dict.fromkeys(form for _, form in found))


def feminine(singular):
    return bool(re.search(f"(ة.?|اء{DAMMA}|[^{FATHATAN}]ى)$", singular))


# A source's slip: the plural (آدَابٌ) stands as the singular.
BROKEN_PLURAL = re.compile(f"^(أَ.{SUKUN}.َا.|آ.َا.){DAMMATAN}$")


def nouns(folder):
    """Yields (singular, plurals, gender, human); plurals may be none."""
    marked = plural_rows(folder)
    for source in SOURCES:
        for row in read(folder / f"{source}.csv.xz"):
            if len(row) <= SINGULAR or row[NUMBER].strip() != "مفرد":
                continue
            word = re.split("[ \u00a0]", row[MARKED].strip())[0]
            if len(strip(word)) < 2 or " " in row[MARKED].strip():
                continue
            singular = dictionary_form(word, False)
            plurals = plurals_of(row[PLURALS], singular, source, marked)
            human = source in PERSONS and any(strip(p).endswith("ون") for p in plurals)
            if human:  # -ات of a person is the plural of the woman's word
                women = [p for p in plurals if strip(p).endswith("ات")]
                plurals = [p for p in plurals if p not in women]
                if women and not feminine(singular):
                    stem = re.sub(f"{DAMMATAN}$", "", re.sub(f"{KASRATAN}$", KASRA + "ي", singular))
                    yield stem + FATHA + "ة" + DAMMATAN, women, "f", "h"
            if not BROKEN_PLURAL.match(singular):
                yield singular, plurals, "f" if feminine(singular) else "m", "h" if human else "-"


def keys_of_extra(path):
    keys = set()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            singular, plurals = line.split("\t")[:2]
            keys.update(strip(word) for word in [singular, *plurals.split(";")])
    return keys


HEADER = """\
# SPDX-License-Identifier: GPL-3.0-or-later
# Nouns that can be counted. Generated by tools/nouns/nouns.py from the lists of the Arramooz lexicon (Taha Zerrouki,
# linuxscout/arramooz at b055c5de, data/nouns; GPL: its README names no version, its LICENSE is the text of version 2); do
# not edit, write into nouns-extra.tsv instead.
# Sorted by the bytes of the first column, which is what the reader looks up: a bare singular or plural.
#
# word	singular	plurals	gender	human	(see nouns-extra.tsv; without marks where the source is not fully marked)
"""


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: nouns.py ARRAMOOZ_FOLDER NOUNS_EXTRA > nouns.tsv")
    folder = Path(sys.argv[1])
    taken = keys_of_extra(sys.argv[2])
    by_word, by_letters = frequencies(folder)
    best, contested = {}, set()
    for order, (singular, plurals, gender, human) in enumerate(nouns(folder)):
        count = by_word.get(rough(singular), 0)
        known = max([count] + [by_letters.get(strip(p), 0) for p in plurals])
        if known < LEAST_FREQUENCY:
            continue
        row = "\t".join([singular, ";".join(plurals) or "-", gender, human])
        for rank, word in enumerate([singular, *plurals]):
            key = strip(word)
            score = (count, -min(rank, 1), -order)
            if key not in taken and plurals:
                contested.add(key)
            if key not in taken and (key not in best or score > best[key][0]):
                best[key] = score, row
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(HEADER)
    for key in sorted(best, key=lambda k: k.encode()):
        # A singular that is not counted is only there to win over the rare plural that has its letters.
        if best[key][1].split("\t")[1] != "-" or key in contested:
            sys.stdout.write(f"{key}\t{best[key][1]}\n")


if __name__ == "__main__":
    main()
