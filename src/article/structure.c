/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure.h"

#include "byline.h"

enum {
    TITLE_WORDS = 25,
    TITLE_LETTERS = 160,
    HEADING_WORDS = 10,
    QUESTION_WORDS = 5,
    HEADING_LETTERS = 70,
    BYLINES = 2
};

/* Title and headings stand without a full stop; a question or an exclamation may be one. */
static bool ends_openly(const struct nashra_profile *profile) {
    return !nashra_walk_is_full_stop(profile->stop) && profile->stop != ':' && profile->stop != 0x2026 &&
           !nashra_walk_is_comma(profile->stop);
}

static bool is_title(const struct nashra_profile *profile) {
    return ends_openly(profile) && profile->words <= TITLE_WORDS && profile->letters <= TITLE_LETTERS &&
           profile->letters > 0;
}

static bool is_heading(const struct nashra_profile *profile) {
    /* Longer questions are asked in the text. */
    if (nashra_walk_is_stop(profile->stop) && profile->words > QUESTION_WORDS)
        return false;
    if (nashra_walk_is_bullet(profile->first))
        return false;
    /* A closing quotation mark is the end of what someone said. */
    return ends_openly(profile) && profile->words <= HEADING_WORDS && profile->letters <= HEADING_LETTERS &&
           profile->letters > 0 && profile->commas == 0 && !nashra_walk_is_quote(profile->last) &&
           !(profile->quotes & 1);
}

/* The marks of headings in plain text (## …) are not read. */
static bool strip_hashes(const char *text, struct nashra_paragraph *paragraph) {
    size_t at = paragraph->span.from;
    while (at < paragraph->span.to && text[at] == '#')
        at++;
    if (at == paragraph->span.from || at == paragraph->span.to ||
        !nashra_walk_is_blank(nashra_walk_peek(text, paragraph->span.to, at)))
        return false;
    paragraph->span = nashra_walk_trim(text, (struct nashra_span){at, paragraph->span.to});
    paragraph->profile = nashra_walk_profile(text, paragraph->span);
    return true;
}

/* A file of short lines is a list or a poem: a heading is what stands out. */
static bool is_prose(const struct nashra_paragraphs *paragraphs, size_t first) {
    size_t headings = 0;
    for (size_t i = first; i < paragraphs->count; i++)
        headings += is_heading(&paragraphs->items[i].profile);
    return headings * 2 <= paragraphs->count - first;
}

/* Short, alone, and with longer text below it. */
static void find_headings(struct nashra_paragraphs *paragraphs, const char *text, size_t first) {
    bool prose = is_prose(paragraphs, first);
    struct nashra_profile next = {0};
    for (size_t i = paragraphs->count; i-- > first;) {
        struct nashra_paragraph *paragraph = &paragraphs->items[i];
        bool is_marked = strip_hashes(text, paragraph);
        struct nashra_profile profile = paragraph->profile;
        if (is_marked || (prose && !paragraph->joined && i + 1 < paragraphs->count && is_heading(&profile) &&
                          next.words > profile.words && (next.words > HEADING_WORDS || !ends_openly(&next))))
            paragraph->kind = NASHRA_HEADING;
        next = profile;
    }
}

static struct nashra_span story_after(const struct nashra_paragraphs *paragraphs, size_t i, size_t length) {
    return (struct nashra_span){i + 1 < paragraphs->count ? paragraphs->items[i + 1].span.from : length, length};
}

/* From paragraph *at on, while they are bylines; a bare name counts only as the first, and over prose. */
static int find_bylines(struct nashra_paragraphs *paragraphs, const char *text, size_t length,
                        struct nashra_lexis *lexis, enum nashra_byline least, size_t *at) {
    for (size_t found = 0; found < BYLINES && *at + 1 < paragraphs->count; found++, ++*at) {
        struct nashra_paragraph *paragraph = &paragraphs->items[*at];
        if (paragraph->joined)
            break;
        int byline = nashra_byline_judge(lexis, text, paragraph->span, story_after(paragraphs, *at, length));
        if (byline < 0)
            return byline;
        if (byline < (int)least || byline == NASHRA_BYLINE_NO)
            break;
        if (byline == NASHRA_BYLINE_NAME && !is_prose(paragraphs, *at + 1))
            break;
        paragraph->kind = NASHRA_BYLINE;
        least = NASHRA_BYLINE_CUED;
    }
    return 0;
}

static int find_top(struct nashra_paragraphs *paragraphs, const char *text, size_t length, struct nashra_lexis *lexis,
                    size_t *first) {
    /* بقلم … may stand over the title. */
    int status = find_bylines(paragraphs, text, length, lexis, NASHRA_BYLINE_CUED, first);
    if (status < 0 || *first + 1 >= paragraphs->count)
        return status;
    struct nashra_paragraph *top = &paragraphs->items[*first];
    bool is_marked = strip_hashes(text, top);
    if (!is_marked && !is_title(&top->profile))
        return 0;
    top->kind = NASHRA_TITLE;
    ++*first;
    return find_bylines(paragraphs, text, length, lexis, NASHRA_BYLINE_NAME, first);
}

int nashra_structure_find(struct nashra_paragraphs *paragraphs, const char *text, size_t length) {
    if (paragraphs->count < 2)
        return 0;
    struct nashra_lexis lexis = nashra_byline_lexis();
    size_t first = 0;
    int status = find_top(paragraphs, text, length, &lexis, &first);
    nashra_lexis_finish(&lexis);
    if (!status)
        find_headings(paragraphs, text, first);
    return status;
}
