/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page → its article: what the page says of it, what the weights leave of the text, and what stands in where there
 * is too little. */
#include <string.h>

#include "../byline.h"
#include "facts.h"
#include "story.h"

/* THIN: a text of fewer words isn't all of it. */
enum { THIN = 30, BYLINE_WORDS = 14, FIRST_STRETCHES = 4 };

struct extraction {
    struct nashra_document *document;
    const struct nashra_reading *reading;
    struct nashra_html page;
    struct nashra_facts facts;
    struct nashra_draft draft;
    struct nashra_lexis names;  /* of pages.tsv */
    struct nashra_lexis people; /* of bylines.tsv */
    struct nashra_tracked title;
    struct nashra_span byline; /* of the draft; empty: none is seen */
    struct nashra_verdict verdict;
};

static bool is_silent(const struct nashra_stretch *stretch) {
    return stretch->role == NASHRA_ROLE_CAPTION || stretch->role == NASHRA_ROLE_ALT;
}

static unsigned count_kept(const struct nashra_draft *draft, bool silent) {
    unsigned words = 0;
    for (size_t i = 0; i < draft->count; i++)
        if (!draft->stretches[i].is_dropped && is_silent(&draft->stretches[i]) == silent)
            words += draft->stretches[i].words;
    return words;
}

static int make_draft(struct extraction *e) {
    e->draft.page = &e->page;
    e->draft.lexis = &e->names;
    int status = nashra_draft_init(&e->draft, e->document->name);
    if (status)
        return status;
    if (e->title.text.length == 0)
        nashra_facts_title(&e->facts, &e->draft, &e->title);
    return nashra_story_find(&e->draft, nashra_tracked_string(&e->title), &e->verdict);
}

/* Where scripts make the page, <noscript> may hold its text. */
static int try_noscript(struct extraction *e) {
    if (count_kept(&e->draft, false) >= THIN)
        return 0;
    nashra_draft_finish(&e->draft);
    e->draft.reads_noscript = true;
    return make_draft(e);
}

/* ---- who wrote it ---- */

static bool is_outside(const struct nashra_draft *draft, size_t node) {
    for (size_t i = node; i != 0; i = draft->page->nodes[i].parent)
        if (draft->evidence[i] & NASHRA_EVIDENCE_BYLINE)
            return false;
        else if ((draft->evidence[i] & NASHRA_EVIDENCE_DROP) && draft->page->nodes[i].tag != NASHRA_TAG_HEADER)
            return true;
    return true;
}

/* Without بقلم and the like: a few words up to the last cue at the beginning. Empty when nothing is left. */
static int strip_cue(struct nashra_lexis *people, const char *text, struct nashra_span *byline) {
    enum { CUE = 2, FIRST_WORDS = 3 };
    size_t at = byline->from, words = 0;
    for (struct nashra_span rest = *byline; at < byline->to && words < FIRST_WORDS; words++) {
        struct nashra_span word = nashra_walk_bare(text, nashra_walk_token(text, byline->to, &at));
        int flags = word.from < word.to ? nashra_lexis_find(people, text, word) : 0;
        if (flags < 0)
            return flags;
        if (flags & CUE)
            rest.from = at;
        byline->from = rest.from;
    }
    *byline = nashra_walk_trim(text, *byline);
    size_t first = byline->from;
    struct nashra_span word = nashra_walk_token(text, byline->to, &first);
    struct nashra_span bare = nashra_walk_bare(text, word);
    byline->from = bare.from < bare.to ? bare.from : first;
    return 0;
}

/* In an element that is called author or the like; not in one among comments. A single word may be a label. */
static int find_named_byline(struct extraction *e) {
    enum { CANDIDATES = 4 };
    const char *text = nashra_tracked_string(&e->draft.text);
    size_t seen = 0;
    for (size_t i = 0; i < e->draft.count && seen < CANDIDATES; i++) {
        const struct nashra_stretch *stretch = &e->draft.stretches[i];
        if (stretch->words > BYLINE_WORDS || (stretch->words_say & (NASHRA_EVIDENCE_STAMP | NASHRA_EVIDENCE_BUTTON)) ||
            is_outside(&e->draft, stretch->node))
            continue;
        struct nashra_span bare = stretch->span;
        int status = strip_cue(&e->people, text, &bare);
        unsigned words = status ? 0 : nashra_draft_words(text, bare);
        if (words > 0 && (words > 1 || seen == 0))
            e->byline = stretch->span;
        if (status || words > 1)
            return status;
        seen += words > 0;
    }
    return 0;
}

/* Judges one line: takes it out of the text when it is a byline. Negative when a table can't be read. */
static int take_byline(struct extraction *e, struct nashra_stretch *stretch, enum nashra_byline least) {
    struct nashra_span story = {stretch->span.to, e->draft.text.text.length};
    if (stretch->words > BYLINE_WORDS)
        return 0;
    int byline = nashra_byline_judge(&e->people, e->draft.text.text.data, stretch->span, story);
    if (byline < (int)least)
        return byline < 0 ? byline : 0;
    stretch->is_dropped = true;
    if (e->byline.from == e->byline.to)
        e->byline = stretch->span;
    return 0;
}

/* Among the lines between title and text, and the first of the text, one whose words say so. */
static int find_written_byline(struct extraction *e) {
    size_t seen = 0;
    int status = 0;
    for (size_t i = 0; i < e->draft.count && seen < FIRST_STRETCHES && !status; i++) {
        struct nashra_stretch *stretch = &e->draft.stretches[i];
        bool is_between = i > e->verdict.title && seen == 0;
        if ((stretch->is_dropped && !is_between) || is_silent(stretch) || stretch->level)
            continue;
        bool may_be_bare = seen == 0 && !stretch->is_dropped;
        seen += !stretch->is_dropped;
        status = take_byline(e, stretch, may_be_bare ? NASHRA_BYLINE_NAME : NASHRA_BYLINE_CUED);
    }
    return status;
}

/* "admin", or the newspaper itself. */
static int is_nobody(struct extraction *e, struct nashra_span author) {
    const char *text = nashra_tracked_string(&e->facts.text);
    struct nashra_span site = e->facts.of[NASHRA_FACT_SITE];
    if (nashra_story_same(text + author.from, author.to - author.from, text + site.from, site.to - site.from))
        return 1;
    int flags = nashra_lexis_find(&e->names, text, author);
    return flags < 0 ? flags : (flags & NASHRA_EVIDENCE_NOBODY) != 0;
}

static int set_byline(struct extraction *e) {
    struct nashra_document *document = e->document;
    struct nashra_span author = e->facts.of[NASHRA_FACT_AUTHOR];
    static const struct nashra_passage like = {.kind = NASHRA_BYLINE, .language = ""};
    int status = find_named_byline(e);
    if (!status)
        status = find_written_byline(e);
    int nobody = status < 0 || author.from == author.to ? 1 : is_nobody(e, author);
    if (status < 0 || nobody < 0)
        return status < 0 ? status : nobody;
    if (!nobody) {
        nashra_document_set(document, &document->metadata.byline, e->facts.text.text.data + author.from,
                            author.to - author.from);
        return nashra_document_add(document, &e->facts.text, author, &like);
    }
    struct nashra_span bare = e->byline;
    const char *text = nashra_tracked_string(&e->draft.text);
    status = bare.from < bare.to ? strip_cue(&e->people, text, &bare) : 0;
    if (status || bare.from == bare.to)
        return status;
    nashra_document_set(document, &document->metadata.byline, text + bare.from, bare.to - bare.from);
    return nashra_document_add(document, &e->draft.text, e->byline, &like);
}

/* ---- what else is known ---- */

static void set_fact(struct extraction *e, enum nashra_fact fact, const char **field) {
    struct nashra_span span = e->facts.of[fact];
    nashra_document_set(e->document, field, nashra_tracked_string(&e->facts.text) + span.from, span.to - span.from);
}

static int64_t date_of(const struct extraction *e, enum nashra_fact fact) {
    char date[64] = "";
    struct nashra_span span = e->facts.of[fact];
    size_t length = span.to - span.from < sizeof date - 1 ? span.to - span.from : sizeof date - 1;
    if (length)
        memcpy(date, e->facts.text.text.data + span.from, length);
    return nashra_feed_date(date);
}

/* The last link of the breadcrumbs. */
static void set_section(struct extraction *e) {
    struct nashra_metadata *metadata = &e->document->metadata;
    const struct nashra_html *page = &e->page;
    size_t last = 0, crumbs = 0;
    set_fact(e, NASHRA_FACT_SECTION, &metadata->section);
    for (size_t i = 1; i < page->count && !*metadata->section && !(crumbs && i >= page->nodes[crumbs].end); i++) {
        if (page->nodes[i].is_text)
            continue;
        if (!crumbs && (strstr(nashra_node_value(&page->nodes[i], NASHRA_ATTRIBUTE_CLASS), "breadcrumb") ||
                        strstr(nashra_node_value(&page->nodes[i], NASHRA_ATTRIBUTE_ID), "breadcrumb")))
            crumbs = i;
        if (crumbs && page->nodes[i].tag == NASHRA_TAG_A)
            last = i;
    }
    struct nashra_tracked text = {0};
    if (last)
        nashra_html_text(page, last, &text);
    nashra_document_set(e->document, &metadata->section, nashra_tracked_string(&text), text.text.length);
    nashra_tracked_finish(&text);
}

static void set_metadata(struct extraction *e) {
    struct nashra_metadata *metadata = &e->document->metadata;
    nashra_document_set(e->document, &metadata->title, nashra_tracked_string(&e->title), e->title.text.length);
    set_section(e);
    set_fact(e, NASHRA_FACT_SITE, &metadata->site);
    set_fact(e, NASHRA_FACT_LINK, &metadata->link);
    set_fact(e, NASHRA_FACT_LANGUAGE, &metadata->language);
    set_fact(e, NASHRA_FACT_FEED, &metadata->feed);
    metadata->published = date_of(e, NASHRA_FACT_PUBLISHED);
    metadata->updated = date_of(e, NASHRA_FACT_UPDATED);
    metadata->is_partial = e->facts.is_partial || e->verdict.is_partial;
}

/* ---- the text ---- */

static int add_stretches(struct extraction *e) {
    bool is_gallery = count_kept(&e->draft, true) > count_kept(&e->draft, false);
    int status = 0;
    for (size_t i = 0; i < e->draft.count && !status; i++) {
        const struct nashra_stretch *stretch = &e->draft.stretches[i];
        bool is_caption = stretch->role == NASHRA_ROLE_CAPTION, is_alt = stretch->role == NASHRA_ROLE_ALT;
        if (stretch->is_dropped || (is_caption && !e->reading->captions && !is_gallery) || (is_alt && !e->reading->alt))
            continue;
        struct nashra_passage like = {.kind = stretch->level ? NASHRA_HEADING : NASHRA_TEXT,
                                      .role = stretch->role,
                                      .level = stretch->level,
                                      .language = ""};
        nashra_document_set(e->document, &like.language, stretch->language, strlen(stretch->language));
        status = nashra_document_add(e->document, &e->draft.text, stretch->span, &like);
    }
    return status;
}

/* The text of JSON-LD, or the summary: a line is a paragraph. */
static int add_lines(struct extraction *e, enum nashra_fact fact) {
    static const struct nashra_passage like = {.kind = NASHRA_TEXT, .language = ""};
    struct nashra_span all = e->facts.of[fact];
    const char *text = nashra_tracked_string(&e->facts.text);
    int status = 0;
    for (size_t from = all.from, at = all.from; at <= all.to && !status; at++)
        if (at == all.to || text[at] == '\n') {
            status = nashra_document_add(e->document, &e->facts.text, (struct nashra_span){from, at}, &like);
            from = at + 1;
        }
    return status;
}

static unsigned words_of(const struct extraction *e, enum nashra_fact fact) {
    return nashra_draft_words(nashra_tracked_string(&e->facts.text), e->facts.of[fact]);
}

/* What a page keeps back for its subscribers isn't taken from where it is told to machines. */
static int add_text(struct extraction *e) {
    unsigned kept = count_kept(&e->draft, false) + count_kept(&e->draft, true), body = words_of(e, NASHRA_FACT_BODY);
    if (body > 2 * kept && !e->facts.is_partial && !e->verdict.is_partial)
        return add_lines(e, NASHRA_FACT_BODY);
    if (kept == 0 && e->title.text.length > 0 && words_of(e, NASHRA_FACT_DESCRIPTION) == 0)
        nashra_log(NASHRA_LOG_WARNING, "%s: nothing but a title was found; scripts may make the rest in a browser",
                   e->document->name);
    if (kept == 0)
        return add_lines(e, NASHRA_FACT_DESCRIPTION);
    return add_stretches(e);
}

static int extract(struct extraction *e) {
    static const struct nashra_passage title = {.kind = NASHRA_TITLE, .language = ""};
    nashra_facts_read(&e->facts, &e->page);
    int status = make_draft(e);
    if (!status)
        status = try_noscript(e);
    if (status)
        return status;
    set_metadata(e);
    status = nashra_document_add(e->document, &e->title, (struct nashra_span){0, e->title.text.length}, &title);
    if (!status)
        status = set_byline(e);
    if (!status)
        status = add_text(e);
    bool failed = e->facts.text.text.failed || e->title.text.failed || e->document->text.text.failed;
    return !status && failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the page", e->document->name) : status;
}

int nashra_web_read(const struct nashra_tracked *source, const struct nashra_reading *reading,
                    struct nashra_document *document) {
    struct extraction e = {.document = document, .reading = reading};
    int status = nashra_html_init(&e.page, source, document->name);
    if (status)
        return status;
    e.names = nashra_judge_lexis();
    e.people = nashra_byline_lexis();
    status = extract(&e);
    nashra_lexis_finish(&e.people);
    nashra_lexis_finish(&e.names);
    nashra_tracked_finish(&e.title);
    nashra_draft_finish(&e.draft);
    nashra_facts_finish(&e.facts);
    nashra_html_finish(&e.page);
    return status;
}

int nashra_web_read_chapter(const struct nashra_tracked *source, const struct nashra_reading *reading,
                            struct nashra_document *document) {
    struct extraction e = {.document = document, .reading = reading};
    int status = nashra_html_init(&e.page, source, document->name);
    if (status)
        return status;
    e.names = nashra_judge_lexis();
    e.draft = (struct nashra_draft){.page = &e.page, .lexis = &e.names, .is_book = true};
    status = nashra_draft_init(&e.draft, document->name);
    if (!status)
        status = add_stretches(&e);
    nashra_lexis_finish(&e.names);
    nashra_draft_finish(&e.draft);
    nashra_html_finish(&e.page);
    return status;
}
