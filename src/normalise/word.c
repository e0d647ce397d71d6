/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain words: as they stand, with a missing hamza restored where one reading only is left (hamza.tsv). */
#include <string.h>

#include <nashra/utf8.h>

#include "writer.h"

enum { ALIF = 0x0627, LETTER = 2, REACH_OF_SPEECH = 16, SHORTEST_STEM = 3 * LETTER };

static bool begins_with_alif(const char *text) {
    return strncmp(text, "ا", LETTER) == 0;
}

/* Where the stem begins behind the proclitics that a table never saw: و ف ب ك ل, and the article. */
static size_t guess_stem(const char *text) {
    size_t at = 0;
    if (strncmp(text, "و", LETTER) == 0 || strncmp(text, "ف", LETTER) == 0)
        at += LETTER;
    if (strncmp(text + at, "لل", 2 * LETTER) == 0)
        return at + 2 * LETTER;
    if (strncmp(text + at, "ب", LETTER) == 0 || strncmp(text + at, "ك", LETTER) == 0 ||
        strncmp(text + at, "ل", LETTER) == 0)
        at += LETTER;
    return strncmp(text + at, "ال", 2 * LETTER) == 0 ? at + 2 * LETTER : at;
}

struct respelling {
    size_t stem; /* bytes of the text that stay in front */
    size_t tail; /* bytes of the text that stay behind */
    const char *text;
    const char *marked;
};

/* اوضاعها: the noun without its pronoun. */
static const struct nashra_lexeme *without_pronoun(const struct nashra_scan *scan, const struct nashra_token *token,
                                                   size_t stem, size_t *tail) {
    static const char *const pronouns[] = {"هما", "ها", "هم", "هن", "نا", "كم", "ه"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        size_t n = strlen(pronouns[i]);
        if (token->length < stem + n + SHORTEST_STEM || memcmp(token->text + token->length - n, pronouns[i], n) != 0)
            continue;
        *tail = n;
        return nashra_lexis_word(scan->lexis, token->text + stem, token->length - stem - n);
    }
    return NULL;
}

static struct respelling find_respelling(const struct nashra_scan *scan, const struct nashra_token *token) {
    struct respelling none = {0};
    const struct nashra_lexeme *lexeme = token->lexeme;
    bool risky =
        token->stem != 0 && token->length - token->stem < SHORTEST_STEM && strncmp(token->text, "و", LETTER) != 0;
    if (lexeme != NULL && risky) /* فاي is no فأي */
        return none;
    if (lexeme != NULL)
        return (struct respelling){token->stem, 0, lexeme->respelt, token->stem == 0 ? lexeme->respelt_marked : NULL};
    size_t stem = guess_stem(token->text), tail = 0;
    if (!begins_with_alif(token->text + stem))
        return none;
    lexeme = without_pronoun(scan, token, stem, &tail);
    return lexeme != NULL ? (struct respelling){stem, tail, lexeme->respelt, NULL} : none;
}

/* ان, انه, وانها …: the particle's own letters without its hamza. */
static size_t particle_at(const struct nashra_token *token) {
    static const char *const ends[] = {"", "ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك"};
    size_t stem = strncmp(token->text, "و", LETTER) == 0 || strncmp(token->text, "ف", LETTER) == 0 ? LETTER : 0;
    if (strncmp(token->text + stem, "ان", 2 * LETTER) != 0)
        return token->length;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strcmp(token->text + stem + 2 * LETTER, ends[i]) == 0)
            return stem;
    return token->length;
}

/* After any form of قال: إن; after أعلن and its like: أن. A sentence begins with إن; elsewhere أن is the rule. */
static struct respelling respell_particle(const struct nashra_scan *scan, size_t at, size_t stem) {
    bool near = scan->speech != 0 && at - scan->speech_at <= REACH_OF_SPEECH;
    bool say = near && scan->speech == NASHRA_CUE_BIT(NASHRA_CUE_SAY);
    bool begins = !near && (at == 0 || nashra_scan_is_edge(scan, at - 1)) && stem == 0;
    struct respelling respelling = {.stem = stem, .tail = scan->tokens[at].length - stem - 2 * LETTER};
    respelling.text = say || begins ? "إن" : "أن";
    return respelling;
}

static char *replace(struct nashra_arena *arena, const struct nashra_token *token,
                     const struct respelling *respelling) {
    size_t middle = strlen(respelling->text);
    char *text = nashra_arena_alloc(arena, respelling->stem + middle + respelling->tail + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, token->text, respelling->stem);
    memcpy(text + respelling->stem, respelling->text, middle);
    memcpy(text + respelling->stem + middle, token->text + token->length - respelling->tail, respelling->tail);
    return text;
}

/* The author's marks on the letters of the right spelling; NULL marks when the letters are not as many. */
static int carry_marks(struct nashra_arena *arena, const char *marked, const char *text, const char **out) {
    char *carried = nashra_arena_alloc(arena, strlen(marked) + strlen(text) + 1);
    size_t length = 0;
    *out = NULL;
    if (carried == NULL)
        return NASHRA_ENOMEM;
    for (size_t n; *marked != '\0'; marked += n) {
        unsigned cp;
        n = nashra_utf8_decode(marked, strlen(marked), &cp);
        const char *from = marked;
        size_t take = n;
        if (!nashra_is_arabic_mark(cp)) {
            if (*text == '\0')
                return 0;
            from = text;
            take = nashra_utf8_decode(text, strlen(text), &cp);
            text += take;
        }
        memcpy(carried + length, from, take);
        length += take;
    }
    if (*text == '\0')
        *out = carried;
    return 0;
}

static void note_speech(struct nashra_scan *scan, size_t at) {
    unsigned cues = nashra_scan_cues(scan, at) & (NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE));
    if (cues == 0)
        return;
    scan->speech = cues;
    scan->speech_at = at;
}

int nashra_read_word(struct nashra_writer *writer, struct nashra_scan *scan, size_t at) {
    struct nashra_token whole = scan->tokens[at];
    const struct nashra_token *token = &whole;
    if (nashra_token_take_prefix(scan->arena, &whole) < 0)
        return NASHRA_ENOMEM;
    size_t particle = particle_at(token);
    struct respelling respelling =
        particle < token->length ? respell_particle(scan, at, particle) : find_respelling(scan, token);
    const char *text = token->text, *marked = token->marked;
    if (respelling.text != NULL) {
        text = replace(scan->arena, token, &respelling);
        if (text == NULL)
            return NASHRA_ENOMEM;
        if (marked != NULL && carry_marks(scan->arena, token->marked, text, &marked) < 0)
            return NASHRA_ENOMEM;
        if (marked == NULL && token->marked != NULL) { /* the author's marks outweigh our spelling */
            text = token->text;
            marked = token->marked;
        }
        if (marked == NULL)
            marked = respelling.marked;
    }
    note_speech(scan, at);
    if (token->quoted)
        nashra_writer_open_quote(writer);
    struct nashra_word *word = nashra_writer_add(writer, text, marked, token->span, NASHRA_CLASS_WORD);
    if (word == NULL)
        return NASHRA_ENOMEM;
    word->confidence = respelling.text != NULL ? 0.95f : 1.0f;
    return 0;
}
