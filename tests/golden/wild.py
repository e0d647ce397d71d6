#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many real sentences with numbers are read right, word for word?

    wild.py RAW [--nashra PATH] [--exam FILE] [--apart] [--spelling]

RAW is raw_with_digits.txt.xz, from which the exam (wild.tsv) holds line numbers, hashes and the stretches that are not
said as they are written. Every difference is printed, then the share of stretches and of whole sentences without one.
A word outside a stretch must come through as it is written; a restored hamza, ya or ta marbuta is let pass and counted
apart (--spelling lists them). --apart runs the program anew for each sentence, so that none is decided by its neighbours.
"""
import argparse
import collections
import difflib
import hashlib
import itertools
import json
import lzma
import pathlib
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
SILENT = re.compile("[\u064b-\u0652\u0670\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
FOLD = [(re.compile("[أإآٱ]"), "ا"), (re.compile("ى$"), "ي"), (re.compile("ه$"), "ة")]

Stretch = collections.namedtuple("Stretch", "written readings")
Word = collections.namedtuple("Word", "text span")


def fold(word):
    for pattern, letter in FOLD:
        word = pattern.sub(letter, word)
    return word


def expand(reading):
    """`{a/b} c` → the word lists of `a c` and `b c`."""
    parts = [p[1:-1].split("/") if p.startswith("{") else [p] for p in re.split(r"(\{[^}]*\})", reading.strip())]
    return ["".join(choice).split() for choice in itertools.product(*parts)]


def read_exam(path):
    sentences = collections.OrderedDict()
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if row.startswith("#") or not row:
            continue
        cells = row.split("\t")
        if len(cells) != 4:
            sys.exit(f"{path}:{number}: {len(cells)} columns instead of line, hash, stretch, readings")
        readings = [words for reading in cells[3].split("|") for words in expand(reading)]
        sentences.setdefault((int(cells[0]), cells[1]), []).append(Stretch(cells[2], readings))
    return sentences


def find_sentences(raw, exam):
    wanted = {line: digest for line, digest in exam}
    found = {}
    with lzma.open(raw, "rt", encoding="utf-8") as lines:
        for number, row in enumerate(lines, 1):
            if number in wanted:
                text = row.rstrip("\n").split("\t", 1)[-1]
                if hashlib.sha256(text.encode()).hexdigest()[:12] != wanted[number]:
                    sys.exit(f"{raw}:{number}: another sentence than the exam's; is this the same raw file?")
                found[number] = text
    if len(found) < len(wanted):
        sys.exit(f"{raw}: ends before line {max(wanted)}")
    return found


def letter_kind(letter):
    return r"\d" if letter.isdigit() else r"[^\W\d_]" if letter.isalpha() else "$^"


def place(text, stretches, line):
    """[from, to) of each stretch in text; at its ends it doesn't split a number or a word."""
    spans, at = [], 0
    for written, _ in stretches:
        pattern = f"(?<!{letter_kind(written[0])}){re.escape(written)}(?!{letter_kind(written[-1])})"
        match = re.compile(pattern).search(text, at)
        if not match:
            sys.exit(f"line {line}: no `{written}` behind character {at}")
        spans.append(match.span())
        at = match.end()
    return spans


def plain(text):
    """The words of text that is said as it is written."""
    text = SILENT.sub("", unicodedata.normalize("NFKC", text))
    text = re.sub(r"(?<!\w)([وفبكل])[\"«“]", r"\1", text)  # a clitic joins its word across a quote
    text = re.sub(r"(?<=\w\wة)(?=[ء-غف-ي])", " ", text)  # ة ends a word, though the next one is glued to it
    return re.sub(r"[\W_]+", " ", text).split()


def speak(nashra, texts):
    """The spoken words of each text, with the bytes they come from, counted from the text's own beginning."""
    document, starts, at = "", [], 0
    for text in texts:
        starts.append(at)
        document += text + "\n\n"
        at = len(document.encode())
    done = subprocess.run([nashra, "text", "--marks", "none", "--format", "jsonl", "-"], input=document.encode(),
                          stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"{nashra} text: exit status {done.returncode}")
    spoken, nth = [[] for _ in texts], 0
    for row in done.stdout.decode().splitlines():
        sentence = json.loads(row)
        while nth + 1 < len(starts) and sentence["span"][0] >= starts[nth + 1]:
            nth += 1
        for word in sentence["words"]:
            pieces = plain(word["text"])
            spoken[nth] += [Word(p, [x - starts[nth] for x in word["span"]]) for p in pieces]
    return spoken


def pieces(text, stretches, spans):
    """The sentence as a row of (bytes from, bytes to, stretch or None, readings)."""
    row, at, size = [], 0, lambda k: len(text[:k].encode())
    for stretch, (start, end) in zip(stretches, spans):
        row.append((size(at), size(start), None, [plain(text[at:start])]))
        row.append((size(start), size(end), stretch, stretch.readings))
        at = end
    return row + [(size(at), size(len(text)), None, [plain(text[at:])])]


def matches(reading, said, exact):
    return len(reading) == len(said) and all(a == b or not exact and fold(a) == fold(b) for a, b in zip(reading, said))


def whole(row, said):
    """Is what was said the sentence's row of pieces, wherever the spans lie?"""
    ends = {0}
    for _, _, stretch, readings in row:
        ends = {e + len(r) for e in ends for r in readings if matches(r, said[e:e + len(r)], stretch is not None)}
    return len(said) in ends


def share_out(row, words):
    """The words of each piece: a word that touches a stretch is the stretch's."""
    parts, nth = [[] for _ in row], 0
    for word in words:
        touched = [i for i, p in enumerate(row) if p[0] < word.span[1] and word.span[0] < p[1]] or [nth]
        stretches = [i for i in touched if row[i][2]]
        nth = (stretches or touched)[0]
        expected = [w for i in touched if not row[i][2] for w in row[i][3][0]]
        if stretches and len(touched) > 1 and word.text in expected:
            nth = next(i for i in touched if not row[i][2])
        parts[nth].append(word.text)
    return parts


def judge(line, row, words, report):
    said = [w.text for w in words]
    report["stretches"] += sum(p[2] is not None for p in row)
    if whole(row, said):
        report["right stretches"] += sum(p[2] is not None for p in row)
        report["right sentences"] += 1
        return
    for (_, _, stretch, readings), part in zip(row, share_out(row, words)):
        if any(matches(r, part, stretch is not None) for r in readings):
            report["right stretches"] += stretch is not None
        elif stretch:
            print(f"{line}\t{stretch.written}\t{' | '.join(' '.join(r) for r in readings)}\t→ {' '.join(part)}")
        else:
            for a, b in difference(readings[0], part):
                print(f"{line}\t{a}\t(as written)\t→ {b}")


def difference(expected, said):
    matcher = difflib.SequenceMatcher(None, [fold(w) for w in expected], [fold(w) for w in said], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield " ".join(expected[a:b]), " ".join(said[c:d])


def respelt(text, words):
    written = collections.Counter(plain(text))
    folded = {fold(w): w for w in written}
    return [(folded[fold(w.text)], w.text) for w in words if w.text not in written and fold(w.text) in folded]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("raw")
    parser.add_argument("--nashra", default="build/nashra")
    parser.add_argument("--exam", type=pathlib.Path, default=HERE / "wild.tsv")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--spelling", action="store_true")
    options = parser.parse_args()
    if not pathlib.Path(options.nashra).is_file():
        sys.exit(f"{options.nashra}: no such program; name it with --nashra")
    exam = read_exam(options.exam)
    found = find_sentences(options.raw, exam)
    texts = [found[line] for line, _ in exam]
    spoken = [speak(options.nashra, [t])[0] for t in texts] if options.apart else speak(options.nashra, texts)
    report, spelling = collections.Counter(), []
    for ((line, _), stretches), text, words in zip(exam.items(), texts, spoken):
        judge(line, pieces(text, stretches, place(text, stretches, line)), words, report)
        spelling += respelt(text, words)
    if options.spelling:
        for written, said in spelling:
            print(f"{written} → {said}")
    print(f"stretches {report['right stretches']} of {report['stretches']}, "
          f"{100 * report['right stretches'] / report['stretches']:.1f} %; whole sentences {report['right sentences']} "
          f"of {len(texts)}, {100 * report['right sentences'] / len(texts):.1f} %; {len(spelling)} words respelt")


if __name__ == "__main__":
    main()
