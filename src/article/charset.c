/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charset.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <nashra/ascii.h>
#include <nashra/status.h>
#include <nashra/utf8.h>

#include "letters.h"

/* Evidence is looked for in the first bytes only. */
enum { SAMPLE = 64 * 1024 };

static const struct {
    enum nashra_charset_form form;
    size_t unit;
    const char *name;
    const char *bom;
    size_t bom_length;
} forms[] = {
    /* UTF-32 first: its little-endian mark begins with that of UTF-16. */
    {NASHRA_CHARSET_UTF32LE, 4, "UTF-32LE", "\xff\xfe\0\0", 4},
    {NASHRA_CHARSET_UTF32BE, 4, "UTF-32BE", "\0\0\xfe\xff", 4},
    {NASHRA_CHARSET_UTF8, 1, "UTF-8", "\xef\xbb\xbf", 3},
    {NASHRA_CHARSET_UTF16LE, 2, "UTF-16LE", "\xff\xfe", 2},
    {NASHRA_CHARSET_UTF16BE, 2, "UTF-16BE", "\xfe\xff", 2},
};

static void set_form(struct nashra_charset *charset, size_t i) {
    charset->form = forms[i].form;
    snprintf(charset->name, sizeof charset->name, "%s", forms[i].name);
}

static bool find_bom(const unsigned char *bytes, size_t length, struct nashra_charset *charset) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (length >= forms[i].bom_length && memcmp(bytes, forms[i].bom, forms[i].bom_length) == 0) {
            set_form(charset, i);
            charset->bom = forms[i].bom_length;
            return true;
        }
    return false;
}

/* Characters of Arabic news: ASCII, Arabic, general punctuation, currency, presentation forms. */
static bool is_likely(uint32_t c) {
    return (c >= 0x20 && c < 0x7F) || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0xAB || c == 0xBB ||
           (c >= 0x0600 && c <= 0x06FF) || (c >= 0x2000 && c <= 0x20CF) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFF);
}

/* Without a mark the units themselves must look like Arabic or ASCII, nine in ten; read with the wrong byte order, or
 * in an encoding of single bytes, next to none does: 0x27 0x06 is ا the one way and U+2706 the other. */
static bool find_wide(const unsigned char *bytes, size_t length, struct nashra_charset *charset) {
    size_t sample = length < SAMPLE ? length : SAMPLE;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t likely = 0, units = sample / forms[i].unit;
        if (forms[i].unit == 1 || units == 0)
            continue;
        set_form(charset, i);
        for (size_t unit = 0; unit < units; unit++) {
            uint32_t c;
            nashra_charset_decode(charset, bytes + unit * forms[i].unit, forms[i].unit, &c);
            likely += is_likely(c);
        }
        if (likely * 10 >= units * 9)
            return true;
    }
    return false;
}

/* A page's first kilobytes may be styles and scripts. */
static size_t first_letter(const unsigned char *bytes, size_t length) {
    size_t at = 0;
    while (at < length && bytes[at] < 0x80)
        at++;
    return at;
}

/* The number of malformed places against that of sequences of more than one byte that are sound. In single-byte
 * Arabic the second is near 0: two letters in a row are no sequence of UTF-8. */
static bool is_damaged_utf8(const unsigned char *bytes, size_t length) {
    size_t skipped = first_letter(bytes, length);
    bytes += skipped;
    length -= skipped;
    size_t sample = length < SAMPLE ? length : SAMPLE;
    size_t sound = 0, broken = 0;
    bool in_damage = false;
    for (size_t at = 0; at < sample;) {
        unsigned c;
        size_t taken = nashra_utf8_decode((const char *)bytes + at, length - at, &c);
        bool bad = taken == 1 && c == 0xFFFD;
        broken += bad && !in_damage;
        sound += taken > 1;
        in_damage = bad;
        at += taken;
    }
    return sound > broken;
}

/* One byte at a time through ICU's converter; U+FFFD where the encoding has nothing. */
static int fill_table(struct nashra_charset *charset, const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    if (U_FAILURE(error))
        return error == U_MEMORY_ALLOCATION_ERROR
                   ? nashra_fail(NASHRA_ENOMEM, "out of memory for the converter of %s", name)
                   : nashra_fail(NASHRA_EINTERNAL, "ICU has no converter for %s: %s", name, u_errorName(error));
    for (unsigned byte = 0; byte < 256; byte++) {
        UChar out[4];
        char in = (char)byte;
        error = U_ZERO_ERROR;
        int32_t count = ucnv_toUChars(converter, out, 4, &in, 1, &error);
        charset->table[byte] = U_SUCCESS(error) && count == 1 ? out[0] : 0xFFFD;
    }
    ucnv_close(converter);
    charset->form = NASHRA_CHARSET_BYTES;
    snprintf(charset->name, sizeof charset->name, "%s", name);
    return 0;
}

/* ICU's own guess, for text that isn't Arabic. Only single-byte encodings are taken: the others have no Arabic. */
static void guess(const unsigned char *bytes, size_t length, char *name, size_t room) {
    UErrorCode error = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&error);
    ucsdet_setText(detector, (const char *)bytes, (int32_t)(length < SAMPLE ? length : SAMPLE), &error);
    int32_t count = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &error);
    snprintf(name, room, "windows-1252");
    for (int32_t i = 0; U_SUCCESS(error) && i < count; i++) {
        const char *match = ucsdet_getName(matches[i], &error);
        if (U_SUCCESS(error) && (strncmp(match, "ISO-8859-", 9) == 0 || strncmp(match, "windows-", 8) == 0 ||
                                 strcmp(match, "KOI8-R") == 0)) {
            snprintf(name, room, "%s", match);
            break;
        }
    }
    ucsdet_close(detector);
}

/* What servers and pages say without looking, or what is commonly mistaken for its neighbour: the bytes know better. */
static bool is_doubtful(const char *name) {
    static const char *const names[] = {"windows-1252", "ISO-8859-1", "US-ASCII", "windows-1256", "ISO-8859-6"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ucnv_compareNames(name, names[i]) == 0)
            return true;
    return false;
}

/* Encodings of more than a byte a character have no Arabic, and the table has no room for them. */
static bool is_known(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = name ? ucnv_open(name, &error) : NULL;
    bool is_single = converter && U_SUCCESS(error) && ucnv_getMaxCharSize(converter) == 1;
    ucnv_close(converter);
    return is_single;
}

/* Both Arabic encodings are tried; the one in which the letters come as often as they do in Arabic is right. */
static int choose_bytes(const unsigned char *bytes, size_t length, const char *declared,
                        struct nashra_charset *charset) {
    static const char *const arabic[] = {"windows-1256", "ISO-8859-6"};
    bool is_declared = is_known(declared);
    if (is_declared && !is_doubtful(declared))
        return fill_table(charset, declared);
    size_t skipped = first_letter(bytes, length);
    bytes += skipped;
    length -= skipped;
    size_t sample = length < SAMPLE ? length : SAMPLE;
    double best_score = 0;
    struct nashra_charset trial = *charset;
    for (size_t i = 0; i < sizeof arabic / sizeof *arabic; i++) {
        int status = fill_table(&trial, arabic[i]);
        if (status)
            return status;
        double score = nashra_letters_score(trial.table, bytes, sample);
        if (score > best_score) {
            best_score = score;
            *charset = trial;
        }
    }
    if (best_score > 0)
        return 0;
    if (is_declared)
        return fill_table(charset, declared);
    char name[sizeof charset->name];
    guess(bytes, length, name, sizeof name);
    return fill_table(charset, name);
}

static bool holds_nul(const unsigned char *bytes, size_t length) {
    return memchr(bytes, 0, length) != NULL;
}

/* UTF-16 of Arabic is well-formed UTF-8 as well: every second byte is the control character 6. */
static bool holds_wide_controls(const unsigned char *bytes, size_t length) {
    size_t sample = length < SAMPLE ? length : SAMPLE;
    return memchr(bytes, 0, sample) || memchr(bytes, 6, sample);
}

bool nashra_charset_declared(const unsigned char *bytes, size_t length, char name[32]) {
    enum { LOOKED_AT = 4096, LONGEST = 31 };
    static const char *const keys[] = {"charset", "encoding"};
    size_t end = length < LOOKED_AT ? length : LOOKED_AT, start = 0;
    while (start < end && (bytes[start] <= ' ' || bytes[start] >= 0xBB))
        start++;
    for (size_t at = start; start < end && bytes[start] == '<' && at < end; at++)
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            size_t from = at + strlen(keys[k]), to;
            if (from >= end || !nashra_ascii_begins((const char *)bytes + at, end - at, keys[k]))
                continue;
            while (from < end && strchr(" =\"'", bytes[from]) && bytes[from])
                from++;
            for (to = from; to < end && to - from < LONGEST && bytes[to] > ' ' && bytes[to] < 0x7F &&
                            !strchr("\"'>;/?", bytes[to]);)
                to++;
            snprintf(name, 32, "%.*s", (int)(to - from), (const char *)bytes + from);
            if (to > from)
                return true;
        }
    return false;
}

int nashra_charset_detect(const unsigned char *bytes, size_t length, const char *declared,
                          struct nashra_charset *charset) {
    memset(charset, 0, sizeof *charset);
    bool is_valid = nashra_utf8_valid_prefix((const char *)bytes, length) == length;
    if (find_bom(bytes, length, charset)) {
        charset->clean = charset->form == NASHRA_CHARSET_UTF8 && is_valid && !holds_nul(bytes, length);
        return 0;
    }
    if (holds_wide_controls(bytes, length) && find_wide(bytes, length, charset))
        return 0;
    if (is_valid || is_damaged_utf8(bytes, length)) {
        charset->form = NASHRA_CHARSET_UTF8;
        snprintf(charset->name, sizeof charset->name, "UTF-8");
        charset->clean = is_valid && !holds_nul(bytes, length);
        return 0;
    }
    return choose_bytes(bytes, length, declared, charset);
}

static uint32_t unit16(const unsigned char *bytes, bool big) {
    return big ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

static size_t decode16(const unsigned char *bytes, size_t length, bool big, uint32_t *c) {
    *c = NASHRA_CHARSET_MALFORMED;
    if (length < 2)
        return length;
    uint32_t unit = unit16(bytes, big);
    if (unit < 0xD800 || unit > 0xDFFF) {
        *c = unit;
        return 2;
    }
    uint32_t low = unit < 0xDC00 && length >= 4 ? unit16(bytes + 2, big) : 0;
    if (low < 0xDC00 || low > 0xDFFF)
        return 2;
    *c = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return 4;
}

static size_t decode32(const unsigned char *bytes, size_t length, bool big, uint32_t *c) {
    *c = NASHRA_CHARSET_MALFORMED;
    if (length < 4)
        return length;
    uint32_t first = unit16(bytes, big), second = unit16(bytes + 2, big);
    uint32_t value = big ? first << 16 | second : second << 16 | first;
    if (value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF))
        *c = value;
    return 4;
}

static size_t decode8(const unsigned char *bytes, size_t length, uint32_t *c) {
    unsigned value;
    size_t taken = nashra_utf8_decode((const char *)bytes, length, &value);
    *c = taken == 1 && value == 0xFFFD ? NASHRA_CHARSET_MALFORMED : value;
    return taken;
}

size_t nashra_charset_decode(const struct nashra_charset *charset, const unsigned char *bytes, size_t length,
                             uint32_t *c) {
    size_t taken = 1;
    switch (charset->form) {
    case NASHRA_CHARSET_UTF8:
        taken = decode8(bytes, length, c);
        break;
    case NASHRA_CHARSET_UTF16LE:
    case NASHRA_CHARSET_UTF16BE:
        taken = decode16(bytes, length, charset->form == NASHRA_CHARSET_UTF16BE, c);
        break;
    case NASHRA_CHARSET_UTF32LE:
    case NASHRA_CHARSET_UTF32BE:
        taken = decode32(bytes, length, charset->form == NASHRA_CHARSET_UTF32BE, c);
        break;
    case NASHRA_CHARSET_BYTES:
        *c = charset->table[*bytes] == 0xFFFD ? NASHRA_CHARSET_MALFORMED : charset->table[*bytes];
        break;
    }
    if (*c == 0)
        *c = NASHRA_CHARSET_MALFORMED;
    return taken;
}
