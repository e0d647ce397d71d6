/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a page: what is read of it is well-formed and points into them. */
#include <stdint.h>
#include <stdlib.h>

#include <nashra/article.h>
#include <nashra/utf8.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

static void check(const struct nashra_article *article, size_t size) {
    size_t count, passage_count, length;
    const char *text = nashra_article_text(article, &length);
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    const struct nashra_passage *passages = nashra_article_passages(article, &passage_count);
    require(nashra_utf8_valid_prefix(text, length) == length && count > 0 && passage_count > 0);
    for (size_t i = 0; i < count; i++) {
        struct nashra_span span = segments[i].span, source = nashra_article_source_span(article, span);
        require(span.from < span.to && span.to <= length && (i == 0 || span.from >= segments[i - 1].span.to));
        require(source.from <= source.to && source.to <= size);
    }
    for (size_t i = 0; i < passage_count; i++)
        require(passages[i].span.from < passages[i].span.to && passages[i].span.to <= length && passages[i].level <= 6);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_article *article;
    nashra_log_set_handler(ignore, NULL);
    struct nashra_reading reading = {.captions = size & 1, .alt = size & 2};
    int status = nashra_article_from_html(data, size, "fuzz", &reading, &article);
    require(status == 0 || (status == NASHRA_EDATA && !article));
    if (status)
        return 0;
    check(article, size);
    nashra_article_destroy(article);
    return 0;
}
