/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain words: as they stand. What is left of missing hamzas are the words that only their clause can tell: ان. */
#include <string.h>

#include "number/letters.h"
#include "writer.h"

enum { LETTER = 2, REACH_OF_SPEECH = 16 };

/* Where ان, انه, وانها … have their particle; the word's length when it is none of them. */
static size_t particle_at(const struct nashra_token *token) {
    static const char *const ends[] = {"", "ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك"};
    bool joined = strncmp(token->text, "و", LETTER) == 0 || strncmp(token->text, "ف", LETTER) == 0;
    size_t stem = joined ? LETTER : 0;
    bool particle = (strncmp(token->text + stem, "ان", 2 * LETTER) == 0 && !token->name) ||
                    (token->respelt && strncmp(token->text + stem, "أن", 2 * LETTER) == 0);
    for (size_t i = 0; particle && i < sizeof ends / sizeof *ends; i++)
        if (strcmp(token->text + stem + 2 * LETTER, ends[i]) == 0)
            return stem;
    return token->length;
}

/* After any form of قال, where a sentence begins and after ف: إن; after أعلن and its like and elsewhere: أن. */
static const char *particle_for(const struct nashra_scan *scan, size_t at, size_t stem) {
    bool near = scan->speech != 0 && at - scan->speech_at <= REACH_OF_SPEECH;
    bool say = near && scan->speech == NASHRA_CUE_BIT(NASHRA_CUE_SAY);
    bool begins = !near && (at == 0 || nashra_scan_is_edge(scan, at - 1)) && stem == 0;
    bool so = strncmp(scan->tokens[at].text, "ف", LETTER) == 0;
    return say || begins || so ? "إن" : "أن";
}

/* The word with as many letters of it from `at` on replaced. */
static char *replace(struct nashra_arena *arena, const char *word, size_t at, const char *letters) {
    size_t length = strlen(word);
    char *text = nashra_arena_copy(arena, word, length);
    if (text != NULL)
        memcpy(text + at, letters, strlen(letters));
    return text;
}

/* لسنه 1983: سنه may be "his age" elsewhere. */
static bool is_misspelt_year(const struct nashra_scan *scan, size_t at, const struct nashra_token *token) {
    enum { YEAR = 3 * LETTER };
    return token->marked == NULL && token->length >= YEAR && token->length <= YEAR + 2 * LETTER &&
           nashra_ends_with(token->text, token->length, "سنه") && nashra_scan_is_number(scan, at + 1) &&
           (token->length == YEAR || (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_YEAR)) != 0);
}

static void note_speech(struct nashra_scan *scan, size_t at) {
    const uint64_t speech = NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE);
    uint64_t cues = nashra_scan_cues(scan, at) & speech;
    if (cues == 0)
        return;
    scan->speech = cues;
    scan->speech_at = at;
}

int nashra_read_word(struct nashra_writer *writer, struct nashra_scan *scan, size_t at) {
    struct nashra_token whole = scan->tokens[at];
    if (nashra_token_take_prefix(scan->arena, &whole) < 0)
        return NASHRA_ENOMEM;
    const char *text = whole.text;
    size_t particle = particle_at(&whole);
    if (particle < whole.length && whole.marked == NULL)
        text = replace(scan->arena, text, particle, particle_for(scan, at, particle));
    else if (is_misspelt_year(scan, at, &whole))
        text = replace(scan->arena, text, whole.length - LETTER, "ة");
    else if (strcmp(text, "ال") == 0 && whole.marked == NULL) /* by itself no article: آل سعود */
        text = "آل";
    note_speech(scan, at);
    if (whole.quoted)
        nashra_writer_open_quote(writer);
    struct nashra_word *word =
        text != NULL ? nashra_writer_add(writer, text, whole.marked, whole.span, NASHRA_CLASS_WORD) : NULL;
    if (word == NULL)
        return NASHRA_ENOMEM;
    word->confidence = whole.respelt || text != whole.text ? 0.95f : 1.0f;
    return 0;
}
