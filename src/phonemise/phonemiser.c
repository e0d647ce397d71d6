/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/phonemise.h>

#include <string.h>

#include "endings.h"
#include "given.h"
#include "guess.h"
#include "inventory.h"
#include "lexicon.h"
#include "phrasing.h"
#include "prosody.h"
#include "segments.h"
#include "tunes.h"

/* Below this the pausal form is spoken. On the development news an ending of confidence 0.75 to 0.85 is right in 64 of
 * a hundred, one over 0.95 in 97: a listener forgives a missing ending sooner than a wrong one. */
static const float SURE_ENDING = 0.8f;

struct nashra_phonemiser {
    enum nashra_endings endings;
    struct nashra_inventory *inventory;
    struct nashra_word_lists *lists;
    struct nashra_phrasing *phrasing;
    struct nashra_tunes *tunes;
    struct nashra_arena *scratch; /* one sentence's spellings and forms */
    struct nashra_buffer names;
};

int nashra_endings_parse(const char *name, enum nashra_endings *endings) {
    static const char *const names[] = {"sure", "full", "none"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *endings = (enum nashra_endings)i;
            return NASHRA_OK;
        }
    return NASHRA_EUSAGE;
}

static int load(struct nashra_phonemiser *phonemiser) {
    phonemiser->scratch = nashra_arena_create();
    if (!phonemiser->scratch)
        return NASHRA_ENOMEM;
    int status = nashra_inventory_create(&phonemiser->inventory);
    if (status == NASHRA_OK)
        status = nashra_word_lists_create(&phonemiser->lists);
    if (status == NASHRA_OK)
        status = nashra_phrasing_create(&phonemiser->phrasing);
    if (status == NASHRA_OK)
        status = nashra_tunes_create(&phonemiser->tunes);
    return status;
}

int nashra_phonemiser_create(enum nashra_endings endings, struct nashra_phonemiser **result) {
    struct nashra_phonemiser *phonemiser = nashra_alloc_zeroed(1, sizeof *phonemiser);
    if (!phonemiser)
        return NASHRA_ENOMEM;
    phonemiser->endings = endings;
    int status = load(phonemiser);
    if (status < 0) {
        nashra_phonemiser_destroy(phonemiser);
        return status;
    }
    *result = phonemiser;
    return NASHRA_OK;
}

void nashra_phonemiser_destroy(struct nashra_phonemiser *phonemiser) {
    if (!phonemiser)
        return;
    nashra_tunes_destroy(phonemiser->tunes);
    nashra_phrasing_destroy(phonemiser->phrasing);
    nashra_word_lists_destroy(phonemiser->lists);
    nashra_inventory_destroy(phonemiser->inventory);
    nashra_arena_destroy(phonemiser->scratch);
    nashra_buffer_finish(&phonemiser->names);
    nashra_free(phonemiser);
}

static void mark_divine(struct nashra_form *form) {
    for (size_t i = 0; i < form->count; i++)
        if (form->phones[i].length > 1 && !nashra_phone_is_vowel(&form->phones[i])) {
            form->phones[i].flags |= NASHRA_PHONE_DIVINE_L;
            return;
        }
}

/* The word by itself, with all its endings. What has no Arabic letter has no phones: the second voice reads its text.
 */
static int read_word(const struct nashra_phonemiser *phonemiser, const struct nashra_word *word,
                     struct nashra_form *form) {
    const char *text = word->marked ? word->marked : word->text;
    if (word->phonemes && nashra_given_read(phonemiser->inventory, word, phonemiser->scratch, form) != NASHRA_EDATA)
        return form->phones ? NASHRA_OK : NASHRA_ENOMEM;
    if (!text)
        return NASHRA_OK;
    struct nashra_spelling spelling;
    bool divine = false;
    int status = nashra_spelling_read(text, phonemiser->scratch, &spelling);
    struct nashra_spelling written = spelling;
    if (status == NASHRA_OK)
        status = nashra_word_lists_respell(phonemiser->lists, phonemiser->scratch, &spelling, &divine);
    nashra_guess_marks(&spelling);
    if (status == NASHRA_OK)
        status = nashra_segments_read(phonemiser->inventory, &spelling, phonemiser->scratch, form);
    if (status < 0)
        return status;
    nashra_word_lists_traits(phonemiser->lists, &written, form);
    if (divine)
        mark_divine(form);
    return NASHRA_OK;
}

static bool speaks_ending(const struct nashra_phonemiser *phonemiser, const struct nashra_word *word) {
    switch (phonemiser->endings) {
    case NASHRA_ENDINGS_FULL:
        return true;
    case NASHRA_ENDINGS_NONE:
        return false;
    default:
        return word->ending_confidence >= SURE_ENDING;
    }
}

/* A Latin word is heard, so there is no pause before it (شركة Orange: idafa). */
static bool is_heard(const struct nashra_word *word, const struct nashra_form *form) {
    return form->count > 0 || word->cls == NASHRA_CLASS_LATIN;
}

/* Each word ends as the one after it lets it. */
static void join_words(const struct nashra_phonemiser *phonemiser, const struct nashra_sentence *sentence,
                       struct nashra_form *forms) {
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        struct nashra_form *form = &forms[i];
        bool pause = word->pause != NASHRA_PAUSE_NONE || i + 1 == sentence->count;
        struct nashra_form *next = pause ? NULL : &forms[i + 1];
        if (form->count == 0)
            continue;
        bool first = i == 0 || sentence->words[i - 1].pause != NASHRA_PAUSE_NONE;
        const struct nashra_form *before = first ? NULL : &forms[i - 1];
        nashra_ending_begin(phonemiser->inventory, form);
        nashra_ending_part(phonemiser->inventory, form, before);
        if (!next || !is_heard(word + 1, next))
            nashra_ending_pause(phonemiser->inventory, form);
        else if (next->wasl)
            nashra_ending_link(phonemiser->inventory, form, next);
        else if (!speaks_ending(phonemiser, word))
            nashra_ending_leave_out(phonemiser->inventory, form, (word->flags & NASHRA_WORD_CONSTRUCT) != 0);
    }
}

static nashra_phoneme last_vowel(const struct nashra_form *form) {
    const struct nashra_phone *last = nashra_form_last(form);
    return last && nashra_phone_is_vowel(last) ? last->phoneme : 0;
}

static int write_word(struct nashra_phonemiser *phonemiser, struct nashra_arena *arena, const struct nashra_form *form,
                      const char **phonemes) {
    nashra_buffer_clear(&phonemiser->names);
    int status = nashra_inventory_write(phonemiser->inventory, form->phones, form->count, &phonemiser->names);
    if (status < 0)
        return status;
    *phonemes = nashra_arena_copy(arena, nashra_buffer_string(&phonemiser->names), phonemiser->names.length);
    return *phonemes ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_phonemise(struct nashra_phonemiser *phonemiser, struct nashra_sentence *sentence) {
    nashra_arena_reset(phonemiser->scratch);
    struct nashra_form *forms = nashra_arena_alloc(phonemiser->scratch, (sentence->count + 1) * sizeof *forms);
    int status = forms ? nashra_phrasing_place(phonemiser->phrasing, phonemiser->scratch, sentence) : NASHRA_ENOMEM;
    for (size_t i = 0; i < sentence->count && status == NASHRA_OK; i++)
        status = read_word(phonemiser, &sentence->words[i], &forms[i]);
    if (status < 0)
        return status;
    nashra_tunes_place(phonemiser->tunes, sentence);
    join_words(phonemiser, sentence, forms);
    for (size_t i = 0; i < sentence->count && status == NASHRA_OK; i++) {
        bool joined = i > 0 && sentence->words[i - 1].pause == NASHRA_PAUSE_NONE;
        if (!forms[i].given)
            nashra_prosody_darken(phonemiser->inventory, &forms[i], joined ? last_vowel(&forms[i - 1]) : 0);
        nashra_prosody_stress(&forms[i]);
        status = write_word(phonemiser, sentence->arena, &forms[i], &sentence->words[i].phonemes);
    }
    return status;
}

int nashra_phonemes_to_ipa(const struct nashra_phonemiser *phonemiser, const char *phonemes,
                           struct nashra_buffer *ipa) {
    return nashra_inventory_to_ipa(phonemiser->inventory, phonemes, ipa);
}
