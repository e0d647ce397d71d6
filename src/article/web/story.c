/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "story.h"

#include <string.h>

#include "../walk.h"

/* The weights. A stretch is worth its words, and each stop makes them more like prose; words in links cost, for menus
 * and teasers are made of them, and so does being a stretch at all, for they come in many short ones. The story is in
 * the element whose stretches are worth most together: one further out takes in what costs, one further in loses
 * paragraphs. */
enum {
    PER_WORD = 1,
    PER_STOP = 2,
    PER_LINK = -3,
    PER_STRETCH = -8,
    MOST = 150,
    LEAST = -60,
    /* A short line without links: an item of a list as much as a label. */
    LEAST_UNLINKED = -2,
    /* What an element costs the one around it at the most: a box of many links in the midst of the story is one box. */
    LEAST_ELEMENT = -30,
    /* In percent, what an element's worth is multiplied by when it says that it is the story. */
    BOOST_BODY = 160,
    BOOST_ARTICLE = 140,
    BOOST_MAIN = 112,
    BOOST_KEEP = 120,
    /* An element that is called a box or the like isn't one when it has this much of the prose of all that isn't so
     * called. */
    PROTECTED_PERCENT = 100,
    /* What stands behind "comments" goes with it unless it is this share of the whole; where the line says nothing else
     * and is a line of its own, it needs more to be doubted. */
    AFTER_END_PERCENT = 35,
    AFTER_BARE_END_PERCENT = 80,
    BARE_WORDS = 3,
    /* A line of links: this share of its words. */
    LINK_LINE_PERCENT = 80,
    /* An element of links: this share of its words, and no fewer. */
    LINK_PERCENT = 55,
    LINK_WORDS = 4,
    /* A short line that points elsewhere, ends the story, or gives date and hour. */
    CUE_WORDS = 6,
    HEAD_WORDS = 8
};

struct sums {
    int worth;
    int prose; /* the same without what costs */
    unsigned words;
    unsigned links;
    unsigned stretches;
};

struct scale {
    struct nashra_draft *draft;
    struct sums *of; /* of each node, all in it */
    size_t root;
};

static int worth_of(const struct nashra_stretch *stretch) {
    int worth = (int)stretch->words * PER_WORD + (int)stretch->stops * PER_STOP + (int)stretch->links * PER_LINK;
    if (stretch->role == NASHRA_ROLE_CAPTION || stretch->role == NASHRA_ROLE_ALT)
        return 0;
    /* A table's row and a heading are as long as they are. */
    if (stretch->level || stretch->role == NASHRA_ROLE_ROW)
        return stretch->links ? (int)stretch->links * PER_LINK : 0;
    worth += PER_STRETCH;
    if (stretch->links == 0 && worth < LEAST_UNLINKED)
        return LEAST_UNLINKED;
    return worth > MOST ? MOST : worth < LEAST ? LEAST : worth;
}

static void add_up(struct scale *scale) {
    const struct nashra_html *page = scale->draft->page;
    memset(scale->of, 0, page->count * sizeof *scale->of);
    for (size_t i = 0; i < scale->draft->count; i++) {
        struct nashra_stretch *stretch = &scale->draft->stretches[i];
        if (stretch->is_dropped)
            continue;
        stretch->value = worth_of(stretch);
        struct sums *sums = &scale->of[stretch->node];
        sums->worth += stretch->value;
        sums->prose += stretch->value > 0 ? stretch->value : 0;
        sums->words += stretch->words;
        sums->links += stretch->links;
        sums->stretches++;
    }
    /* A node's descendants stand behind it. */
    for (size_t i = page->count; i-- > 1;) {
        struct sums *outer = &scale->of[page->nodes[i].parent];
        outer->worth += scale->of[i].worth > LEAST_ELEMENT ? scale->of[i].worth : LEAST_ELEMENT;
        outer->prose += scale->of[i].prose;
        outer->words += scale->of[i].words;
        outer->links += scale->of[i].links;
        outer->stretches += scale->of[i].stretches;
    }
}

static bool is_inside(const struct nashra_html *page, size_t node, size_t outer) {
    return node >= outer && node < page->nodes[outer].end;
}

/* Stretches are in the order of their nodes, so that an element's follow one another. */
static void drop_element(struct scale *scale, size_t node) {
    struct nashra_draft *draft = scale->draft;
    size_t low = 0, high = draft->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (draft->stretches[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < draft->count && is_inside(draft->page, draft->stretches[i].node, node); i++)
        draft->stretches[i].is_dropped = true;
}

/* The header of the article belongs to it; that of the page doesn't. */
static bool is_articles_own(const struct scale *scale, size_t node) {
    const struct nashra_html *page = scale->draft->page;
    for (size_t i = node + 1; i < page->nodes[node].end; i++)
        if (!page->nodes[i].is_text && page->nodes[i].tag == NASHRA_TAG_H1)
            return true;
    return false;
}

static bool is_named(const struct scale *scale, size_t node) {
    const struct nashra_html *page = scale->draft->page;
    int evidence = scale->draft->evidence[node];
    return !page->nodes[node].is_text && (evidence & NASHRA_EVIDENCE_DROP) && !(evidence & NASHRA_EVIDENCE_KEEP) &&
           page->nodes[node].tag != NASHRA_TAG_ARTICLE && page->nodes[node].tag != NASHRA_TAG_BODY &&
           page->nodes[node].tag != NASHRA_TAG_HTML && scale->of[node].stretches > 0 && !is_articles_own(scale, node);
}

/* The prose that isn't in an element named as something else, and in *largest the outermost such element with most
 * prose, but none that is surely no story. */
static int prose_of_clear(const struct scale *scale, const bool *absolved, size_t *largest) {
    const struct nashra_html *page = scale->draft->page;
    int clear = scale->of[0].prose, most = 0;
    *largest = 0;
    for (size_t i = 1; i < page->count; i++) {
        if (absolved[i] || !is_named(scale, i))
            continue;
        clear -= scale->of[i].prose;
        if (scale->of[i].prose > most && !(scale->draft->evidence[i] & NASHRA_EVIDENCE_NEVER)) {
            most = scale->of[i].prose;
            *largest = i;
        }
        i = page->nodes[i].end - 1;
    }
    return clear;
}

/* An element, and those in it that hold all that it holds: boxes stand in boxes. */
static void absolve(const struct scale *scale, bool *absolved, size_t node) {
    enum { ALL_PERCENT = 95 };
    const struct nashra_html *page = scale->draft->page;
    for (size_t i = node; i < page->nodes[node].end; i++)
        if (i == node || (scale->of[i].prose * 100L >= scale->of[node].prose * (long)ALL_PERCENT &&
                          !(scale->draft->evidence[i] & NASHRA_EVIDENCE_NEVER)))
            absolved[i] = true;
}

/* What is named as something else than the story, unless there is next to nothing beside it: then the name says
 * nothing, and what stands in it is looked at. */
static int drop_named(struct scale *scale) {
    enum { ROUNDS = 8 };
    const struct nashra_html *page = scale->draft->page;
    bool *absolved = nashra_alloc_zeroed(page->count, sizeof *absolved);
    if (!absolved)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for the page's weights");
    for (int round = 0; round < ROUNDS; round++) {
        size_t largest;
        int clear = prose_of_clear(scale, absolved, &largest);
        if (!largest || scale->of[largest].prose * 100L <= clear * (long)PROTECTED_PERCENT)
            break;
        absolve(scale, absolved, largest);
    }
    for (size_t i = 1; i < page->count; i++) {
        if (absolved[i] || !is_named(scale, i))
            continue;
        drop_element(scale, i);
        i = page->nodes[i].end - 1;
    }
    nashra_free(absolved);
    return 0;
}

/* Who and when, unless it is the story that is so named. */
static void drop_particulars(struct scale *scale) {
    const struct nashra_draft *draft = scale->draft;
    const struct nashra_html *page = draft->page;
    static const int particular = NASHRA_EVIDENCE_BYLINE | NASHRA_EVIDENCE_DATE;
    enum { LONGEST = 25 };
    for (size_t i = 1; i < page->count; i++)
        if (!page->nodes[i].is_text && (draft->evidence[i] & particular) &&
            !(draft->evidence[i] & NASHRA_EVIDENCE_KEEP) && scale->of[i].words <= LONGEST)
            drop_element(scale, i);
}

static void drop_lines(struct scale *scale) {
    for (size_t i = 0; i < scale->draft->count; i++) {
        struct nashra_stretch *stretch = &scale->draft->stretches[i];
        int say = stretch->words_say;
        bool is_line = stretch->words <= CUE_WORDS * 2;
        if ((say & (NASHRA_EVIDENCE_BUTTON | NASHRA_EVIDENCE_NOTICE)) || ((say & NASHRA_EVIDENCE_STAMP) && is_line))
            stretch->is_dropped = true;
    }
}

static bool opens_with_colon(const struct scale *scale, const struct nashra_stretch *stretch) {
    const char *text = scale->draft->text.text.data;
    size_t at = stretch->span.from;
    for (int words = 0; words < CUE_WORDS - 1 && at < stretch->span.to; words++) {
        struct nashra_span word = nashra_walk_token(text, stretch->span.to, &at);
        if (word.to > word.from && text[word.to - 1] == ':')
            return true;
    }
    return false;
}

/* "Read also" and what it points to: its own line, and the links below it. */
static void drop_asides(struct scale *scale) {
    struct nashra_draft *draft = scale->draft;
    for (size_t i = 0; i < draft->count; i++) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        bool is_cue =
            stretch->words <= CUE_WORDS || stretch->links * 3 >= stretch->words || opens_with_colon(scale, stretch);
        if (!(stretch->words_say & NASHRA_EVIDENCE_ASIDE) || !is_cue)
            continue;
        bool points_below = stretch->words <= CUE_WORDS;
        stretch->is_dropped = true;
        for (size_t j = i + 1; points_below && j < draft->count; j++) {
            struct nashra_stretch *next = &draft->stretches[j];
            if (next->links * 100 < next->words * LINK_PERCENT)
                break;
            next->is_dropped = true;
        }
    }
}

/* Behind "comments" there are comments, unless most of the story stands there. */
static void drop_behind_end(struct scale *scale) {
    struct nashra_draft *draft = scale->draft;
    int all = 0, behind = 0;
    for (size_t i = 0; i < draft->count; i++)
        if (!draft->stretches[i].is_dropped && draft->stretches[i].value > 0)
            all += draft->stretches[i].value;
    for (size_t i = draft->count; i-- > 0;) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        bool is_end = (stretch->words_say & NASHRA_EVIDENCE_END) && (stretch->words <= CUE_WORDS || stretch->links);
        int most = stretch->words <= BARE_WORDS ? AFTER_BARE_END_PERCENT : AFTER_END_PERCENT;
        if (is_end && behind * 100 <= all * most)
            for (size_t j = i; j < draft->count && is_inside(draft->page, draft->stretches[j].node, scale->root); j++)
                draft->stretches[j].is_dropped = true;
        if (!stretch->is_dropped && stretch->value > 0)
            behind += stretch->value;
    }
}

static int boost_of(const struct scale *scale, size_t node) {
    int evidence = scale->draft->evidence[node];
    if (evidence & NASHRA_EVIDENCE_BODY)
        return BOOST_BODY;
    switch (scale->draft->page->nodes[node].tag) {
    case NASHRA_TAG_ARTICLE:
        return BOOST_ARTICLE;
    case NASHRA_TAG_MAIN:
        return BOOST_MAIN;
    default:
        return evidence & NASHRA_EVIDENCE_KEEP && !(evidence & NASHRA_EVIDENCE_DROP) ? BOOST_KEEP : 100;
    }
}

/* Of short paragraphs one alone may be worth more than all together: still it isn't the story, but one of its parts. */
static size_t whole_of(const struct nashra_html *page, size_t node) {
    static const bool is_part[NASHRA_TAG_OTHER + 1] = {
        [NASHRA_TAG_P] = true,  [NASHRA_TAG_LI] = true, [NASHRA_TAG_UL] = true,        [NASHRA_TAG_OL] = true,
        [NASHRA_TAG_DD] = true, [NASHRA_TAG_DL] = true, [NASHRA_TAG_BLOCKQUOTE] = true};
    while (node && is_part[page->nodes[node].tag])
        node = page->nodes[node].parent;
    return node;
}

static size_t find_root(const struct scale *scale) {
    const struct nashra_html *page = scale->draft->page;
    size_t best = 0;
    long most = 0;
    for (size_t i = 1; i < page->count; i++) {
        if (page->nodes[i].is_text || nashra_tag_flow((enum nashra_tag)page->nodes[i].tag) != NASHRA_FLOW_BLOCK)
            continue;
        long worth = (long)scale->of[i].worth * boost_of(scale, i);
        if (worth >= most && worth > 0) {
            most = worth;
            best = i;
        }
    }
    return whole_of(page, best);
}

/* Boxes of links inside the story, whatever they are called. */
static void drop_link_boxes(struct scale *scale) {
    const struct nashra_html *page = scale->draft->page;
    for (size_t i = scale->root + 1; i < page->nodes[scale->root].end; i++) {
        const struct sums *sums = &scale->of[i];
        if (page->nodes[i].is_text || sums->words < LINK_WORDS || sums->links * 100 < sums->words * LINK_PERCENT)
            continue;
        drop_element(scale, i);
        i = page->nodes[i].end - 1;
    }
}

/* "Print | Send to a friend" */
static void drop_link_lines(struct scale *scale) {
    for (size_t i = 0; i < scale->draft->count; i++) {
        struct nashra_stretch *stretch = &scale->draft->stretches[i];
        if (stretch->links * 100 >= stretch->words * LINK_LINE_PERCENT && stretch->stops == 0)
            stretch->is_dropped = true;
    }
}

static bool same_as_title(const struct scale *scale, const struct nashra_stretch *stretch, const char *title) {
    const char *text = scale->draft->text.text.data + stretch->span.from;
    return nashra_story_same(text, stretch->span.to - stretch->span.from, title, strlen(title));
}

/* The stretch that says the title: the one most like it that isn't behind the story; else the first <h1>. */
static size_t find_title(const struct scale *scale, const char *title) {
    const struct nashra_draft *draft = scale->draft;
    size_t heading = draft->count;
    for (size_t i = 0; i < draft->count && draft->stretches[i].node < draft->page->nodes[scale->root].end; i++) {
        if (*title && same_as_title(scale, &draft->stretches[i], title))
            return i;
        if (draft->stretches[i].level == 1 && heading == draft->count &&
            is_inside(draft->page, draft->stretches[i].node, scale->root))
            heading = i;
    }
    return heading;
}

/* The title is said first; what stands over it is the section, a date, a number. */
static void drop_head(struct scale *scale, const char *title, size_t at) {
    struct nashra_draft *draft = scale->draft;
    for (size_t i = 0; i < draft->count; i++) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        bool is_over = at < draft->count && i < at && stretch->words <= HEAD_WORDS;
        if (is_over || i == at || (*title && same_as_title(scale, stretch, title)))
            stretch->is_dropped = true;
    }
}

/* A heading over nothing. */
static void drop_orphans(struct scale *scale) {
    struct nashra_draft *draft = scale->draft;
    bool has_text = false;
    for (size_t i = 0; i < draft->count; i++)
        has_text = has_text || (!draft->stretches[i].is_dropped && !draft->stretches[i].level);
    if (!has_text) /* a page of headlines */
        return;
    unsigned below = 0; /* the level of the heading that follows, if nothing else does */
    for (size_t i = draft->count; i-- > 0;) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        if (stretch->is_dropped)
            continue;
        bool is_silent = stretch->role == NASHRA_ROLE_CAPTION || stretch->role == NASHRA_ROLE_ALT;
        if (!stretch->level) {
            below = is_silent ? below : 7;
            continue;
        }
        if (below <= stretch->level)
            stretch->is_dropped = true;
        else
            below = stretch->level;
    }
}

static void drop_paywall(struct scale *scale, struct nashra_verdict *verdict) {
    struct nashra_draft *draft = scale->draft;
    for (size_t i = 0; i < draft->count; i++) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        if (!(stretch->words_say & NASHRA_EVIDENCE_PAYWALL))
            continue;
        verdict->is_partial = true;
        stretch->is_dropped = true;
    }
}

/* All that isn't in the root, but for a lead between the title and it. */
static void drop_outside(struct scale *scale, size_t title) {
    struct nashra_draft *draft = scale->draft;
    for (size_t i = 0; i < draft->count; i++) {
        struct nashra_stretch *stretch = &draft->stretches[i];
        bool is_lead = i > title && stretch->node < scale->root && stretch->value > 0 && stretch->links == 0;
        if (!is_lead && !is_inside(draft->page, stretch->node, scale->root))
            stretch->is_dropped = true;
    }
}

/* Where all would go, something else is wrong: better all than nothing. */
static void keep_something(struct nashra_draft *draft) {
    size_t i = 0;
    while (i < draft->count && draft->stretches[i].is_dropped)
        i++;
    for (size_t j = 0; i == draft->count && j < draft->count; j++)
        draft->stretches[j].is_dropped = false;
}

int nashra_story_find(struct nashra_draft *draft, const char *title, struct nashra_verdict *verdict) {
    struct scale scale = {.draft = draft, .of = nashra_alloc(draft->page->count * sizeof *scale.of)};
    *verdict = (struct nashra_verdict){0};
    if (!scale.of)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for the page's weights");
    drop_paywall(&scale, verdict);
    drop_lines(&scale);
    add_up(&scale);
    int status = drop_named(&scale);
    keep_something(draft);
    drop_particulars(&scale);
    drop_asides(&scale);
    drop_behind_end(&scale);
    add_up(&scale);
    verdict->root = scale.root = find_root(&scale);
    verdict->title = find_title(&scale, title);
    drop_outside(&scale, verdict->title);
    add_up(&scale);
    drop_link_boxes(&scale);
    drop_link_lines(&scale);
    drop_head(&scale, title, verdict->title);
    drop_orphans(&scale);
    nashra_free(scale.of);
    return status;
}

/* The next letter or digit from *at on, an alif without its hamza; 0 at the end. */
static unsigned next_sign(const char *text, size_t length, size_t *at) {
    while (*at < length) {
        unsigned c = nashra_walk_next(text, length, at);
        if (c == 0x0622 || c == 0x0623 || c == 0x0625)
            return 0x0627;
        if (nashra_walk_is_letter(c) || (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669))
            return c;
    }
    return 0;
}

bool nashra_story_same(const char *a, size_t a_length, const char *b, size_t b_length) {
    for (size_t i = 0, j = 0;;) {
        unsigned c = next_sign(a, a_length, &i), d = next_sign(b, b_length, &j);
        if (c != d)
            return false;
        if (c == 0)
            return i > 0;
    }
}
