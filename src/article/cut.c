/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cut.h"

#include <nashra/utf8.h>

#include "walk.h"

/* What a cut costs: less is better. Distance from the ideal length adds up to 60. */
enum {
    COST_SEMICOLON = 0,
    COST_ELLIPSIS = 5,
    COST_COMMA = 10,
    COST_COLON = 15,
    COST_CLAUSE = 20,
    COST_JOINED = 45, /* و before a word that need not open a clause */
    COST_DASH = 70,   /* as often between two names of a route or a range */
    COST_QUOTED = 25, /* more, inside quotation marks or brackets */
    COST_DISTANCE = 60,
    COST_BLANK = 500, /* between any two words, when a piece would be twice too long */
    COST_NEVER = 1000
};

/* No piece is longer than this, whatever it holds, and no search reads further. */
enum { HARDEST = 3 * NASHRA_CUT_LONGEST, WINDOW_BYTES = 8192 };

struct gap {
    struct nashra_span before; /* the tokens on both sides */
    struct nashra_span behind;
    size_t length; /* of the piece that would end here */
    int nesting;   /* quotes and brackets open */
};

struct search {
    struct nashra_lexis *words;
    const char *text;
    size_t ideal;
    size_t at; /* the best cut so far; 0 for none */
    size_t length;
    int cost;
};

static size_t length_of(const char *text, struct nashra_span span) {
    size_t length = 0;
    for (size_t at = span.from; at < span.to;) {
        unsigned c = nashra_walk_next(text, span.to, &at);
        length += !nashra_walk_is_blank(c) && !nashra_walk_is_silent(c);
    }
    return length;
}

static bool holds_digit(const char *text, struct nashra_span token) {
    return nashra_walk_profile(text, token).digits > 0;
}

/* A number word, alone or with و before it. */
static int is_number_word(struct search *search, struct nashra_span token) {
    struct nashra_span word = nashra_walk_bare(search->text, token);
    int flags = nashra_lexis_find(search->words, search->text, word);
    if (flags == 0 && nashra_walk_next(search->text, word.to, &word.from) == 0x0648)
        flags = nashra_lexis_find(search->words, search->text, word);
    return flags < 0 ? flags : (flags & NASHRA_BREAK_NUMBER) != 0;
}

/* A piece may begin with و when it is the clitic, and best when a clause begins there. */
static int cost_of_joined(struct search *search, struct nashra_span token) {
    struct nashra_span word = nashra_walk_bare(search->text, token);
    struct nashra_span rest = word;
    if (nashra_walk_next(search->text, rest.to, &rest.from) != 0x0648 || rest.from == rest.to)
        return COST_NEVER;
    int whole = nashra_lexis_find(search->words, search->text, word);
    int bare = nashra_lexis_find(search->words, search->text, rest);
    if (whole < 0 || bare < 0)
        return whole < 0 ? whole : bare;
    if (whole & NASHRA_BREAK_ROOT)
        return COST_NEVER;
    if (bare & NASHRA_BREAK_CLAUSE)
        return COST_CLAUSE;
    return nashra_walk_profile(search->text, rest).letters > 2 ? COST_JOINED : COST_NEVER;
}

static int cost_of_mark(const char *text, const struct gap *gap) {
    unsigned last = nashra_walk_peek_back(text, gap->before.from, gap->before.to);
    size_t at = gap->behind.from;
    unsigned first = nashra_walk_next(text, gap->behind.to, &at);
    bool is_alone = at == gap->behind.to;
    if (nashra_walk_is_comma(first) || (is_alone && nashra_walk_is_closer(first)))
        return COST_NEVER;
    if (last == ';' || last == 0x061B)
        return COST_SEMICOLON;
    if (last == 0x2026 || nashra_walk_is_stop(last))
        return COST_ELLIPSIS;
    if (nashra_walk_is_comma(last))
        return COST_COMMA;
    if (last == ':')
        return COST_COLON;
    if (is_alone && (first == '-' || first == 0x2013 || first == 0x2014))
        return COST_DASH;
    return COST_BLANK;
}

/* Between words without a mark: never inside a number, between it and its noun, or behind a word that leans on the
 * next. */
static int cost_of_words(struct search *search, const struct gap *gap) {
    if (holds_digit(search->text, gap->before) || holds_digit(search->text, gap->behind))
        return COST_NEVER;
    int number = is_number_word(search, gap->before);
    if (number == 0)
        number = is_number_word(search, gap->behind);
    if (number != 0)
        return number < 0 ? number : COST_NEVER;
    int flags = nashra_lexis_find(search->words, search->text, nashra_walk_bare(search->text, gap->before));
    if (flags < 0)
        return flags;
    int joined = cost_of_joined(search, gap->behind);
    if (joined != COST_NEVER)
        return joined;
    return flags & NASHRA_BREAK_GOVERNOR ? COST_NEVER : COST_BLANK;
}

static int cost_of(struct search *search, const struct gap *gap) {
    int cost = cost_of_mark(search->text, gap);
    if (cost == COST_COMMA && holds_digit(search->text, gap->before) && holds_digit(search->text, gap->behind))
        return COST_NEVER;
    if (cost == COST_BLANK)
        cost = cost_of_words(search, gap);
    if (cost < 0 || cost == COST_NEVER)
        return cost;
    size_t distance = gap->length > search->ideal ? gap->length - search->ideal : search->ideal - gap->length;
    return cost + (gap->nesting > 0 ? COST_QUOTED : 0) + (int)(distance * COST_DISTANCE / search->ideal);
}

static void follow_nesting(const char *text, struct nashra_span token, struct gap *gap, bool *in_quotes) {
    for (size_t at = token.from; at < token.to;) {
        unsigned c = nashra_walk_next(text, token.to, &at);
        bool is_plain = c == '"' || c == 0x201C || c == 0x201D;
        if (is_plain)
            *in_quotes = !*in_quotes;
        if (c == '(' || c == '[' || c == 0xAB || (is_plain && *in_quotes))
            gap->nesting++;
        else if (gap->nesting > 0 && (c == ')' || c == ']' || c == 0xBB || is_plain))
            gap->nesting--;
    }
}

static int weigh(struct search *search, const struct gap *gap) {
    if (gap->length * 5 < search->ideal * 2)
        return 0;
    /* Beyond the longest any place will do, and the nearer one is as good as the better one. */
    if (gap->length > NASHRA_CUT_LONGEST && search->at && search->cost < COST_BLANK)
        return 1;
    int cost = cost_of(search, gap);
    if (cost < 0)
        return cost;
    if (cost < COST_NEVER && (!search->at || cost < search->cost)) {
        search->at = gap->before.to;
        search->length = gap->length;
        search->cost = cost;
    }
    return 0;
}

static size_t window_end(const char *text, struct nashra_span sentence) {
    size_t end = sentence.to - sentence.from > WINDOW_BYTES ? sentence.from + WINDOW_BYTES : sentence.to;
    while (end < sentence.to && (text[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* Where there is no place at all, between two letters. */
static void cut_anywhere(struct search *search, struct nashra_span window) {
    search->at = window.from;
    search->length = 0;
    while (search->at < window.to && search->length < NASHRA_CUT_LONGEST) {
        unsigned c = nashra_walk_next(search->text, window.to, &search->at);
        search->length += !nashra_walk_is_blank(c) && !nashra_walk_is_silent(c);
    }
    while (search->at < window.to && nashra_walk_is_silent(nashra_walk_peek(search->text, window.to, search->at)))
        nashra_walk_next(search->text, window.to, &search->at);
}

static int find_cut(struct search *search, struct nashra_span sentence) {
    const char *text = search->text;
    size_t to = window_end(text, sentence), at = sentence.from;
    struct gap gap = {.before = nashra_walk_token(text, to, &at)};
    bool in_quotes = false;
    search->at = 0;
    while (gap.length < HARDEST) {
        gap.behind = nashra_walk_token(text, to, &at);
        if (gap.behind.from == gap.behind.to || (at == to && to < sentence.to))
            break;
        gap.length += length_of(text, gap.before);
        follow_nesting(text, gap.before, &gap, &in_quotes);
        int status = weigh(search, &gap);
        if (status)
            return status < 0 ? status : 0;
        gap.before = gap.behind;
    }
    if (!search->at && (gap.length >= HARDEST || to < sentence.to || length_of(text, gap.before) > HARDEST))
        cut_anywhere(search, (struct nashra_span){sentence.from, to});
    return 0;
}

int nashra_cut(struct nashra_lexis *words, const char *text, struct nashra_span sentence, nashra_piece_fn piece,
               void *user) {
    struct search search = {.words = words, .text = text};
    size_t rest = length_of(text, sentence);
    while (rest > NASHRA_CUT_LONGEST) {
        search.ideal = rest / ((rest + NASHRA_CUT_LONGEST - 1) / NASHRA_CUT_LONGEST);
        int status = find_cut(&search, sentence);
        if (status)
            return status;
        bool is_bearable = search.cost >= COST_BLANK && rest <= 2 * NASHRA_CUT_LONGEST;
        if (!search.at || search.length >= rest || is_bearable)
            break;
        status = piece(nashra_walk_trim(text, (struct nashra_span){sentence.from, search.at}), true, user);
        if (status)
            return status;
        sentence = nashra_walk_trim(text, (struct nashra_span){search.at, sentence.to});
        rest -= search.length;
    }
    return piece(sentence, false, user);
}
