/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexicon over a line of plain text, whose letters stay as they are: only marks are added. */
#include "entry.h"

#include <string.h>

#include <nashra/utf8.h>

#include "fold.h"
#include "inflect.h"

/* An Arabic word of the line. */
struct run {
    size_t from, to;
    bool follows; /* only spaces stand between it and the run before */
};

struct marker {
    const struct nashra_lexicon *lexicon;
    const char *line;
    size_t length;
    struct run runs[NASHRA_LEX_MAX_WORDS]; /* the ones ahead */
    size_t count;
    size_t scanned; /* where the next run is looked for */
    size_t written;
    struct nashra_buffer *out;
    struct nashra_buffer folded;
};

static bool is_word_part(unsigned c) {
    return nashra_is_arabic_letter(c) || nashra_is_arabic_mark(c) || c == NASHRA_LEX_TATWEEL;
}

/* Finds the next run of letters and marks. */
static bool next_run(struct marker *m, struct run *run) {
    bool inside = false, spaces = true;
    size_t at = m->scanned, bytes;
    for (; at < m->length; at += bytes) {
        unsigned c;
        bytes = nashra_utf8_decode(m->line + at, m->length - at, &c);
        if (!is_word_part(c)) {
            if (inside)
                break;
            spaces = spaces && (c == ' ' || c == '\t' || c == 0xA0);
        } else if (!inside) {
            *run = (struct run){at, at, m->scanned > 0 && spaces};
            inside = true;
        }
    }
    m->scanned = at;
    if (inside)
        run->to = at;
    return inside;
}

static void fill(struct marker *m) {
    while (m->count < NASHRA_LEX_MAX_WORDS && next_run(m, &m->runs[m->count]))
        m->count++;
}

static void drop(struct marker *m, size_t count) {
    m->count -= count;
    memmove(m->runs, m->runs + count, m->count * sizeof *m->runs);
}

/* Copies a run and adds the marks where it has none. */
static void write_run(struct marker *m, const struct run *run, const struct nashra_lex_word *word) {
    struct nashra_lex_word bare = {.count = 0};
    size_t letter = 0;
    nashra_buffer_add(m->out, m->line + m->written, run->from - m->written);
    for (size_t at = run->from, bytes; at < run->to; at += bytes) {
        unsigned c, mark = 0;
        bytes = nashra_utf8_decode(m->line + at, m->length - at, &c);
        nashra_buffer_add(m->out, m->line + at, bytes);
        if (!nashra_is_arabic_letter(c))
            continue;
        if (at + bytes < run->to)
            nashra_utf8_decode(m->line + at + bytes, m->length - at - bytes, &mark);
        bare.letters[0] = word->letters[letter++];
        bare.letters[0].codepoint = c;
        bare.count = 1;
        if (nashra_is_arabic_mark(mark) || !nashra_lex_word_has_marks(&bare))
            continue;
        m->out->length -= bytes;
        nashra_lex_word_write(&bare, true, m->out);
    }
    m->written = run->to;
}

/* The marked words of a match; false when their letters are not the text's, or its author marked another word. */
static bool read_words(const struct marker *m, const struct nashra_lex_match *match, size_t count,
                       struct nashra_lex_word *words) {
    const struct nashra_lex_entry *entry = match->entry;
    if (entry->kind != NASHRA_LEX_READING || entry->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct nashra_lex_word author;
        const struct run *run = &m->runs[i];
        if (nashra_lex_word_read(entry->words[i], strlen(entry->words[i]), &words[i]))
            return false;
        if (i + 1 == count)
            nashra_lex_join_pronoun(&words[i], match);
        if (i == 0)
            nashra_lex_join_proclitics(&words[i], match);
        if (nashra_lex_word_read(m->line + run->from, run->to - run->from, &author) ||
            !nashra_lex_word_same_letters(&words[i], &author) || !nashra_lex_word_join(&words[i], &author))
            return false;
    }
    return true;
}

/* 1 when the first `count` runs were written with an entry's marks. */
static int try_runs(struct marker *m, size_t count) {
    struct nashra_lex_word words[NASHRA_LEX_MAX_WORDS];
    struct nashra_lex_match match;
    size_t from = m->runs[0].from, length = m->runs[count - 1].to - from;
    for (size_t i = 1; i < count; i++)
        if (!m->runs[i].follows)
            return 0;
    if (length > 4 * (m->lexicon->longest + 32))
        return 0;
    nashra_buffer_clear(&m->folded);
    if (nashra_lex_fold(m->line + from, length, &m->folded) < 0)
        return NASHRA_ENOMEM;
    if (!nashra_lex_find(m->lexicon, nashra_buffer_string(&m->folded), nashra_buffer_string(&m->folded),
                         m->folded.length, &match) ||
        !read_words(m, &match, count, words))
        return 0;
    for (size_t i = 0; i < count; i++)
        write_run(m, &m->runs[i], &words[i]);
    return 1;
}

/* Marks the longest match at the first run; returns how many runs are done with, or NASHRA_ENOMEM. */
static int mark_first(struct marker *m) {
    size_t most = m->count < m->lexicon->most_words ? m->count : m->lexicon->most_words;
    for (size_t count = most; count > 0; count--) {
        int found = try_runs(m, count);
        if (found != 0)
            return found < 0 ? found : (int)count;
    }
    return 1;
}

int nashra_lexicon_mark_line(const struct nashra_lexicon *lexicon, const char *line, size_t length,
                             struct nashra_buffer *out) {
    struct marker m = {.lexicon = lexicon, .line = line, .length = length, .out = out};
    int done = 0;
    for (fill(&m); m.count > 0 && done >= 0; fill(&m)) {
        done = mark_first(&m);
        if (done > 0)
            drop(&m, (size_t)done);
    }
    nashra_buffer_add(out, line + m.written, length - m.written);
    nashra_buffer_finish(&m.folded);
    return done < 0 || out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
