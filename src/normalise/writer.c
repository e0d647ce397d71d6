/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <string.h>

#include <nashra/utf8.h>

#include "number/letters.h"
#include "room.h"

void nashra_writer_finish(struct nashra_writer *writer) {
    nashra_free(writer->words);
    memset(writer, 0, sizeof *writer);
}

void nashra_writer_begin(struct nashra_writer *writer) {
    writer->count = 0;
    writer->quote_open = writer->inside_quote = writer->soft = false;
}

struct nashra_word *nashra_writer_add(struct nashra_writer *writer, const char *text, const char *marked,
                                      struct nashra_span span, enum nashra_class cls) {
    struct nashra_word *words = nashra_make_room(writer->words, writer->count, &writer->capacity, sizeof *words);
    if (words == NULL)
        return NULL;
    writer->words = words;
    struct nashra_word *word = &writer->words[writer->count++];
    *word = (struct nashra_word){.text = text,
                                 .marked = marked,
                                 .span = span,
                                 .cls = cls,
                                 .flags = writer->quote_open ? NASHRA_WORD_QUOTE_OPEN : 0,
                                 .confidence = 1.0f,
                                 .ending_confidence = 1.0f};
    writer->quote_open = writer->soft = false;
    return word;
}

static unsigned last_codepoint(const char *text) {
    size_t length = strlen(text), at = length;
    unsigned cp = 0;
    while (at > 0 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0)
        nashra_utf8_decode(text + at - 1, length - at + 1, &cp);
    return cp;
}

/* Names of letters, foreign words and signs take no ending. */
static const char *close_ending(struct nashra_arena *arena, const char *marked, enum nashra_class cls) {
    bool invariable = cls == NASHRA_CLASS_ACRONYM || cls == NASHRA_CLASS_LATIN || cls == NASHRA_CLASS_URL ||
                      cls == NASHRA_CLASS_EMAIL || cls == NASHRA_CLASS_CODE || cls == NASHRA_CLASS_SYMBOL ||
                      cls == NASHRA_CLASS_EMOJI || cls == NASHRA_CLASS_DATE || cls == NASHRA_CLASS_HASHTAG;
    unsigned last = last_codepoint(marked);
    bool consonant = last >= 0x0628 && last <= 0x0647 && last != 0x0629 /* ة */;
    if (!invariable || !consonant)
        return marked;
    size_t length = strlen(marked);
    char *closed = nashra_arena_alloc(arena, length + 3);
    if (closed == NULL)
        return NULL;
    memcpy(closed, marked, length);
    nashra_utf8_encode(NASHRA_SUKUN, closed + length);
    return closed;
}

/* Nobody knows the vowels of the stem of مسيرَتَيْنِ: its first letter, no alif, has none. */
static bool begins_unmarked(const char *marked) {
    unsigned first, second = 0;
    size_t length = strlen(marked), taken = nashra_utf8_decode(marked, length, &first);
    if (taken < length)
        nashra_utf8_decode(marked + taken, length - taken, &second);
    return first != 0x0627 && first != 0x0622 && !nashra_is_arabic_mark(second);
}

/* All that can be marked is: the last letter too, unless it is long by itself. */
static bool is_complete(const char *marked) {
    unsigned last = last_codepoint(marked);
    bool ends = nashra_is_arabic_mark(last) || last == 0x0627 || last == 0x0648 || last == 0x0649 || last == 0x064A;
    return ends && !begins_unmarked(marked);
}

struct piece {
    struct nashra_span span;
    bool source;
    enum nashra_pause pause;
};

static bool begins_in_arabic(const char *word) {
    unsigned first;
    nashra_utf8_decode(word, strlen(word), &first);
    return nashra_is_arabic_letter(first);
}

/* Which tokens the word at `index` of the phrase belongs to. */
static struct piece piece_of(const struct nashra_scan *scan, const struct nashra_reading *reading, size_t index) {
    size_t first = reading->first, next = reading->last;
    struct piece piece = {0};
    for (size_t i = 0; i < scan->cut_count; i++) {
        if (scan->cuts[i].word > index) {
            next = scan->cuts[i].token;
            break;
        }
        first = scan->cuts[i].token;
        piece.source = scan->cuts[i].source;
        piece.pause = scan->cuts[i].word == index ? scan->cuts[i].pause : NASHRA_PAUSE_NONE;
    }
    if (next <= first)
        next = first + 1;
    piece.span = (struct nashra_span){scan->tokens[first].span.from, scan->tokens[next - 1].span.to};
    return piece;
}

static int add_spoken(struct nashra_writer *writer, struct nashra_scan *scan, const struct nashra_reading *reading,
                      size_t index) {
    const struct nashra_spoken *spoken = &scan->phrase.words[index];
    struct piece piece = piece_of(scan, reading, index);
    bool marks = strcmp(spoken->marked, spoken->bare) != 0;
    const char *marked = marks ? spoken->marked : NULL;
    if (marks && !piece.source && (spoken->flags & NASHRA_SPOKEN_PARTIAL) == 0) {
        marked = close_ending(scan->arena, marked, reading->cls);
        if (marked == NULL)
            return NASHRA_ENOMEM;
    }
    if (piece.pause != NASHRA_PAUSE_NONE)
        nashra_writer_pause(writer, piece.pause, false);
    enum nashra_class cls = piece.source ? NASHRA_CLASS_WORD : reading->cls;
    if (!begins_in_arabic(spoken->bare))
        cls = NASHRA_CLASS_LATIN; /* inside a tag */
    struct nashra_word *word = nashra_writer_add(writer, spoken->bare, marked, piece.span, cls);
    if (word == NULL)
        return NASHRA_ENOMEM;
    bool written = marks && !piece.source && (spoken->flags & NASHRA_SPOKEN_PARTIAL) == 0 && is_complete(marked);
    word->flags |= (written ? NASHRA_WORD_WRITTEN : 0u) | (scan->spelt && !piece.source ? NASHRA_WORD_SPELT : 0u) |
                   ((spoken->flags & NASHRA_SPOKEN_CONSTRUCT) != 0 ? NASHRA_WORD_CONSTRUCT : 0u);
    word->confidence = piece.source ? 1.0f : scan->confidence;
    return 0;
}

/* The prefix without its article, which the number took in. */
static const char *without_article(struct nashra_arena *arena, const char *prefix) {
    size_t length = strlen(prefix);
    if (length >= 4 && nashra_ends_with(prefix, length, "ال"))
        return nashra_arena_copy(arena, prefix, length - 4);
    if (length >= 4 && nashra_ends_with(prefix, length, "لل"))
        return nashra_arena_copy(arena, prefix, length - 2);
    return prefix;
}

static int add_prefix(struct nashra_writer *writer, struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[reading->first];
    const char *prefix = token->prefix;
    if (prefix != NULL && scan->wrote_article)
        prefix = without_article(scan->arena, prefix);
    if (prefix == NULL)
        return token->prefix != NULL ? NASHRA_ENOMEM : 0;
    if (*prefix == '\0')
        return 0;
    if (!scan->foreign)
        return nashra_phrase_prefix(&scan->phrase, 0, prefix);
    struct nashra_word *word = nashra_writer_add(writer, prefix, NULL, token->span, NASHRA_CLASS_WORD);
    return word != NULL ? 0 : NASHRA_ENOMEM;
}

int nashra_writer_add_phrase(struct nashra_writer *writer, struct nashra_scan *scan,
                             const struct nashra_reading *reading) {
    if (scan->tokens[reading->first].quoted)
        nashra_writer_open_quote(writer);
    if (scan->noun != NULL && writer->count != 0 && writer->words[writer->count - 1].marked == NULL)
        writer->words[writer->count - 1].marked = scan->noun;
    int status = scan->phrase.count != 0 ? add_prefix(writer, scan, reading) : 0;
    for (size_t i = 0; i < scan->phrase.count && status == 0; i++)
        status = add_spoken(writer, scan, reading, i);
    return status;
}

static int rank(enum nashra_pause pause) {
    switch (pause) {
    case NASHRA_PAUSE_QUESTION:
        return NASHRA_PAUSE_EXCLAMATION + 1;
    default:
        return (int)pause;
    }
}

void nashra_writer_pause(struct nashra_writer *writer, enum nashra_pause pause, bool soft) {
    if (writer->count == 0)
        return;
    struct nashra_word *word = &writer->words[writer->count - 1];
    if (rank(pause) > rank(word->pause)) {
        word->pause = pause;
        writer->soft = soft;
    } else if (!soft) {
        writer->soft = false;
    }
}

void nashra_writer_open_quote(struct nashra_writer *writer) {
    writer->quote_open = true;
}

void nashra_writer_close_quote(struct nashra_writer *writer) {
    writer->quote_open = false;
    if (writer->count != 0)
        writer->words[writer->count - 1].flags |= NASHRA_WORD_QUOTE_CLOSE;
}

int nashra_writer_end(struct nashra_writer *writer, struct nashra_sentence *sentence) {
    if (writer->count != 0 && writer->soft)
        writer->words[writer->count - 1].pause = NASHRA_PAUSE_NONE;
    sentence->words = nashra_arena_alloc(sentence->arena, (writer->count + 1) * sizeof *sentence->words);
    if (sentence->words == NULL)
        return NASHRA_ENOMEM;
    if (writer->count != 0)
        memcpy(sentence->words, writer->words, writer->count * sizeof *writer->words);
    sentence->count = writer->count;
    return 0;
}
