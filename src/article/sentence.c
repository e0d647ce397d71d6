/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sentence.h"

#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "stop.h"
#include "walk.h"

struct nashra_sentences {
    UBreakIterator *iterator;
    struct nashra_lexis abbreviations;
    struct nashra_lexis *words;
};

/* A search through one paragraph. */
struct search {
    struct nashra_stop_context context;
    struct nashra_span pending; /* found, but what follows may still turn out to be no sentence of its own */
    nashra_sentence_fn sentence;
    void *user;
};

struct nashra_sentences *nashra_sentences_create(struct nashra_lexis *words) {
    struct nashra_sentences *sentences = nashra_alloc_zeroed(1, sizeof *sentences);
    if (!sentences)
        return NULL;
    sentences->abbreviations = nashra_stop_lexis();
    sentences->words = words;
    return sentences;
}

void nashra_sentences_destroy(struct nashra_sentences *sentences) {
    if (!sentences)
        return;
    ubrk_close(sentences->iterator);
    nashra_lexis_finish(&sentences->abbreviations);
    nashra_free(sentences);
}

/* Ends the running sentence at `boundary`. What has no word ("(…)") goes to the sentence before it, or else to the one
 * behind it. */
static int close_sentence(struct search *search, size_t boundary) {
    const char *text = search->context.text;
    struct nashra_span sentence = nashra_walk_trim(text, (struct nashra_span){search->context.sentence, boundary});
    search->context.sentence = boundary;
    if (!nashra_walk_profile(text, sentence).spoken) {
        if (search->pending.to && sentence.to > sentence.from)
            search->pending.to = sentence.to;
        return 0;
    }
    if (!search->pending.to)
        sentence.from = search->context.paragraph.from;
    int status = search->pending.to ? search->sentence(search->pending, false, search->user) : 0;
    search->pending = sentence;
    return status;
}

static int consider(struct search *search, size_t boundary) {
    if (boundary <= search->context.sentence)
        return 0;
    int ends = boundary < search->context.paragraph.to ? nashra_stop_judge(&search->context, &boundary) : 1;
    return ends > 0 ? close_sentence(search, boundary) : ends;
}

/* Unicode's rule SB8 sees no end before a small Latin letter: "الهاتف. iPhone". Behind anything but Latin there is one.
 */
static int consider_missed(struct search *search, size_t from, size_t to) {
    const char *text = search->context.text;
    for (const char *hit; from < to && (hit = memchr(text + from, '.', to - from)); from++) {
        from = (size_t)(hit - text);
        size_t at = from + 1;
        unsigned before = nashra_walk_peek_back(text, search->context.paragraph.from, from);
        if (nashra_walk_is_letter(before) && !nashra_walk_is_arabic(before))
            continue;
        while (at < to && nashra_walk_is_blank(nashra_walk_peek(text, to, at)))
            nashra_walk_next(text, to, &at);
        unsigned next = nashra_walk_peek(text, to, at);
        int status = at > from + 1 && next >= 'a' && next <= 'z' ? consider(search, at) : 0;
        if (status)
            return status;
    }
    return 0;
}

static int open_iterator(struct nashra_sentences *sentences) {
    UErrorCode error = U_ZERO_ERROR;
    if (!sentences->iterator)
        sentences->iterator = ubrk_open(UBRK_SENTENCE, "ar", NULL, 0, &error);
    if (U_SUCCESS(error))
        return 0;
    return error == U_MEMORY_ALLOCATION_ERROR
               ? nashra_fail(NASHRA_ENOMEM, "out of memory for the sentence rules")
               : nashra_fail(NASHRA_EINTERNAL, "ICU's sentence rules can't be loaded: %s", u_errorName(error));
}

static int walk(UBreakIterator *iterator, struct search *search) {
    struct nashra_span paragraph = search->context.paragraph;
    size_t previous = paragraph.from;
    int status = 0;
    for (int32_t at = ubrk_first(iterator); !status && (at = ubrk_next(iterator)) != UBRK_DONE;) {
        size_t boundary = paragraph.from + (size_t)at;
        status = consider_missed(search, previous, boundary);
        if (!status)
            status = consider(search, boundary);
        previous = boundary;
    }
    return status;
}

static int walk_with_icu(struct nashra_sentences *sentences, struct search *search) {
    struct nashra_span paragraph = search->context.paragraph;
    UErrorCode error = U_ZERO_ERROR;
    int status = open_iterator(sentences);
    if (status)
        return status;
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, search->context.text + paragraph.from, (int64_t)(paragraph.to - paragraph.from), &error);
    ubrk_setUText(sentences->iterator, &text, &error);
    status = U_SUCCESS(error) ? walk(sentences->iterator, search)
                              : nashra_fail(NASHRA_ENOMEM, "ICU can't read the text: %s", u_errorName(error));
    utext_close(&text);
    return status;
}

/* Where there is no stop but at the end there is nothing to ask ICU. */
static bool holds_inner_stop(const char *text, struct nashra_span paragraph) {
    bool stop = false;
    for (size_t at = paragraph.from; at < paragraph.to;) {
        unsigned c = nashra_walk_next(text, paragraph.to, &at);
        if (nashra_walk_is_stop(c))
            stop = true;
        else if (stop && !nashra_walk_is_closer(c))
            return true;
    }
    return false;
}

int nashra_sentences_find(struct nashra_sentences *sentences, const char *text, struct nashra_span paragraph,
                          nashra_sentence_fn sentence, void *user) {
    struct search search = {.context = {.text = text,
                                        .paragraph = paragraph,
                                        .sentence = paragraph.from,
                                        .quoting = {.at = paragraph.from},
                                        .abbreviations = &sentences->abbreviations,
                                        .words = sentences->words},
                            .sentence = sentence,
                            .user = user};
    int status =
        holds_inner_stop(text, paragraph) ? walk_with_icu(sentences, &search) : close_sentence(&search, paragraph.to);
    if (status)
        return status;
    return sentence(search.pending.to ? search.pending : paragraph, true, user);
}
