/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inflect.h"

#include <string.h>

#include <nashra/utf8.h>

static bool has_article(const struct nashra_lex_word *word) {
    return word->count > 3 && word->letters[0].codepoint == NASHRA_LEX_ALIF &&
           word->letters[1].codepoint == NASHRA_LEX_LAM && word->letters[1].vowel != NASHRA_KASRA;
}

/* A definite noun has no tanwin: its case is open, but the a of مُسْتَوًى stays. */
static void drop_tanwin(struct nashra_lex_word *word) {
    struct nashra_lex_letter *last = word->count ? &word->letters[word->count - 1] : NULL;
    if (last && last->vowel >= NASHRA_FATHATAN && last->vowel <= NASHRA_KASRATAN)
        last->vowel = 0;
    if (word->count > 1 && last[-1].vowel == NASHRA_FATHATAN)
        last[-1].vowel = NASHRA_FATHA;
}

/* الشَّمس, الْقَمَر, and الِاتِّحَاد before a wasl. After ل the alif is not written, nor is the lam before another. */
static void join_article(struct nashra_lex_word *word, bool after_lam) {
    struct nashra_lex_letter *first = word->letters;
    unsigned vowel = NASHRA_SUKUN;
    drop_tanwin(word);
    if (word->count && nashra_lex_is_sun_letter(first->codepoint)) {
        first->shadda = true;
        first->vowel = first->vowel == NASHRA_SUKUN ? 0 : first->vowel;
        vowel = 0;
    } else if (word->count > 1 && first->codepoint == NASHRA_LEX_ALIF && first->vowel != NASHRA_FATHA) {
        first->vowel = 0;
        vowel = NASHRA_KASRA;
    }
    if (!after_lam || !word->count || first->codepoint != NASHRA_LEX_LAM)
        nashra_lex_word_insert(word, 0, NASHRA_LEX_LAM, vowel);
    if (!after_lam)
        nashra_lex_word_insert(word, 0, NASHRA_LEX_ALIF, 0);
}

/* لِ + النّاتو is للنّاتو, لِ + اللُّغة is للُّغة. */
static void swallow_alif(struct nashra_lex_word *word) {
    nashra_lex_word_remove(word, 0);
    if (word->letters[1].codepoint == NASHRA_LEX_LAM) {
        nashra_lex_word_remove(word, 0);
        word->letters[0].shadda = true;
    }
}

/* Behind ب ك ل stands a genitive: another case that the entry gives is not the one here. A fatha may be a diptote's. */
static void open_case(struct nashra_lex_word *word) {
    struct nashra_lex_letter *last = word->count ? &word->letters[word->count - 1] : NULL;
    if (last && (last->vowel == NASHRA_DAMMA || last->vowel == NASHRA_DAMMATAN || last->vowel == NASHRA_FATHATAN))
        last->vowel = 0;
}

void nashra_lex_join_proclitics(struct nashra_lex_word *word, const struct nashra_lex_match *match) {
    bool lam = match->preposition == NASHRA_LEX_LAM, own = has_article(word);
    if (match->preposition)
        open_case(word);
    if (match->article && !own)
        join_article(word, lam);
    else if (lam && own)
        swallow_alif(word);
    if (word->count && word->letters[0].codepoint == NASHRA_LEX_ALIF && (match->preposition || match->conjunction))
        word->letters[0].vowel = 0; /* a wasl is silent behind them */
    if (match->preposition)
        nashra_lex_word_insert(word, 0, match->preposition,
                               match->preposition == NASHRA_LEX_KAF ? NASHRA_FATHA : NASHRA_KASRA);
    if (match->conjunction)
        nashra_lex_word_insert(word, 0, match->conjunction, NASHRA_FATHA);
}

/* The marks that don't depend on the vowel before: ه, هم, هما and هن follow a kasra, ك the person. */
static void add_pronoun(struct nashra_lex_word *word, const char *pronoun) {
    static const struct {
        const char *letters, *marked;
    } marks[] = {{"ها", "هَا"}, {"نا", "نَا"}, {"كم", "كُمْ"}, {"كما", "كُمَا"}, {"كن", "كُنَّ"}, {"هما", "همَا"}, {"هن", "هنَّ"}};
    struct nashra_lex_word suffix;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(pronoun, marks[i].letters) == 0)
            pronoun = marks[i].marked;
    if (nashra_lex_word_read(pronoun, strlen(pronoun), &suffix))
        return;
    for (size_t i = 0; i < suffix.count; i++)
        if (nashra_lex_word_insert(word, word->count, suffix.letters[i].codepoint, suffix.letters[i].vowel))
            word->letters[word->count - 1].shadda = suffix.letters[i].shadda;
}

void nashra_lex_join_pronoun(struct nashra_lex_word *word, const struct nashra_lex_match *match) {
    if (!*match->pronoun || !word->count)
        return;
    struct nashra_lex_letter *last = &word->letters[word->count - 1];
    drop_tanwin(word);
    if (last->codepoint == NASHRA_LEX_MARBUTA)
        last->codepoint = NASHRA_LEX_TA;
    else if (last->codepoint == NASHRA_LEX_MAQSURA)
        last->codepoint = NASHRA_LEX_ALIF;
    else if (last->codepoint == NASHRA_LEX_HAMZA &&
             (match->seat == NASHRA_LEX_WAW_HAMZA || match->seat == NASHRA_LEX_YA_HAMZA))
        last->codepoint = match->seat;
    last->vowel = 0;
    add_pronoun(word, match->pronoun);
}

void nashra_lex_close(struct nashra_lex_word *word) {
    struct nashra_lex_letter *last = word->count ? &word->letters[word->count - 1] : NULL;
    bool consonant = last && last->codepoint >= NASHRA_LEX_BA && last->codepoint < NASHRA_LEX_WAW &&
                     last->codepoint != NASHRA_LEX_MARBUTA;
    if (consonant && !last->vowel && !last->shadda && word->count > 1)
        last->vowel = NASHRA_SUKUN;
}

/* The phonemes after the entry's own article hamza, which is silent behind proclitics. */
static const char *without_hamza(const char *phonemes) {
    size_t hamza = *phonemes == '?' ? 1 : 0;
    bool short_a = phonemes[hamza] == 'a' && phonemes[hamza + 1] != ':' && phonemes[hamza + 1] != '.';
    return short_a ? phonemes + hamza + 1 : phonemes;
}

/* The article before phonemes: l, or the first consonant doubled. */
static int add_article(const struct nashra_lexicon *lexicon, const struct nashra_lex_entry *entry,
                       struct nashra_buffer *out) {
    const char *phonemes = entry->words[0];
    size_t first = nashra_lex_phonemes_first_consonant(lexicon->phonemes, phonemes);
    unsigned letter = 0;
    nashra_utf8_decode(entry->key, strlen(entry->key), &letter);
    if (first == 0 || !nashra_lex_is_sun_letter(letter))
        return nashra_buffer_add_format(out, "l|%s", phonemes);
    const char *sign = phonemes[first] == ':' ? "" : ":";
    return nashra_buffer_add_format(out, "%.*s%s%s", (int)first, phonemes, sign, phonemes + first);
}

int nashra_lex_join_phonemes(const struct nashra_lexicon *lexicon, const struct nashra_lex_match *match,
                             struct nashra_buffer *out) {
    const struct nashra_lex_entry *entry = match->entry;
    bool own = strncmp(entry->key, "ال", strlen("ال")) == 0, proclitics = match->conjunction || match->preposition;
    if (match->conjunction)
        nashra_buffer_add_string(out, match->conjunction == NASHRA_LEX_WAW ? "wa|" : "fa|");
    if (match->preposition)
        nashra_buffer_add_string(out, match->preposition == NASHRA_LEX_BA    ? "bi|"
                                      : match->preposition == NASHRA_LEX_KAF ? "ka|"
                                                                             : "li|");
    if (match->article)
        return add_article(lexicon, entry, out);
    return nashra_buffer_add_string(out, own && proclitics ? without_hamza(entry->words[0]) : entry->words[0]);
}
