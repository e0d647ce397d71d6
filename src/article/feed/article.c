/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A feed as an article: each entry's title is a heading, its text stands below. */
#include <string.h>

#include "../document.h"
#include "feed.h"

/* A body that is a page of its own: without its title, which the entry has told. */
static int add_html(struct nashra_document *document, const struct nashra_tracked *field, const char *title,
                    const struct nashra_reading *reading) {
    struct nashra_document body;
    int status = nashra_document_init(&body, document->name, NASHRA_FORMAT_HTML);
    if (!status)
        status = nashra_web_read(field, reading, &body);
    for (size_t i = 0; i < body.count && !status; i++) {
        struct nashra_passage passage = body.passages[i];
        size_t length = passage.span.to - passage.span.from;
        bool is_title = length == strlen(title) && memcmp(body.text.text.data + passage.span.from, title, length) == 0;
        if (passage.kind == NASHRA_TITLE || is_title)
            continue;
        passage.kind = passage.kind == NASHRA_BYLINE ? NASHRA_TEXT : passage.kind;
        passage.level += passage.level > 0 && passage.level < 6;
        passage.language = "";
        status = nashra_document_add(document, &body.text, passage.span, &passage);
    }
    nashra_document_finish(&body);
    return status;
}

static int add_plain(struct nashra_document *document, const struct nashra_tracked *field) {
    static const struct nashra_passage like = {.kind = NASHRA_TEXT, .language = ""};
    const char *text = field->text.data;
    int status = 0;
    for (size_t from = 0, at = 0; at <= field->text.length && !status; at++)
        if (at == field->text.length || text[at] == '\n') {
            status = nashra_document_add(document, field, (struct nashra_span){from, at}, &like);
            from = at + 1;
        }
    return status;
}

static int add_entry(struct nashra_document *document, const struct nashra_feed_item *item,
                     const struct nashra_feed_entry *entry, const struct nashra_reading *reading) {
    static const struct nashra_passage heading = {.kind = NASHRA_HEADING, .level = 2, .language = ""};
    const struct nashra_tracked *title = &item->fields[NASHRA_FIELD_TITLE];
    enum nashra_feed_field body = *entry->content_html ? NASHRA_FIELD_CONTENT : NASHRA_FIELD_SUMMARY;
    const struct nashra_tracked *field = &item->fields[body];
    int status = nashra_document_add(document, title, (struct nashra_span){0, title->text.length}, &heading);
    if (status || field->text.length == 0)
        return status;
    return item->is_plain[body] ? add_plain(document, field) : add_html(document, field, entry->title, reading);
}

static void set_metadata(struct nashra_document *document, const struct nashra_feed *feed) {
    const struct nashra_feed_info *info = nashra_feed_info(feed);
    struct nashra_metadata *metadata = &document->metadata;
    nashra_document_set(document, &metadata->title, info->title, strlen(info->title));
    nashra_document_set(document, &metadata->byline, info->author, strlen(info->author));
    nashra_document_set(document, &metadata->link, info->link, strlen(info->link));
    nashra_document_set(document, &metadata->language, info->language, strlen(info->language));
    nashra_document_set(document, &metadata->feed, info->self, strlen(info->self));
}

int nashra_feed_document(const struct nashra_tracked *source, const struct nashra_reading *reading,
                         struct nashra_document *document) {
    static const struct nashra_passage title = {.kind = NASHRA_TITLE, .language = ""};
    struct nashra_feed *feed;
    size_t count;
    int status = nashra_feed_read(source, document->name, &feed);
    if (status)
        return status;
    const struct nashra_feed_entry *entries = nashra_feed_entries(feed, &count);
    const struct nashra_tracked *name = nashra_feed_title(feed);
    set_metadata(document, feed);
    status = nashra_document_add(document, name, (struct nashra_span){0, name->text.length}, &title);
    for (size_t i = 0; i < count && !status; i++) {
        status = add_entry(document, &nashra_feed_items(feed)[i], &entries[i], reading);
        if (entries[i].published > document->metadata.updated)
            document->metadata.updated = entries[i].published;
    }
    nashra_feed_destroy(feed);
    return status;
}
