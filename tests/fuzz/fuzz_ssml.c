/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any markup is read or refused; what it asks for stays in bounds and in order, through the normaliser. */
#include <stdint.h>
#include <stdlib.h>

#include <nashra/pipeline.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

static void check_delivery(const struct nashra_article *article, size_t length) {
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    size_t end = 0;
    for (size_t i = 0; delivery && i < delivery->hint_count; end = delivery->hints[i++].span.to)
        require(delivery->hints[i].span.from >= end && delivery->hints[i].span.to <= length);
    end = 0;
    for (size_t i = 0; delivery && i < delivery->prosody_count; end = delivery->prosody[i++].span.to)
        require(delivery->prosody[i].span.from >= end && delivery->prosody[i].span.to <= length &&
                delivery->prosody[i].prosody.rate > 0 && delivery->prosody[i].prosody.volume >= 0);
    end = 0;
    for (size_t i = 0; delivery && i < delivery->phoneme_count; end = delivery->phonemes[i++].span.to)
        require(delivery->phonemes[i].span.from >= end && delivery->phonemes[i].span.to <= length);
    end = 0;
    for (size_t i = 0; delivery && i < delivery->point_count; end = delivery->points[i++].at)
        require(delivery->points[i].at >= end && delivery->points[i].at <= length);
}

/* Every mark is reached once; the words lead back into the input. */
static void check_sentences(struct nashra_pipeline *pipeline, const struct nashra_article *article, size_t size) {
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    struct nashra_arena *arena = nashra_arena_create();
    size_t count, marks = 0;
    nashra_article_segments(article, &count);
    require(arena && nashra_pipeline_begin(pipeline, article) == NASHRA_OK);
    for (size_t i = 0; i < count; i++) {
        struct nashra_sentence sentence;
        nashra_arena_reset(arena);
        require(nashra_pipeline_sentence(pipeline, i, arena, &sentence) == NASHRA_OK);
        for (size_t w = 0; w < sentence.count; w++) {
            struct nashra_span source = nashra_article_source_span(article, sentence.words[w].span);
            require(source.from <= source.to && source.to <= size);
        }
        for (size_t m = 0; m < sentence.bookmark_count; m++)
            require(sentence.bookmarks[m].word <= sentence.count &&
                    (m == 0 || sentence.bookmarks[m].word >= sentence.bookmarks[m - 1].word));
        marks += sentence.bookmark_count;
    }
    for (size_t i = 0; delivery && i < delivery->point_count; i++)
        marks -= delivery->points[i].name != NULL;
    require(marks == 0);
    nashra_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_pipeline *pipeline;
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_NORMALISE};
    struct nashra_article *article;
    size_t length;
    nashra_log_set_handler(ignore, NULL);
    if (!pipeline)
        require(nashra_pipeline_create(&options, &pipeline) == NASHRA_OK);
    int status = nashra_article_from_bytes(data, size, "fuzz", &article);
    require(status == 0 || (status == NASHRA_EDATA && !article));
    if (status)
        return 0;
    nashra_article_text(article, &length);
    check_delivery(article, length);
    check_sentences(pipeline, article, size);
    nashra_article_destroy(article);
    return 0;
}
