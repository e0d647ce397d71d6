/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document.h"

#include <string.h>

#include <nashra/article.h>

#include "walk.h"

const char *nashra_format_name(enum nashra_format format) {
    static const char *const names[] = {"text", "ssml", "html", "feed", "epub", "markdown"};
    return names[format];
}

const char *nashra_role_name(enum nashra_role role) {
    static const char *const names[] = {"paragraph", "item", "row", "quote", "caption", "alt"};
    return names[role];
}

int nashra_document_init(struct nashra_document *document, const char *name, enum nashra_format format) {
    *document = (struct nashra_document){.name = name, .arena = nashra_arena_create()};
    document->metadata = (struct nashra_metadata){.format = format,
                                                  .title = "",
                                                  .byline = "",
                                                  .section = "",
                                                  .site = "",
                                                  .link = "",
                                                  .language = "",
                                                  .feed = "",
                                                  .published = NASHRA_FEED_NO_DATE,
                                                  .updated = NASHRA_FEED_NO_DATE};
    return document->arena ? 0 : nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
}

void nashra_document_finish(struct nashra_document *document) {
    nashra_tracked_finish(&document->text);
    nashra_free(document->passages);
    nashra_arena_destroy(document->arena);
    *document = (struct nashra_document){0};
}

static int make_room(struct nashra_document *document) {
    if (document->count == NASHRA_ARTICLE_MAX_SEGMENTS)
        return nashra_fail(NASHRA_EDATA, "%s: more than %u paragraphs: no article has so many", document->name,
                           NASHRA_ARTICLE_MAX_SEGMENTS);
    if (document->count < document->capacity)
        return 0;
    size_t capacity = document->capacity ? document->capacity * 2 : 32;
    struct nashra_passage *passages = nashra_realloc(document->passages, capacity * sizeof *passages);
    if (!passages)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu paragraphs", document->name, capacity);
    document->passages = passages;
    document->capacity = capacity;
    return 0;
}

int nashra_document_add(struct nashra_document *document, const struct nashra_tracked *from, struct nashra_span span,
                        const struct nashra_passage *like) {
    span = nashra_walk_trim(from->text.data, span);
    if (!nashra_walk_profile(from->text.data, span).spoken)
        return 0;
    int status = make_room(document);
    if (status)
        return status;
    struct nashra_passage *passage = &document->passages[document->count++];
    *passage = *like;
    if (document->text.text.length > 0)
        nashra_tracked_write(&document->text, "\n\n");
    passage->span.from = document->text.text.length;
    nashra_tracked_copy(&document->text, from, span);
    passage->span.to = document->text.text.length;
    return document->text.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the text", document->name)
                                      : 0;
}

void nashra_document_set(struct nashra_document *document, const char **field, const char *bytes, size_t length) {
    struct nashra_span span = nashra_walk_trim(bytes, (struct nashra_span){0, length});
    if (**field || span.from == span.to)
        return;
    const char *copy = nashra_arena_copy(document->arena, bytes + span.from, span.to - span.from);
    if (copy)
        *field = copy;
    else
        document->text.text.failed = 1;
}
