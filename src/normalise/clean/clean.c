/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean/clean.h"

#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <nashra/utf8.h>

#include "clean/fold.h"
#include "room.h"

enum { TATWEEL = 0x0640, MADDAH = 0x0653, HAMZA_ABOVE = 0x0654, HAMZA_BELOW = 0x0655, NO_BREAK_SPACE = 0x00A0 };
enum { MAX_DECOMPOSED = 32 };

/* What has no letters behind it, and is known to the tables as it is: fractions, raised digits, units, marks. */
static bool is_symbol_of_its_own(unsigned cp) {
    if (cp < 0x00C0)
        return true;
    if (cp >= 0x2000 && cp <= 0x20CF)
        return cp != 0x2002 && cp != 0x2003;
    bool roman = cp >= 0x2160 && cp <= 0x217F;
    return (cp >= 0x2100 && cp <= 0x213B) || (cp >= 0x2150 && cp <= 0x22FF && !roman) || cp == 0xFDFA || cp == 0xFDFC;
}

static int append(struct nashra_chars *chars, unsigned cp, uint32_t from, uint32_t to) {
    struct nashra_char *items = nashra_make_room(chars->items, chars->count, &chars->capacity, sizeof *items);
    if (items == NULL)
        return NASHRA_ENOMEM;
    chars->items = items;
    chars->items[chars->count++] = (struct nashra_char){.cp = cp & 0x1FFFFF, .from = from, .to = to};
    return 0;
}

/* A letter and a hamza or maddah of its own are one letter; over anything else the sign is nothing that is read. */
static unsigned compose_hamza(unsigned letter, unsigned sign) {
    if (sign == MADDAH)
        return letter == 0x0627 ? 0x0622 : letter;
    if (sign == HAMZA_BELOW)
        return letter == 0x0627 ? 0x0625 : letter;
    switch (letter) {
    case 0x0627:
        return 0x0623;
    case 0x0648:
        return 0x0624;
    case 0x064A:
    case 0x0649:
        return 0x0626;
    default:
        return letter;
    }
}

static void attach_sign(struct nashra_chars *chars, unsigned sign, uint32_t to) {
    if (chars->count == 0)
        return;
    struct nashra_char *last = &chars->items[chars->count - 1];
    last->cp = compose_hamza(last->cp, sign) & 0x1FFFFF;
    last->to = to;
}

/* Accents on Latin letters: one character where there is one, else the letter alone. */
static void attach_accent(struct nashra_chars *chars, unsigned accent, uint32_t to) {
    if (chars->count == 0)
        return;
    struct nashra_char *last = &chars->items[chars->count - 1];
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    UChar32 composed = U_SUCCESS(error) ? unorm2_composePair(nfc, (UChar32)last->cp, (UChar32)accent) : -1;
    if (composed > 0)
        last->cp = (unsigned)composed & 0x1FFFFF;
    last->to = to;
}

static void stretch(struct nashra_chars *chars, uint32_t from, uint32_t to) {
    if (chars->count == 0 || chars->items[chars->count - 1].to != from)
        return;
    chars->items[chars->count - 1].stretched = 1;
    chars->items[chars->count - 1].to = to;
}

static int clean_one(const struct nashra_fold *fold, unsigned cp, uint32_t from, uint32_t to,
                     struct nashra_chars *chars);

/* NFKC for presentation forms, ligatures, full-width and styled letters. False when nothing stands behind `cp`. */
static bool decompose(const struct nashra_fold *fold, unsigned cp, uint32_t from, uint32_t to,
                      struct nashra_chars *chars, int *status) {
    UChar units[MAX_DECOMPOSED];
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    if (U_FAILURE(error) || is_symbol_of_its_own(cp) || u_charType((UChar32)cp) == U_UNASSIGNED)
        return false;
    int32_t length = unorm2_getDecomposition(nfkc, (UChar32)cp, units, MAX_DECOMPOSED, &error);
    if (length <= 0 || U_FAILURE(error))
        return false;
    /* Hangul and accented letters decompose as well, but are whole as they are. */
    if (u_isalpha((UChar32)cp) && (cp < 0xF900 && !(cp >= 0x2100 && cp < 0x2200)))
        return false;
    UChar32 parts[MAX_DECOMPOSED];
    int32_t count = 0;
    u_strToUTF32(parts, MAX_DECOMPOSED, &count, units, length, &error);
    for (int32_t i = 0; i < count && *status == 0 && U_SUCCESS(error); i++)
        /* isolated harakat come as space + mark */
        if (parts[i] != 0x20 || length > 2)
            *status = clean_one(fold, (unsigned)parts[i], from, to, chars);
    return true;
}

static int clean_other(const struct nashra_fold *fold, unsigned cp, uint32_t from, uint32_t to,
                       struct nashra_chars *chars) {
    int status = 0;
    unsigned folded = nashra_fold_get(fold, cp);
    if (folded != 0)
        return append(chars, folded, from, to);
    int digit = u_charDigitValue((UChar32)cp);
    if (digit >= 0 && u_charType((UChar32)cp) == U_DECIMAL_DIGIT_NUMBER)
        return append(chars, '0' + (unsigned)digit, from, to);
    if (decompose(fold, cp, from, to, chars, &status))
        return status;
    switch (u_charType((UChar32)cp)) {
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
        return append(chars, cp == 0x202F || cp == 0x2009 ? NO_BREAK_SPACE : ' ', from, to);
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        attach_accent(chars, cp, to);
        return 0;
    case U_FORMAT_CHAR: /* bidi controls, ZWJ, ZWNJ, soft hyphen, BOM, tags */
        return 0;
    default:
        return cp == 0x115F || cp == 0x1160 || cp == 0x3164 ? 0 : append(chars, cp, from, to);
    }
}

static bool is_plain(unsigned cp) {
    return (cp > ' ' && cp < 0x7F) || (cp >= 0x0621 && cp <= 0x0652 && cp != TATWEEL && cp != 0x063B && cp != 0x063C &&
                                       cp != 0x063D && cp != 0x063E && cp != 0x063F);
}

static int clean_one(const struct nashra_fold *fold, unsigned cp, uint32_t from, uint32_t to,
                     struct nashra_chars *chars) {
    if (is_plain(cp) || cp == NASHRA_DAGGER_ALIF)
        return append(chars, cp, from, to);
    if (cp <= ' ')
        return append(chars, ' ', from, to);
    if (cp == NO_BREAK_SPACE)
        return append(chars, cp, from, to);
    if (cp == TATWEEL) {
        stretch(chars, from, to);
        return 0;
    }
    if (cp >= MADDAH && cp <= HAMZA_BELOW) {
        attach_sign(chars, cp, to);
        return 0;
    }
    if (nashra_is_arabic_mark(cp))
        return 0; /* Quranic signs: not read */
    return clean_other(fold, cp, from, to, chars);
}

/* Letters and ASCII, nearly all of a text, without the detours. One past the last byte that was taken. */
static size_t clean_plain(const char *bytes, size_t at, size_t length, struct nashra_chars *chars) {
    while (chars->count < chars->capacity && at < length) {
        unsigned lead = (unsigned char)bytes[at], cp = lead;
        size_t taken = 1;
        if (lead == 0xD8 || lead == 0xD9) {
            unsigned rest = at + 1 < length ? (unsigned char)bytes[at + 1] : 0;
            cp = (rest & 0xC0) == 0x80 ? (lead & 0x1F) << 6 | (rest & 0x3F) : 0;
            taken = 2;
        }
        bool other = lead >= 0x80 && taken == 1;
        if (other || (cp != ' ' && !is_plain(cp)))
            break;
        chars->items[chars->count++] =
            (struct nashra_char){.cp = cp & 0x1FFFFF, .from = (uint32_t)at, .to = (uint32_t)(at + taken)};
        at += taken;
    }
    return at;
}

int nashra_clean(const struct nashra_fold *fold, const char *text, struct nashra_span span,
                 struct nashra_chars *chars) {
    size_t length = span.to - span.from;
    const char *bytes = text + span.from;
    chars->count = 0;
    if (length > UINT32_MAX)
        return nashra_fail(NASHRA_EDATA, "a sentence of %zu bytes can't be read", length);
    for (size_t at = 0; at < length;) {
        unsigned cp;
        at = clean_plain(bytes, at, length, chars);
        if (at == length)
            break;
        size_t taken = nashra_utf8_decode(bytes + at, length - at, &cp);
        int status = clean_one(fold, cp, (uint32_t)at, (uint32_t)(at + taken), chars);
        if (status < 0)
            return status;
        at += taken;
    }
    return 0;
}

void nashra_chars_finish(struct nashra_chars *chars) {
    nashra_free(chars->items);
    memset(chars, 0, sizeof *chars);
}
