/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "romanise.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

#include "bulletin_doubt.h"

struct nashra_romaniser {
    struct nashra_table *table;
    struct nashra_map *rows; /* a character's bytes → text */
};

static int keep_row(const struct nashra_row *row, void *user) {
    struct nashra_romaniser *romaniser = user;
    const char *value = row->count > 1 ? row->fields[1] : "";
    return nashra_map_put(romaniser->rows, row->fields[0], strlen(row->fields[0]), (intptr_t)value);
}

int nashra_romaniser_create(struct nashra_romaniser **out) {
    struct nashra_buffer path = {0};
    struct nashra_romaniser *romaniser = nashra_alloc_zeroed(1, sizeof *romaniser);
    *out = NULL;
    if (!romaniser)
        return NASHRA_ENOMEM;
    romaniser->rows = nashra_map_create();
    int status = romaniser->rows ? nashra_data_path("ascii.tsv", &path) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 1, keep_row, romaniser, &romaniser->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_romaniser_destroy(romaniser);
        return status;
    }
    *out = romaniser;
    return NASHRA_OK;
}

void nashra_romaniser_destroy(struct nashra_romaniser *romaniser) {
    if (!romaniser)
        return;
    nashra_map_destroy(romaniser->rows);
    nashra_table_destroy(romaniser->table);
    nashra_free(romaniser);
}

static const char *lookup(const struct nashra_romaniser *romaniser, const char *bytes, size_t length) {
    intptr_t value;
    return nashra_map_get(romaniser->rows, bytes, length, &value) ? (const char *)value : NULL;
}

/* Shadda doubles what its letter became. */
static void add_doubled(struct nashra_buffer *out, size_t begun) {
    char letter[8];
    const size_t length = out->length - begun;
    if (length == 0 || length >= sizeof letter)
        return;
    memcpy(letter, out->data + begun, length);
    nashra_buffer_add(out, letter, length);
}

static bool is_vowel(unsigned mark) {
    return mark >= NASHRA_FATHATAN && mark <= NASHRA_KASRA;
}

/* After the vowel of its kind a letter without a mark makes it long; ta marbuta after its fatha is that; an alif under
 * or over a hamza only bears its vowel. */
static const char *in_context(const char *row, unsigned codepoint, unsigned before, const char *next, size_t left) {
    unsigned mark = 0;
    if (codepoint == 0x0629 && before == NASHRA_FATHA)
        return "";
    if (left > 0)
        nashra_utf8_decode(next, left, &mark);
    if (codepoint >= 0x0623 && codepoint <= 0x0627 && codepoint != 0x0624 && codepoint != 0x0626 && is_vowel(mark))
        return "";
    if (nashra_is_arabic_mark(mark))
        return row;
    if (codepoint == 0x064A && before == NASHRA_KASRA)
        return "i";
    return codepoint == 0x0648 && before == NASHRA_DAMMA ? "u" : row;
}

/* Marks of direction and joining, which nobody sees, and pictures, which nobody reads. */
static bool is_left_out(unsigned codepoint) {
    static const struct {
        unsigned from, to;
    } ranges[] = {{0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
                  {0x2190, 0x2BFF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0xE007F}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (codepoint >= ranges[i].from && codepoint <= ranges[i].to)
            return true;
    return false;
}

int nashra_romanise(const struct nashra_romaniser *romaniser, const char *text, size_t length,
                    struct nashra_buffer *out) {
    size_t begun = out->length;
    unsigned codepoint = 0, before;
    for (size_t at = 0, taken; at < length; at += taken) {
        before = codepoint;
        taken = nashra_utf8_decode(text + at, length - at, &codepoint);
        const char *row = lookup(romaniser, text + at, taken);
        if (codepoint == NASHRA_SHADDA) {
            add_doubled(out, begun);
            continue;
        }
        begun = out->failed ? 0 : out->length;
        if (row)
            nashra_buffer_add_string(out, in_context(row, codepoint, before, text + at + taken, length - at - taken));
        else if (codepoint < 0x80)
            nashra_buffer_add(out, codepoint < ' ' ? " " : text + at, 1);
        else if (!is_left_out(codepoint))
            nashra_buffer_add(out, "?", 1);
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_romanise_sentence(const struct nashra_romaniser *romaniser, const char *text,
                             const struct nashra_sentence *sentence, struct nashra_buffer *out) {
    struct nashra_span last = {0};
    const size_t before = out->length;
    int status = NASHRA_OK;
    for (size_t i = 0; i < sentence->count && status == NASHRA_OK; i++) {
        const struct nashra_word *word = &sentence->words[i];
        const bool plain = word->cls == NASHRA_CLASS_WORD;
        const bool again = i > 0 && word->span.from == last.from && word->span.to == last.to;
        last = word->span;
        if (again && !plain)
            continue;
        if (out->length > before)
            nashra_buffer_add(out, " ", 1);
        const char *marked = word->marked ? word->marked : word->text;
        status = plain ? nashra_romanise(romaniser, marked, nashra_without_ending(marked), out)
                       : nashra_romanise(romaniser, text + word->span.from, word->span.to - word->span.from, out);
    }
    return status;
}
