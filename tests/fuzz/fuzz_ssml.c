/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any markup is read or refused; what it asks for stays in bounds and in order, through the normaliser. */
#include <stdint.h>
#include <stdio.h>
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

/* Bytes → a document that is well-formed, so that more than the parser is reached: each byte is a tag, an end, or a
 * word.
 */
static size_t compose(const uint8_t *data, size_t size, char *out, size_t room) {
    static const char *const tags[][2] = {
        {"<p>", "</p>"},
        {"<s>", "</s>"},
        {"<prosody rate='fast' pitch='-2st'>", "</prosody>"},
        {"<prosody volume='+6dB'>", "</prosody>"},
        {"<emphasis level='strong'>", "</emphasis>"},
        {"<say-as interpret-as='ordinal'>", "</say-as>"},
        {"<say-as interpret-as='cardinal'>", "</say-as>"},
        {"<say-as interpret-as='characters'>", "</say-as>"},
        {"<say-as interpret-as='telephone'>", "</say-as>"},
        {"<say-as interpret-as='date' format='ymd'>", "</say-as>"},
        {"<say-as interpret-as='date' format='dm'>", "</say-as>"},
        {"<say-as interpret-as='year'>", "</say-as>"},
        {"<lang xml:lang='en'>", "</lang>"},
        {"<phoneme ph='muːs'>", "</phoneme>"},
        {"<sub alias='منظمة. الصحة'>", "</sub>"},
        {"<blink>", "</blink>"},
    };
    static const char *const words[] = {"<mark name='m'/>",
                                        "<break time='120ms'/>",
                                        "<break strength='none'/>",
                                        " ",
                                        "كلمة",
                                        " كلمة ",
                                        "3",
                                        " 2026-03-25 ",
                                        "25/3",
                                        "+966 11",
                                        "؟ ",
                                        ". ",
                                        "، ",
                                        "ABC",
                                        " 5 دقيقة ",
                                        "&amp;",
                                        "و",
                                        "بـ",
                                        "«",
                                        "»",
                                        "\n",
                                        "٪",
                                        "20260325",
                                        "—"};
    enum { TAGS = sizeof tags / sizeof *tags, WORDS = sizeof words / sizeof *words, DEEPEST = 40, LONGEST = 64 };
    size_t open[DEEPEST], depth = 0, length = 0;
    length += (size_t)snprintf(out, room, "<speak>");
    for (size_t i = 0; i < size && length + LONGEST * (DEEPEST + 4) < room; i++) {
        const char *piece = words[data[i] % WORDS];
        if (data[i] >= 128 && depth < DEEPEST && data[i] % 3) {
            open[depth] = data[i] % TAGS;
            piece = tags[open[depth++]][0];
        } else if (data[i] >= 128 && depth > 0) {
            piece = tags[open[--depth]][1];
        }
        length += (size_t)snprintf(out + length, room - length, "%s", piece);
    }
    while (depth > 0)
        length += (size_t)snprintf(out + length, room - length, "%s", tags[open[--depth]][1]);
    return length + (size_t)snprintf(out + length, room - length, "</speak>");
}

static void read(struct nashra_pipeline *pipeline, const void *data, size_t size) {
    struct nashra_article *article;
    size_t length;
    int status = nashra_article_from_bytes(data, size, "fuzz", &article);
    require(status == 0 || (status == NASHRA_EDATA && !article));
    if (status)
        return;
    nashra_article_text(article, &length);
    check_delivery(article, length);
    check_sentences(pipeline, article, size);
    nashra_article_destroy(article);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_pipeline *pipeline;
    static char composed[16384];
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_NORMALISE};
    nashra_log_set_handler(ignore, NULL);
    if (!pipeline)
        require(nashra_pipeline_create(&options, &pipeline) == NASHRA_OK);
    read(pipeline, data, size);
    read(pipeline, composed, compose(data, size, composed, sizeof composed));
    return 0;
}
