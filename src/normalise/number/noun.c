/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nouns as words of a phrase. */
#include <string.h>

#include <nashra/utf8.h>

#include "number/cardinal.h"
#include "number/letters.h"
#include "number/nouns.h"
#include "number/phrase.h"

bool nashra_noun_stem(struct nashra_arena *arena, const struct nashra_noun *noun, enum nashra_grammatical_number number,
                      struct nashra_stem *stem) {
    const char *citation = noun->singular;
    bool plural = number == NASHRA_PLURAL && noun->plural;
    if (plural)
        citation = noun->plural;
    else if (number == NASHRA_DUAL)
        citation = noun->dual ? noun->dual : nashra_dual_of(arena, noun->singular);
    return citation && nashra_stem_parse(arena, citation, plural, noun->singular, stem);
}

/* The plural of things takes a feminine singular adjective: أمتار مربعة. */
static const char *adjective_ending(const struct nashra_noun *noun, enum nashra_grammatical_number number) {
    bool feminine = noun->gender == NASHRA_FEMININE;
    if (number == NASHRA_PLURAL && noun->human)
        return feminine ? "َاتٌ" : "ُونَ";
    if (number == NASHRA_PLURAL)
        return "َةٌ";
    if (number == NASHRA_DUAL)
        return feminine ? "َتَانِ" : "َانِ";
    return feminine ? "َةٌ" : "ٌ";
}

bool nashra_adjective_stem(struct nashra_arena *arena, const struct nashra_noun *noun,
                           enum nashra_grammatical_number number, struct nashra_stem *stem) {
    const char *ending = adjective_ending(noun, number);
    size_t length = strlen(noun->adjective), added = strlen(ending);
    if (nashra_ends_with(noun->adjective, length, NASHRA_DAMMATAN_UTF8))
        length -= 2;
    char *citation = nashra_arena_alloc(arena, length + added + 1);
    if (!citation)
        return false;
    memcpy(citation, noun->adjective, length);
    memcpy(citation + length, ending, added);
    return nashra_stem_parse(arena, citation, number == NASHRA_PLURAL && noun->human, NULL, stem);
}

struct nashra_thing nashra_thing_of_noun(const struct nashra_noun *noun) {
    return (struct nashra_thing){.noun = noun, .gender = noun->gender, .flags = NASHRA_SPOKEN_NOUN};
}

int nashra_phrase_tail(struct nashra_phrase *phrase, const struct nashra_noun *noun) {
    return noun->tail ? nashra_phrase_add_words(phrase, noun->tail, false, NASHRA_SPOKEN_NOUN) : NASHRA_OK;
}

int nashra_phrase_noun_form(struct nashra_phrase *phrase, const struct nashra_noun *noun,
                            enum nashra_grammatical_number number, const struct nashra_inflection *inflection) {
    struct nashra_stem stem;
    if (!nashra_noun_stem(phrase->arena, noun, number, &stem))
        return NASHRA_ENOMEM;
    int status = nashra_phrase_form(phrase, &stem, inflection);
    if (status < 0 || !noun->adjective)
        return status;
    struct nashra_inflection second = *inflection;
    second.joined = false;
    return nashra_adjective_stem(phrase->arena, noun, number, &stem) ? nashra_phrase_form(phrase, &stem, &second)
                                                                     : NASHRA_ENOMEM;
}

static enum nashra_state state_of(struct nashra_stance stance) {
    if (stance.construct)
        return NASHRA_STATE_CONSTRUCT;
    return stance.definite == NASHRA_INDEFINITE ? NASHRA_STATE_INDEFINITE : NASHRA_STATE_DEFINITE;
}

int nashra_phrase_noun(struct nashra_phrase *phrase, const struct nashra_noun *noun,
                       enum nashra_grammatical_number number, struct nashra_stance stance) {
    struct nashra_inflection inflection = {
        .grammatical_case = stance.grammatical_case,
        .state = state_of(stance),
        .flags = NASHRA_SPOKEN_NOUN,
    };
    int status = nashra_phrase_noun_form(phrase, noun, number, &inflection);
    return status < 0 ? status : nashra_phrase_tail(phrase, noun);
}

/* Number, scale words and noun; `noun` may be NULL. */
static int write_counted(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                         const struct nashra_decimal *decimal, const unsigned *scales, size_t scale_count,
                         const struct nashra_noun *noun, struct nashra_stance stance) {
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    struct nashra_thing thing = noun ? nashra_thing_of_noun(noun) : (struct nashra_thing){0};
    if (noun && scale_count == 0 && stance.definite == NASHRA_DEFINITE && nashra_article_on_noun(decimal)) {
        thing.article = true;
        counting.article = false;
    }
    int status = nashra_count_sign(&counting, decimal);
    if (status == NASHRA_OK)
        status = nashra_count_scaled(&counting, decimal, scales, scale_count, noun ? &thing : NULL, stance.gender,
                                     stance.construct);
    return status < 0 || !noun ? status : nashra_phrase_tail(phrase, noun);
}

int nashra_phrase_count(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                        const struct nashra_decimal *decimal, const struct nashra_noun *noun,
                        struct nashra_stance stance) {
    return write_counted(numbers, phrase, decimal, NULL, 0, noun, stance);
}

int nashra_phrase_scaled(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                         const struct nashra_decimal *decimal, const unsigned *scales, size_t scale_count,
                         const struct nashra_noun *noun, struct nashra_stance stance) {
    return write_counted(numbers, phrase, decimal, scales, scale_count, noun, stance);
}

/* ---- a noun that stands in the text ---- */

/* Appends what is certain of a form that the grammar did not ask for: its stem. */
static int add_stem(struct nashra_phrase *phrase, const char *word, const struct nashra_stem *stem, bool article) {
    size_t length = strlen(word), skip = article ? 4 : 0;
    bool same =
        stem->vowelled && length >= skip + stem->bare_length && memcmp(word + skip, stem->bare, stem->bare_length) == 0;
    char *marked = nashra_arena_alloc(phrase->arena, length + (same ? stem->marked_length : 0) + 1);
    if (!marked)
        return NASHRA_ENOMEM;
    memcpy(marked, word, same ? skip : length);
    if (same) {
        memcpy(marked + skip, stem->marked, stem->marked_length);
        memcpy(marked + skip + stem->marked_length, word + skip + stem->bare_length, length - skip - stem->bare_length);
    }
    return nashra_phrase_add(phrase, word, marked, NASHRA_SPOKEN_NOUN | NASHRA_SPOKEN_PARTIAL);
}

int nashra_phrase_noun_as_written(struct nashra_phrase *phrase, const char *word, size_t length,
                                  const struct nashra_noun_match *match, enum nashra_counted counted,
                                  struct nashra_stance stance) {
    bool plural = match->number == NASHRA_PLURAL;
    struct nashra_stem stem;
    char *bare = nashra_arena_alloc(phrase->arena, length + 1);
    if (!bare || !nashra_stem_parse(phrase->arena, match->form, plural, match->noun.singular, &stem))
        return NASHRA_ENOMEM;
    nashra_strip_marks(word, length, bare);
    struct nashra_inflection inflection = {
        .grammatical_case = counted == NASHRA_COUNTED_SINGULAR_ACCUSATIVE ? NASHRA_ACCUSATIVE : NASHRA_GENITIVE,
        .state = match->article ? NASHRA_STATE_DEFINITE : state_of(stance),
        .flags = NASHRA_SPOKEN_NOUN,
    };
    enum nashra_grammatical_number wanted = counted == NASHRA_COUNTED_PLURAL ? NASHRA_PLURAL : NASHRA_SINGULAR;
    size_t before = phrase->count;
    int status = match->number == wanted ? nashra_phrase_form(phrase, &stem, &inflection) : NASHRA_OK;
    if (status < 0 || (phrase->count > before && strcmp(phrase->words[before].bare, bare) == 0))
        return status;
    phrase->count = before;
    return add_stem(phrase, bare, &stem, match->article);
}
