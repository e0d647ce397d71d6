/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts.h"

#include <string.h>

#include <nashra/ascii.h>

#include "../walk.h"

/* Of a heading and a name, in percent: enough, and all. */
enum { LIKE = 60, WHOLLY = 100 };

/* A title is no longer. */
enum { NAME_BYTES = 1024 };

/* Names of <meta name|property|itemprop="…">. */
static const struct {
    const char *name;
    enum nashra_fact fact;
} metas[] = {
    {"og:title", NASHRA_FACT_OG_TITLE},
    {"twitter:title", NASHRA_FACT_OG_TITLE},
    {"dc.title", NASHRA_FACT_OG_TITLE},
    {"headline", NASHRA_FACT_HEADLINE},
    {"author", NASHRA_FACT_AUTHOR},
    {"article:author", NASHRA_FACT_AUTHOR},
    {"dc.creator", NASHRA_FACT_AUTHOR},
    {"parsely-author", NASHRA_FACT_AUTHOR},
    {"byl", NASHRA_FACT_AUTHOR},
    {"article:section", NASHRA_FACT_SECTION},
    {"articlesection", NASHRA_FACT_SECTION},
    {"parsely-section", NASHRA_FACT_SECTION},
    {"og:site_name", NASHRA_FACT_SITE},
    {"application-name", NASHRA_FACT_SITE},
    {"og:url", NASHRA_FACT_LINK},
    {"og:locale", NASHRA_FACT_LANGUAGE},
    {"article:published_time", NASHRA_FACT_PUBLISHED},
    {"datepublished", NASHRA_FACT_PUBLISHED},
    {"pubdate", NASHRA_FACT_PUBLISHED},
    {"dc.date", NASHRA_FACT_PUBLISHED},
    {"dc.date.issued", NASHRA_FACT_PUBLISHED},
    {"parsely-pub-date", NASHRA_FACT_PUBLISHED},
    {"date", NASHRA_FACT_PUBLISHED},
    {"article:modified_time", NASHRA_FACT_UPDATED},
    {"og:updated_time", NASHRA_FACT_UPDATED},
    {"datemodified", NASHRA_FACT_UPDATED},
    {"og:description", NASHRA_FACT_DESCRIPTION},
    {"description", NASHRA_FACT_DESCRIPTION},
};

void nashra_facts_set(struct nashra_facts *facts, enum nashra_fact fact, const struct nashra_tracked *from,
                      struct nashra_span span) {
    struct nashra_span *known = &facts->of[fact];
    if (known->from < known->to)
        return;
    size_t before = facts->text.text.length;
    /* An address in place of an author's name says nothing to a listener. */
    bool is_address = span.to - span.from > 7 && strncmp(from->text.data + span.from, "http", 4) == 0;
    if (span.from >= span.to || (is_address && fact == NASHRA_FACT_AUTHOR))
        return;
    nashra_html_collapse(from, span, true, &facts->text);
    *known = nashra_walk_trim(facts->text.text.data, (struct nashra_span){before, facts->text.text.length});
}

static void read_meta(struct nashra_facts *facts, const struct nashra_html *page, const struct nashra_node *node) {
    static const enum nashra_attribute_name naming[] = {NASHRA_ATTRIBUTE_PROPERTY, NASHRA_ATTRIBUTE_NAME,
                                                        NASHRA_ATTRIBUTE_ITEMPROP};
    const struct nashra_attribute *content = nashra_node_attribute(node, NASHRA_ATTRIBUTE_CONTENT);
    for (size_t n = 0; content && n < sizeof naming / sizeof *naming; n++) {
        const char *name = nashra_node_value(node, naming[n]);
        for (size_t i = 0; *name && i < sizeof metas / sizeof *metas; i++)
            if (nashra_ascii_same(metas[i].name, name))
                nashra_facts_set(facts, metas[i].fact, &page->text, content->text);
    }
}

static void set_string(struct nashra_facts *facts, enum nashra_fact fact, const char *value) {
    struct nashra_tracked text;
    nashra_tracked_borrow(&text, value, strlen(value), 0);
    nashra_facts_set(facts, fact, &text, (struct nashra_span){0, text.text.length});
    nashra_tracked_finish(&text);
}

static void read_link(struct nashra_facts *facts, const struct nashra_node *node) {
    const char *rel = nashra_node_value(node, NASHRA_ATTRIBUTE_REL),
               *type = nashra_node_value(node, NASHRA_ATTRIBUTE_TYPE);
    const char *href = nashra_node_value(node, NASHRA_ATTRIBUTE_HREF);
    if (nashra_ascii_same(rel, "canonical"))
        set_string(facts, NASHRA_FACT_LINK, href);
    bool is_feed = strstr(type, "rss+xml") || strstr(type, "atom+xml") || strstr(type, "feed+json");
    if (is_feed && nashra_ascii_same(rel, "alternate"))
        set_string(facts, NASHRA_FACT_FEED, href);
}

static void set_text_of(struct nashra_facts *facts, enum nashra_fact fact, const struct nashra_html *page, size_t i) {
    for (size_t child = i + 1; child < page->nodes[i].end; child++)
        if (page->nodes[child].is_text)
            nashra_facts_set(facts, fact, &page->text,
                             (struct nashra_span){page->nodes[child].from, page->nodes[child].to});
}

static void read_time(struct nashra_facts *facts, const struct nashra_html *page, const struct nashra_node *node) {
    const struct nashra_attribute *moment = nashra_node_attribute(node, NASHRA_ATTRIBUTE_DATETIME);
    bool is_update = strstr(nashra_node_value(node, NASHRA_ATTRIBUTE_CLASS), "updated") ||
                     strstr(nashra_node_value(node, NASHRA_ATTRIBUTE_ITEMPROP), "dateModified");
    if (moment && nashra_feed_date(moment->value) != NASHRA_FEED_NO_DATE)
        nashra_facts_set(facts, is_update ? NASHRA_FACT_UPDATED : NASHRA_FACT_PUBLISHED, &page->text, moment->text);
}

static void read_scripts(struct nashra_facts *facts, const struct nashra_html *page) {
    for (size_t i = 1; i < page->count; i++)
        if (!page->nodes[i].is_text && page->nodes[i].tag == NASHRA_TAG_SCRIPT && page->nodes[i].end > i + 1)
            nashra_jsonld_read(facts, &page->text,
                               (struct nashra_span){page->nodes[i + 1].from, page->nodes[i + 1].to});
}

static void read_element(struct nashra_facts *facts, const struct nashra_html *page, size_t i) {
    const struct nashra_node *node = &page->nodes[i];
    switch (node->tag) {
    case NASHRA_TAG_META:
        read_meta(facts, page, node);
        break;
    case NASHRA_TAG_LINK:
        read_link(facts, node);
        break;
    case NASHRA_TAG_TITLE:
        set_text_of(facts, NASHRA_FACT_TITLE, page, i);
        break;
    case NASHRA_TAG_HTML:
        set_string(facts, NASHRA_FACT_LANGUAGE, nashra_node_value(node, NASHRA_ATTRIBUTE_LANG));
        set_string(facts, NASHRA_FACT_LANGUAGE, nashra_node_value(node, NASHRA_ATTRIBUTE_XML_LANG));
        break;
    case NASHRA_TAG_TIME:
        read_time(facts, page, node);
        break;
    default:
        break;
    }
}

void nashra_facts_read(struct nashra_facts *facts, const struct nashra_html *page) {
    read_scripts(facts, page);
    for (size_t i = 1; i < page->count; i++)
        if (!page->nodes[i].is_text)
            read_element(facts, page, i);
}

void nashra_facts_finish(struct nashra_facts *facts) {
    nashra_tracked_finish(&facts->text);
}

/* ---- the title ---- */

static size_t separator_at(const char *text, size_t at, size_t end) {
    static const char *const separators[] = {" | ", " - ", " – ", " — ", " :: ", " : ", " « ", " » ", " • ", " ‹ "};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (end - at >= strlen(separators[i]) && memcmp(text + at, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

/* The part of "Title - Section | Newspaper" that begins at `at`. */
static struct nashra_span part_at(const char *text, size_t at, size_t end) {
    struct nashra_span part = {at, at};
    while (part.to < end && !separator_at(text, part.to, end))
        part.to++;
    return part;
}

/* The longest of the parts. */
static struct nashra_span without_site(const char *text, struct nashra_span title) {
    struct nashra_span best = {title.from, title.from};
    for (size_t at = title.from; at < title.to;) {
        struct nashra_span part = part_at(text, at, title.to);
        if (part.to - part.from > best.to - best.from)
            best = part;
        at = part.to + separator_at(text, part.to, title.to);
    }
    return best;
}

static bool holds_word(const char *text, struct nashra_span in, const char *word, size_t length) {
    for (size_t at = in.from; at < in.to;) {
        struct nashra_span token = nashra_walk_bare(text, nashra_walk_token(text, in.to, &at));
        if (token.to - token.from == length && memcmp(text + token.from, word, length) == 0)
            return true;
    }
    return false;
}

/* How alike a heading and a name of the article are, in percent: the words that they share, twice, of all words of
 * both. */
static unsigned likeness(const char *heading, size_t length, const char *text, struct nashra_span name) {
    unsigned words = 0, shared = 0;
    for (size_t at = 0; at < length;) {
        struct nashra_span word = nashra_walk_bare(heading, nashra_walk_token(heading, length, &at));
        words += word.from < word.to;
        shared += word.from < word.to && holds_word(text, name, heading + word.from, word.to - word.from);
    }
    unsigned all = words + nashra_draft_words(text, name);
    return all > 0 ? shared * 200 / all : 0;
}

/* The best likeness to any of the names that the page gives its article. "دمشق - ويكيبيديا": the longest part of a name
 * may be the newspaper's, so that one that a heading begins with is as good as just alike. */
static unsigned likeness_to_names(const struct nashra_facts *facts, const char *heading, size_t length) {
    const char *text = nashra_tracked_string(&facts->text);
    unsigned best = 0;
    for (int fact = NASHRA_FACT_HEADLINE; fact <= NASHRA_FACT_TITLE; fact++) {
        struct nashra_span name = facts->of[fact];
        if (name.to - name.from > NAME_BYTES)
            continue;
        unsigned one = likeness(heading, length, text, without_site(text, name));
        if (one < LIKE && likeness(heading, length, text, part_at(text, name.from, name.to)) == WHOLLY)
            one = LIKE;
        best = one > best ? one : best;
    }
    return best;
}

static unsigned words_of_longest_name(const struct nashra_facts *facts) {
    const char *text = nashra_tracked_string(&facts->text);
    unsigned most = 0;
    for (int fact = NASHRA_FACT_HEADLINE; fact <= NASHRA_FACT_TITLE; fact++) {
        unsigned words = nashra_draft_words(text, without_site(text, facts->of[fact]));
        most = words > most ? words : most;
    }
    return most;
}

static bool is_link(const struct nashra_html *page, size_t node) {
    for (size_t i = node + 1; i < page->nodes[node].end; i++)
        if (!page->nodes[i].is_text && page->nodes[i].tag == NASHRA_TAG_A)
            return true;
    for (size_t i = node; i != 0; i = page->nodes[i].parent)
        if (page->nodes[i].tag == NASHRA_TAG_A)
            return true;
    return false;
}

/* The heading that is most like the page's names for its article; where there is none, the first <h1> of some words,
 * else the first other heading that leads nowhere, if it says more than the names do: "The Newspaper" is how many pages
 * are called. */
static size_t find_heading(const struct nashra_facts *facts, const struct nashra_draft *draft, bool is_named) {
    enum { MOST = 200, FEWEST_WORDS = 3 };
    const struct nashra_html *page = draft->page;
    size_t best = 0, seen = 0, first = 0, lower = 0;
    unsigned most = LIKE - 1, fewest = words_of_longest_name(facts) + 1;
    fewest = fewest > FEWEST_WORDS ? fewest : FEWEST_WORDS;
    for (size_t i = 1; i < page->count && seen < MOST; i++) {
        enum nashra_tag tag = (enum nashra_tag)page->nodes[i].tag;
        if (page->nodes[i].is_text || tag < NASHRA_TAG_H1 || tag > (is_named ? NASHRA_TAG_H3 : NASHRA_TAG_H1) ||
            (draft->evidence[i] & NASHRA_EVIDENCE_HIDDEN))
            continue;
        struct nashra_tracked text = {0};
        nashra_html_text(page, i, &text);
        struct nashra_span all = {0, text.text.length < NAME_BYTES ? text.text.length : 0};
        const char *bytes = nashra_tracked_string(&text);
        const unsigned words = nashra_draft_words(bytes, all);
        /* A short one that is a link is the newspaper's name, and leads to its first page. */
        unsigned like =
            is_named && (words >= FEWEST_WORDS || !is_link(page, i)) ? likeness_to_names(facts, bytes, all.to) : 0;
        if (words >= fewest && tag == NASHRA_TAG_H1)
            first = first ? first : i;
        else if (words >= fewest && !lower && !is_link(page, i))
            lower = i;
        nashra_tracked_finish(&text);
        best = like > most ? i : best;
        most = like > most ? like : most;
        seen++;
    }
    return best ? best : first ? first : lower;
}

struct nashra_span nashra_facts_title(const struct nashra_facts *facts, const struct nashra_draft *draft,
                                      struct nashra_tracked *out) {
    size_t from = out->text.length;
    bool is_named = false;
    for (int fact = NASHRA_FACT_HEADLINE; fact <= NASHRA_FACT_TITLE; fact++)
        is_named = is_named || facts->of[fact].from < facts->of[fact].to;
    size_t heading = find_heading(facts, draft, is_named);
    if (heading) {
        nashra_html_text(draft->page, heading, out);
        return nashra_walk_trim(nashra_tracked_string(out), (struct nashra_span){from, out->text.length});
    }
    for (int fact = NASHRA_FACT_HEADLINE; fact <= NASHRA_FACT_TITLE && out->text.length == from; fact++) {
        struct nashra_span span = facts->of[fact];
        if (span.to - span.from > NAME_BYTES)
            continue;
        if (fact != NASHRA_FACT_HEADLINE && span.from < span.to)
            span = without_site(facts->text.text.data, span);
        nashra_tracked_copy(out, &facts->text, span);
    }
    return (struct nashra_span){from, out->text.length};
}
