# SPDX-License-Identifier: GPL-3.0-or-later
"""Arabic cardinals in words, written from the grammar of number and counted noun alone.

An independent second opinion on `nashra number`: nothing here was taken from the program under test. The rules are
numbered R1 … R16 and named where they act. Readings carry no marks; the spelling is the house's (مئة, ثلاثمئة).

  R1  0 is the noun صفر; it is masculine whatever is counted.
  R2  1 and 2 are adjectives: they agree with the noun in gender and are never followed by a genitive.
  R3  3-10 take the opposite gender of the noun's singular: ة with a masculine, none with a feminine.
  R4  8 without ة is a defective noun (منقوص): ثمانٍ, accusative ثمانياً; before a genitive its ya comes back: ثماني.
  R5  11-19 are compounds, built on fatha and so without case, but for the first part of 12, which is a dual.
      11 and 12 agree in both parts; in 13-19 the unit is reversed (R3) and the ten agrees.
      As no tanwin can stand inside a compound, 18 with a feminine is ثماني عشرة.
  R6  20-90 are inflected as sound masculine plurals: ون, oblique ين; no gender.
  R7  21-99: the unit comes first, inflects for itself and is joined by و. 21 with a feminine is إحدى (indeclinable
      in writing), 28 follows R4.
  R8  100 مئة; 200 is its dual; 300-900 are a unit in construct with مئة, written as one word (ثمانمئة without ya).
  R9  A scale word (ألف, مليون, مليار, تريليون) is a masculine counted noun: alone for 1, dual for 2, genitive plural
      after 3-10, accusative singular (tamyiz) after 11-99, genitive singular after 100 and its multiples.
  R10 A scale word's count that ends in 01 or 02 repeats the noun: مئة ألف وألف, مئة ألف وألفان.
  R11 A count of hundreds that stands before its scale word is in construct with it: مئتا ألف.
  R12 Parts are joined by و from the highest down; each part has the case of the whole (العطف).
  R13 The accusative of an indefinite triptote that isn't in construct is written with alif (تنوين الفتح): ألفا, خمسا,
      مليونا, واحدا, صفرا; not after ة, so ثلاثة, مئة, واحدة do not change.
  R14 In construct (a counted noun follows in the genitive) the last part loses tanwin and the nun of the dual:
      مئتا, ألفا, ألف, ثلاث, ثماني. The parts before it are as they were.
  R15 The tamyiz ألفا after 11-99 loses its tanwin in the same place: أحد عشر ألف دولار.
  R16 After 1, 2 and 11-99 no noun stands in the genitive, so that construct changes nothing there.
"""

NOM, ACC, GEN = "nom", "acc", "gen"
MASCULINE, FEMININE = "m", "f"
AND = "و"

# Stems of 3-10 without ة.
STEMS = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثماني", 9: "تسع", 10: "عشر"}
TENS = {2: "عشر", 3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
HUNDREDS = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
SCALES = [(10**12, "تريليون", "تريليونات"), (10**9, "مليار", "مليارات"), (10**6, "مليون", "ملايين"), (10**3, "ألف", "آلاف")]


def dual(stem, case, construct):
    """R14: the nun of the dual falls in construct."""
    ending = "ا" if case == NOM else "ي"
    return stem + ending + ("" if construct else "ن")


def triptote(stem, case, construct):
    """R13, R14."""
    return stem + "ا" if case == ACC and not construct else stem


def unit_with_noun(n, gender, case, construct):
    """3-10: R3, R4, R13, R14."""
    if gender == MASCULINE:
        return STEMS[n] + "ة"
    if n == 8 and not construct:
        return "ثمانيا" if case == ACC else "ثمان"
    return triptote(STEMS[n], case, construct)


def one(gender, case):
    return "واحدة" if gender == FEMININE else triptote("واحد", case, False)


def two(gender, case, construct=False):
    return dual("اثنت" if gender == FEMININE else "اثن", case, construct)


def teen(n, gender, case):
    """R5."""
    ten = "عشرة" if gender == FEMININE else "عشر"
    if n == 11:
        return ("إحدى " if gender == FEMININE else "أحد ") + ten
    if n == 12:
        return two(gender, case, True) + " " + ten
    return STEMS[n - 10] + ("ة " if gender == MASCULINE else " ") + ten


def below_hundred(n, gender, case, construct):
    """1-99: R2-R7, R16."""
    if n == 1:
        return one(gender, case)
    if n == 2:
        return two(gender, case)
    if n <= 10:
        return unit_with_noun(n, gender, case, construct)
    if n < 20:
        return teen(n, gender, case)
    ten = TENS[n // 10] + ("ون" if case == NOM else "ين")
    unit = n % 10
    if unit == 0:
        return ten
    if unit == 1 and gender == FEMININE:
        return "إحدى " + AND + ten
    return below_hundred(unit, gender, case, False) + " " + AND + ten


def hundreds(h, case, construct):
    """R8."""
    if h == 1:
        return "مئة"
    if h == 2:
        return dual("مئت", case, construct)
    return HUNDREDS[h] + "مئة"


def below_thousand(n, gender, case, construct):
    parts = []
    if n // 100:
        parts.append(hundreds(n // 100, case, construct and n % 100 == 0))
    if n % 100:
        parts.append(below_hundred(n % 100, gender, case, construct))
    return (" " + AND).join(parts)


def scale_part(count, singular, plural, case, construct):
    """`count` (1-999) times a scale word: R9-R11, R15."""
    rest = count % 100
    if count == 1:
        return triptote(singular, case, construct)
    if count == 2:
        return dual(singular, case, construct)
    if rest in (1, 2):
        head = hundreds(count // 100, case, True) + " " + singular
        return head + " " + AND + scale_part(rest, singular, plural, case, construct)
    if rest == 0:
        return hundreds(count // 100, case, True) + " " + singular
    words = below_thousand(count, MASCULINE, case, True)
    if rest <= 10:
        return words + " " + plural
    return words + " " + (singular if construct else singular + "ا")


def spell(n, gender=MASCULINE, case=NOM, construct=False):
    """The cardinal `n` (0 … 10^15 - 1) for a counted noun of this gender, in this case."""
    if n == 0:
        return triptote("صفر", case, construct)
    parts = []
    for size, singular, plural in SCALES:
        count, n = divmod(n, size)
        if count:
            parts.append(scale_part(count, singular, plural, case, construct and n == 0))
    if n:
        parts.append(below_thousand(n, gender, case, construct))
    return (" " + AND).join(parts)
