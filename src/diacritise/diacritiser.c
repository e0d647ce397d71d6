/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage: sentence or line → features → windows of the network → decoded labels → marked text. */
#include <nashra/diacritise.h>
#include <nashra/memory.h>
#include <nashra/nn.h>
#include <nashra/table.h>

#include <string.h>

#include "common.h"
#include "decode.h"
#include "feat.h"
#include "network.h"

enum { CONTEXT = 12 };                           /* words seen around a window */
static const float KNOWN = 0.5f, UNKNOWN = 0.1f; /* confidence without a network */

struct nashra_diacritiser {
    struct nashra_model *model;
    struct network *network; /* NULL: no sound model was found */
    struct nashra_model *lexicon;
    struct attested attested;
    struct common common;
    struct feat features;
    struct network_input input;
    struct decode_choice *choice; /* of each position */
    size_t choice_room;
    struct nashra_buffer line; /* a sentence's words as text */
    struct nashra_buffer word; /* one of them, marked */
};

static int open_data(const char *name, struct nashra_model **model) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    if (status == NASHRA_OK)
        status = nashra_model_open(nashra_buffer_string(&path), model);
    nashra_buffer_finish(&path);
    return status;
}

static int open_network(struct nashra_diacritiser *d, const char *path) {
    int status = path ? nashra_model_open(path, &d->model) : open_data("diacritiser/news.model", &d->model);
    return status < 0 ? status : nashra_network_create(d->model, &d->network);
}

static int open_lexicon(struct nashra_diacritiser *d) {
    int status = open_data("diacritiser/words.lexicon", &d->lexicon);
    if (status == NASHRA_OK)
        status = nashra_attested_load(d->lexicon, &d->attested);
    return status < 0 ? status : nashra_common_load(d->lexicon, &d->common);
}

/* Either of the shipped model and lexicon can do without the other; a model that was asked for can't be replaced. */
static int open_all(struct nashra_diacritiser *d, const char *path) {
    int network = open_network(d, path), lexicon = open_lexicon(d);
    if (network == NASHRA_ENOMEM || lexicon == NASHRA_ENOMEM)
        return NASHRA_ENOMEM;
    if (network < 0 && (path || lexicon < 0))
        return network;
    if (network < 0)
        nashra_log(NASHRA_LOG_WARNING, "diacritiser: no model, only the lexicon's words are marked");
    if (lexicon < 0)
        d->attested = (struct attested){0};
    return NASHRA_OK;
}

int nashra_diacritiser_create(const char *model, struct nashra_diacritiser **diacritiser) {
    struct nashra_diacritiser *d = nashra_alloc_zeroed(1, sizeof *d);
    if (!d)
        return NASHRA_ENOMEM;
    int status = open_all(d, model);
    if (status < 0) {
        nashra_diacritiser_destroy(d);
        return status;
    }
    *diacritiser = d;
    return NASHRA_OK;
}

void nashra_diacritiser_destroy(struct nashra_diacritiser *d) {
    if (!d)
        return;
    nashra_network_destroy(d->network);
    nashra_model_close(d->model);
    nashra_model_close(d->lexicon);
    nashra_feat_finish(&d->features);
    nashra_free(d->choice);
    nashra_buffer_finish(&d->line);
    nashra_buffer_finish(&d->word);
    nashra_free(d);
}

static size_t seen(const struct feat_unit *u) {
    return u->count < BEAM_LONGEST ? u->count : BEAM_LONGEST;
}

/* Appends unit `u` and the gap after it to the input. */
static void add_unit(struct network_input *in, const struct feat *f, const struct feat_unit *u) {
    struct network_word *w = &in->word[in->words++];
    *w = (struct network_word){.first = in->positions, .count = seen(u)};
    memcpy(w->hash, u->hash, sizeof w->hash);
    for (size_t i = 0; i < w->count; i++) {
        in->symbol[in->positions] = f->position[u->first + i].symbol;
        in->hint[in->positions++] = f->position[u->first + i].label;
    }
    in->symbol[in->positions] = f->position[u->first + u->count].symbol;
    in->hint[in->positions++] = FEAT_NONE;
}

/* Fills the input with the units from `start` on; returns the first that didn't fit. */
static size_t fill_window(struct network_input *in, const struct feat *f, size_t start) {
    in->positions = 1;
    in->words = 0;
    in->symbol[0] = f->position[f->unit[start].first - 1].symbol;
    in->hint[0] = FEAT_NONE;
    size_t at = start;
    while (at < f->units && in->positions + seen(&f->unit[at]) + 1 <= NETWORK_POSITIONS)
        add_unit(in, f, &f->unit[at++]);
    return at;
}

/* What the network wasn't asked about keeps the marks that it has. */
static void keep_marks(struct nashra_diacritiser *d, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        d->choice[i] = (struct decode_choice){d->features.position[i].label, 1.0f};
}

static void decode_unit(struct nashra_diacritiser *d, const struct feat_unit *u, const float *logits) {
    struct decode_word word = {d->features.position + u->first, seen(u)};
    bool letters = word.letter[0].symbol >= FEAT_LETTER;
    if (letters)
        nashra_decode_word(&d->attested, &word, logits, NETWORK_LOGITS, NETWORK_ENDING, d->choice + u->first);
    keep_marks(d, u->first + (letters ? word.count : 0), u->first + u->count);
}

/* Without a network: the frequent words. */
static void look_up(struct nashra_diacritiser *d, const struct feat_unit *u) {
    uint8_t symbols[COMMON_LONGEST], labels[COMMON_LONGEST];
    const struct feat_position *letter = d->features.position + u->first;
    keep_marks(d, u->first, u->first + u->count);
    for (size_t i = 0; i < u->count && i < COMMON_LONGEST; i++)
        symbols[i] = letter[i].symbol;
    bool known = letter->symbol >= FEAT_LETTER && nashra_common_find(&d->common, symbols, u->count, labels);
    for (size_t i = 0; i < u->count; i++) {
        bool agrees = known && nashra_decode_agrees(letter[i].label, labels[i]);
        d->choice[u->first + i] = (struct decode_choice){agrees ? labels[i] : letter[i].label, known ? KNOWN : UNKNOWN};
    }
}

/* A word that the normaliser wrote, with all its marks. `given`: the sentence, or NULL. */
static bool is_final(const struct nashra_sentence *given, const struct feat_unit *u) {
    return given && u->token < given->count && (given->words[u->token].flags & NASHRA_WORD_WRITTEN) != 0;
}

/* The first unit from `at` on that the network has to be asked about. */
static size_t skip_final(struct nashra_diacritiser *d, const struct nashra_sentence *given, size_t at) {
    const struct feat *f = &d->features;
    for (; at < f->units && is_final(given, &f->unit[at]); at++)
        keep_marks(d, f->unit[at].first, f->unit[at].first + f->unit[at].count);
    return at;
}

static void run_windows(struct nashra_diacritiser *d, const struct nashra_sentence *given) {
    const struct feat *f = &d->features;
    for (size_t low = skip_final(d, given, 0); low < f->units; low = skip_final(d, given, low)) {
        size_t start = low > CONTEXT ? low - CONTEXT : 0;
        size_t end = fill_window(&d->input, f, start);
        size_t keep = end == f->units || end < low + CONTEXT + 1 ? end : end - CONTEXT;
        const float *logits = nashra_network_run(d->network, &d->input);
        for (size_t i = low; i < keep; i++)
            if (is_final(given, &f->unit[i]))
                keep_marks(d, f->unit[i].first, f->unit[i].first + f->unit[i].count);
            else
                decode_unit(d, &f->unit[i], logits + d->input.word[i - start].first * NETWORK_LOGITS);
        low = keep;
    }
}

static int mark(struct nashra_diacritiser *d, const char *text, size_t size, const struct nashra_sentence *given) {
    if (!nashra_feat_scan(&d->features, text, size))
        return NASHRA_ENOMEM;
    if (d->features.positions > d->choice_room) {
        struct decode_choice *more = nashra_realloc(d->choice, d->features.positions * sizeof *more);
        if (!more)
            return NASHRA_ENOMEM;
        d->choice = more;
        d->choice_room = d->features.positions;
    }
    if (d->network)
        run_windows(d, given);
    for (size_t i = 0; !d->network && i < d->features.units; i++)
        look_up(d, &d->features.unit[i]);
    return NASHRA_OK;
}

/* The marks of a letter: the author's stay, a vowel joins a shadda that he wrote alone. */
static void write_marks(const struct nashra_diacritiser *d, const char *text, size_t at, struct nashra_buffer *out) {
    const struct feat_position *p = &d->features.position[at];
    unsigned label = d->choice[at].label;
    if (p->label == FEAT_NONE) {
        nashra_buffer_add_string(out, nashra_feat_marks(label));
        nashra_buffer_add(out, text + p->body, p->to - p->body);
        return;
    }
    nashra_buffer_add(out, text + p->body, p->to - p->body);
    if (p->label == FEAT_SHADDA && label > FEAT_SHADDA)
        nashra_buffer_add_string(out, nashra_feat_marks(label) + strlen(nashra_feat_marks(FEAT_SHADDA)));
}

/* Writes the bytes from `from` to `to` of the text that was scanned, marks and all. `at`: its first position or any
 * before it; returns the first position beyond. */
static size_t write_text(const struct nashra_diacritiser *d, const char *text, size_t from, size_t to, size_t at,
                         struct nashra_buffer *out) {
    const struct feat *f = &d->features;
    size_t done = from;
    while (at < f->positions && f->position[at].from < from)
        at++;
    for (; at < f->positions && f->position[at].from < to; at++) {
        const struct feat_position *p = &f->position[at];
        if (p->symbol < FEAT_LETTER)
            continue;
        nashra_buffer_add(out, text + done, p->body - done);
        write_marks(d, text, at, out);
        done = p->to;
    }
    nashra_buffer_add(out, text + done, to - done);
    return at;
}

int nashra_diacritise_line(struct nashra_diacritiser *d, const char *line, size_t length, struct nashra_buffer *out) {
    int status = mark(d, line, length, NULL);
    if (status < 0)
        return status;
    write_text(d, line, 0, length, 0, out);
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static const char *spelling(const struct nashra_word *word) {
    return word->marked ? word->marked : word->text;
}

static int write_line(struct nashra_buffer *line, const struct nashra_sentence *s) {
    nashra_buffer_clear(line);
    for (size_t i = 0; i < s->count; i++) {
        const struct nashra_word *w = &s->words[i];
        if (w->flags & NASHRA_WORD_QUOTE_OPEN)
            nashra_buffer_add(line, "\"", 1);
        nashra_buffer_add_string(line, spelling(w));
        if (w->flags & NASHRA_WORD_QUOTE_CLOSE)
            nashra_buffer_add(line, "\"", 1);
        nashra_buffer_add_string(line, nashra_pause_mark(w->pause));
        nashra_buffer_add(line, " ", 1);
    }
    return line->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* As many as words, unless one of these is several: then the units of the line tell nothing of the words. */
static size_t spaces_in(const struct nashra_buffer *line) {
    size_t count = 0;
    for (size_t i = 0; i < line->length; i++)
        count += line->data[i] == ' ';
    return count;
}

/* The least probable letter of the word's bytes, and the last one. */
static void judge(const struct nashra_diacritiser *d, struct nashra_word *w, size_t from, size_t to, size_t at) {
    const struct feat *f = &d->features;
    float least = 1.0f, ending = 1.0f;
    while (at < f->positions && f->position[at].from < from)
        at++;
    for (; at < f->positions && f->position[at].from < to; at++)
        if (f->position[at].symbol >= FEAT_LETTER) {
            ending = d->choice[at].probability;
            least = ending < least ? ending : least;
        }
    if (d->network) {
        ending = nashra_network_confidence(d->network, ending);
        least = nashra_network_confidence(d->network, least);
    }
    w->ending_confidence = ending;
    w->confidence = least < w->confidence ? least : w->confidence;
}

int nashra_diacritise(struct nashra_diacritiser *d, struct nashra_sentence *s) {
    int status = write_line(&d->line, s);
    const struct nashra_sentence *given = status == NASHRA_OK && spaces_in(&d->line) == s->count ? s : NULL;
    if (status == NASHRA_OK)
        status = mark(d, nashra_buffer_string(&d->line), d->line.length, given);
    size_t from = 0, at = 0;
    for (size_t i = 0; status == NASHRA_OK && i < s->count; i++) {
        struct nashra_word *w = &s->words[i];
        from += w->flags & NASHRA_WORD_QUOTE_OPEN ? 1 : 0;
        size_t to = from + strlen(spelling(w));
        judge(d, w, from, to, at);
        nashra_buffer_clear(&d->word);
        at = write_text(d, d->line.data, from, to, at, &d->word);
        w->marked = nashra_arena_copy(s->arena, nashra_buffer_string(&d->word), d->word.length);
        if (!w->marked)
            status = NASHRA_ENOMEM;
        from = to + (w->flags & NASHRA_WORD_QUOTE_CLOSE ? 1 : 0) + strlen(nashra_pause_mark(w->pause)) + 1;
    }
    return status;
}
