/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge.h"

#include <string.h>

#include <nashra/ascii.h>

#include "../walk.h"

/* A phrase is looked for among the first FIRST_WORDS of a paragraph of at most SHORT_WORDS. */
enum {
    NAME_BYTES = 64,
    PHRASE_WORDS = 5,
    FIRST_WORDS = 16,
    SHORT_WORDS = 60,
    NOTICE_WORDS = 4,
    BUTTON_WORDS = 6,
    STAMP_WORDS = 16
};

static const int NAME_ROLES = NASHRA_EVIDENCE_DROP | NASHRA_EVIDENCE_NEVER | NASHRA_EVIDENCE_KEEP |
                              NASHRA_EVIDENCE_CAPTION | NASHRA_EVIDENCE_BYLINE | NASHRA_EVIDENCE_DATE;
static const int OPENING_ROLES = NASHRA_EVIDENCE_ASIDE | NASHRA_EVIDENCE_END | NASHRA_EVIDENCE_PAYWALL;

struct nashra_lexis nashra_judge_lexis(void) {
    static const char *const roles[] = {"drop",   "keep",  "caption", "byline", "date",   "aside", "end",
                                        "button", "stamp", "paywall", "notice", "nobody", "never", NULL};
    return (struct nashra_lexis){.file = "pages.tsv", .roles = roles};
}

/* One name in words of small letters: "relatedPosts", "related-posts" and "related__posts" are "related posts". */
static size_t split_name(const char *name, size_t length, char out[NAME_BYTES]) {
    size_t size = 0;
    for (size_t i = 0; i < length && size + 2 < NAME_BYTES; i++) {
        char c = name[i];
        bool is_letter = nashra_ascii_is_alnum(c) || (c & 0x80);
        bool begins = nashra_ascii_is_upper(c) && i > 0 && nashra_ascii_is_lower(name[i - 1]);
        if ((!is_letter || begins) && size > 0 && out[size - 1] != ' ')
            out[size++] = ' ';
        if (is_letter)
            out[size++] = nashra_ascii_lower(c);
    }
    while (size > 0 && out[size - 1] == ' ')
        size--;
    return size;
}

/* "has-sidebar" is said of what stands beside one. */
static bool tells_of_others(const char *words, size_t size) {
    static const char *const first[] = {"has ", "no ", "with ", "without ", "is ", "js ", "wp block "};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (size > strlen(first[i]) && memcmp(words, first[i], strlen(first[i])) == 0)
            return true;
    return false;
}

static size_t word_end(const char *words, size_t size, size_t at) {
    while (at < size && words[at] != ' ')
        at++;
    return at;
}

/* The role of the first word, or pair of words, that has one. */
static int judge_name(struct nashra_lexis *lexis, const char *name, size_t length) {
    char words[NAME_BYTES];
    size_t size = split_name(name, length, words);
    if (tells_of_others(words, size))
        return 0;
    for (size_t at = 0; at < size;) {
        size_t end = word_end(words, size, at), next = end < size ? word_end(words, size, end + 1) : end;
        int flags = next > end ? nashra_lexis_find(lexis, words, (struct nashra_span){at, next}) : 0;
        if (flags >= 0 && !(flags & NAME_ROLES))
            flags = nashra_lexis_find(lexis, words, (struct nashra_span){at, end});
        /* "body" and "entry content" are the story's, "text center" is a matter of style. */
        if (flags == (NASHRA_LEXIS_LISTED | NASHRA_EVIDENCE_KEEP) && end < size && next < size)
            flags = 0;
        if (flags < 0 || (flags & NAME_ROLES))
            return flags < 0 ? flags
                             : (flags & NAME_ROLES) | (flags & NASHRA_EVIDENCE_NEVER ? NASHRA_EVIDENCE_DROP : 0);
        at = end + 1;
    }
    return 0;
}

static int judge_names(struct nashra_lexis *lexis, const char *names) {
    int evidence = 0;
    while (*names) {
        size_t length = strcspn(names, " \t\r\n");
        int flags = length ? judge_name(lexis, names, length) : 0;
        if (flags < 0)
            return flags;
        evidence |= flags;
        names += length + (names[length] != '\0');
    }
    return evidence;
}

static bool style_hides(const char *style) {
    char bare[128];
    size_t size = 0;
    for (; *style && size + 1 < sizeof bare; style++)
        if (!nashra_ascii_is_space(*style))
            bare[size++] = nashra_ascii_lower(*style);
    bare[size] = '\0';
    return strstr(bare, "display:none") || strstr(bare, "visibility:hidden");
}

static bool is_hidden(const struct nashra_node *node) {
    return nashra_node_attribute(node, NASHRA_ATTRIBUTE_HIDDEN) ||
           nashra_ascii_same(nashra_node_value(node, NASHRA_ATTRIBUTE_ARIA_HIDDEN), "true") ||
           style_hides(nashra_node_value(node, NASHRA_ATTRIBUTE_STYLE)) ||
           strcmp(nashra_node_value(node, NASHRA_ATTRIBUTE_EPUB_TYPE), "pagebreak") == 0;
}

static int evidence_of_tag(enum nashra_tag tag) {
    switch (tag) {
    case NASHRA_TAG_NAV:
    case NASHRA_TAG_ASIDE:
    case NASHRA_TAG_FOOTER:
    case NASHRA_TAG_HEADER:
    case NASHRA_TAG_FORM:
    case NASHRA_TAG_MENU:
        return NASHRA_EVIDENCE_DROP;
    case NASHRA_TAG_FIGCAPTION:
        return NASHRA_EVIDENCE_CAPTION;
    default:
        return 0;
    }
}

int nashra_judge_element(struct nashra_lexis *lexis, const struct nashra_node *node) {
    static const enum nashra_attribute_name named[] = {NASHRA_ATTRIBUTE_CLASS, NASHRA_ATTRIBUTE_ID,
                                                       NASHRA_ATTRIBUTE_ITEMPROP, NASHRA_ATTRIBUTE_ROLE};
    int evidence = evidence_of_tag((enum nashra_tag)node->tag);
    if (!node->attributes)
        return evidence;
    if (is_hidden(node))
        evidence |= NASHRA_EVIDENCE_HIDDEN;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        int flags = judge_names(lexis, nashra_node_value(node, named[i]));
        if (flags < 0)
            return flags;
        evidence |= flags;
    }
    if (strstr(nashra_node_value(node, NASHRA_ATTRIBUTE_ITEMPROP), "articleBody"))
        evidence |= NASHRA_EVIDENCE_BODY | NASHRA_EVIDENCE_KEEP;
    if (strcmp(nashra_node_value(node, NASHRA_ATTRIBUTE_REL), "author") == 0)
        evidence |= NASHRA_EVIDENCE_BYLINE;
    return evidence;
}

struct words {
    struct nashra_span items[FIRST_WORDS];
    size_t count;
    size_t all; /* beyond FIRST_WORDS as well */
};

static struct words split(const char *text, struct nashra_span span) {
    struct words words = {.count = 0};
    for (size_t at = span.from; at < span.to && words.all <= SHORT_WORDS;) {
        struct nashra_span word = nashra_walk_bare(text, nashra_walk_token(text, span.to, &at));
        if (word.from == word.to)
            continue;
        if (words.count < FIRST_WORDS)
            words.items[words.count++] = word;
        words.all++;
    }
    return words;
}

/* The roles of all phrases that begin at word `first`; *longest: the words of the longest that has one of `roles`. */
static int phrases_at(struct nashra_lexis *lexis, const char *text, const struct words *words, size_t first, int roles,
                      size_t *longest) {
    int found = 0;
    *longest = 0;
    size_t most = roles & NASHRA_EVIDENCE_NOTICE && first > 0 ? NOTICE_WORDS : PHRASE_WORDS;
    for (size_t size = 1; size <= most && first + size <= words->count; size++) {
        struct nashra_span span = {words->items[first].from, words->items[first + size - 1].to};
        int flags = nashra_lexis_find(lexis, text, span);
        if (flags < 0)
            return flags;
        if (flags & roles) {
            found |= flags & roles;
            *longest = size;
        }
    }
    return found;
}

int nashra_judge_words(struct nashra_lexis *lexis, const char *text, struct nashra_span span) {
    struct words words = split(text, span);
    size_t longest;
    if (words.all == 0 || words.all > SHORT_WORDS)
        return 0;
    int evidence = phrases_at(lexis, text, &words, 0, OPENING_ROLES, &longest);
    if (evidence >= 0 && words.all <= BUTTON_WORDS) {
        int button = phrases_at(lexis, text, &words, 0, NASHRA_EVIDENCE_BUTTON, &longest);
        if (button < 0)
            return button;
        evidence |= longest == words.all ? button : 0;
    }
    for (size_t i = 0; i < words.count && evidence >= 0; i++) {
        int roles = NASHRA_EVIDENCE_NOTICE;
        if (words.all <= STAMP_WORDS && i == 0)
            roles |= NASHRA_EVIDENCE_STAMP;
        int flags = phrases_at(lexis, text, &words, i, roles, &longest);
        evidence = flags < 0 ? flags : evidence | flags;
    }
    return evidence;
}
