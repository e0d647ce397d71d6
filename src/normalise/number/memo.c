/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/memo.h"

#include <stdatomic.h>
#include <string.h>

#include "number/cardinal.h"

enum {
    GROUPS = 7,
    FORMS = 2 * 3 * 2,     /* gender, case, construct */
    MOST_READINGS = 16384, /* about 2 MB; what comes later is made anew each time */
    LONGEST_TEXT = 2048    /* more than seven groups take with all marks */
};

struct reading {
    size_t bare_length;
    size_t marked_length;
    char text[]; /* bare, then marked */
};

struct block {
    _Atomic(struct reading *) readings[1000];
};

struct nashra_memo {
    _Atomic(struct block *) blocks[GROUPS * FORMS];
    atomic_uint count;
};

struct nashra_memo *nashra_memo_create(void) {
    return nashra_alloc_zeroed(1, sizeof(struct nashra_memo));
}

static void destroy_block(struct block *block) {
    for (size_t i = 0; block && i < 1000; i++)
        nashra_free(atomic_load(&block->readings[i]));
    nashra_free(block);
}

void nashra_memo_destroy(struct nashra_memo *memo) {
    for (size_t i = 0; memo && i < GROUPS * FORMS; i++)
        destroy_block(atomic_load(&memo->blocks[i]));
    nashra_free(memo);
}

/* ---- making ---- */

static size_t length_of(const struct nashra_phrase *phrase, bool marked) {
    size_t length = phrase->count - 1;
    for (size_t i = 0; i < phrase->count; i++)
        length += strlen(marked ? phrase->words[i].marked : phrase->words[i].bare);
    return length;
}

static char *write_text(const struct nashra_phrase *phrase, bool marked, char *out) {
    for (size_t i = 0; i < phrase->count; i++) {
        const char *word = marked ? phrase->words[i].marked : phrase->words[i].bare;
        if (i > 0)
            *out++ = ' ';
        memcpy(out, word, strlen(word));
        out += strlen(word);
    }
    return out;
}

static struct reading *make_reading(const struct nashra_numbers *numbers, unsigned long long value,
                                    const struct nashra_number_form *form, bool governs) {
    struct nashra_phrase phrase = {.arena = nashra_arena_create()};
    struct nashra_counting counting = {
        .words = &numbers->words,
        .phrase = &phrase,
        .grammatical_case = form->grammatical_case,
    };
    struct reading *reading = NULL;
    if (phrase.arena && nashra_count_cardinal(&counting, value, form->gender, governs) == NASHRA_OK) {
        size_t bare = length_of(&phrase, false), marked = length_of(&phrase, true);
        reading = nashra_alloc(sizeof *reading + bare + marked);
        if (reading) {
            *reading = (struct reading){bare, marked};
            write_text(&phrase, true, write_text(&phrase, false, reading->text));
        }
    }
    nashra_arena_destroy(phrase.arena);
    return reading;
}

static struct block *block_at(struct nashra_memo *memo, size_t index) {
    struct block *block = atomic_load_explicit(&memo->blocks[index], memory_order_acquire);
    if (block)
        return block;
    struct block *fresh = nashra_alloc_zeroed(1, sizeof *fresh);
    if (fresh && !atomic_compare_exchange_strong(&memo->blocks[index], &block, fresh))
        nashra_free(fresh); /* another thread was first */
    else
        block = fresh;
    return block;
}

/* The reading of digits 0 … 999 times a power of a thousand. `*owned`: the caller frees it. */
static struct reading *reading_of(const struct nashra_numbers *numbers, unsigned digits, unsigned power,
                                  const struct nashra_number_form *form, bool governs, bool *owned) {
    static const unsigned long long SCALES[GROUPS] = {
        1, 1000, 1000000, 1000000000, 1000000000000, 1000000000000000, 1000000000000000000};
    struct nashra_memo *memo = numbers->memo;
    size_t gender = power == 0 ? (size_t)form->gender : 0;
    size_t index = ((power * 2 + gender) * 3 + (size_t)form->grammatical_case) * 2 + governs;
    struct block *block = block_at(memo, index);
    if (!block)
        return NULL;
    *owned = false;
    struct reading *reading = atomic_load_explicit(&block->readings[digits], memory_order_acquire);
    if (reading)
        return reading;
    struct reading *fresh = make_reading(numbers, digits * SCALES[power], form, governs);
    if (!fresh)
        return NULL;
    if (atomic_fetch_add(&memo->count, 1) >= MOST_READINGS) {
        *owned = true;
        return fresh;
    }
    if (atomic_compare_exchange_strong(&block->readings[digits], &reading, fresh))
        return fresh;
    nashra_free(fresh);
    return reading;
}

/* ---- spelling ---- */

bool nashra_memo_covers(const char *digits, const struct nashra_number_form *form) {
    size_t length = 0;
    while (digits[length] >= '0' && digits[length] <= '9')
        length++;
    return length > 0 && length <= NASHRA_NAMED_DIGITS && digits[length] == '\0' && !form->noun && !form->currency &&
           !form->ordinal && !form->definite;
}

/* What a spelling has come to. */
struct output {
    char bare[LONGEST_TEXT], marked[LONGEST_TEXT];
    size_t bare_length, marked_length;
};

static void append(struct output *out, const struct reading *reading, bool bare, bool marked) {
    if (bare) {
        size_t lead = out->bare_length ? strlen(" و") : 0;
        memcpy(out->bare + out->bare_length, " و", lead);
        memcpy(out->bare + out->bare_length + lead, reading->text, reading->bare_length);
        out->bare_length += lead + reading->bare_length;
    }
    if (marked) {
        size_t lead = out->marked_length ? strlen(" وَ") : 0;
        memcpy(out->marked + out->marked_length, " وَ", lead);
        memcpy(out->marked + out->marked_length + lead, reading->text + reading->bare_length, reading->marked_length);
        out->marked_length += lead + reading->marked_length;
    }
}

static unsigned long long value_of(const char *digits) {
    unsigned long long value = 0;
    for (; *digits; digits++)
        value = value * 10 + (unsigned)(*digits - '0');
    return value;
}

int nashra_memo_spell(const struct nashra_numbers *numbers, const char *digits, const struct nashra_number_form *form,
                      struct nashra_buffer *bare, struct nashra_buffer *marked) {
    struct output out;
    out.bare_length = out.marked_length = 0;
    unsigned long long value = value_of(digits), unit = 1;
    unsigned power = 0;
    while (value / unit >= 1000) {
        unit *= 1000;
        power++;
    }
    do {
        unsigned group = (unsigned)(value / unit);
        value %= unit;
        if (group > 0 || power == 0) {
            bool owned;
            struct reading *reading = reading_of(numbers, group, power, form, form->construct && value == 0, &owned);
            if (!reading)
                return NASHRA_ENOMEM;
            append(&out, reading, bare, marked);
            if (owned)
                nashra_free(reading);
        }
        unit /= 1000;
    } while (value > 0 && power-- > 0);
    int status = bare ? nashra_buffer_add(bare, out.bare, out.bare_length) : NASHRA_OK;
    return status < 0 || !marked ? status : nashra_buffer_add(marked, out.marked, out.marked_length);
}
