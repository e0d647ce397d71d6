/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed.h"

#include <stdlib.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/ascii.h>

#include "../transcript.h"
#include "../walk.h"
#include "../web/html.h"

static const char *const element_names[] = {"<rss", "<rdf:rdf", "<feed", "<channel"};

/* Behind the XML declaration, comments, instructions and the document type. */
static size_t skip_prolog(const char *text, size_t length) {
    size_t at = 0;
    for (;;) {
        while (at < length && nashra_walk_is_blank((unsigned char)text[at]) && (unsigned char)text[at] <= ' ')
            at++;
        if (at + 1 >= length || text[at] != '<' || (text[at + 1] != '?' && text[at + 1] != '!'))
            return at;
        bool is_comment = nashra_ascii_begins(text + at, length - at, "<!--");
        const char *end = NULL;
        for (size_t i = at; i < length && !end; i++)
            if (text[i] == '>' && (!is_comment || (i >= at + 6 && text[i - 1] == '-' && text[i - 2] == '-')))
                end = text + i;
        if (!end)
            return length;
        at = (size_t)(end - text) + 1;
    }
}

static bool is_json_feed(const char *text, size_t length) {
    static const char mark[] = "jsonfeed.org/version";
    size_t sample = length < 4096 ? length : 4096;
    for (size_t i = 0; i + sizeof mark - 1 <= sample; i++)
        if (memcmp(text + i, mark, sizeof mark - 1) == 0)
            return true;
    return false;
}

int nashra_feed_recognise(const void *bytes, size_t length) {
    const char *text = bytes;
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        length -= 3;
    }
    size_t at = skip_prolog(text, length < 65536 ? length : 65536);
    if (at == length)
        return 0;
    if (text[at] == '{')
        return is_json_feed(text + at, length - at);
    for (size_t i = 0; i < sizeof element_names / sizeof *element_names; i++)
        if (nashra_ascii_begins(text + at, length - at, element_names[i])) {
            size_t behind = at + strlen(element_names[i]);
            return behind == length || text[behind] == '>' || (unsigned char)text[behind] <= ' ';
        }
    return 0;
}

struct nashra_feed_item *nashra_feed_begin_item(struct nashra_feed *feed) {
    if (feed->count == NASHRA_FEED_MAX_ENTRIES) {
        nashra_log(NASHRA_LOG_WARNING, "%s: more than %d entries: the later ones are left out", feed->name,
                   NASHRA_FEED_MAX_ENTRIES);
        return NULL;
    }
    if (feed->count == feed->capacity) {
        size_t capacity = feed->capacity ? feed->capacity * 2 : 16;
        struct nashra_feed_item *items = nashra_realloc(feed->items, capacity * sizeof *items);
        if (!items) {
            feed->head.fields[NASHRA_FIELD_TITLE].text.failed = 1;
            return NULL;
        }
        feed->items = items;
        feed->capacity = capacity;
    }
    feed->items[feed->count] = (struct nashra_feed_item){0};
    return &feed->items[feed->count];
}

static void finish_item(struct nashra_feed_item *item) {
    for (size_t i = 0; i < NASHRA_FIELD_COUNT; i++)
        nashra_tracked_finish(&item->fields[i]);
}

static bool holds_words(const struct nashra_tracked *tracked) {
    struct nashra_span span = nashra_walk_trim(tracked->text.data, (struct nashra_span){0, tracked->text.length});
    return span.from < span.to;
}

void nashra_feed_end_item(struct nashra_feed *feed) {
    struct nashra_feed_item *item = &feed->items[feed->count];
    for (size_t i = 0; i < NASHRA_FIELD_COUNT; i++)
        feed->head.fields[NASHRA_FIELD_TITLE].text.failed |= item->fields[i].text.failed;
    if (holds_words(&item->fields[NASHRA_FIELD_TITLE]) || holds_words(&item->fields[NASHRA_FIELD_SUMMARY]) ||
        holds_words(&item->fields[NASHRA_FIELD_CONTENT]))
        feed->count++;
    else
        finish_item(item);
}

/* "AT&amp;T", "<b>": titles are plain in some formats, escaped HTML in others, and feeds mix them up. */
static bool has_markup(const struct nashra_buffer *text) {
    for (size_t i = 0; i + 1 < text->length; i++) {
        unsigned char next = (unsigned char)text->data[i + 1];
        bool is_letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
        if ((text->data[i] == '<' && (is_letter || next == '/')) ||
            (text->data[i] == '&' && (is_letter || next == '#')))
            return true;
    }
    return false;
}

/* The field as plain text, in its own place. */
static int make_plain(struct nashra_feed *feed, struct nashra_feed_item *item, enum nashra_feed_field field) {
    struct nashra_tracked *value = &item->fields[field], plain = {0};
    if (item->is_plain[field] || !has_markup(&value->text)) {
        nashra_html_collapse(value, (struct nashra_span){0, value->text.length}, true, &plain);
    } else {
        struct nashra_html page;
        int status = nashra_html_init(&page, value, feed->name);
        if (status)
            return status;
        nashra_html_text(&page, 0, &plain);
        nashra_html_finish(&page);
    }
    if (plain.text.failed) {
        nashra_tracked_finish(&plain);
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    }
    nashra_tracked_finish(value);
    *value = plain;
    item->is_plain[field] = true;
    return 0;
}

/* Plain text as HTML, paragraphs parted by line ends. */
static const char *escape(struct nashra_feed *feed, const struct nashra_buffer *text) {
    struct nashra_buffer html = {0};
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        const char *escaped = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '\n' ? "<br>\n" : NULL;
        if (escaped)
            nashra_buffer_add_string(&html, escaped);
        else
            nashra_buffer_add(&html, &c, 1);
    }
    char *copy = html.failed ? NULL : nashra_arena_copy(feed->arena, nashra_buffer_string(&html), html.length);
    nashra_buffer_finish(&html);
    return copy;
}

/* NULL when out of memory. */
static const char *string_of(struct nashra_feed *feed, const struct nashra_feed_item *item,
                             enum nashra_feed_field field) {
    const struct nashra_buffer *text = &item->fields[field].text;
    if (text->length == 0)
        return "";
    bool is_html = field == NASHRA_FIELD_SUMMARY || field == NASHRA_FIELD_CONTENT;
    if (is_html && item->is_plain[field])
        return escape(feed, text);
    struct nashra_span span = nashra_walk_trim(text->data, (struct nashra_span){0, text->length});
    return nashra_arena_copy(feed->arena, text->data + span.from, span.to - span.from);
}

static const enum nashra_feed_field plain_fields[] = {NASHRA_FIELD_TITLE,  NASHRA_FIELD_LINK,    NASHRA_FIELD_GUID,
                                                      NASHRA_FIELD_AUTHOR, NASHRA_FIELD_SECTION, NASHRA_FIELD_LANGUAGE,
                                                      NASHRA_FIELD_SELF};

/* "editor@example.org (Samir)" is how RSS writes an author. */
static const char *author_name(struct nashra_feed *feed, const char *author) {
    const char *open = strchr(author, '('), *at = strchr(author, '@');
    if (!at || !open || open < at)
        return author;
    return nashra_arena_copy(feed->arena, open + 1, strcspn(open + 1, ")"));
}

static int make_strings(struct nashra_feed *feed, struct nashra_feed_item *item, const char *out[NASHRA_FIELD_COUNT]) {
    for (size_t i = 0; i < sizeof plain_fields / sizeof *plain_fields; i++) {
        int status = make_plain(feed, item, plain_fields[i]);
        if (status)
            return status;
    }
    for (int i = 0; i < NASHRA_FIELD_COUNT; i++) {
        out[i] = string_of(feed, item, (enum nashra_feed_field)i);
        if (out[i] && i == NASHRA_FIELD_AUTHOR)
            out[i] = author_name(feed, out[i]);
        if (!out[i])
            return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    }
    return 0;
}

static const char *first_of(const char *a, const char *b) {
    return *a ? a : b;
}

static int make_entry(struct nashra_feed *feed, size_t i) {
    const char *s[NASHRA_FIELD_COUNT];
    struct nashra_feed_entry *entry = &feed->entries[i];
    int status = make_strings(feed, &feed->items[i], s);
    if (status)
        return status;
    entry->title = s[NASHRA_FIELD_TITLE];
    /* RSS: a guid is a link unless it says that it isn't. */
    bool guid_is_link = strncmp(s[NASHRA_FIELD_GUID], "http", 4) == 0;
    entry->link = first_of(s[NASHRA_FIELD_LINK], guid_is_link ? s[NASHRA_FIELD_GUID] : "");
    entry->guid = first_of(s[NASHRA_FIELD_GUID], first_of(entry->link, entry->title));
    entry->author = s[NASHRA_FIELD_AUTHOR];
    entry->section = s[NASHRA_FIELD_SECTION];
    entry->summary_html = s[NASHRA_FIELD_SUMMARY];
    entry->content_html = s[NASHRA_FIELD_CONTENT];
    entry->language = first_of(s[NASHRA_FIELD_LANGUAGE], feed->info.language);
    entry->updated = nashra_feed_date(s[NASHRA_FIELD_UPDATED]);
    entry->published = nashra_feed_date(s[NASHRA_FIELD_PUBLISHED]);
    if (entry->published == NASHRA_FEED_NO_DATE)
        entry->published = entry->updated;
    return 0;
}

static unsigned minutes_of(const char *ttl) {
    static const struct {
        const char *name;
        unsigned minutes;
    } periods[] = {{"hourly", 60}, {"daily", 1440}, {"weekly", 10080}, {"monthly", 43200}, {"yearly", 525600}};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (strcmp(ttl, periods[i].name) == 0)
            return periods[i].minutes;
    unsigned long minutes = *ttl >= '0' && *ttl <= '9' ? strtoul(ttl, NULL, 10) : 0;
    return minutes < 525600 ? (unsigned)minutes : 525600;
}

static int make_head(struct nashra_feed *feed) {
    const char *s[NASHRA_FIELD_COUNT];
    int status = make_strings(feed, &feed->head, s);
    if (status)
        return status;
    feed->info.title = s[NASHRA_FIELD_TITLE];
    feed->info.link = s[NASHRA_FIELD_LINK];
    feed->info.self = s[NASHRA_FIELD_SELF];
    feed->info.language = s[NASHRA_FIELD_LANGUAGE];
    feed->info.author = s[NASHRA_FIELD_AUTHOR];
    feed->info.ttl = minutes_of(s[NASHRA_FIELD_TTL]);
    return 0;
}

static int make_all(struct nashra_feed *feed) {
    if (feed->head.fields[NASHRA_FIELD_TITLE].text.failed)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    int status = make_head(feed);
    feed->entries = nashra_alloc_zeroed(feed->count ? feed->count : 1, sizeof *feed->entries);
    if (!status && !feed->entries)
        status = nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    for (size_t i = 0; i < feed->count && !status; i++)
        status = make_entry(feed, i);
    return status;
}

int nashra_feed_read(const struct nashra_tracked *source, const char *name, struct nashra_feed **out) {
    struct nashra_feed *feed = nashra_alloc_zeroed(1, sizeof *feed);
    *out = NULL;
    if (!feed || !(feed->arena = nashra_arena_create())) {
        nashra_free(feed);
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", name);
    }
    feed->name = name;
    size_t at = skip_prolog(source->text.data, source->text.length);
    bool is_json = at < source->text.length && source->text.data[at] == '{';
    int status = is_json ? nashra_feed_read_json(feed, source) : nashra_feed_read_xml(feed, source);
    if (!status)
        status = make_all(feed);
    feed->name = NULL; /* the caller's */
    if (status)
        nashra_feed_destroy(feed);
    else
        *out = feed;
    return status;
}

int nashra_feed_parse(const void *bytes, size_t length, const char *name, struct nashra_feed **feed) {
    struct nashra_transcript transcript;
    struct nashra_tracked source = {0};
    *feed = NULL;
    if (length == 0 || length > NASHRA_ARTICLE_MAX_BYTES)
        return nashra_fail(NASHRA_EDATA, "%s: %s", name, length ? "larger than any feed" : "is empty");
    struct nashra_source copy = {nashra_alloc(length), length};
    if (!copy.bytes)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu bytes", name, length);
    memcpy(copy.bytes, bytes, length);
    int status = nashra_transcript_init(&transcript, copy, NULL);
    if (status)
        return status;
    nashra_tracked_borrow(&source, transcript.text, transcript.length, 0);
    status = source.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name)
                                : nashra_feed_read(&source, name, feed);
    nashra_tracked_finish(&source);
    nashra_transcript_finish(&transcript);
    return status;
}

void nashra_feed_destroy(struct nashra_feed *feed) {
    if (!feed)
        return;
    for (size_t i = 0; i < feed->count; i++)
        finish_item(&feed->items[i]);
    finish_item(&feed->head);
    nashra_free(feed->items);
    nashra_free(feed->entries);
    nashra_arena_destroy(feed->arena);
    nashra_free(feed);
}

const struct nashra_feed_info *nashra_feed_info(const struct nashra_feed *feed) {
    return &feed->info;
}

const struct nashra_feed_entry *nashra_feed_entries(const struct nashra_feed *feed, size_t *count) {
    *count = feed->count;
    return feed->entries;
}

const struct nashra_feed_item *nashra_feed_items(const struct nashra_feed *feed) {
    return feed->items;
}

const struct nashra_tracked *nashra_feed_title(const struct nashra_feed *feed) {
    return &feed->head.fields[NASHRA_FIELD_TITLE];
}
