/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexis/sorted.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/mapped.h>
#include <nashra/table.h>

/* A letter is worth its filter when it was asked for once per so many bytes of its rows. */
enum { BYTES_A_SEARCH = 128 };
enum { FIRST_LETTER = 0x0621, LETTERS = 0x064A - FIRST_LETTER + 1, FILTER_BITS = 1 << 16, BYTE = 8 };

struct nashra_sorted {
    struct nashra_mapped file;
    const char *bytes; /* of the file; NULL: it is empty */
    size_t length;
    size_t first;                /* where the rows begin, behind the comments */
    size_t letters[LETTERS + 1]; /* where the rows of each first letter begin */
    bool indexed;                /* at the first search */
    bool filled[LETTERS];
    size_t asked[LETTERS];                    /* searches before that */
    unsigned char filter[FILTER_BITS / BYTE]; /* a bit for each key's hash: most words are none */
};

static size_t end_of_line(const struct nashra_sorted *table, size_t at) {
    const char *end = memchr(table->bytes + at, '\n', table->length - at);
    return end != NULL ? (size_t)(end - table->bytes) : table->length;
}

static void skip_comments(struct nashra_sorted *table) {
    size_t at = 0;
    while (at < table->length && (table->bytes[at] == '#' || table->bytes[at] == '\n')) {
        at = end_of_line(table, at);
        at += at < table->length;
    }
    table->first = at;
}

/* The place of a word's first letter among the two-byte letters of Arabic, or -1. */
static int letter_of(const char *word) {
    unsigned lead = (unsigned char)word[0];
    if ((lead & 0xE0) != 0xC0)
        return -1; /* a line end, maybe the mapping's last byte: there is no second one */
    int letter = (int)((lead & 0x1F) << 6 | ((unsigned char)word[1] & 0x3F)) - FIRST_LETTER;
    return letter >= 0 && letter < LETTERS ? letter : -1;
}

/* The first row at or behind `low` whose first letter is `letter` or comes after it. */
static size_t lower_bound(const struct nashra_sorted *table, size_t low, int letter) {
    size_t high = table->length;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && table->bytes[at - 1] != '\n')
            at--;
        bool cut_off = at + 1 == table->length; /* one byte is no letter */
        if (!cut_off && letter_of(table->bytes + at) >= letter) {
            high = at;
        } else {
            size_t end = end_of_line(table, at);
            low = end < table->length ? end + 1 : end;
        }
    }
    return low;
}

static void index_letters(struct nashra_sorted *table) {
    skip_comments(table);
    size_t at = table->first;
    for (int letter = 0; letter < LETTERS; letter++)
        table->letters[letter] = at = lower_bound(table, at, letter);
    table->letters[LETTERS] = table->length;
    table->indexed = true;
}

static unsigned hash_of(const char *word, size_t length) {
    return nashra_map_hash(word, length) & (FILTER_BITS - 1);
}

/* A bit for each key with the letter. */
static void fill_filter(struct nashra_sorted *table, int letter) {
    for (size_t at = table->letters[letter], end; at < table->letters[letter + 1]; at = end + 1) {
        end = end_of_line(table, at);
        const char *tab = memchr(table->bytes + at, '\t', end - at);
        size_t key = tab != NULL ? (size_t)(tab - table->bytes) - at : end - at;
        unsigned hash = hash_of(table->bytes + at, key);
        table->filter[hash / BYTE] |= (unsigned char)(1u << hash % BYTE);
    }
    table->filled[letter] = true;
}

int nashra_sorted_open(const char *file, struct nashra_sorted **out) {
    struct nashra_buffer path = {0};
    struct nashra_sorted *table = nashra_alloc_zeroed(1, sizeof *table);
    int status = table != NULL ? nashra_data_path(file, &path) : NASHRA_ENOMEM;
    if (status == 0)
        status = nashra_mapped_open(nashra_buffer_string(&path), &table->file);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_sorted_close(table);
        return status;
    }
    table->bytes = table->file.bytes;
    table->length = table->file.size;
    *out = table;
    return 0;
}

void nashra_sorted_close(struct nashra_sorted *table) {
    if (table == NULL)
        return;
    nashra_mapped_close(&table->file);
    nashra_free(table);
}

/* False when no key is written so, for sure. A short text asks for few words with a letter, and is faster without a
 * look at all of its keys. */
static bool may_hold(struct nashra_sorted *table, int letter, const char *word, size_t length) {
    size_t bytes = table->letters[letter + 1] - table->letters[letter];
    if (!table->filled[letter] && ++table->asked[letter] * BYTES_A_SEARCH <= bytes)
        return true;
    if (!table->filled[letter])
        fill_filter(table, letter);
    unsigned hash = hash_of(word, length);
    return (table->filter[hash / BYTE] >> hash % BYTE & 1) != 0;
}

/* How the word compares with the key of the row at `at`. */
static int compare(const struct nashra_sorted *table, size_t at, size_t end, const char *word, size_t length) {
    const char *tab = memchr(table->bytes + at, '\t', end - at);
    size_t key = tab != NULL ? (size_t)(tab - table->bytes) - at : end - at;
    int order = memcmp(word, table->bytes + at, length < key ? length : key);
    return order != 0 ? order : (length > key) - (length < key);
}

const char *nashra_sorted_find(struct nashra_sorted *table, const char *word, size_t length, size_t *field_length) {
    int letter = letter_of(word);
    if (!table->indexed)
        index_letters(table);
    if (letter < 0 || !may_hold(table, letter, word, length))
        return NULL;
    size_t low = table->letters[letter], high = table->letters[letter + 1];
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && table->bytes[at - 1] != '\n')
            at--;
        size_t end = end_of_line(table, at);
        int order = compare(table, at, end, word, length);
        if (order == 0) {
            size_t right = at + length + 1;
            *field_length = end > right ? end - right : 0;
            return *field_length != 0 ? table->bytes + right : NULL;
        }
        if (order < 0)
            high = at;
        else
            low = end < table->length ? end + 1 : end;
    }
    return NULL;
}
