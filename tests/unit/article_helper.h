/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of articles share: making one, and hearing what is said about it. */
#ifndef NASHRA_TESTS_ARTICLE_HELPER_H
#define NASHRA_TESTS_ARTICLE_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ucnv.h>

#include <nashra/article.h>

static char last_message[1024];
static int message_count;

static void hear(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)user;
    snprintf(last_message, sizeof last_message, "%s", message);
    message_count++;
}

static int hear_messages(void **state) {
    (void)state;
    last_message[0] = '\0';
    message_count = 0;
    nashra_log_set_handler(hear, NULL);
    return 0;
}

static inline struct nashra_article *make_bytes(const void *bytes, size_t length) {
    struct nashra_article *article = NULL;
    assert_int_equal(nashra_article_from_bytes(bytes, length, "test", &article), 0);
    assert_non_null(article);
    return article;
}

static inline struct nashra_article *make(const char *text) {
    return make_bytes(text, strlen(text));
}

static inline int refuse(const void *bytes, size_t length) {
    struct nashra_article *article = NULL;
    int status = nashra_article_from_bytes(bytes, length, "test", &article);
    assert_null(article);
    return status;
}

/* ICU's word for what text is in an encoding. The result is the caller's. */
static inline char *encode(const char *text, const char *charset, size_t *length) {
    UErrorCode error = U_ZERO_ERROR;
    size_t room = strlen(text) * 4 + 16;
    char *out = malloc(room);
    assert_non_null(out);
    *length = (size_t)ucnv_convert(charset, "UTF-8", out, (int32_t)room, text, (int32_t)strlen(text), &error);
    assert_true(U_SUCCESS(error));
    return out;
}

/* A segment, copied: "kind: text" when `with_kind`. */
static inline char *segment_text(const struct nashra_article *article, size_t i, int with_kind) {
    size_t count, length;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    const char *text = nashra_article_text(article, &length);
    assert_true(i < count);
    assert_true(segments[i].span.to <= length);
    size_t size = segments[i].span.to - segments[i].span.from;
    char *out = malloc(size + 16);
    assert_non_null(out);
    snprintf(out, size + 16, "%s%s%.*s", with_kind ? nashra_kind_name(segments[i].kind) : "", with_kind ? ": " : "",
             (int)size, text + segments[i].span.from);
    return out;
}

/* All segments as one string, parted by " | ". The caller's. */
static inline char *all_segments(const struct nashra_article *article, int with_kind) {
    size_t count, length;
    nashra_article_segments(article, &count);
    nashra_article_text(article, &length);
    char *out = calloc(1, length + count * 16 + 1);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++) {
        char *one = segment_text(article, i, with_kind);
        strcat(strcat(out, i ? " | " : ""), one);
        free(one);
    }
    return out;
}

static inline void assert_segments(const char *text, int with_kind, const char *expected) {
    struct nashra_article *article = make(text);
    char *all = all_segments(article, with_kind);
    assert_string_equal(all, expected);
    free(all);
    nashra_article_destroy(article);
}

#endif
