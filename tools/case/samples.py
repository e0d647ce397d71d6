# SPDX-License-Identifier: GPL-3.0-or-later
"""Words whose case shows in their letters, out of unmarked text, with a number in digits in their place."""
import glob
import hashlib
import lzma
import os
import re

NOMINATIVE, OBLIQUE = 0, 1
NUMBER, NOUN = 0, 1  # kinds of samples
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_TENS = "عشر ثلاث أربع اربع خمس ست سبع ثمان تسع".split()
_DUALS = "مئت مائت ألف مليون مليار بليون".split()
_UNITS = set("واحد واحدة أحد إحدى ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثمانية ثماني تسع تسعة".split())
_HUNDREDS = {unit + hundred for unit in "ثلاث أربع خمس ست سبع ثمان ثماني تسع".split() for hundred in ("مئة", "مائة")}
_NEUTRAL = _UNITS | _HUNDREDS | {"مئة", "مائة", "ألف", "آلاف", "مليون", "ملايين", "عشر", "عشرة"}
# The form that shows its case, the value in digits, and the case.
_SHOWN = {}
for _i, _t in enumerate(_TENS):
    _value = [20, 30, 40, 40, 50, 60, 70, 80, 90][_i]
    _SHOWN[_t + "ون"], _SHOWN[_t + "ين"] = (_value, NOMINATIVE), (_value, OBLIQUE)
for _t, _value in zip(_DUALS, (200, 200, 2000, 2000000, 2000000000, 2000000000)):
    for _end in ("ان", "ا"):
        _SHOWN[_t + _end] = (_value, NOMINATIVE)
    for _end in ("ين", "ي"):
        _SHOWN[_t + _end] = (_value, OBLIQUE)
for _t in ("ألف", "مليون", "مليار", "بليون"):  # ألفا is an accusative singular as well
    del _SHOWN[_t + "ا"], _SHOWN[_t + "ي"]
for _end, _case in (("ا", NOMINATIVE), ("ي", OBLIQUE)):
    _SHOWN["اثن" + _end], _SHOWN["اثنت" + _end] = (12, _case), (12, _case)
_TWELVE = {"اثنا", "اثني", "اثنتا", "اثنتي"}
_ORDINALS = {"الحادي", "الحادية", "الثاني", "الثانية"} | {"ال" + stem + end for end in ("", "ة") for stem in (
    "ثالث رابع خامس سادس سابع ثامن تاسع واحد ثلاث أربع خمس ست سبع ثماني تسع").split()}
_EDGES = "«»\"'()[]،.؛:؟!-–…"


def own_news():
    """(line, held out) of our own marked news: the even lines of files 12 and 13, and all later files, are never learnt
    from."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../train/news")
    for path in sorted(glob.glob(os.path.join(folder, "[0-9]*.txt"))):
        file = int(os.path.basename(path)[:2])
        with open(path, encoding="utf-8") as f:
            for n, line in enumerate(f, 1):
                if line.strip() and line[0] != "#":
                    yield line.strip(), file > 13 or (file > 11 and n % 2 == 0)


def exam(name):
    """The lines of a file of our own marked news that is never learnt from, nor read to better a rule."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../train/news/held-out")
    with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as f:
        yield from (line.strip() for line in f if line.strip() and line[0] != "#")


def bare(text):
    return _MARKS.sub("", text)


def lines_of(folder):
    """The sentences of all raw texts, bare, each once."""
    seen = set()
    for path in sorted(glob.glob(os.path.join(folder, "raw_*.txt.xz"))):
        with lzma.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                line = bare(line.rstrip("\n").split("\t", 1)[-1])
                if len(line) < 500 and line not in seen:
                    seen.add(line)
                    yield line


def fold_of(line, folds=5):
    return hashlib.md5(" ".join(line.split()).encode()).digest()[0] % folds


def nouns_of(path):
    """Bare singulars, and all words that a noun is written as."""
    singulars, words = set(), set()
    for line in open(path, encoding="utf-8"):
        if line[0] != "#" and line.strip():
            columns = line.rstrip("\n").split("\t")
            columns = [bare(column) for column in columns]
            words.add(columns[0])
            singulars.add(columns[0] if columns[2] in ("m", "f") else columns[1])  # nouns-extra.tsv begins with it
    return singulars, words


def _number_at(words, i):
    """The number phrase that begins at word i: one past its last word, value and case; None where no word shows it."""
    end, found = i, None
    while end < len(words):
        word = words[end]
        bare = word[1:] if end > i and word[:1] == "و" and word not in _NEUTRAL else word
        if bare in _TWELVE:
            if end + 1 >= len(words) or words[end + 1] not in ("عشر", "عشرة"):
                break
            found = _SHOWN[bare]
            end += 1
        elif bare in _SHOWN:
            found = _SHOWN[bare]
        elif bare not in _NEUTRAL or (end > i and word == bare and words[end - 1] not in _NEUTRAL | set(_SHOWN)):
            break
        end += 1
    return (end, *found) if found else None


def shared_stems(lines, singulars, words):
    """Singulars of duals and sound plurals: names such as سليمان have no سليمين beside them, or hardly any."""
    counts = {}
    for line in lines:
        for word in line.split():
            word = word.strip(_EDGES)
            if len(word) > 4 and word[-2:] in ("ان", "ون", "ين") and word not in words:
                counts.setdefault(word[:-2], [0, 0])[word.endswith("ين")] += 1
    stems = {}
    for stem, (nominative, oblique) in counts.items():
        singular = stem[:-1] + "ة" if stem.endswith("ت") and stem[:-1] + "ة" in singulars else stem
        if nominative and oblique and nominative <= 2 * oblique and singular in singulars and len(singular) > 2:
            stems[stem] = singular
    return stems


class Finder:
    def __init__(self, noun_files, lines):
        singulars, words = set(), set()
        for path in noun_files:
            more_singulars, more_words = nouns_of(path)
            singulars |= more_singulars
            words |= more_words
        self.singulars = singulars
        self.stems = shared_stems(lines, singulars, words)

    def _noun(self, word):
        """The singular and the case of a dual or a sound plural."""
        singular = self.stems.get(word[:-2]) if word[-2:] in ("ان", "ون", "ين") else None
        return (singular, OBLIQUE if word.endswith("ين") else NOMINATIVE) if singular else None

    def samples(self, line):
        """(text with digits, byte offset of the digits, case, kind) for each word of the line that shows its case."""
        words = line.split()
        cores = [w.strip(_EDGES) for w in words]
        i = 0
        while i < len(words):
            found = _number_at(cores, i)
            if found and i > 0 and not self._is_name(cores, i, found[0]):
                end, value, case = found
                yield self.put(words, i, end, str(value), "", case, NUMBER)
                i = end
                continue
            noun = self._noun(cores[i]) if i > 0 and not words[i].startswith("و") else None
            if noun:
                yield self.put(words, i, i + 1, "20", " " + noun[0], noun[1], NOUN)
            i += 1

    @staticmethod
    def _is_name(cores, i, end):
        """رولينغ ستون: what is counted does not follow."""
        after = cores[end] if end < len(cores) else ""
        return cores[i:end] == ["ستون"] and after[-1:] not in ("ا", "ة") and after not in ("ألف", "مليون")

    @staticmethod
    def put(words, i, end, digits, noun, case, kind):
        last = words[end - 1]
        tail = last[len(last.rstrip(_EDGES)):]
        head = words[i][:len(words[i]) - len(words[i].lstrip(_EDGES))]
        before = " ".join(words[:i]) + " " + head
        text = " ".join([before + digits + noun + tail] + words[end:])
        return text, len(before.encode()), case, kind


_ENDING = re.compile("([\u064b-\u0650])\u0651?ا?$")
_CASES = {"\u064c": NOMINATIVE, "\u064f": NOMINATIVE, "\u064b": OBLIQUE, "\u064e": OBLIQUE, "\u064d": OBLIQUE,
          "\u0650": OBLIQUE}
_VALUES = {"ثلاث": 3, "أربع": 4, "خمس": 5, "سبع": 7, "ثماني": 8, "تسع": 9, "عشر": 10}
_VALUES.update({unit + "ة": value for unit, value in list(_VALUES.items())} | {"ستة": 6, "ست": 6, "مئة": 100,
               "مائة": 100, "ألف": 1000, "مليون": 1000000, "مليار": 1000000000})


def _is_part(cores, i):
    """ثلاثين ألف, السابعة عشرة, مئة وأربعة عشر, ثماني وأربعين: digits can't take the place of one word of these."""
    before, after = cores[i - 1].lstrip("و"), cores[i + 1] if i + 1 < len(cores) else ""
    goes_on = after[:1] == "و" and (after[1:] in _NEUTRAL or after[1:] in _SHOWN or after[1:] in _TWELVE)
    return before in _SHOWN or goes_on or (cores[i] in ("عشر", "عشرة") and cores[i - 1] in _ORDINALS)


def is_whole_number(cores, i):
    teen = i + 1 < len(cores) and cores[i + 1] in ("عشر", "عشرة")
    before = cores[i - 1].lstrip("و")
    return before not in _NEUTRAL and before not in _TWELVE and not teen and not _is_part(cores, i)


def marked_lines_of(paths, margins=()):
    """(words with their marks, margin of each word's ending) of marked texts; 99 where nobody tells."""
    for i, path in enumerate(paths):
        told = lzma.open(margins[i], "rt", encoding="utf-8") if margins else None
        with lzma.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                words = line.split()
                if told:
                    scores = told.readline().split()
                    yield words, [int(s[2:4]) if len(s) == 4 else 0 for s in scores]
                elif len(line) < 1500:
                    yield words, [99] * len(words)


def marked_samples(finder, words, margins, least=90):
    """The same out of a marked line: numbers from three to a milliard, and indefinite nouns that agree with nothing."""
    if len(margins) != len(words):
        return
    plain = [bare(w) for w in words]
    cores = [w.strip(_EDGES) for w in plain]
    for i in range(1, len(words)):
        ending = _ENDING.search(words[i].strip(_EDGES))
        if not ending or margins[i] < least:
            continue
        case = _CASES[ending.group(1)]
        before = words[i - 1].strip(_EDGES)
        if cores[i] in _VALUES:
            if is_whole_number(cores, i):
                yield finder.put(plain, i, i + 1, str(_VALUES[cores[i]]), "", case, NUMBER)
        elif ending.group(1) in "\u064b\u064c\u064d" and not before.endswith(("\u064b", "\u064c", "\u064d", "\u064bا")):
            stem = cores[i][:-1] if ending.group(0).endswith("ا") else cores[i]
            if stem in finder.singulars and before:
                yield finder.put(plain, i, i + 1, "20", " " + stem, case, NOUN)
