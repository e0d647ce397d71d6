/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes behind a ZIP's signature are a book or are refused. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_article *article;
    size_t count, length;
    nashra_log_set_handler(ignore, NULL);
    int status = nashra_article_from_bytes(data, size, "fuzz.epub", &article);
    require(status == 0 || (status == NASHRA_EDATA && !article));
    if (status)
        return 0;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    const char *text = nashra_article_text(article, &length);
    require(nashra_utf8_valid_prefix(text, length) == length);
    bool is_book = nashra_article_metadata(article)->format == NASHRA_FORMAT_EPUB;
    for (size_t i = 0; i < count; i++) {
        struct nashra_span source = nashra_article_source_span(article, segments[i].span);
        require(source.from <= source.to && (nashra_article_part(article, segments[i].span) != NULL) == is_book);
    }
    nashra_article_destroy(article);
    return 0;
}
