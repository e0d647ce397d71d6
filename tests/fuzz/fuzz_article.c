/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes make an article or are refused; what an article promises holds for all of them. */
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

static int is_start(const char *text, size_t length, size_t at) {
    return at == length || (text[at] & 0xC0) != 0x80;
}

static void check_segments(const struct nashra_article *article, const char *text, size_t length, size_t size) {
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    size_t end = 0, source_end = 0, paragraph = 0;
    require(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct nashra_span span = segments[i].span;
        struct nashra_span source = nashra_article_source_span(article, span);
        require(span.from >= end && span.from < span.to && span.to <= length);
        require(is_start(text, length, span.from) && is_start(text, length, span.to));
        require(source.from >= source_end && source.from < source.to && source.to <= size);
        require(segments[i].paragraph >= paragraph && segments[i].paragraph <= paragraph + 1);
        require(!(segments[i].continues && segments[i].paragraph_end));
        require(i == 0 || segments[i - 1].paragraph_end == (segments[i].paragraph != paragraph));
        end = span.to;
        source_end = source.to;
        paragraph = segments[i].paragraph;
    }
    require(segments[count - 1].paragraph_end);
}

static void check_quotations(const struct nashra_article *article, size_t length) {
    size_t count, end = 0;
    const struct nashra_span *quotations = nashra_article_quotations(article, &count);
    for (size_t i = 0; i < count; i++) {
        require(quotations[i].from >= end && quotations[i].from < quotations[i].to && quotations[i].to <= length);
        end = quotations[i].to;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_article *article;
    nashra_log_set_handler(ignore, NULL);
    int status = nashra_article_from_bytes(data, size, "fuzz", &article);
    require(status == 0 || (status == NASHRA_EDATA && !article));
    if (status)
        return 0;
    size_t length;
    const char *text = nashra_article_text(article, &length);
    require(nashra_utf8_valid_prefix(text, length) == length);
    check_segments(article, text, length, size);
    check_quotations(article, length);
    nashra_article_destroy(article);
    return 0;
}
