/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stretch.h"

#include <stdlib.h>
#include <string.h>

#include "../walk.h"

/* A line this long that ends without a stop was broken at a width. */
enum { LONG_LINE = 60 };

struct frame {
    uint32_t end;
    bool is_block;
    bool in_link;
    bool is_quoted; /* <q>: closes with a mark */
    unsigned level;
    enum nashra_role role;
    const char *language;
};

struct walker {
    struct nashra_draft *draft;
    struct frame frames[NASHRA_HTML_DEPTH + 2];
    size_t depth;
    size_t from; /* of the draft's text: where the open stretch begins */
    unsigned links;
    unsigned breaks; /* <br> since the last text */
    size_t at;       /* the node that is being read */
    struct nashra_stretch open;
};

unsigned nashra_draft_words(const char *text, struct nashra_span span) {
    unsigned words = 0;
    for (size_t at = span.from; at < span.to;) {
        struct nashra_span word = nashra_walk_bare(text, nashra_walk_token(text, span.to, &at));
        words += word.from < word.to;
    }
    return words;
}

static unsigned count_stops(const char *text, struct nashra_span span) {
    unsigned stops = 0;
    for (size_t at = span.from; at < span.to;) {
        unsigned c = nashra_walk_next(text, span.to, &at);
        stops +=
            nashra_walk_is_comma(c) ||
            (nashra_walk_is_stop(c) && nashra_walk_is_blank(at < span.to ? nashra_walk_peek(text, span.to, at) : ' '));
    }
    return stops;
}

void nashra_draft_add(struct nashra_draft *draft, struct nashra_stretch stretch) {
    stretch.span =
        nashra_walk_trim(draft->text.text.data, (struct nashra_span){stretch.span.from, draft->text.text.length});
    if (draft->text.text.failed || stretch.span.from == stretch.span.to)
        return;
    if (draft->count == draft->capacity) {
        size_t capacity = draft->capacity ? draft->capacity * 2 : 64;
        struct nashra_stretch *stretches = nashra_realloc(draft->stretches, capacity * sizeof *stretches);
        if (!stretches) {
            draft->text.text.failed = 1;
            return;
        }
        draft->stretches = stretches;
        draft->capacity = capacity;
    }
    stretch.words = nashra_draft_words(draft->text.text.data, stretch.span);
    stretch.stops = count_stops(draft->text.text.data, stretch.span);
    if (stretch.links > stretch.words)
        stretch.links = stretch.words;
    if (stretch.words > 0)
        draft->stretches[draft->count++] = stretch;
}

static const struct frame *top(const struct walker *walker) {
    return &walker->frames[walker->depth - 1];
}

static void flush(struct walker *walker) {
    struct nashra_draft *draft = walker->draft;
    walker->open.span.from = walker->from;
    walker->open.links = walker->links;
    if (draft->text.text.length > walker->from)
        nashra_draft_add(draft, walker->open);
    walker->from = draft->text.text.length;
    walker->links = 0;
    walker->breaks = 0;
}

/* One <br> ends a paragraph where a sentence or a short line ends; two always do. */
static bool break_ends(const struct walker *walker) {
    const char *text = walker->draft->text.text.data;
    struct nashra_span line =
        nashra_walk_trim(text, (struct nashra_span){walker->from, walker->draft->text.text.length});
    if (walker->breaks != 1)
        return walker->breaks > 1;
    struct nashra_profile profile = nashra_walk_profile(text, line);
    return nashra_walk_is_stop(profile.stop) || profile.stop == ':' || profile.letters < LONG_LINE;
}

static bool is_blank(const char *text, struct nashra_span span) {
    span = nashra_walk_trim(text, span);
    return span.from == span.to;
}

static void begin_text(struct walker *walker) {
    struct nashra_draft *draft = walker->draft;
    const struct frame *frame = top(walker);
    if (walker->breaks && draft->text.text.length > walker->from) {
        if (break_ends(walker))
            flush(walker);
        else
            nashra_tracked_write(&draft->text, " ");
    }
    walker->breaks = 0;
    if (draft->text.text.length > walker->from)
        return;
    walker->open = (struct nashra_stretch){
        .node = (uint32_t)walker->at, .role = frame->role, .level = frame->level, .language = frame->language};
}

static bool ends_in_blank(const struct walker *walker) {
    const struct nashra_buffer *text = &walker->draft->text.text;
    return text->length == walker->from || text->data[text->length - 1] == ' ';
}

static void add_text(struct walker *walker, const struct nashra_tracked *from, struct nashra_span span) {
    struct nashra_draft *draft = walker->draft;
    bool blank = is_blank(from->text.data, span);
    if (blank && (walker->breaks || ends_in_blank(walker)))
        return;
    if (!blank)
        begin_text(walker);
    size_t before = draft->text.text.length;
    nashra_html_collapse(from, span, ends_in_blank(walker), &draft->text);
    if (top(walker)->in_link && !draft->text.text.failed)
        walker->links +=
            nashra_draft_words(draft->text.text.data, (struct nashra_span){before, draft->text.text.length});
}

static unsigned heading_level(enum nashra_tag tag) {
    return tag >= NASHRA_TAG_H1 && tag <= NASHRA_TAG_H6 ? (unsigned)(tag - NASHRA_TAG_H1) + 1 : 0;
}

static enum nashra_role role_of(enum nashra_tag tag, int evidence, enum nashra_role outer) {
    if (outer == NASHRA_ROLE_CAPTION || (evidence & NASHRA_EVIDENCE_CAPTION))
        return NASHRA_ROLE_CAPTION;
    if (tag == NASHRA_TAG_LI || tag == NASHRA_TAG_DD || tag == NASHRA_TAG_DT)
        return NASHRA_ROLE_ITEM;
    return tag == NASHRA_TAG_BLOCKQUOTE ? NASHRA_ROLE_QUOTE : outer;
}

/* "… Read more": a link at the end of a paragraph that belongs to the page, not to the sentence. */
static bool is_invitation(const struct nashra_draft *draft, size_t node) {
    enum { MOST_NODES = 4, MOST_BYTES = 60 };
    const struct nashra_html *page = draft->page;
    const struct nashra_node *link = &page->nodes[node], *around = &page->nodes[link->parent];
    if (link->tag != NASHRA_TAG_A || link->end > node + MOST_NODES || draft->is_book)
        return false;
    for (size_t i = link->end; i < around->end; i++)
        if (!page->nodes[i].is_text ||
            !is_blank(page->text.text.data, (struct nashra_span){page->nodes[i].from, page->nodes[i].to}))
            return false;
    struct nashra_tracked text = {0};
    nashra_html_text(page, node, &text);
    struct nashra_span all = {0, text.text.length};
    int say = all.to > 0 && all.to <= MOST_BYTES ? nashra_judge_words(draft->lexis, text.text.data, all) : 0;
    nashra_tracked_finish(&text);
    return say > 0 && (say & (NASHRA_EVIDENCE_ASIDE | NASHRA_EVIDENCE_BUTTON));
}

/* Also an inline element is a line of its own when its name says what it is. */
static bool is_block(const struct nashra_draft *draft, size_t node) {
    enum nashra_tag tag = (enum nashra_tag)draft->page->nodes[node].tag;
    static const int parting = NASHRA_EVIDENCE_DROP | NASHRA_EVIDENCE_CAPTION | NASHRA_EVIDENCE_BYLINE;
    return nashra_tag_flow(tag) == NASHRA_FLOW_BLOCK || (draft->evidence[node] & parting) ||
           ((draft->evidence[node] & NASHRA_EVIDENCE_DATE) && !(draft->evidence[node] & NASHRA_EVIDENCE_KEEP)) ||
           is_invitation(draft, node);
}

static const char *language_of(const struct nashra_node *node, const char *outer) {
    const char *language = nashra_node_value(node, NASHRA_ATTRIBUTE_LANG);
    if (!*language)
        language = nashra_node_value(node, NASHRA_ATTRIBUTE_XML_LANG);
    return *language && node->tag != NASHRA_TAG_HTML ? language : outer;
}

static void push(struct walker *walker, size_t i) {
    const struct nashra_draft *draft = walker->draft;
    const struct nashra_node *node = &draft->page->nodes[i];
    enum nashra_tag tag = (enum nashra_tag)node->tag;
    struct frame frame = *top(walker);
    frame.end = node->end;
    frame.is_block = is_block(draft, i);
    frame.is_quoted = tag == NASHRA_TAG_Q;
    frame.in_link = frame.in_link || tag == NASHRA_TAG_A;
    frame.level = frame.level ? frame.level : heading_level(tag);
    frame.role = role_of(tag, draft->evidence[i], frame.role);
    frame.language = language_of(node, frame.language);
    if (frame.is_block)
        flush(walker);
    walker->frames[walker->depth++] = frame;
    if (frame.is_quoted) {
        begin_text(walker);
        nashra_tracked_write(&walker->draft->text, "«");
    }
}

static void pop(struct walker *walker) {
    if (top(walker)->is_quoted)
        nashra_tracked_write(&walker->draft->text, "»");
    if (top(walker)->is_block)
        flush(walker);
    walker->depth--;
}

static void add_alt(struct walker *walker, const struct nashra_node *node) {
    const struct nashra_attribute *alt = nashra_node_attribute(node, NASHRA_ATTRIBUTE_ALT);
    struct nashra_draft *draft = walker->draft;
    if (!alt || is_blank(draft->page->text.text.data, alt->text) || draft->text.text.length > walker->from)
        return;
    begin_text(walker);
    walker->open.role = NASHRA_ROLE_ALT;
    nashra_html_collapse(&draft->page->text, alt->text, true, &draft->text);
    flush(walker);
}

static bool is_arabic(const char *text, struct nashra_span span) {
    size_t at = nashra_walk_trim(text, span).from;
    return nashra_walk_is_arabic(nashra_walk_peek(text, span.to, at));
}

/* <abbr title="…">: what it stands for, where that is Arabic. <time datetime="…"/> without text. True when the
 * element's own text is not to be read. */
static bool reads_attribute(struct walker *walker, size_t i) {
    const struct nashra_html *page = walker->draft->page;
    const struct nashra_node *node = &page->nodes[i];
    bool is_abbreviation = node->tag == NASHRA_TAG_ABBR || node->tag == NASHRA_TAG_ACRONYM;
    const struct nashra_attribute *attribute =
        nashra_node_attribute(node, is_abbreviation ? NASHRA_ATTRIBUTE_TITLE : NASHRA_ATTRIBUTE_DATETIME);
    if (!attribute || is_blank(page->text.text.data, attribute->text))
        return false;
    if (is_abbreviation && is_arabic(page->text.text.data, attribute->text)) {
        add_text(walker, &page->text, attribute->text);
        return true;
    }
    if (node->tag != NASHRA_TAG_TIME || node->end > i + 1)
        return false;
    struct nashra_span date = attribute->text;
    date.to = date.to - date.from > 10 ? date.from + 10 : date.to; /* without the hour */
    add_text(walker, &page->text, date);
    return true;
}

/* "[3]": the number of a note. */
static bool is_note(const struct nashra_html *page, size_t i) {
    enum { NOTE_NODES = 6 };
    if (page->nodes[i].end > i + NOTE_NODES)
        return false;
    struct nashra_tracked text = {0};
    nashra_html_text(page, i, &text);
    const char *string = nashra_tracked_string(&text);
    bool is_link = page->nodes[i].end > i + 1 && page->nodes[i + 1].tag == NASHRA_TAG_A;
    bool is_number = *string && string[strspn(string, "0123456789[]()* ")] == '\0';
    nashra_tracked_finish(&text);
    return is_link && is_number;
}

bool nashra_draft_skips(const struct nashra_draft *draft, size_t node) {
    enum nashra_tag tag = (enum nashra_tag)draft->page->nodes[node].tag;
    if (draft->evidence[node] & NASHRA_EVIDENCE_HIDDEN)
        return true;
    if (tag == NASHRA_TAG_NOSCRIPT && draft->reads_noscript)
        return false;
    return nashra_tag_flow(tag) == NASHRA_FLOW_SKIPPED || (tag == NASHRA_TAG_SUP && is_note(draft->page, node));
}

/* Returns the node to go on with. */
static size_t visit(struct walker *walker, size_t i) {
    const struct nashra_draft *draft = walker->draft;
    const struct nashra_node *node = &draft->page->nodes[i];
    if (node->is_text) {
        add_text(walker, &draft->page->text, (struct nashra_span){node->from, node->to});
        return i + 1;
    }
    if (node->tag == NASHRA_TAG_IMG)
        add_alt(walker, node);
    if (node->tag == NASHRA_TAG_BR)
        walker->breaks++;
    if (nashra_draft_skips(draft, i) || reads_attribute(walker, i))
        return node->end;
    if (node->tag == NASHRA_TAG_TABLE) {
        flush(walker);
        bool is_read = nashra_table_read(walker->draft, i, top(walker)->language);
        walker->from = draft->text.text.length;
        if (is_read)
            return node->end;
    }
    push(walker, i);
    return i + 1;
}

static int judge_all(struct nashra_draft *draft) {
    static const int in_books = NASHRA_EVIDENCE_HIDDEN | NASHRA_EVIDENCE_CAPTION;
    const struct nashra_html *page = draft->page;
    for (size_t i = 1; i < page->count; i++) {
        if (page->nodes[i].is_text)
            continue;
        int evidence = nashra_judge_element(draft->lexis, &page->nodes[i]);
        if (evidence < 0)
            return evidence;
        if (draft->is_book)
            evidence = page->nodes[i].tag == NASHRA_TAG_NAV ? NASHRA_EVIDENCE_HIDDEN : evidence & in_books;
        draft->evidence[i] = evidence;
    }
    return 0;
}

static int judge_stretches(struct nashra_draft *draft) {
    for (size_t i = 0; i < draft->count; i++) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        int evidence = nashra_judge_words(draft->lexis, draft->text.text.data, stretch->span);
        if (evidence < 0)
            return evidence;
        stretch->words_say = evidence;
    }
    return 0;
}

static void walk(struct walker *walker) {
    const struct nashra_html *page = walker->draft->page;
    walker->frames[walker->depth++] = (struct frame){.end = (uint32_t)page->count, .is_block = true, .language = ""};
    for (size_t i = 1; i < page->count && !walker->draft->text.text.failed;) {
        while (walker->depth > 1 && top(walker)->end <= i)
            pop(walker);
        walker->at = i;
        i = visit(walker, i);
    }
    while (walker->depth > 0)
        pop(walker);
}

int nashra_draft_init(struct nashra_draft *draft, const char *name) {
    struct walker *walker = nashra_alloc_zeroed(1, sizeof *walker);
    draft->evidence = nashra_alloc_zeroed(draft->page->count, sizeof *draft->evidence);
    int status = walker && draft->evidence ? judge_all(draft) : NASHRA_ENOMEM;
    if (!status) {
        walker->draft = draft;
        walk(walker);
        status = draft->text.text.failed ? NASHRA_ENOMEM : draft->is_book ? 0 : judge_stretches(draft);
    }
    nashra_free(walker);
    if (status)
        nashra_draft_finish(draft);
    return status == NASHRA_ENOMEM ? nashra_fail(status, "%s: out of memory for the page", name) : status;
}

void nashra_draft_finish(struct nashra_draft *draft) {
    nashra_tracked_finish(&draft->text);
    nashra_free(draft->stretches);
    nashra_free(draft->evidence);
    draft->stretches = NULL;
    draft->evidence = NULL;
    draft->count = draft->capacity = 0;
}
