/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byline.h"

#include <string.h>

enum { LONGEST_FORM = 4, MOST_WORDS = 12, NAME_WORDS = 5, CUED_WORDS = 10, STORY_BYTES = 64 * 1024 };
/* In the order of `roles`. */
enum { CUE = 2, AGENCY = 4, NAME = 8, PLACE = 16, DATE = 32, NEVER = 64 };

struct evidence {
    size_t words;
    size_t names;
    size_t definite; /* words with ال that no table knows: common in headings, rare in names */
    size_t unknown;
    size_t dates;   /* months and days */
    size_t numbers; /* digits alone: of a date */
    bool begins_with_cue;
    bool has_agency;
    bool has_never;
};

struct nashra_lexis nashra_byline_lexis(void) {
    static const char *const roles[] = {"cue", "agency", "name", "place", "date", "never", NULL};
    return (struct nashra_lexis){.file = "bylines.tsv", .roles = roles};
}

/* The bare words of a line; their number, or 0 when there are too many for a byline. */
static size_t split(const char *text, struct nashra_span line, struct nashra_span words[MOST_WORDS]) {
    size_t count = 0;
    for (size_t at = line.from; at < line.to;) {
        struct nashra_span word = nashra_walk_bare(text, nashra_walk_token(text, line.to, &at));
        if (word.from == word.to)
            continue;
        if (count == MOST_WORDS)
            return 0;
        words[count++] = word;
    }
    return count;
}

static bool is_definite(const char *text, struct nashra_span word) {
    return word.to - word.from > 4 && memcmp(text + word.from, "ال", 4) == 0;
}

/* The longest form of the table that begins at words[i]: its flags, and in *taken its words. */
static int find_longest(struct nashra_lexis *lexis, const char *text, const struct nashra_span *words, size_t count,
                        size_t *taken) {
    for (*taken = count < LONGEST_FORM ? count : LONGEST_FORM; *taken > 0; --*taken) {
        int flags = nashra_lexis_find(lexis, text, (struct nashra_span){words[0].from, words[*taken - 1].to});
        if (flags != 0)
            return flags;
    }
    *taken = 1;
    return 0;
}

static void weigh_word(struct evidence *evidence, int flags, bool is_first, bool has_article) {
    evidence->begins_with_cue = evidence->begins_with_cue || (is_first && (flags & CUE));
    evidence->has_agency = evidence->has_agency || (flags & AGENCY);
    evidence->has_never = evidence->has_never || (flags & NEVER);
    if (flags & DATE)
        evidence->dates++;
    else if (flags & (NAME | PLACE))
        evidence->names++;
    else if (!(flags & (CUE | AGENCY)))
        evidence->unknown++;
    if (!flags && has_article)
        evidence->definite++;
}

static int gather(struct nashra_lexis *lexis, const char *text, struct nashra_span line, struct evidence *evidence) {
    struct nashra_span words[MOST_WORDS];
    evidence->words = split(text, line, words);
    for (size_t i = 0, taken; i < evidence->words; i += taken) {
        taken = 1;
        if (nashra_walk_profile(text, words[i]).letters == 0) {
            evidence->numbers++;
            continue;
        }
        int flags = find_longest(lexis, text, words + i, evidence->words - i, &taken);
        if (flags < 0)
            return flags;
        weigh_word(evidence, flags, i == 0, is_definite(text, words[i]));
    }
    return 0;
}

static bool stands_in(const char *text, struct nashra_span word, struct nashra_span story) {
    size_t length = word.to - word.from;
    if (story.to > story.from + STORY_BYTES)
        story.to = story.from + STORY_BYTES;
    for (size_t at = story.from; at + length <= story.to; at++) {
        const char *hit = memchr(text + at, text[word.from], story.to - length + 1 - at);
        if (!hit)
            return false;
        at = (size_t)(hit - text);
        if (memcmp(hit, text + word.from, length) == 0)
            return true;
    }
    return false;
}

/* Two words in three come back in the story: the line is about it. */
static bool is_about(const char *text, struct nashra_span line, struct nashra_span story) {
    struct nashra_span words[MOST_WORDS];
    size_t count = split(text, line, words), found = 0;
    for (size_t i = 0; i < count; i++)
        found += stands_in(text, words[i], story);
    return found * 3 >= count * 2;
}

int nashra_byline_judge(struct nashra_lexis *lexis, const char *text, struct nashra_span line,
                        struct nashra_span story) {
    struct nashra_profile profile = nashra_walk_profile(text, line);
    struct evidence evidence = {0};
    bool is_sentence = nashra_walk_is_stop(profile.last) || profile.last == ':' || profile.last == 0x2026;
    if (is_sentence || profile.quotes || profile.words == 0 || profile.words > MOST_WORDS)
        return NASHRA_BYLINE_NO;
    int status = gather(lexis, text, line, &evidence);
    if (status < 0)
        return status;
    if (evidence.words == 0 || evidence.words > CUED_WORDS)
        return NASHRA_BYLINE_NO;
    if (evidence.begins_with_cue && evidence.words > 1)
        return evidence.has_never && evidence.words > NAME_WORDS ? NASHRA_BYLINE_NO : NASHRA_BYLINE_CUED;
    if (evidence.has_never)
        return NASHRA_BYLINE_NO;
    if (evidence.has_agency && evidence.unknown <= NAME_WORDS)
        return NASHRA_BYLINE_CUED;
    size_t others = evidence.names + evidence.unknown;
    if (evidence.dates > 0 && others == 0)
        return NASHRA_BYLINE_CUED;
    if ((profile.digits && !evidence.dates) || (profile.commas && !evidence.dates) || others > NAME_WORDS ||
        evidence.definite * 2 > others)
        return NASHRA_BYLINE_NO;
    if (others == 1 && evidence.names == 0)
        return NASHRA_BYLINE_NO;
    return evidence.names == 0 && is_about(text, line, story) ? NASHRA_BYLINE_NO : NASHRA_BYLINE_NAME;
}
