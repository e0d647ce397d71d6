/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexicon over a sentence. What was written is compared first, as a span of the article, so that an entry for BBC
 * or G20 is found whatever the normaliser made of it; then what is spoken, with the hamzas that the normaliser
 * restored. */
#include "entry.h"

#include <string.h>

#include "fold.h"
#include "inflect.h"

enum { FIRST_LATIN_BYTE = 0xC3, FIRST_ARABIC_BYTE = 0xD8 };

/* The words that one token of the text became. */
struct unit {
    size_t first, count;
    struct nashra_span span;
    bool plain;   /* one word of the text, as it was written */
    bool may_end; /* a phrase of the lexicon may end here */
};

struct applier {
    const struct nashra_lexicon *lexicon;
    const char *text;
    struct nashra_sentence *sentence;
    struct unit *units;
    size_t unit_count;
    struct nashra_word *words; /* the new sentence */
    size_t count, capacity;
    struct nashra_buffer cased, folded, scratch;
};

static int find_units(struct applier *a) {
    const struct nashra_sentence *s = a->sentence;
    a->units = nashra_arena_alloc(s->arena, (s->count + 1) * sizeof *a->units);
    if (!a->units)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < s->count; i++) {
        const struct nashra_word *word = &s->words[i];
        struct unit *last = a->unit_count ? &a->units[a->unit_count - 1] : NULL;
        if (last && last->span.from == word->span.from && last->span.to == word->span.to) {
            last->count++;
            last->plain = false;
            last->may_end = true;
            continue;
        }
        bool plain = word->cls == NASHRA_CLASS_WORD && !(word->flags & NASHRA_WORD_WRITTEN);
        a->units[a->unit_count++] = (struct unit){i, 1, word->span, plain, false};
    }
    return NASHRA_OK;
}

/* 1 when the folded text has an entry, 0 when not, NASHRA_ENOMEM. */
static int look_up(struct applier *a, struct nashra_lex_match *match) {
    nashra_buffer_clear(&a->folded);
    if (a->cased.failed || nashra_buffer_add(&a->folded, nashra_buffer_string(&a->cased), a->cased.length) < 0)
        return NASHRA_ENOMEM;
    if (!a->folded.length)
        return 0;
    nashra_lex_lower(a->folded.data, a->folded.length);
    return nashra_lex_find(a->lexicon, a->folded.data, a->cased.data, a->folded.length, match);
}

/* Folding drops bytes, but hardly most of them. */
static bool is_too_long(const struct applier *a, size_t length) {
    return length > 4 * (a->lexicon->longest + 32);
}

/* Its spoken word is the very text, so that one look is enough. */
static bool is_as_written(const struct applier *a, const struct unit *unit) {
    const char *text = a->sentence->words[unit->first].text;
    size_t length = strlen(text);
    return unit->count == 1 && unit->span.from + length == unit->span.to &&
           memcmp(text, a->text + unit->span.from, length) == 0;
}

/* What was written, also with the full stop of an abbreviation. */
static int find_written(struct applier *a, size_t from, size_t to, struct nashra_lex_match *match) {
    size_t start = a->units[from].span.from, end = a->units[to].span.to;
    if (end <= start || is_too_long(a, end - start))
        return 0;
    for (int dot = 0; dot < 2; dot++) {
        if (dot && (end >= a->sentence->span.to || a->text[end] != '.'))
            return 0;
        nashra_buffer_clear(&a->cased);
        nashra_lex_fold(a->text + start, end - start + (size_t)dot, &a->cased);
        int found = look_up(a, match);
        if (found != 0)
            return found;
    }
    return 0;
}

/* What is spoken: plain words without a pause between them. */
static int find_spoken(struct applier *a, size_t from, size_t to, struct nashra_lex_match *match) {
    size_t length = 0;
    nashra_buffer_clear(&a->cased);
    for (size_t i = from; i <= to; i++) {
        const struct nashra_word *word = &a->sentence->words[a->units[i].first];
        length += strlen(word->text);
        if (!a->units[i].plain || (i < to && word->pause != NASHRA_PAUSE_NONE) || is_too_long(a, length))
            return 0;
        if (i > from)
            nashra_buffer_add(&a->cased, " ", 1);
        nashra_lex_fold(word->text, strlen(word->text), &a->cased);
    }
    return look_up(a, match);
}

/* As it was written, its full stop apart, or as it is spoken. */
static bool may_end(struct applier *a, const char *text, size_t length) {
    nashra_buffer_clear(&a->folded);
    if (is_too_long(a, length) || nashra_lex_fold(text, length, &a->folded) < 0)
        return true;
    if (a->folded.length)
        nashra_lex_lower(a->folded.data, a->folded.length);
    return nashra_lex_may_end(a->lexicon, nashra_buffer_string(&a->folded), a->folded.length);
}

/* Spares the search for phrases from looking at every two neighbours. */
static void find_ends(struct applier *a) {
    for (size_t i = 0; i < a->unit_count && a->lexicon->phrases; i++) {
        struct unit *unit = &a->units[i];
        const char *written = a->text + unit->span.from, *spoken = a->sentence->words[unit->first].text;
        size_t length = unit->span.to > unit->span.from ? unit->span.to - unit->span.from : 0;
        bool dot = length && unit->span.to < a->sentence->span.to && written[length] == '.';
        unit->may_end = unit->may_end || (length && may_end(a, written, length)) ||
                        (dot && may_end(a, written, length + 1)) ||
                        (!is_as_written(a, unit) && may_end(a, spoken, strlen(spoken)));
    }
}

/* A new word behind the others, NULL when out of memory. */
static struct nashra_word *add_word(struct applier *a, struct nashra_word word) {
    if (a->count == a->capacity) {
        size_t capacity = 2 * a->capacity + a->sentence->count + 16;
        struct nashra_word *words = nashra_arena_alloc(a->sentence->arena, capacity * sizeof *words);
        if (!words)
            return NULL;
        if (a->count)
            memcpy(words, a->words, a->count * sizeof *words);
        a->words = words;
        a->capacity = capacity;
    }
    a->words[a->count] = word;
    return &a->words[a->count++];
}

static const char *keep_scratch(struct applier *a) {
    return a->scratch.failed
               ? NULL
               : nashra_arena_copy(a->sentence->arena, nashra_buffer_string(&a->scratch), a->scratch.length);
}

static int spell(struct applier *a, const struct nashra_lex_word *letters, struct nashra_word *word) {
    nashra_buffer_clear(&a->scratch);
    nashra_lex_word_write(letters, false, &a->scratch);
    word->text = keep_scratch(a);
    word->marked = NULL;
    if (word->text && nashra_lex_word_has_marks(letters)) {
        nashra_buffer_clear(&a->scratch);
        nashra_lex_word_write(letters, true, &a->scratch);
        word->marked = keep_scratch(a);
        return word->marked ? NASHRA_OK : NASHRA_ENOMEM;
    }
    return word->text ? NASHRA_OK : NASHRA_ENOMEM;
}

/* The source words of a match, and where their pause and quotes go. */
struct place {
    size_t from, to; /* units */
    const struct nashra_word *first, *last;
    struct nashra_span span;
};

static struct place place_of(const struct applier *a, size_t from, size_t to) {
    const struct nashra_word *words = a->sentence->words;
    const struct unit *end = &a->units[to];
    return (struct place){from,
                          to,
                          &words[a->units[from].first],
                          &words[end->first + end->count - 1],
                          {a->units[from].span.from, end->span.to}};
}

static struct nashra_word new_word(const struct place *place, struct nashra_span span) {
    enum nashra_class cls = place->from == place->to ? place->first->cls : NASHRA_CLASS_WORD;
    return (struct nashra_word){.span = span,
                                .cls = cls == NASHRA_CLASS_LATIN ? NASHRA_CLASS_WORD : cls,
                                .flags = NASHRA_WORD_DECIDED,
                                .confidence = 1.0f,
                                .ending_confidence = 1.0f};
}

static void close_place(struct applier *a, const struct place *place, size_t before) {
    if (a->count == before)
        return;
    struct nashra_word *last = &a->words[a->count - 1];
    a->words[before].flags |= place->first->flags & NASHRA_WORD_QUOTE_OPEN;
    last->flags |= place->last->flags & (NASHRA_WORD_QUOTE_CLOSE | NASHRA_WORD_CONSTRUCT);
    last->pause = place->last->pause;
}

/* 1; 0 when the author's marks contradict the entry's; NASHRA_ENOMEM. */
static int add_arabic(struct applier *a, const struct nashra_word *base, struct nashra_lex_word *letters,
                      const struct nashra_word *source) {
    struct nashra_lex_word author;
    bool marked = source && source->marked && !nashra_lex_word_read(source->marked, strlen(source->marked), &author) &&
                  nashra_lex_word_same_letters(letters, &author);
    if (marked && !nashra_lex_word_join(letters, &author))
        return 0;
    struct nashra_word *word = add_word(a, *base);
    return word && spell(a, letters, word) == NASHRA_OK ? 1 : NASHRA_ENOMEM;
}

/* A word for the second voice; clitics before it are a word of their own. */
static int add_latin(struct applier *a, const struct nashra_word *base, const char *text,
                     const struct nashra_lex_match *match) {
    struct nashra_lex_word clitics = {.count = 0};
    if (match)
        nashra_lex_join_proclitics(&clitics, match);
    if (clitics.count && add_arabic(a, base, &clitics, NULL) < 0)
        return NASHRA_ENOMEM;
    struct nashra_word *word = add_word(a, *base);
    if (!word)
        return NASHRA_ENOMEM;
    word->text = nashra_arena_copy(a->sentence->arena, text, strlen(text));
    word->cls = NASHRA_CLASS_LATIN;
    return word->text ? 1 : NASHRA_ENOMEM;
}

/* A key in Latin, Greek or Cyrillic letters; it is folded. */
static bool is_foreign(const char *key) {
    unsigned char first = (unsigned char)*key;
    return (first >= 'a' && first <= 'z') || (first >= FIRST_LATIN_BYTE && first < FIRST_ARABIC_BYTE);
}

/* The reading's words instead of the match's. 1; 0 when the author meant another word; NASHRA_ENOMEM. */
static int add_reading(struct applier *a, const struct nashra_lex_match *match, const struct place *place) {
    const struct nashra_lex_entry *entry = match->entry;
    bool parallel = entry->count == place->to - place->from + 1;
    int status = 1;
    for (size_t i = 0; i < entry->count && status == 1; i++) {
        const struct unit *unit = parallel ? &a->units[place->from + i] : NULL;
        const struct nashra_word *source = unit && unit->plain ? &a->sentence->words[unit->first] : NULL;
        struct nashra_word base = new_word(place, unit ? unit->span : place->span);
        struct nashra_lex_word letters;
        if (nashra_lex_word_read(entry->words[i], strlen(entry->words[i]), &letters)) {
            status = add_latin(a, &base, entry->words[i], i == 0 ? match : NULL);
            continue;
        }
        if (is_foreign(entry->key))
            nashra_lex_close(&letters);
        if (i + 1 == entry->count)
            nashra_lex_join_pronoun(&letters, match);
        if (i == 0)
            nashra_lex_join_proclitics(&letters, match);
        status = add_arabic(a, &base, &letters, source);
    }
    return status;
}

/* The words from `first` on as one, which will have phonemes. */
static int add_fused(struct applier *a, const struct place *place, size_t first, size_t count,
                     struct nashra_span span) {
    const struct nashra_word *words = &a->sentence->words[first];
    struct nashra_word *word = add_word(a, words[0]);
    if (!word)
        return NASHRA_ENOMEM;
    word->span = span;
    word->confidence = 1.0f;
    word->flags |= NASHRA_WORD_DECIDED;
    if (count == 1)
        return NASHRA_OK;
    *word = new_word(place, span);
    nashra_buffer_clear(&a->scratch);
    for (size_t i = 0; i < count; i++) {
        nashra_buffer_add_string(&a->scratch, words[i].text);
        word->cls = words[i].cls == NASHRA_CLASS_LATIN ? NASHRA_CLASS_LATIN : word->cls;
    }
    word->text = keep_scratch(a);
    return word->text ? NASHRA_OK : NASHRA_ENOMEM;
}

static int set_phonemes(struct applier *a, const struct nashra_lex_match *match, size_t from, size_t to) {
    nashra_buffer_clear(&a->scratch);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            nashra_buffer_add(&a->scratch, "|", 1);
        if (i == 0)
            nashra_lex_join_phonemes(a->lexicon, match, &a->scratch);
        else
            nashra_buffer_add_string(&a->scratch, match->entry->words[i]);
    }
    return (a->words[a->count - 1].phonemes = keep_scratch(a)) ? 1 : NASHRA_ENOMEM;
}

/* The match's words with the entry's phonemes; 1 or NASHRA_ENOMEM. */
static int add_phonemes(struct applier *a, const struct nashra_lex_match *match, const struct place *place) {
    size_t units = place->to - place->from + 1, parts = match->entry->count;
    const struct unit *unit = &a->units[place->from];
    int status = 1;
    if (parts != units) {
        size_t count = (size_t)(place->last - place->first) + 1;
        status = add_fused(a, place, unit->first, count, place->span);
        return status < 0 ? status : set_phonemes(a, match, 0, parts);
    }
    for (size_t i = 0; i < parts && status == 1; i++) {
        status = add_fused(a, place, unit[i].first, unit[i].count, unit[i].span);
        status = status < 0 ? status : set_phonemes(a, match, i, i + 1);
    }
    return status;
}

/* 1 when an entry was put in for the units from … to; 0 when there is none; NASHRA_ENOMEM. */
static int try_units(struct applier *a, size_t from, size_t to) {
    struct nashra_lex_match match;
    const struct unit *end = &a->units[to];
    for (size_t i = a->units[from].first; i < end->first + end->count; i++)
        if (a->sentence->words[i].flags & (NASHRA_WORD_ASKED | NASHRA_WORD_DECIDED))
            return 0;
    int status = find_written(a, from, to, &match);
    if (status == 0 && (from < to || !is_as_written(a, &a->units[from])))
        status = find_spoken(a, from, to, &match);
    if (status != 1)
        return status;
    size_t before = a->count;
    struct place place = place_of(a, from, to);
    status = match.entry->kind == NASHRA_LEX_READING ? add_reading(a, &match, &place) : add_phonemes(a, &match, &place);
    if (status == 1)
        close_place(a, &place, before);
    else
        a->count = before;
    return status;
}

/* A token without an entry of its own stays; the words of a hashtag are words of the text. 1 when one was replaced. */
static int keep_unit(struct applier *a, size_t at) {
    struct unit whole = a->units[at];
    int changed = 0;
    for (size_t i = whole.first; i < whole.first + whole.count; i++) {
        const struct nashra_word *word = &a->sentence->words[i];
        bool plain = word->cls == NASHRA_CLASS_HASHTAG && !(word->flags & NASHRA_WORD_WRITTEN);
        a->units[at] = (struct unit){i, 1, whole.span, plain, false};
        int status = plain ? try_units(a, at, at) : 0;
        if (status < 0 || (status == 0 && !add_word(a, *word)))
            return NASHRA_ENOMEM;
        changed = changed || status;
    }
    return changed;
}

/* Replaces the longest match that begins at `from`; `*next` is the unit after it. */
static int apply_at(struct applier *a, size_t from, size_t *next) {
    size_t reach = a->unit_count - from;
    /* A word of an entry may be several tokens, as in كوفيد-19. */
    size_t most = a->lexicon->phrases ? a->lexicon->most_words + 3 : 1;
    for (size_t length = reach < most ? reach : most; length > 0; length--) {
        if (length > 1 && !a->units[from + length - 1].may_end)
            continue;
        int status = try_units(a, from, from + length - 1);
        *next = from + length;
        if (status != 0)
            return status;
    }
    return keep_unit(a, from);
}

static int apply_all(struct applier *a) {
    bool changed = false;
    int status = find_units(a);
    if (status >= 0)
        find_ends(a);
    for (size_t at = 0, next = 0; at < a->unit_count && status >= 0; at = next) {
        status = apply_at(a, at, &next);
        changed = changed || status == 1;
    }
    if (status < 0 || !changed)
        return status < 0 ? status : NASHRA_OK;
    a->sentence->words = a->words;
    a->sentence->count = a->count;
    return NASHRA_OK;
}

int nashra_lexicon_apply(const struct nashra_lexicon *lexicon, const char *text, struct nashra_sentence *sentence) {
    if (lexicon->count == 0)
        return NASHRA_OK;
    struct applier applier = {.lexicon = lexicon, .text = text, .sentence = sentence};
    int status = apply_all(&applier);
    nashra_buffer_finish(&applier.cased);
    nashra_buffer_finish(&applier.folded);
    nashra_buffer_finish(&applier.scratch);
    return status;
}
