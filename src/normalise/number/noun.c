/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nouns as words of a phrase. */
#include <string.h>

#include <nashra/utf8.h>

#include "number/cardinal.h"
#include "number/letters.h"
#include "number/nouns.h"
#include "number/phrase.h"

static const struct nashra_stem *parse(struct nashra_arena *arena, const char *citation, bool plural,
                                       const char *singular) {
    struct nashra_stem *stem = citation ? nashra_arena_alloc(arena, sizeof *stem) : NULL;
    return stem && nashra_stem_parse(arena, citation, plural, singular, stem) ? stem : NULL;
}

/* An adjective's masculine singular with another ending. */
static const struct nashra_stem *adjective_form(struct nashra_arena *arena, const char *adjective, const char *ending) {
    size_t length = strlen(adjective), added = strlen(ending);
    if (nashra_ends_with(adjective, length, NASHRA_DAMMATAN_UTF8))
        length -= 2;
    char *citation = nashra_arena_alloc(arena, length + added + 1);
    if (!citation)
        return NULL;
    memcpy(citation, adjective, length);
    memcpy(citation + length, ending, added);
    return parse(arena, citation, false, NULL);
}

/* The plural of things takes a feminine singular adjective: أمتار مربعة. */
static bool parse_adjectives(struct nashra_arena *arena, const struct nashra_noun *noun, struct nashra_thing *thing) {
    bool feminine = noun->gender == NASHRA_FEMININE;
    const char *plural = !noun->human ? "َةٌ" : feminine ? "َاتٌ" : "ُونَ";
    thing->adjectives[NASHRA_SINGULAR] = adjective_form(arena, noun->adjective, feminine ? "َةٌ" : "ٌ");
    thing->adjectives[NASHRA_DUAL] = adjective_form(arena, noun->adjective, feminine ? "َتَانِ" : "َانِ");
    thing->adjectives[NASHRA_PLURAL] = adjective_form(arena, noun->adjective, plural);
    return thing->adjectives[NASHRA_SINGULAR] && thing->adjectives[NASHRA_DUAL] && thing->adjectives[NASHRA_PLURAL];
}

int nashra_thing_of_noun(struct nashra_arena *arena, const struct nashra_noun *noun, struct nashra_thing *thing) {
    const char *dual = noun->dual ? noun->dual : nashra_dual_of(arena, noun->singular);
    *thing = (struct nashra_thing){
        .forms = {parse(arena, noun->singular, false, NULL), parse(arena, dual, false, NULL), NULL},
        .gender = noun->gender,
        .says_one = true,
        .flags = NASHRA_SPOKEN_NOUN,
    };
    thing->forms[NASHRA_PLURAL] =
        noun->plural ? parse(arena, noun->plural, true, noun->singular) : thing->forms[NASHRA_SINGULAR];
    if (!thing->forms[NASHRA_SINGULAR] || !thing->forms[NASHRA_DUAL] || !thing->forms[NASHRA_PLURAL])
        return NASHRA_ENOMEM;
    return !noun->adjective || parse_adjectives(arena, noun, thing) ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_phrase_tail(struct nashra_phrase *phrase, const struct nashra_noun *noun) {
    return noun->tail ? nashra_phrase_add_words(phrase, noun->tail, false, NASHRA_SPOKEN_NOUN) : NASHRA_OK;
}

static enum nashra_state state_of(struct nashra_stance stance) {
    if (stance.construct)
        return NASHRA_STATE_CONSTRUCT;
    return stance.definite == NASHRA_INDEFINITE ? NASHRA_STATE_INDEFINITE : NASHRA_STATE_DEFINITE;
}

int nashra_phrase_noun(struct nashra_phrase *phrase, const struct nashra_noun *noun,
                       enum nashra_grammatical_number number, struct nashra_stance stance) {
    struct nashra_thing thing;
    int status = nashra_thing_of_noun(phrase->arena, noun, &thing);
    struct nashra_inflection inflection = {
        .grammatical_case = stance.grammatical_case,
        .state = state_of(stance),
        .flags = NASHRA_SPOKEN_NOUN,
    };
    if (status == NASHRA_OK)
        status = nashra_phrase_form(phrase, thing.forms[number], &inflection);
    if (status == NASHRA_OK && thing.adjectives[number])
        status = nashra_phrase_form(phrase, thing.adjectives[number], &inflection);
    return status < 0 ? status : nashra_phrase_tail(phrase, noun);
}

/* Number, scale words and noun; `noun` may be NULL. */
static int write_counted(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                         const struct nashra_decimal *decimal, const unsigned *scales, size_t scale_count,
                         const struct nashra_noun *noun, struct nashra_stance stance) {
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    struct nashra_thing thing;
    int status = noun ? nashra_thing_of_noun(phrase->arena, noun, &thing) : NASHRA_OK;
    if (status == NASHRA_OK && noun && scale_count == 0 && stance.definite == NASHRA_DEFINITE &&
        nashra_article_on_noun(decimal)) {
        thing.article = true;
        counting.article = false;
    }
    if (status == NASHRA_OK)
        status = nashra_count_sign(&counting, decimal);
    if (status == NASHRA_OK)
        status = nashra_count_scaled(&counting, decimal, scales, scale_count, noun ? &thing : NULL, stance.construct);
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
    bool same = stem && stem->vowelled && length >= skip + stem->bare_length &&
                memcmp(word + skip, stem->bare, stem->bare_length) == 0;
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
    const struct nashra_stem *stem = parse(phrase->arena, match->form, plural, match->noun.singular);
    char *bare = nashra_arena_alloc(phrase->arena, length + 1);
    if (!bare || !stem)
        return NASHRA_ENOMEM;
    nashra_strip_marks(word, length, bare);
    struct nashra_inflection inflection = {
        .grammatical_case = counted == NASHRA_COUNTED_SINGULAR_ACCUSATIVE ? NASHRA_ACCUSATIVE : NASHRA_GENITIVE,
        .state = match->article ? NASHRA_STATE_DEFINITE : state_of(stance),
        .flags = NASHRA_SPOKEN_NOUN,
    };
    enum nashra_grammatical_number wanted = counted == NASHRA_COUNTED_PLURAL ? NASHRA_PLURAL : NASHRA_SINGULAR;
    size_t before = phrase->count;
    int status = match->number == wanted ? nashra_phrase_form(phrase, stem, &inflection) : NASHRA_OK;
    if (status < 0 || (phrase->count > before && strcmp(phrase->words[before].bare, bare) == 0))
        return status;
    phrase->count = before;
    return add_stem(phrase, bare, stem, match->article);
}
