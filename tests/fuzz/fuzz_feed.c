/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a feed or are refused, and an article can be made of what is a feed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/feed.h>
#include <nashra/utf8.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

static void check_string(const char *string) {
    require(string && nashra_utf8_valid_prefix(string, strlen(string)) == strlen(string));
}

static void check(const struct nashra_feed *feed) {
    size_t count;
    const struct nashra_feed_entry *entries = nashra_feed_entries(feed, &count);
    const struct nashra_feed_info *info = nashra_feed_info(feed);
    check_string(info->title);
    check_string(info->link);
    check_string(info->self);
    check_string(info->language);
    check_string(info->author);
    require(count <= NASHRA_FEED_MAX_ENTRIES);
    for (size_t i = 0; i < count; i++) {
        const struct nashra_feed_entry *entry = &entries[i];
        check_string(entry->title);
        check_string(entry->link);
        check_string(entry->guid);
        check_string(entry->author);
        check_string(entry->section);
        check_string(entry->summary_html);
        check_string(entry->content_html);
        check_string(entry->language);
        require(*entry->title || *entry->summary_html || *entry->content_html);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_feed *feed;
    struct nashra_article *article;
    nashra_log_set_handler(ignore, NULL);
    int status = nashra_feed_parse(data, size, "fuzz", &feed);
    require(status == 0 || (status == NASHRA_EDATA && !feed));
    if (status)
        return 0;
    check(feed);
    nashra_feed_destroy(feed);
    status = nashra_article_from_bytes(data, size, "fuzz", &article);
    require(status == 0 || status == NASHRA_EDATA);
    nashra_article_destroy(article);
    return 0;
}
