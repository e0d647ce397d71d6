# SPDX-License-Identifier: GPL-3.0-or-later
"""score.py REFERENCE HYPOTHESIS [--news]: error rates of marked text.

A letter is wrong if its set of marks isn't the reference's; a word is wrong if one of its letters is. With --news,
what is only spelling is levelled first (sukun, the vowel before its long-vowel letter, marks on alif, the place of
fathatan), and the reference may give alternatives, a/b: the nearest one counts.
"""
import re
import sys

LETTER = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
FATHATAN, FATHA, DAMMA, KASRA, SUKUN = "\u064b", "\u064e", "\u064f", "\u0650", "\u0652"
TOKEN = re.compile("[%s\u064b-\u0652]+" % LETTER)
CHOICE = re.compile("[%s\u064b-\u0652/]+" % LETTER)
PAIR = re.compile("([%s])([\u064b-\u0652]*)" % LETTER)
LONG = {"ا": FATHA, "ى": FATHA, "و": DAMMA, "ي": KASRA}


def words(line, choices):
    line = line.replace("\u0640", "").replace("\u0670", "").replace("\u0671", "ا")
    return [w for w in (CHOICE if choices else TOKEN).findall(line) if PAIR.search(w)]


def pairs(word):
    return [(letter, set(marks)) for letter, marks in PAIR.findall(word)]


def level(word):
    for i, (letter, marks) in enumerate(word):
        marks.discard(SUKUN)
        if letter in "اى" and FATHATAN in marks:
            marks.discard(FATHATAN)
            if i:
                word[i - 1][1].discard(FATHA)
                word[i - 1][1].add(FATHATAN)
    for letter, marks in word:
        if letter == "ا":
            marks.difference_update((FATHA, DAMMA, KASRA))
        elif letter == "آ":
            marks.clear()
    for (_, marks), (letter, following) in zip(word, word[1:]):
        if not following and letter in LONG:
            marks.discard(LONG[letter])
    return word


def errors(reference, hypothesis, news):
    """The wrong letters of the nearest alternative, as booleans, and that alternative."""
    best = None
    for choice in reference.split("/") if news else [reference]:
        if not choice:
            continue
        right, said = pairs(choice), pairs(hypothesis)
        if news:
            right, said = level(right), level(said)
        wrong = [a[1] != b[1] for a, b in zip(right, said)] if len(right) == len(said) else [True] * len(right)
        if best is None or sum(wrong) < sum(best):
            best = wrong
    return best


def score(reference, hypothesis, news):
    """Rates in percent: der, wer, and the same without each word's last letter."""
    n = dict.fromkeys(("letters", "words", "der", "wer", "inner", "der_inner", "wer_inner"), 0)
    for right, said in zip(reference, hypothesis):
        a, b = words(right, news), words(said, False)
        if len(a) != len(b):
            raise ValueError(f"not the same words: {right!r} and {said!r}")
        for x, y in zip(a, b):
            wrong = errors(x, y, news)
            if wrong is None:
                continue
            n["letters"] += len(wrong)
            n["words"] += 1
            n["inner"] += len(wrong) - 1
            n["der"] += sum(wrong)
            n["wer"] += any(wrong)
            n["der_inner"] += sum(wrong[:-1])
            n["wer_inner"] += any(wrong[:-1])
    return {"der": 100 * n["der"] / n["letters"], "wer": 100 * n["wer"] / n["words"],
            "der_inner": 100 * n["der_inner"] / n["inner"], "wer_inner": 100 * n["wer_inner"] / n["words"],
            "letters": n["letters"], "words": n["words"]}


def show(s):
    return (f"DER {s['der']:.2f} WER {s['wer']:.2f} | without endings DER {s['der_inner']:.2f} "
            f"WER {s['wer_inner']:.2f} ({s['words']} words)")


def main(arguments):
    names = [a for a in arguments if not a.startswith("--")]
    reference, hypothesis = (open(name, encoding="utf-8").read().split("\n") for name in names)
    print(show(score(reference, hypothesis, "--news" in arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
