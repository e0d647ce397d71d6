/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <string.h>

#include <nashra/utf8.h>

enum { LETTERS_MOST = 64, PREFIXES_MOST = 32, LEFT_LEAST = 3 };

struct nashra_words {
    struct letter {
        unsigned written, compared; /* 0: doesn't count */
    } letters[LETTERS_MOST];
    size_t letter_count;
    const char *prefixes[PREFIXES_MOST]; /* in the order of the table: the longer first */
    size_t prefix_count;
    struct nashra_table *table;
};

/* The table ------------------------------------------------------------------------------------------------------- */

static unsigned first_letter(const char *text) {
    unsigned c = 0;
    if (*text && strcmp(text, "-") != 0)
        nashra_utf8_decode(text, strlen(text), &c);
    return c;
}

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_words *words = user;
    if (strcmp(row->fields[0], "prefix") == 0 && words->prefix_count < PREFIXES_MOST)
        words->prefixes[words->prefix_count++] = row->fields[1];
    else if (strcmp(row->fields[0], "letter") == 0 && row->count > 2 && words->letter_count < LETTERS_MOST)
        words->letters[words->letter_count++] =
            (struct letter){first_letter(row->fields[1]), first_letter(row->fields[2])};
    else
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: neither letter nor prefix, or too many; the row is left out", row->file,
                   row->line);
    return NASHRA_OK;
}

int nashra_words_create(struct nashra_words **out) {
    struct nashra_buffer path = {0};
    struct nashra_words *words = nashra_alloc_zeroed(1, sizeof *words);
    *out = NULL;
    int status = words ? nashra_data_path("search.tsv", &path) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_table_load(path.data, 2, add_row, words, &words->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_words_destroy(words);
        return status;
    }
    *out = words;
    return NASHRA_OK;
}

void nashra_words_destroy(struct nashra_words *words) {
    if (!words)
        return;
    nashra_table_destroy(words->table);
    nashra_free(words);
}

/* Folding --------------------------------------------------------------------------------------------------------- */

/* Punctuation and signs beyond ASCII, by their blocks: Latin-1's signs, general punctuation to the dingbats, CJK's. */
static bool is_sign(unsigned c) {
    return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x600 && c < 0x620) || (c >= 0x66A && c < 0x66E) || c == 0x6D4 ||
           (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c == 0xFD3E || c == 0xFD3F || c == 0xFEFF ||
           c == 0xFFFD;
}

/* Joiners and directions stand inside words without parting them. */
static bool is_silent(unsigned c) {
    return nashra_is_arabic_mark(c) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xAD;
}

enum kind { PARTS, SILENT, COUNTS };

static enum kind fold_letter(const struct nashra_words *words, unsigned *c) {
    const int digit = nashra_digit_value(*c);
    if (digit >= 0) {
        *c = '0' + (unsigned)digit;
        return COUNTS;
    }
    if (*c < 0x80) {
        *c |= 0x20;
        return *c >= 'a' && *c <= 'z' ? COUNTS : PARTS;
    }
    for (size_t i = 0; i < words->letter_count; i++)
        if (words->letters[i].written == *c) {
            *c = words->letters[i].compared;
            return *c ? COUNTS : SILENT;
        }
    return is_silent(*c) ? SILENT : is_sign(*c) ? PARTS : COUNTS;
}

static size_t count_letters(const char *word, size_t length) {
    size_t letters = 0;
    for (size_t i = 0; i < length; i++)
        letters += ((unsigned char)word[i] & 0xC0) != 0x80;
    return letters;
}

/* Takes the article and what stands before it off the last word, which begins at `from`. */
static void strip_prefix(const struct nashra_words *words, struct nashra_buffer *out, size_t from) {
    char *word = out->data + from;
    const size_t length = out->length - from;
    for (size_t i = 0; i < words->prefix_count; i++) {
        const size_t prefix = strlen(words->prefixes[i]);
        if (length > prefix && memcmp(word, words->prefixes[i], prefix) == 0 &&
            count_letters(word + prefix, length - prefix) >= LEFT_LEAST) {
            memmove(word, word + prefix, length - prefix + 1);
            out->length -= prefix;
            return;
        }
    }
}

void nashra_words_fold(const struct nashra_words *words, const char *text, size_t length, struct nashra_buffer *out) {
    const size_t begin = out->length;
    size_t word = 0; /* where the last one begins; 0: between words */
    for (size_t at = 0; at <= length && !out->failed;) {
        unsigned c = ' ';
        at += at < length ? nashra_utf8_decode(text + at, length - at, &c) : 1;
        const enum kind kind = fold_letter(words, &c);
        if (kind == COUNTS && word == 0) {
            if (out->length > begin)
                nashra_buffer_add(out, " ", 1);
            word = out->length + 1;
        }
        if (kind == COUNTS)
            nashra_buffer_add_codepoint(out, c);
        if (kind == PARTS && word > 0) {
            strip_prefix(words, out, word - 1);
            word = 0;
        }
    }
}

/* Queries --------------------------------------------------------------------------------------------------------- */

/* A piece of the wish as a string of FTS5; several words in it follow each other. */
static void add_term(const struct nashra_words *words, const char *text, size_t length, struct nashra_buffer *out) {
    const bool is_beginning = length > 0 && text[length - 1] == '*';
    const size_t before = out->length;
    nashra_buffer_add_string(out, before > 0 ? " \"" : "\"");
    const size_t from = out->length;
    nashra_words_fold(words, text, length, out);
    if (out->length == from) {
        out->length = before;
        return;
    }
    nashra_buffer_add_string(out, is_beginning ? "\"*" : "\"");
}

int nashra_words_query(const struct nashra_words *words, const char *wish, struct nashra_buffer *out) {
    for (const char *at = wish; *at;) {
        const bool is_quoted = *at == '"';
        at += is_quoted;
        const size_t length = strcspn(at, is_quoted ? "\"" : " \t\n\"");
        if (length > 0)
            add_term(words, at, length, out);
        at += length;
        at += is_quoted ? *at == '"' : strspn(at, " \t\n");
    }
    if (out->failed)
        return NASHRA_ENOMEM;
    if (out->length == 0)
        return nashra_fail(NASHRA_EUSAGE, "there is no word in '%s'", wish);
    out->data[out->length] = '\0';
    return NASHRA_OK;
}

/* Sameness -------------------------------------------------------------------------------------------------------- */

enum { WORDS_LEAST = 24, BITS = 64 };

static uint64_t hash_word(const char *word, size_t length) {
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * UINT64_C(1099511628211);
    return hash;
}

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the sum depends on every bit of the words. */
static uint64_t scatter(uint64_t x) {
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static void vote(int votes[BITS], uint64_t hash) {
    for (int bit = 0; bit < BITS; bit++)
        votes[bit] += hash >> bit & 1 ? 1 : -1;
}

uint64_t nashra_words_simhash(const char *folded) {
    int votes[BITS] = {0};
    uint64_t before = 0, result = 0;
    size_t count = 0;
    for (const char *at = folded; *at; count++) {
        const size_t length = strcspn(at, " ");
        const uint64_t word = hash_word(at, length);
        if (count > 0)
            vote(votes, scatter(before * 3 + word));
        before = word;
        at += length;
        at += *at == ' ';
    }
    if (count < WORDS_LEAST)
        return 0;
    for (int bit = 0; bit < BITS; bit++)
        result |= (uint64_t)(votes[bit] > 0) << bit;
    return result ? result : 1;
}

/* The order doesn't count, nor how often one is there twice in a row of copies: a sum over all. */
uint64_t nashra_words_numbers(const char *folded) {
    uint64_t sum = 0;
    for (const char *at = folded; *at;) {
        const size_t length = strcspn(at, " ");
        if (*at >= '0' && *at <= '9')
            sum += scatter(hash_word(at, length));
        at += length;
        at += *at == ' ';
    }
    return sum;
}
