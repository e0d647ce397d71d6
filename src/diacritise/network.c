/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include <nashra/memory.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_BLOCKS = 16, MOST_WIDTH = 512, MOST_DILATION = 16, TAPS = 3, MARGIN = MOST_DILATION };

struct block {
    struct nashra_norm norm;
    struct nashra_matrix conv;
    size_t dilation;
};

struct stack {
    size_t width;
    size_t count;
    struct block block[MOST_BLOCKS];
};

struct network {
    size_t letters, words, embedding;
    struct stack encoder, middle, decoder;
    struct nashra_norm encoded, understood, decoded;
    struct nashra_matrix gather, look_up, spread, head;
    const float *symbol, *hint, *gap_before, *gap_after;
    const float *confidence;           /* slope and shift of the logit of a probability */
    const uint8_t *table[FEAT_HASHES]; /* two values a byte, the first one low */
    float *x, *v, *back, *logits;      /* letters, words, words for letters, answers */
    uint8_t *activation;               /* rows of letters or words, MARGIN rows of zeros before them */
    uint8_t *picked, *looked_up;       /* what the words are made from */
};

static const uint32_t table_rows[FEAT_HASHES] = {1u << FEAT_WORD_BITS, 1u << FEAT_WORD_BITS, 1u << FEAT_AFFIX_BITS,
                                                 1u << FEAT_AFFIX_BITS};

static int load_stack(const struct nashra_model *model, const char *name, size_t width, struct stack *s) {
    char record[32];
    snprintf(record, sizeof record, "%s.dilations", name);
    const int32_t *dilations = nashra_model_list(model, record, NASHRA_RECORD_I32, &s->count);
    if (!dilations)
        return NASHRA_ECONFIG;
    if (s->count > MOST_BLOCKS)
        return nashra_fail(NASHRA_ECONFIG, "model record %s: %zu blocks are too many", record, s->count);
    s->width = width;
    for (size_t i = 0; i < s->count; i++) {
        if (dilations[i] < 1 || dilations[i] > MOST_DILATION)
            return nashra_fail(NASHRA_ECONFIG, "model record %s: dilation %d", record, (int)dilations[i]);
        s->block[i].dilation = (size_t)dilations[i];
        snprintf(record, sizeof record, "%s.%zu", name, i);
        if (nashra_model_norm(model, record, width, &s->block[i].norm) < 0 ||
            nashra_model_matrix(model, record, TAPS, width, width, &s->block[i].conv) < 0)
            return NASHRA_ECONFIG;
    }
    return NASHRA_OK;
}

static int load_shape(const struct nashra_model *model, struct network *n) {
    size_t count;
    const int32_t *shape = nashra_model_list(model, "shape", NASHRA_RECORD_I32, &count);
    if (!shape)
        return NASHRA_ECONFIG;
    for (size_t i = 0; i < count; i++)
        if (shape[i] < 16 || shape[i] > MOST_WIDTH || shape[i] % 16)
            return nashra_fail(NASHRA_ECONFIG, "model record shape: width %d", (int)shape[i]);
    if (count != 3)
        return nashra_fail(NASHRA_ECONFIG, "model record shape: %zu widths, not 3", count);
    n->letters = (size_t)shape[0];
    n->words = (size_t)shape[1];
    n->embedding = (size_t)shape[2];
    return NASHRA_OK;
}

static const float *load_rows(const struct nashra_model *model, const char *name, size_t rows, size_t width) {
    size_t dims[] = {rows, width};
    return nashra_model_record(model, name, NASHRA_RECORD_F32, 2, dims);
}

static int load_tables(const struct nashra_model *model, struct network *n) {
    static const char *const names[FEAT_HASHES] = {"word.0", "word.1", "word.2", "word.3"};
    for (size_t i = 0; i < FEAT_HASHES; i++) {
        size_t dims[] = {table_rows[i], n->embedding / 2};
        n->table[i] = nashra_model_record(model, names[i], NASHRA_RECORD_U8, 2, dims);
        if (!n->table[i])
            return NASHRA_ECONFIG;
    }
    size_t two = 2;
    n->confidence = nashra_model_record(model, "confidence", NASHRA_RECORD_F32, 1, &two);
    if (!n->confidence)
        return NASHRA_ECONFIG;
    n->symbol = load_rows(model, "symbol", FEAT_SYMBOLS, n->letters);
    n->hint = load_rows(model, "hint", FEAT_LABELS, n->letters);
    n->gap_before = load_rows(model, "gap_before", FEAT_NUMBER, n->words);
    n->gap_after = load_rows(model, "gap_after", FEAT_NUMBER, n->words);
    return n->symbol && n->hint && n->gap_before && n->gap_after ? NASHRA_OK : NASHRA_ECONFIG;
}

static int load_layers(const struct nashra_model *model, struct network *n) {
    if (load_stack(model, "encoder", n->letters, &n->encoder) < 0 ||
        load_stack(model, "middle", n->words, &n->middle) < 0 ||
        load_stack(model, "decoder", n->letters, &n->decoder) < 0 ||
        nashra_model_norm(model, "encoded", n->letters, &n->encoded) < 0 ||
        nashra_model_norm(model, "understood", n->words, &n->understood) < 0 ||
        nashra_model_norm(model, "decoded", n->letters, &n->decoded) < 0)
        return NASHRA_ECONFIG;
    if (nashra_model_matrix(model, "gather", 1, 3 * n->letters, n->words, &n->gather) < 0 ||
        nashra_model_matrix(model, "look_up", 1, FEAT_HASHES * n->embedding, n->words, &n->look_up) < 0 ||
        nashra_model_matrix(model, "spread", 1, n->words, n->letters, &n->spread) < 0 ||
        nashra_model_matrix(model, "head", 1, n->letters, NETWORK_LOGITS, &n->head) < 0)
        return NASHRA_ECONFIG;
    return NASHRA_OK;
}

static int allocate(struct network *n) {
    size_t spare = NASHRA_NN_SPARE_ROWS, widest = n->letters > n->words ? n->letters : n->words;
    n->x = nashra_alloc_zeroed(NETWORK_POSITIONS * n->letters, sizeof *n->x);
    n->v = nashra_alloc_zeroed(NETWORK_WORDS * n->words, sizeof *n->v);
    n->back = nashra_alloc_zeroed(NETWORK_WORDS * n->letters, sizeof *n->back);
    n->logits = nashra_alloc_zeroed(NETWORK_POSITIONS * NETWORK_LOGITS, sizeof *n->logits);
    n->activation = nashra_alloc_zeroed(2 * MARGIN + NETWORK_POSITIONS + spare, widest);
    n->picked = nashra_alloc_zeroed(NETWORK_WORDS + spare, 3 * n->letters);
    n->looked_up = nashra_alloc_zeroed(NETWORK_WORDS + spare, FEAT_HASHES * n->embedding);
    bool all = n->x && n->v && n->back && n->logits && n->activation && n->picked && n->looked_up;
    return all ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_network_create(const struct nashra_model *model, struct network **network) {
    struct network *n = nashra_alloc_zeroed(1, sizeof *n);
    if (!n)
        return NASHRA_ENOMEM;
    int status = load_shape(model, n);
    if (status == NASHRA_OK)
        status = load_tables(model, n);
    if (status == NASHRA_OK)
        status = load_layers(model, n);
    if (status == NASHRA_OK)
        status = allocate(n);
    if (status < 0) {
        nashra_network_destroy(n);
        return status;
    }
    *network = n;
    return NASHRA_OK;
}

void nashra_network_destroy(struct network *n) {
    if (!n)
        return;
    nashra_free(n->x);
    nashra_free(n->v);
    nashra_free(n->back);
    nashra_free(n->logits);
    nashra_free(n->activation);
    nashra_free(n->picked);
    nashra_free(n->looked_up);
    nashra_free(n);
}

/* The activations of `rows` rows, with zeros around them as far as any tap or tile reads. */
static uint8_t *activate(struct network *n, const struct nashra_norm *norm, const float *x, size_t rows) {
    uint8_t *rows_at = n->activation + MARGIN * norm->width;
    memset(n->activation, 0, MARGIN * norm->width);
    nashra_norm_apply(norm, x, rows, rows_at);
    memset(rows_at + rows * norm->width, 0, (MARGIN + NASHRA_NN_SPARE_ROWS) * norm->width);
    return rows_at;
}

static void run_stack(struct network *n, const struct stack *s, float *x, size_t rows) {
    for (size_t i = 0; i < s->count; i++) {
        const struct block *b = &s->block[i];
        nashra_matrix_add(&b->conv, activate(n, &b->norm, x, rows), b->dilation, rows, x);
    }
}

static void embed(const struct network *n, const struct network_input *in) {
    for (size_t p = 0; p < in->positions; p++) {
        const float *symbol = n->symbol + in->symbol[p] * n->letters, *hint = n->hint + in->hint[p] * n->letters;
        float *x = n->x + p * n->letters;
        for (size_t i = 0; i < n->letters; i++)
            x[i] = symbol[i] + hint[i];
    }
}

static void mean_row(const uint8_t *rows, size_t count, size_t width, uint8_t *out) {
    uint32_t sum[MOST_WIDTH] = {0};
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < width; i++)
            sum[i] += rows[r * width + i];
    float share = 1.0f / (float)count;
    for (size_t i = 0; i < width; i++)
        out[i] = (uint8_t)(int32_t)((float)sum[i] * share + 0.5f);
}

/* Fifteen levels around 64, which stands for 0: the bias of the layer that reads them takes it away. */
static void unpack_row(const uint8_t *packed, size_t width, uint8_t *out) {
    static const uint8_t level[16] = {1, 10, 19, 28, 37, 46, 55, 64, 73, 82, 91, 100, 109, 118, 127, 127};
    for (size_t i = 0; i < width / 2; i++) {
        out[2 * i] = level[packed[i] & 0xF];
        out[2 * i + 1] = level[packed[i] >> 4];
    }
}

static void describe_word(const struct network *n, const struct network_word *w, const uint8_t *h, size_t at) {
    uint8_t *picked = n->picked + at * 3 * n->letters, *looked_up = n->looked_up + at * FEAT_HASHES * n->embedding;
    const uint8_t *first = h + w->first * n->letters;
    memcpy(picked, first, n->letters);
    memcpy(picked + n->letters, first + (w->count - 1) * n->letters, n->letters);
    mean_row(first, w->count, n->letters, picked + 2 * n->letters);
    for (size_t i = 0; i < FEAT_HASHES; i++)
        unpack_row(n->table[i] + w->hash[i] * n->embedding / 2, n->embedding, looked_up + i * n->embedding);
}

static void begin_word(const struct network *n, const struct network_input *in, size_t at) {
    const struct network_word *w = &in->word[at];
    const float *before = n->gap_before + in->symbol[w->first - 1] * n->words;
    const float *after = n->gap_after + in->symbol[w->first + w->count] * n->words;
    float *v = n->v + at * n->words;
    for (size_t i = 0; i < n->words; i++)
        v[i] = before[i] + after[i];
}

static void understand(struct network *n, const struct network_input *in) {
    const uint8_t *h = activate(n, &n->encoded, n->x, in->positions);
    for (size_t w = 0; w < in->words; w++) {
        describe_word(n, &in->word[w], h, w);
        begin_word(n, in, w);
    }
    nashra_matrix_add(&n->gather, n->picked, 1, in->words, n->v);
    nashra_matrix_add(&n->look_up, n->looked_up, 1, in->words, n->v);
    run_stack(n, &n->middle, n->v, in->words);
}

static void tell_letters(struct network *n, const struct network_input *in) {
    memset(n->back, 0, in->words * n->letters * sizeof *n->back);
    nashra_matrix_add(&n->spread, activate(n, &n->understood, n->v, in->words), 1, in->words, n->back);
    for (size_t w = 0; w < in->words; w++) {
        const float *back = n->back + w * n->letters;
        float *x = n->x + in->word[w].first * n->letters;
        for (size_t p = 0; p < in->word[w].count; p++, x += n->letters)
            for (size_t i = 0; i < n->letters; i++)
                x[i] += back[i];
    }
}

const float *nashra_network_run(struct network *n, const struct network_input *in) {
    embed(n, in);
    run_stack(n, &n->encoder, n->x, in->positions);
    understand(n, in);
    tell_letters(n, in);
    run_stack(n, &n->decoder, n->x, in->positions);
    memset(n->logits, 0, in->positions * NETWORK_LOGITS * sizeof *n->logits);
    nashra_matrix_add(&n->head, activate(n, &n->decoded, n->x, in->positions), 1, in->positions, n->logits);
    return n->logits;
}

float nashra_network_confidence(const struct network *n, float probability) {
    float p = fminf(fmaxf(probability, 1e-6f), 1.0f - 1e-6f);
    return 1.0f / (1.0f + expf(-n->confidence[0] * logf(p / (1.0f - p)) - n->confidence[1]));
}
