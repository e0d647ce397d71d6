/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delivery.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <nashra/lexicon.h>

/* A break that is this long parts the words of a phrase, as a comma does. */
enum { PARTING_MS = 50 };

static bool touches(struct nashra_span a, struct nashra_span b) {
    return a.from < b.to && a.to > b.from;
}

/* The first of a list, in order of the text, that ends behind `at`. Each of its items begins with its span. */
static size_t first_behind(const void *list, size_t count, size_t size, size_t at) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct nashra_span *span = (const void *)((const char *)list + middle * size);
        if (span->to > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void nashra_delivery_hints(const struct nashra_article *article, struct nashra_sentence *sentence) {
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    sentence->hints = NULL;
    sentence->hint_count = 0;
    if (!delivery)
        return;
    size_t first = first_behind(delivery->hints, delivery->hint_count, sizeof *delivery->hints, sentence->span.from);
    size_t end = first;
    while (end < delivery->hint_count && touches(delivery->hints[end].span, sentence->span))
        end++;
    if (end > first)
        sentence->hints = delivery->hints + first;
    sentence->hint_count = end - first;
}

/* ---- phonemes ---- */

/* Checked phonemes in the arena; NULL when they are none (reported) or there is no memory (`*status`). */
static const char *check_phonemes(const struct nashra_article *article, const struct nashra_phoneme_span *given,
                                  struct nashra_arena *arena, int *status) {
    struct nashra_buffer names = {0};
    const char *unknown, *kept = NULL;
    int result = nashra_lexicon_phonemes(given->phonemes, given->ipa, &names, &unknown);
    if (result == NASHRA_EDATA)
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: phoneme: \"%.40s\" is no phoneme of Arabic here; its text is read",
                   nashra_article_name(article), given->line, unknown);
    else if (result >= 0)
        kept = nashra_arena_copy(arena, nashra_buffer_string(&names), names.length);
    nashra_buffer_finish(&names);
    *status = result < 0 && result != NASHRA_EDATA ? result : result >= 0 && !kept ? NASHRA_ENOMEM : NASHRA_OK;
    return kept;
}

/* The words [from, to) become one, which is spoken by its phonemes. */
static int fuse(struct nashra_sentence *sentence, size_t from, size_t to, const char *phonemes) {
    struct nashra_word *first = &sentence->words[from], *last = &sentence->words[to - 1];
    struct nashra_buffer text = {0};
    for (size_t i = from; i < to; i++)
        nashra_buffer_add_string(&text, sentence->words[i].text);
    const char *kept =
        text.failed ? NULL : nashra_arena_copy(sentence->arena, nashra_buffer_string(&text), text.length);
    nashra_buffer_finish(&text);
    if (!kept)
        return NASHRA_ENOMEM;
    first->text = kept;
    first->phonemes = phonemes;
    first->span.to = last->span.to;
    first->pause = last->pause;
    first->flags |= last->flags & NASHRA_WORD_QUOTE_CLOSE;
    first->cls = first->cls == NASHRA_CLASS_LATIN ? NASHRA_CLASS_WORD : first->cls;
    first->confidence = 1.0f;
    memmove(first + 1, last + 1, (sentence->count - to) * sizeof *first);
    sentence->count -= to - from - 1;
    return NASHRA_OK;
}

static int apply_phonemes(const struct nashra_article *article, const struct nashra_phoneme_span *given,
                          struct nashra_sentence *sentence) {
    size_t from = 0;
    int status;
    while (from < sentence->count && sentence->words[from].span.to <= given->span.from)
        from++;
    size_t to = from;
    while (to < sentence->count && sentence->words[to].span.from < given->span.to)
        to++;
    if (to == from)
        return NASHRA_OK;
    const char *phonemes = check_phonemes(article, given, sentence->arena, &status);
    return phonemes ? fuse(sentence, from, to, phonemes) : status;
}

/* ---- prosody ---- */

static void apply_prosody(const struct nashra_delivery *delivery, struct nashra_sentence *sentence) {
    size_t low =
        first_behind(delivery->prosody, delivery->prosody_count, sizeof *delivery->prosody, sentence->span.from);
    for (size_t i = 0; i < sentence->count; i++) {
        struct nashra_word *word = &sentence->words[i];
        while (low < delivery->prosody_count && delivery->prosody[low].span.to <= word->span.from)
            low++;
        if (low < delivery->prosody_count && touches(delivery->prosody[low].span, word->span))
            word->prosody = &delivery->prosody[low].prosody;
    }
}

/* ---- breaks and bookmarks ---- */

struct place {
    struct nashra_sentence *sentence;
    struct nashra_bookmark *bookmarks;
    size_t gap_from, gap_to; /* the text between this sentence and the one before, and the one behind */
    bool is_first, is_last;
};

/* The first word that ends behind `at`. */
static size_t word_at(const struct nashra_sentence *sentence, size_t at) {
    size_t i = 0;
    while (i < sentence->count && sentence->words[i].span.to <= at)
        i++;
    return i;
}

static void add_break(struct nashra_sentence *sentence, size_t word, int ms) {
    if (word == 0) {
        sentence->lead_ms += ms > 0 ? ms : 0;
        return;
    }
    struct nashra_word *before = &sentence->words[word - 1];
    before->break_ms =
        ms < 0 ? (before->break_ms > 0 ? before->break_ms : ms) : (before->break_ms > 0 ? before->break_ms + ms : ms);
    if (ms >= PARTING_MS && before->pause == NASHRA_PAUSE_NONE)
        before->pause = NASHRA_PAUSE_COMMA;
    else if (ms < 0 && word < sentence->count)
        before->pause = NASHRA_PAUSE_NONE;
}

/* A mark before a break comes before its silence. */
static void add_bookmark(struct place *place, const char *name, size_t word, bool before_break) {
    struct nashra_sentence *sentence = place->sentence;
    bool before_pause = before_break || word == sentence->count;
    place->bookmarks[sentence->bookmark_count++] = (struct nashra_bookmark){name, word, before_pause};
}

/* Is there a break between this point and the next word (or the limit)? */
static bool break_follows(const struct nashra_delivery *delivery, size_t point, size_t limit) {
    for (size_t i = point + 1; i < delivery->point_count && delivery->points[i].at <= limit; i++)
        if (!delivery->points[i].name)
            return true;
    return false;
}

/* Between two sentences: breaks, and marks that have one behind them, are the earlier one's. */
static void take_point(struct place *place, const struct nashra_delivery *delivery, size_t index) {
    struct nashra_sentence *sentence = place->sentence;
    const struct nashra_point *point = &delivery->points[index];
    bool before = point->at <= sentence->span.from, behind = !before && point->at >= sentence->span.to;
    size_t word = before ? 0 : behind ? sentence->count : word_at(sentence, point->at);
    size_t limit = before                   ? sentence->span.from
                   : behind                 ? place->gap_to
                   : word < sentence->count ? sentence->words[word].span.from
                                            : sentence->span.to;
    bool parted = break_follows(delivery, index, limit);
    if (before && !place->is_first && (!point->name || parted))
        return; /* the sentence before has it */
    if (behind && !place->is_last && point->name && !parted)
        return; /* the next one has it */
    if (point->name)
        add_bookmark(place, point->name, word, parted);
    else
        add_break(sentence, word, point->ms);
}

static size_t first_point(const struct nashra_delivery *delivery, size_t from) {
    size_t low = 0, high = delivery->point_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (delivery->points[middle].at >= from)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static struct place place_of(const struct nashra_article *article, struct nashra_sentence *sentence) {
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    size_t i = sentence->index;
    return (struct place){.sentence = sentence,
                          .is_first = i == 0,
                          .is_last = i + 1 == count,
                          .gap_from = i == 0 ? 0 : segments[i - 1].span.to,
                          .gap_to = i + 1 == count ? SIZE_MAX : segments[i + 1].span.from};
}

static int apply_points(const struct nashra_article *article, const struct nashra_delivery *delivery,
                        struct nashra_sentence *sentence) {
    struct place place = place_of(article, sentence);
    size_t first = first_point(delivery, place.gap_from), end = first;
    while (end < delivery->point_count && delivery->points[end].at <= place.gap_to)
        end++;
    if (end == first)
        return NASHRA_OK;
    place.bookmarks = nashra_arena_alloc(sentence->arena, (end - first) * sizeof *place.bookmarks);
    if (!place.bookmarks)
        return NASHRA_ENOMEM;
    for (size_t i = first; i < end; i++)
        take_point(&place, delivery, i);
    sentence->bookmarks = place.bookmarks;
    return NASHRA_OK;
}

int nashra_delivery_words(const struct nashra_article *article, struct nashra_sentence *sentence) {
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    int status = NASHRA_OK;
    if (!delivery)
        return NASHRA_OK;
    for (size_t i =
             first_behind(delivery->phonemes, delivery->phoneme_count, sizeof *delivery->phonemes, sentence->span.from);
         i < delivery->phoneme_count && touches(delivery->phonemes[i].span, sentence->span) && status == NASHRA_OK; i++)
        status = apply_phonemes(article, &delivery->phonemes[i], sentence);
    if (status < 0)
        return status;
    apply_prosody(delivery, sentence);
    return apply_points(article, delivery, sentence);
}
