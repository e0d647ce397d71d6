#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes data/spellings.tsv: misspelt words that have one right reading only.

    spellings.py TEXT.xz… > data/spellings.tsv

Counts the words of plain Arabic text. A misspelling drops hamzas (اوكرانيا), writes ى for a final ي or ي for ى (المصرى, إلي),
or ه for ة behind the article (الحكومه). It is listed when one right form carries nearly all of the weight of its
skeleton and the misspelling itself is rare beside it, so that it is no word of its own (علي and على both are). A word that
only looks like a clitic and a listed misspelling (كادت: ك + ادت) is listed with itself.
"""
import lzma
import re
import sys
from collections import Counter, defaultdict

MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")
HAMZA = str.maketrans("أإآ", "ااا")
FEWEST = 20           # of the right form
SHARE = 0.97          # of the right form among all that could be meant
RARE = 0.20           # the misspelling beside the right form: authors leave one hamza in ten out
RARE_ENDING = 0.03    # the same where ى, ي, ه are in question, which make more words of their own
PREFIXES = "وفبكل"


def count(paths):
    words = Counter()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as text:
            for line in text:
                words.update(WORD.findall(MARKS.sub("", line)))
    return words


def skeleton(word):
    word = word.translate(HAMZA)
    if word.endswith("ى"):
        word = word[:-1] + "ي"
    if word.endswith("ة"):
        word = word[:-1] + "ه"
    return word


def changes(wrong, right):
    """The kinds of slip that lead from `right` to `wrong`, or None."""
    if len(wrong) != len(right):
        return None
    kinds = set()
    for at, (w, r) in enumerate(zip(wrong, right)):
        last = at == len(right) - 1
        if w == r:
            continue
        if w == "ا" and r in "أإآ":
            kinds.add("hamza")
        elif last and (w, r) in (("ى", "ي"), ("ي", "ى")):
            kinds.add("ya")
        elif last and (w, r) == ("ه", "ة") and right.startswith(("ال", "وال", "بال", "لل")):
            kinds.add("ta")
        else:
            return None
    return kinds


def candidates(right):
    """Misspellings that are worth listing though the text doesn't hold them."""
    plain = right.translate(HAMZA)
    yield plain
    if right.endswith("ة") and right.startswith("ال"):
        yield right[:-1] + "ه"
        yield plain[:-1] + "ه"
    if right.endswith("ي"):
        yield right[:-1] + "ى"
        yield plain[:-1] + "ى"


def judge(wrong, forms, words):
    """The one right form for `wrong` among `forms` of its skeleton, or None."""
    options = [(len(kinds), form, kinds) for form in forms
               if form != wrong and (kinds := changes(wrong, form)) is not None and kinds]
    if not options:
        return None
    fewest = min(n for n, _, _ in options)
    weight = {form: words[form] for n, form, _ in options if n == fewest}
    right = max(weight, key=weight.get)
    kinds = next(k for _, form, k in options if form == right)
    rare = RARE if kinds == {"hamza"} else RARE_ENDING
    rivals = sum(words[form] for n, form, _ in options if n > fewest)
    if words[right] < FEWEST or words[right] < SHARE * sum(weight.values()) or rivals > words[right]:
        return None
    return right if words[wrong] <= rare * words[right] else None


def collect(words):
    groups = defaultdict(set)
    for word, n in words.items():
        if n >= 3:
            groups[skeleton(word)].add(word)
    table = {}
    for forms in groups.values():
        wrongs = set(forms)
        for form in forms:
            if words[form] >= FEWEST:
                wrongs.update(candidates(form))
        for wrong in wrongs:
            right = judge(wrong, forms, words)
            if right is not None:
                table[wrong] = right
    return table


def without_clitics(table):
    """Drops rows that the program finds through و and the article anyway."""
    kept = {}
    for wrong, right in table.items():
        if any(wrong.startswith(p) and right.startswith(p) and table.get(wrong[len(p):]) == right[len(p):]
               and len(wrong) - len(p) >= 4 for p in ("وال", "ال", "و")):
            continue
        kept[wrong] = right
    return kept


def protected(words, table):
    """Words of their own that look like a clitic and a misspelling."""
    for word, n in words.items():
        if n < 5 or word in table:
            continue
        for size in (1, 2):
            prefix, rest = word[:size], word[size:]
            if set(prefix) <= set(PREFIXES) and rest in table:
                if words[prefix + table[rest]] < 5 * n:
                    yield word


HEADER = """# SPDX-License-Identifier: GPL-3.0-or-later
# Misspellings with one right reading, in the order of their bytes: made by tools/normalise/spellings.py, do not edit; a
# row of hamza.tsv wins over one of these. Origin: counts of words in Arabic Wikipedia and other open text (the silver
# text of the diacritiser, see data/diacritiser). No sentence of it is kept.
# Columns: as written, right spelling; a word of its own that looks like a misspelling stands with itself.
"""


def main():
    words = count(sys.argv[1:])
    table = without_clitics(collect(words))
    rows = dict(table)
    rows.update((word, word) for word in protected(words, table))
    sys.stdout.write(HEADER)
    for wrong in sorted(rows, key=lambda word: word.encode()):
        sys.stdout.write(f"{wrong}\t{rows[wrong]}\n")


if __name__ == "__main__":
    main()
