/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/phrase.h"

#include <string.h>

#include "number/letters.h"

static int grow(struct nashra_phrase *phrase) {
    size_t capacity = phrase->capacity ? 2 * phrase->capacity : 16;
    struct nashra_spoken *words = nashra_arena_alloc(phrase->arena, capacity * sizeof *words);
    if (!words)
        return NASHRA_ENOMEM;
    if (phrase->count)
        memcpy(words, phrase->words, phrase->count * sizeof *words);
    phrase->words = words;
    phrase->capacity = capacity;
    return NASHRA_OK;
}

int nashra_phrase_add(struct nashra_phrase *phrase, const char *bare, const char *marked, unsigned flags) {
    if (phrase->count == phrase->capacity && grow(phrase) < 0)
        return NASHRA_ENOMEM;
    phrase->words[phrase->count++] = (struct nashra_spoken){bare, marked, flags};
    return NASHRA_OK;
}

static int add_copy(struct nashra_phrase *phrase, const char *marked, size_t length, bool joined, unsigned flags) {
    char *word = nashra_arena_alloc(phrase->arena, 2 * (length + 5));
    if (!word)
        return NASHRA_ENOMEM;
    size_t lead = joined ? strlen("وَ") : 0;
    memcpy(word, "وَ", lead);
    memcpy(word + lead, marked, length);
    char *bare = word + lead + length + 1;
    nashra_strip_harakat(word, lead + length, bare);
    return nashra_phrase_add(phrase, bare, word, flags);
}

int nashra_phrase_add_words(struct nashra_phrase *phrase, const char *marked, bool joined, unsigned flags) {
    while (*marked) {
        size_t length = strcspn(marked, " ");
        if (length > 0 && add_copy(phrase, marked, length, joined, flags) < 0)
            return NASHRA_ENOMEM;
        joined = joined && length == 0;
        marked += length + (marked[length] == ' ');
    }
    return NASHRA_OK;
}

int nashra_phrase_word(struct nashra_phrase *phrase, const char *marked) {
    return add_copy(phrase, marked, strlen(marked), false, 0);
}

int nashra_phrase_words(struct nashra_phrase *phrase, const char *marked) {
    return nashra_phrase_add_words(phrase, marked, false, 0);
}

/* ---- clitics ---- */

static const struct {
    const char *letter, *marked;
} CLITICS[] = {{"و", "وَ"}, {"ف", "فَ"}, {"ب", "بِ"}, {"ك", "كَ"}, {"ل", "لِ"}};

/* What stands before a word: clitics with their marks, and how it goes on. */
struct lead {
    struct nashra_buffer marked;
    bool article; /* among the clitics */
    bool lam;     /* the last clitic is لِ */
};

static void read_clitics(const char *clitics, struct lead *lead) {
    size_t length = strlen(clitics);
    for (size_t at = 0; at + 2 <= length; at += 2) {
        if (nashra_mark_at(clitics + at))
            continue;
        if (nashra_starts_with(clitics + at, length - at, "ال")) {
            lead->article = true;
            return;
        }
        for (size_t i = 0; i < sizeof CLITICS / sizeof *CLITICS; i++)
            if (nashra_letter_in(clitics + at, CLITICS[i].letter)) {
                nashra_buffer_add_string(&lead->marked, CLITICS[i].marked);
                lead->lam = i == 4;
            }
    }
}

/* The word behind its article, or with an article put before it: marks of the lam and of a sun letter. */
static void add_article(struct nashra_buffer *out, const char *word, bool partial, bool lam) {
    bool sun = nashra_letter_in(word, NASHRA_SUN_LETTERS);
    bool own_lam = lam && nashra_letter_in(word, "ل");
    if (!own_lam)
        nashra_buffer_add_string(out, lam ? "ل" : "ال");
    if (partial) {
        nashra_buffer_add_string(out, word);
        return;
    }
    if (sun && strlen(word) >= 2) {
        nashra_buffer_add(out, word, 2);
        nashra_buffer_add_string(out, NASHRA_SHADDA_UTF8);
        word += 2;
    } else {
        nashra_buffer_add_string(out, nashra_letter_in(word, "ا") ? NASHRA_KASRA_UTF8 : NASHRA_SUKUN_UTF8);
    }
    nashra_buffer_add_string(out, word);
}

static void add_prefixed(struct lead *lead, const struct nashra_spoken *word) {
    const char *marked = word->marked;
    if (lead->article && !(word->flags & NASHRA_SPOKEN_ARTICLE)) {
        add_article(&lead->marked, marked, word->flags & NASHRA_SPOKEN_PARTIAL, lead->lam);
        return;
    }
    if (lead->lam && (word->flags & NASHRA_SPOKEN_ARTICLE) && nashra_starts_with(marked, strlen(marked), "ال")) {
        marked += 2; /* ل and ال give لل */
        if (nashra_starts_with(marked, strlen(marked), "لل" NASHRA_SHADDA_UTF8))
            marked += 2; /* للغة: three lams are written as two */
    }
    nashra_buffer_add_string(&lead->marked, marked);
}

int nashra_phrase_prefix(struct nashra_phrase *phrase, size_t index, const char *clitics) {
    struct nashra_spoken *word = &phrase->words[index];
    struct lead lead = {0};
    read_clitics(clitics, &lead);
    add_prefixed(&lead, word);
    size_t length = lead.marked.length;
    char *marked = lead.marked.failed ? NULL : nashra_arena_alloc(phrase->arena, 2 * (length + 1));
    if (marked) {
        memcpy(marked, nashra_buffer_string(&lead.marked), length);
        nashra_strip_harakat(marked, length, marked + length + 1);
        word->marked = marked;
        word->bare = marked + length + 1;
        word->flags |= lead.article ? NASHRA_SPOKEN_ARTICLE : 0;
    }
    nashra_buffer_finish(&lead.marked);
    return marked ? NASHRA_OK : NASHRA_ENOMEM;
}
