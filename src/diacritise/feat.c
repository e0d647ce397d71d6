/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feat.h"

#include <nashra/memory.h>
#include <nashra/utf8.h>

enum { TATWEEL = 0x0640, ALIF = 0x0627, MAQSURA = 0x0649 };

static const uint16_t letters[] = {
    0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C,
    0x062D, 0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x0637, 0x0638,
    0x0639, 0x063A, 0x0641, 0x0642, 0x0643, 0x0644, 0x0645, 0x0646, 0x0647, 0x0648, 0x0649, 0x064A,
};
#define LETTERS (sizeof letters / sizeof *letters)

/* Letters of neighbouring alphabets and the one that stands nearest. */
static const struct {
    uint16_t from, to;
} kin[] = {
    {0x0671, 0x0627}, {0x067E, 0x0628}, {0x0686, 0x062C}, {0x0698, 0x0632}, {0x06A4, 0x0641},
    {0x06A9, 0x0643}, {0x06AD, 0x0643}, {0x06AF, 0x0643}, {0x06C0, 0x0629}, {0x06CC, 0x064A},
};

static const struct {
    uint16_t code;
    uint8_t symbol;
} punctuation[] = {
    {'!', FEAT_EXCLAMATION}, {'"', FEAT_QUOTE},    {'\'', FEAT_QUOTE},  {'(', FEAT_OPEN},     {')', FEAT_CLOSE},
    {',', FEAT_COMMA},       {'-', FEAT_DASH},     {'.', FEAT_STOP},    {'/', FEAT_SLASH},    {':', FEAT_COLON},
    {';', FEAT_SEMICOLON},   {'?', FEAT_QUESTION}, {'[', FEAT_OPEN},    {']', FEAT_CLOSE},    {'{', FEAT_OPEN},
    {'}', FEAT_CLOSE},       {0xAB, FEAT_QUOTE},   {0xBB, FEAT_QUOTE},  {0x060C, FEAT_COMMA}, {0x061B, FEAT_SEMICOLON},
    {0x061F, FEAT_QUESTION}, {0x2013, FEAT_DASH},  {0x2014, FEAT_DASH}, {0x2018, FEAT_QUOTE}, {0x2019, FEAT_QUOTE},
    {0x201C, FEAT_QUOTE},    {0x201D, FEAT_QUOTE}, {0x2026, FEAT_STOP},
};
#define LENGTH(a) (sizeof(a) / sizeof *(a))

uint32_t nashra_feat_letter(unsigned symbol) {
    if (symbol < FEAT_LETTER || symbol >= FEAT_LETTER + LETTERS)
        return 0;
    return letters[symbol - FEAT_LETTER];
}

static unsigned plain_letter(uint32_t c) {
    if (c >= 0x0621 && c <= 0x063A)
        return FEAT_LETTER + (c - 0x0621);
    if (c >= 0x0641 && c <= 0x064A)
        return FEAT_LETTER + 26 + (c - 0x0641);
    return FEAT_OTHER;
}

static bool is_foreign(uint32_t c) {
    uint32_t lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || (c >= 0xC0 && c <= 0x05FF && c != 0xD7 && c != 0xF7);
}

static unsigned rare_symbol(uint32_t c) {
    for (size_t i = 0; i < LENGTH(punctuation); i++)
        if (c == punctuation[i].code)
            return punctuation[i].symbol;
    for (size_t i = 0; i < LENGTH(kin); i++)
        if (c == kin[i].from)
            return plain_letter(kin[i].to);
    return FEAT_OTHER;
}

unsigned nashra_feat_symbol_of(uint32_t c) {
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0)
        return FEAT_SPACE;
    unsigned symbol = plain_letter(c);
    if (symbol != FEAT_OTHER)
        return symbol;
    if (nashra_digit_value(c) >= 0)
        return FEAT_NUMBER;
    return is_foreign(c) ? (unsigned)FEAT_FOREIGN : rare_symbol(c);
}

const char *nashra_feat_marks(unsigned label) {
    static const char *const marks[FEAT_LABELS] = {
        "",
        "\xD9\x8E",
        "\xD9\x8F",
        "\xD9\x90",
        "\xD9\x92",
        "\xD9\x8B",
        "\xD9\x8C",
        "\xD9\x8D",
        "\xD9\x91",
        "\xD9\x91\xD9\x8E",
        "\xD9\x91\xD9\x8F",
        "\xD9\x91\xD9\x90",
        "\xD9\x91\xD9\x8B",
        "\xD9\x91\xD9\x8C",
        "\xD9\x91\xD9\x8D",
    };
    return marks[label];
}

/* Adds one mark to a label: what comes later wins, shadda stays. */
static unsigned add_mark(unsigned label, uint32_t mark) {
    static const uint8_t vowel[] = {FEAT_FATHATAN, FEAT_DAMMATAN, FEAT_KASRATAN, FEAT_FATHA, FEAT_DAMMA, FEAT_KASRA};
    bool doubled = label >= FEAT_SHADDA;
    if (mark == NASHRA_SHADDA)
        return doubled || label == FEAT_NONE ? label | FEAT_SHADDA
               : label == FEAT_SUKUN         ? (unsigned)FEAT_SHADDA
               : label > FEAT_SUKUN          ? label + 7
                                             : label + FEAT_SHADDA;
    if (mark == NASHRA_SUKUN)
        return doubled ? label : (unsigned)FEAT_SUKUN;
    unsigned plain = vowel[mark - NASHRA_FATHATAN];
    if (!doubled)
        return plain;
    return plain > FEAT_SUKUN ? plain + 7 : plain + FEAT_SHADDA;
}

static bool grow(void **array, size_t *room, size_t used, size_t item) {
    if (used < *room)
        return true;
    size_t want = *room ? *room * 2 : 256;
    void *bigger = nashra_realloc(*array, want * item);
    if (!bigger)
        return false;
    *array = bigger;
    *room = want;
    return true;
}

static struct feat_position *push_position(struct feat *f, unsigned symbol, size_t from, size_t to) {
    void *array = f->position;
    if (!grow(&array, &f->position_room, f->positions, sizeof *f->position))
        return NULL;
    f->position = array;
    struct feat_position *p = &f->position[f->positions++];
    *p = (struct feat_position){(uint32_t)from, (uint32_t)to, (uint32_t)to, (uint8_t)symbol, FEAT_NONE};
    return p;
}

static bool push_unit(struct feat *f, size_t token) {
    void *array = f->unit;
    if (!grow(&array, &f->unit_room, f->units, sizeof *f->unit))
        return false;
    f->unit = array;
    f->unit[f->units++] = (struct feat_unit){.first = (uint32_t)f->positions, .token = (uint32_t)token};
    return true;
}

static uint32_t mix(uint32_t h, uint32_t v) {
    h = (h ^ v) * 0x9E3779B1u;
    return h ^ h >> 15;
}

static void hash_unit(const struct feat *f, struct feat_unit *u) {
    uint32_t a = 0x811C9DC5u, b = 0x2545F491u, prefix = 0x1B873593u, suffix = 0x5BD1E995u;
    for (uint32_t i = 0; i < u->count; i++) {
        uint32_t symbol = f->position[u->first + i].symbol;
        a = mix(a, symbol);
        b = mix(b, symbol);
        if (i < 3)
            prefix = mix(prefix, symbol);
        if (i + 3 >= u->count)
            suffix = mix(suffix, symbol);
    }
    u->hash[FEAT_WORD_A] = (uint16_t)(mix(a, 1) >> (32 - FEAT_WORD_BITS));
    u->hash[FEAT_WORD_B] = (uint16_t)(mix(b, 2) >> (32 - FEAT_WORD_BITS));
    u->hash[FEAT_PREFIX] = (uint16_t)(mix(prefix, 3) >> (32 - FEAT_AFFIX_BITS));
    u->hash[FEAT_SUFFIX] = (uint16_t)(mix(suffix, 4) >> (32 - FEAT_AFFIX_BITS));
}

/* Fathatan that an author wrote on a last alif belongs to the letter before it. */
static void move_fathatan(struct feat *f, const struct feat_unit *u) {
    if (u->count < 2)
        return;
    struct feat_position *alif = &f->position[u->first + u->count - 1];
    uint32_t letter = nashra_feat_letter(alif->symbol);
    bool bears = alif->label == FEAT_FATHATAN && (letter == ALIF || letter == MAQSURA);
    if (!bears || (alif[-1].label != FEAT_NONE && alif[-1].label != FEAT_SHADDA))
        return;
    alif[-1].label = alif[-1].label == FEAT_SHADDA ? FEAT_SHADDA_FATHATAN : FEAT_FATHATAN;
    alif->label = FEAT_NONE;
}

/* The state of one scan: whether a unit is open, and which kind. */
struct scan {
    unsigned open; /* FEAT_NUMBER, FEAT_FOREIGN, FEAT_LETTER or FEAT_PAD: none */
    size_t token;
    bool in_token;
};

static bool add_gap(struct feat *f, struct scan *s, unsigned symbol, size_t from, size_t to) {
    if (s->open) {
        hash_unit(f, &f->unit[f->units - 1]);
        move_fathatan(f, &f->unit[f->units - 1]);
        s->open = FEAT_PAD;
        return push_position(f, symbol, from, to) != NULL;
    }
    struct feat_position *gap = &f->position[f->positions - 1];
    if (symbol > gap->symbol)
        gap->symbol = (uint8_t)symbol;
    return true;
}

static bool add_symbol(struct feat *f, struct scan *s, unsigned symbol, size_t from, size_t to) {
    unsigned kind = symbol > FEAT_LETTER ? (unsigned)FEAT_LETTER : symbol;
    if (s->open == kind && kind != FEAT_LETTER) {
        struct feat_position *p = &f->position[f->positions - 1];
        p->body = p->to = (uint32_t)to;
        return true;
    }
    if (s->open && s->open != kind && !add_gap(f, s, FEAT_SPACE, from, from))
        return false;
    if (!s->open && !push_unit(f, s->token))
        return false;
    s->open = kind;
    f->unit[f->units - 1].count++;
    return push_position(f, symbol, from, to) != NULL;
}

static bool is_mark(uint32_t c) {
    return (c >= NASHRA_FATHATAN && c <= NASHRA_SUKUN) || c == NASHRA_DAGGER_ALIF || c == TATWEEL;
}

static void mark_last(struct feat *f, const struct scan *s, uint32_t c, size_t to) {
    if (s->open != FEAT_LETTER)
        return;
    struct feat_position *p = &f->position[f->positions - 1];
    p->to = (uint32_t)to;
    if (c <= NASHRA_SUKUN && c >= NASHRA_FATHATAN)
        p->label = (uint8_t)add_mark(p->label, c);
}

static void count_token(struct scan *s, bool space) {
    if (space && s->in_token)
        s->token++;
    s->in_token = !space;
}

bool nashra_feat_scan(struct feat *f, const char *text, size_t size) {
    struct scan s = {FEAT_PAD, 0, false};
    f->positions = f->units = 0;
    if (!push_position(f, FEAT_SPACE, 0, 0))
        return false;
    for (size_t at = 0, next; at < size; at = next) {
        unsigned c;
        next = at + nashra_utf8_decode(text + at, size - at, &c);
        if (is_mark(c)) {
            mark_last(f, &s, c, next);
            continue;
        }
        unsigned symbol = nashra_feat_symbol_of(c);
        count_token(&s, symbol == FEAT_SPACE);
        bool done = symbol < FEAT_NUMBER ? add_gap(f, &s, symbol, at, next) : add_symbol(f, &s, symbol, at, next);
        if (!done)
            return false;
    }
    return !s.open || add_gap(f, &s, FEAT_SPACE, size, size);
}

void nashra_feat_finish(struct feat *f) {
    nashra_free(f->position);
    nashra_free(f->unit);
    *f = (struct feat){0};
}
