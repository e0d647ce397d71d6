/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stop.h"

#include <nashra/utf8.h>

#include "walk.h"

/* No word is longer; without a bound a text without blanks would cost its square. */
enum { LONGEST_TOKEN = 256, LONGEST_BRACKET = 512, LIST_DIGITS = 3 };
/* How an abbreviation is known, in the order of `roles`. */
enum { ALWAYS = 2, BEFORE_NAME = 4, BEFORE_NUMBER = 8 };

struct stop {
    struct nashra_span marks; /* the stops themselves: "?!" */
    size_t end;               /* behind the closing quotes and brackets */
    bool is_full;             /* full stops alone */
    size_t count;             /* of marks */
    bool is_spaced;           /* blank or nothing behind it */
    struct nashra_span token; /* what stands before it without a blank, less opening quotes and brackets */
};

struct nashra_lexis nashra_stop_lexis(void) {
    static const char *const roles[] = {"always", "before-name", "before-number", NULL};
    return (struct nashra_lexis){.file = "abbreviations.tsv", .roles = roles, .is_shared = true};
}

static size_t nearest(size_t from, size_t at, size_t distance) {
    return at - from > distance ? at - distance : from;
}

static bool is_continuation(char byte) {
    return (byte & 0xC0) == 0x80;
}

/* Behind the last bracket that opens in a token and isn't closed there: "و(س" is a letter in brackets. */
static size_t behind_bracket(const char *text, size_t from, size_t to) {
    for (size_t at = to; at-- > from;) {
        if (text[at] == ')' || text[at] == ']' || text[at] == '}')
            return from;
        if (text[at] == '(' || text[at] == '[' || text[at] == '{')
            return at + 1;
    }
    return from;
}

static struct nashra_span token_before(const char *text, size_t from, size_t to) {
    size_t least = nearest(from, to, LONGEST_TOKEN), start = to;
    while (least < to && is_continuation(text[least]))
        least++;
    while (start > least && !nashra_walk_is_blank(nashra_walk_peek_back(text, least, start)))
        nashra_walk_back(text, least, &start);
    size_t at = start;
    while (at < to && nashra_walk_is_opener(nashra_walk_next(text, to, &at)))
        start = at;
    return (struct nashra_span){behind_bracket(text, start, to), to};
}

/* What ends before `boundary`; false when it is no stop but a line end inside a paragraph. */
static bool find_stop(const struct nashra_stop_context *context, size_t boundary, struct stop *stop) {
    const char *text = context->text;
    size_t from = context->sentence;
    *stop = (struct stop){.end = boundary, .is_full = true};
    while (nashra_walk_is_blank(nashra_walk_peek_back(text, from, stop->end)) && stop->end > from)
        nashra_walk_back(text, from, &stop->end);
    stop->marks.to = stop->end;
    while (nashra_walk_is_closer(nashra_walk_peek_back(text, from, stop->marks.to)) ||
           nashra_walk_is_opener(nashra_walk_peek_back(text, from, stop->marks.to)))
        nashra_walk_back(text, from, &stop->marks.to);
    stop->marks.from = stop->marks.to;
    for (unsigned c; nashra_walk_is_stop(c = nashra_walk_peek_back(text, from, stop->marks.from)); stop->count++) {
        nashra_walk_back(text, from, &stop->marks.from);
        stop->is_full = stop->is_full && nashra_walk_is_full_stop(c);
    }
    unsigned next = nashra_walk_peek(text, context->paragraph.to, stop->end);
    stop->is_spaced = next == 0 || nashra_walk_is_blank(next);
    stop->token = token_before(text, from, stop->marks.from);
    return stop->count > 0;
}

/* An opening mark that Unicode's rules took for a closing one goes to the next sentence ("قال.«وأضاف"). */
static void give_openers(struct nashra_stop_context *context, struct stop *stop, size_t *boundary) {
    const char *text = context->text;
    if (stop->is_spaced)
        return;
    while (stop->end > stop->marks.to) {
        size_t at = stop->end;
        unsigned c = nashra_walk_back(text, stop->marks.to, &at);
        nashra_quoting_advance(&context->quoting, text, context->paragraph,
                               context->quoting.at > at ? context->quoting.at : at);
        bool opens = nashra_walk_is_quote(c)
                         ? nashra_quoting_opens(text, context->paragraph, at, context->quoting.is_open)
                         : nashra_walk_is_opener(c);
        if (!opens)
            return;
        stop->end = at;
        *boundary = at;
    }
}

/* A closing mark behind a blank belongs to the sentence that ended ("الأمنية. ""). */
static void take_closers(struct nashra_stop_context *context, size_t *boundary) {
    const char *text = context->text;
    size_t to = context->paragraph.to;
    for (;;) {
        size_t at = *boundary;
        while (at < to && nashra_walk_is_blank(nashra_walk_peek(text, to, at)))
            nashra_walk_next(text, to, &at);
        size_t after = at;
        unsigned c = nashra_walk_next(text, to, &after);
        if (!c || !nashra_walk_is_closer(c))
            return;
        if (context->quoting.at < at)
            nashra_quoting_advance(&context->quoting, text, context->paragraph, at);
        if (nashra_walk_is_quote(c) && nashra_quoting_opens(text, context->paragraph, at, context->quoting.is_open))
            return;
        unsigned next = nashra_walk_peek(text, to, after);
        if (next && !nashra_walk_is_blank(next) && !nashra_walk_is_closer(next))
            return;
        *boundary = after;
    }
}

/* Letters behind the last full stop inside a token: of "أ.د" one. */
static size_t letters_of_last_piece(const char *text, struct nashra_span token) {
    size_t letters = 0;
    for (size_t at = token.to; at > token.from;) {
        unsigned c = nashra_walk_back(text, token.from, &at);
        if (nashra_walk_is_full_stop(c))
            break;
        letters += nashra_walk_is_letter(c) || nashra_digit_value(c) >= 0;
    }
    return letters;
}

/* Does a word of at least two Arabic letters begin at `at`? A و set apart counts as the beginning of one. */
static bool begins_word(const char *text, size_t at, size_t to) {
    unsigned first = 0;
    while (at < to) {
        unsigned c = nashra_walk_next(text, to, &at);
        if (nashra_walk_is_arabic(c)) {
            if (first)
                return true;
            first = c;
        } else if (!nashra_walk_is_silent(c) && !nashra_walk_is_opener(c)) {
            return first == 0x0648 && nashra_walk_is_blank(c);
        }
    }
    return false;
}

static bool is_address(const char *text, struct nashra_span token) {
    for (size_t at = token.from; at < token.to; at++)
        if (text[at] == '@' || text[at] == '/' || text[at] == '\\')
            return true;
    return token.to - token.from > 3 && text[token.from] == 'w' && text[token.from + 1] == 'w' &&
           text[token.from + 2] == 'w';
}

static bool is_number(const char *text, struct nashra_span token) {
    struct nashra_profile profile = nashra_walk_profile(text, token);
    return profile.digits > 0 && profile.letters == 0;
}

/* "1. أولا" at the head of a sentence. */
static bool is_list_marker(const struct nashra_stop_context *context, const struct stop *stop) {
    const char *text = context->text;
    struct nashra_span head = nashra_walk_trim(text, (struct nashra_span){context->sentence, stop->marks.from});
    return head.from == stop->token.from && is_number(text, stop->token) &&
           nashra_walk_profile(text, stop->token).digits <= LIST_DIGITS;
}

/* العربية.نت */
static int is_domain(const struct nashra_stop_context *context, size_t at) {
    struct nashra_span next = nashra_walk_token(context->text, context->paragraph.to, &at);
    if (next.to - next.from > LONGEST_TOKEN)
        return 0;
    int flags = nashra_lexis_find(context->words, context->text, nashra_walk_bare(context->text, next));
    return flags < 0 ? flags : flags & NASHRA_BREAK_DOMAIN;
}

/* كلمة.كلمة, where the blank was forgotten. In addresses, abbreviations and numbers there is none to forget. */
static int judge_unspaced(const struct nashra_stop_context *context, const struct stop *stop) {
    const char *text = context->text;
    if (is_address(text, stop->token))
        return 0;
    if (!begins_word(text, stop->end, context->paragraph.to))
        return 0;
    if (!stop->is_full)
        return 1;
    if (stop->count > 1)
        return 0;
    struct nashra_span bare = nashra_walk_bare(text, stop->token);
    unsigned last = bare.to > bare.from ? nashra_walk_peek_back(text, bare.from, bare.to) : 0;
    bool is_word = nashra_walk_is_arabic(last) || nashra_is_arabic_mark(last);
    if (is_word ? letters_of_last_piece(text, bare) < 2 : !is_number(text, bare) || is_list_marker(context, stop))
        return 0;
    int domain = is_domain(context, stop->end);
    return domain < 0 ? domain : !domain;
}

/* A letter alone before the stop. */
enum letter { LETTER_NONE, LETTER_INITIAL, LETTER_OTHER };

/* 750 ق. م.: the abbreviation goes on. */
static bool letter_follows(const struct nashra_stop_context *context, const struct stop *stop) {
    size_t at = stop->end;
    struct nashra_span next = nashra_walk_token(context->text, context->paragraph.to, &at);
    return nashra_walk_profile(context->text, next).letters == 1 &&
           nashra_walk_is_full_stop(nashra_walk_peek_back(context->text, next.from, next.to));
}

/* ج. ر. ر. تولكين has initials; 1443 هـ. and أ ف ب. end in letters that are none. */
static enum letter find_letter(const struct nashra_stop_context *context, const struct stop *stop) {
    const char *text = context->text;
    struct nashra_profile profile = nashra_walk_profile(text, stop->token);
    if (letters_of_last_piece(text, stop->token) != 1 || profile.digits > 0)
        return LETTER_NONE;
    if (profile.letters > 1)
        return LETTER_INITIAL;
    size_t before = stop->token.from;
    while (before > context->sentence && nashra_walk_is_blank(nashra_walk_peek_back(text, context->sentence, before)))
        nashra_walk_back(text, context->sentence, &before);
    struct nashra_profile other = nashra_walk_profile(text, token_before(text, context->sentence, before));
    bool is_unit = other.digits > 0 && nashra_digit_value(other.last) >= 0;
    bool is_agency = other.letters == 1 && other.digits == 0 && nashra_walk_is_letter(other.last);
    return (is_unit && !letter_follows(context, stop)) || is_agency ? LETTER_OTHER : LETTER_INITIAL;
}

/* What the table says of the word before the stop, without a clitic و before a title ("ود. ليلى"). */
static int look_up(const struct nashra_stop_context *context, const struct stop *stop) {
    struct nashra_span word = nashra_walk_bare(context->text, stop->token);
    int flags = nashra_lexis_find(context->abbreviations, context->text, word);
    if (flags != 0 || nashra_walk_profile(context->text, word).letters != 2 ||
        nashra_walk_next(context->text, word.to, &word.from) != 0x0648)
        return flags;
    flags = nashra_lexis_find(context->abbreviations, context->text, word);
    return flags < 0 ? flags : flags & BEFORE_NAME;
}

static int ends_after_word(const struct nashra_stop_context *context, const struct stop *stop) {
    int flags = look_up(context, stop);
    if (flags <= 0)
        return flags < 0 ? flags : 1;
    size_t at = stop->end;
    struct nashra_span next = nashra_walk_token(context->text, context->paragraph.to, &at);
    unsigned first = nashra_walk_peek(context->text, next.to, next.from);
    if (flags & BEFORE_NAME)
        return 0;
    if (flags & BEFORE_NUMBER)
        return nashra_digit_value(first) < 0;
    /* إلخ. ends a sentence when the next one is joined to it. */
    return !(flags & ALWAYS) || first == 0x0648;
}

static int judge_full_stop(const struct nashra_stop_context *context, const struct stop *stop) {
    /* Newspapers write .. for a dash, … for what is left out: no end, but a good place to cut. */
    if (stop->count > 1 || is_list_marker(context, stop))
        return 0;
    /* (44 ق.م). has no stop of an abbreviation. */
    if (nashra_walk_is_closer(nashra_walk_peek_back(context->text, context->sentence, stop->marks.from)))
        return 1;
    enum letter letter = find_letter(context, stop);
    if (letter != LETTER_NONE)
        return letter == LETTER_OTHER;
    return ends_after_word(context, stop);
}

/* A bracket that opened inside the sentence and closes behind the stop is an aside: (هل يصح؟). */
static bool is_aside(const struct nashra_stop_context *context, const struct stop *stop) {
    const char *text = context->text;
    size_t depth = 0, from = nearest(context->sentence, stop->marks.from, LONGEST_BRACKET);
    for (size_t at = stop->marks.to; at < stop->end;) {
        unsigned c = nashra_walk_next(text, stop->end, &at);
        depth += c == ')' || c == ']' || c == '}';
    }
    /* Brackets are single bytes: no need to find the start of characters. */
    size_t at = stop->marks.from;
    while (depth > 0 && at-- > from) {
        depth += text[at] == ')' || text[at] == ']' || text[at] == '}';
        depth -= text[at] == '(' || text[at] == '[' || text[at] == '{';
        if (depth == 0)
            return nashra_walk_profile(text, (struct nashra_span){context->sentence, at}).spoken;
    }
    return false;
}

/* «متى؟» سأل الرجل: the verb of saying follows what was said. */
static bool is_said_first(const struct nashra_stop_context *context, const struct stop *stop) {
    const char *text = context->text;
    struct nashra_span sentence = nashra_walk_trim(text, (struct nashra_span){context->sentence, stop->end});
    return !stop->is_full && nashra_walk_is_quote(nashra_walk_peek(text, sentence.to, sentence.from)) &&
           nashra_walk_is_quote(nashra_walk_peek_back(text, stop->marks.to, stop->end));
}

int nashra_stop_judge(struct nashra_stop_context *context, size_t *boundary) {
    struct stop stop;
    if (!find_stop(context, *boundary, &stop))
        return 0;
    give_openers(context, &stop, boundary);
    if (stop.is_spaced)
        take_closers(context, boundary);
    if (is_aside(context, &stop) || is_said_first(context, &stop))
        return 0;
    if (!stop.is_spaced) {
        int ends = judge_unspaced(context, &stop);
        return ends > 0 && stop.is_full ? ends_after_word(context, &stop) : ends;
    }
    return stop.is_full ? judge_full_stop(context, &stop) : 1;
}
