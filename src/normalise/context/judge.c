/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/judge.h"

#include <math.h>
#include <string.h>

#include <nashra/nn.h>
#include <nashra/table.h>

#include "context/view.h"

enum { WIDTH = 64, EMBEDDING = 16, LOGITS = 16, BLOCKS = 5, TAPS = 3, CASES = 3, ROWS = NASHRA_VIEW_WORDS };
enum { BANDS = NASHRA_VIEW_BANDS, PRIORS = CASES * BANDS, SURE = 7 };

static const float LEAST_LOGIT = 1.1f; /* below it the two are of the same mind, or none */
/* Each block looks as far as the next ones need it: together they reach from the number to the ends of the view. */
static const size_t dilations[BLOCKS] = {1, 6, 4, 2, 1};

struct nashra_judge {
    struct nashra_model *model;
    const uint8_t *table[NASHRA_VIEW_TABLES]; /* two values a byte, the first one low */
    const float *gap, *place_step, *weighing;
    const int8_t *place;
    struct nashra_matrix look_up, conv[BLOCKS], head;
    struct nashra_norm norm[BLOCKS], last;
    /* of the sentence at hand */
    float x[ROWS * WIDTH], logits[LOGITS];
    uint8_t looked_up[(ROWS + NASHRA_NN_SPARE_ROWS) * NASHRA_VIEW_TABLES * EMBEDDING];
    uint8_t activation[(ROWS + NASHRA_NN_SPARE_ROWS) * WIDTH];
};

static int load_tables(struct nashra_judge *judge) {
    static const char *const names[NASHRA_VIEW_TABLES] = {"table.0", "table.1", "table.2",
                                                          "table.3", "table.4", "table.5"};
    for (size_t i = 0; i < NASHRA_VIEW_TABLES; i++) {
        size_t dims[] = {nashra_view_rows[i], EMBEDDING / 2};
        judge->table[i] = nashra_model_record(judge->model, names[i], NASHRA_RECORD_U8, 2, dims);
        if (judge->table[i] == NULL)
            return NASHRA_ECONFIG;
    }
    size_t gaps[] = {NASHRA_GAPS, WIDTH}, places[] = {ROWS, WIDTH}, steps[] = {1}, weights[] = {PRIORS + 2};
    judge->gap = nashra_model_record(judge->model, "gap", NASHRA_RECORD_F32, 2, gaps);
    judge->place = nashra_model_record(judge->model, "place", NASHRA_RECORD_I8, 2, places);
    judge->place_step = nashra_model_record(judge->model, "place.step", NASHRA_RECORD_F32, 1, steps);
    judge->weighing = nashra_model_record(judge->model, "weighing", NASHRA_RECORD_F32, 1, weights);
    bool whole = judge->gap != NULL && judge->place != NULL && judge->place_step != NULL && judge->weighing != NULL;
    return whole ? NASHRA_OK : NASHRA_ECONFIG;
}

static int load_layers(struct nashra_judge *judge) {
    static const char *const names[BLOCKS] = {"block.0", "block.1", "block.2", "block.3", "block.4"};
    const struct nashra_model *model = judge->model;
    int status = nashra_model_matrix(model, "look_up", 1, NASHRA_VIEW_TABLES * EMBEDDING, WIDTH, &judge->look_up);
    for (size_t i = 0; i < BLOCKS && status == 0; i++) {
        status = nashra_model_norm(model, names[i], WIDTH, &judge->norm[i]);
        if (status == 0)
            status = nashra_model_matrix(model, names[i], TAPS, WIDTH, WIDTH, &judge->conv[i]);
    }
    if (status == 0)
        status = nashra_model_norm(model, "last", WIDTH, &judge->last);
    return status == 0 ? nashra_model_matrix(model, "head", 1, WIDTH, LOGITS, &judge->head) : status;
}

int nashra_judge_create(struct nashra_judge **out) {
    struct nashra_buffer path = {0};
    struct nashra_judge *judge = nashra_alloc_zeroed(1, sizeof *judge);
    int status = judge != NULL ? nashra_data_path("case.model", &path) : NASHRA_ENOMEM;
    if (status == 0)
        status = nashra_model_open(nashra_buffer_string(&path), &judge->model);
    nashra_buffer_finish(&path);
    if (status == 0)
        status = load_tables(judge);
    if (status == 0)
        status = load_layers(judge);
    if (status < 0) {
        nashra_judge_destroy(judge);
        return status;
    }
    *out = judge;
    return 0;
}

void nashra_judge_destroy(struct nashra_judge *judge) {
    if (judge == NULL)
        return;
    nashra_model_close(judge->model);
    nashra_free(judge);
}

/* Fifteen levels around 64, which stands for 0: the bias of the layer that reads them takes it away. */
static void unpack(const uint8_t *packed, uint8_t *out) {
    enum { LOWEST = 1, STEP = 9, MOST = 127 };
    for (size_t i = 0; i < EMBEDDING; i++) {
        unsigned level = i % 2 == 0 ? packed[i / 2] & 0xFu : (unsigned)packed[i / 2] >> 4,
                 value = LOWEST + STEP * level;
        out[i] = (uint8_t)(value < MOST ? value : MOST);
    }
}

/* Row NASHRA_VIEW_REACH is the number's, whatever the sentence has before it. */
static void look_up(struct nashra_judge *judge, const struct nashra_view *view, size_t first) {
    for (size_t i = 0; i < view->count; i++) {
        uint8_t *out = judge->looked_up + i * NASHRA_VIEW_TABLES * EMBEDDING;
        const float *gap = judge->gap + view->gap[i] * WIDTH;
        const int8_t *place = judge->place + (first + i) * WIDTH;
        float *x = judge->x + (first + i) * WIDTH;
        for (size_t t = 0; t < NASHRA_VIEW_TABLES; t++)
            unpack(judge->table[t] + view->row[i][t] * (EMBEDDING / 2), out + t * EMBEDDING);
        for (size_t c = 0; c < WIDTH; c++)
            x[c] = gap[c] + (float)place[c] * *judge->place_step;
    }
    nashra_matrix_add(&judge->look_up, judge->looked_up, 1, view->count, judge->x + first * WIDTH);
}

/* Activations of the rows within `reach` of the number; where the sentence has none, zeros. */
static void activate(struct nashra_judge *judge, const struct nashra_norm *norm, size_t first, size_t count,
                     size_t reach) {
    size_t from = NASHRA_VIEW_REACH - reach, to = NASHRA_VIEW_REACH + reach + 1, end = first + count;
    size_t low = from > first ? from : first, high = to < end ? to : end;
    memset(judge->activation + from * WIDTH, 0, (to - from + NASHRA_NN_SPARE_ROWS) * WIDTH);
    nashra_norm_apply(norm, judge->x + low * WIDTH, high - low, judge->activation + low * WIDTH);
}

/* Probabilities of nominative, accusative and genitive. */
static void run(struct nashra_judge *judge, const struct nashra_view *view, float probability[CASES]) {
    size_t first = NASHRA_VIEW_REACH - view->number, reach = NASHRA_VIEW_REACH;
    look_up(judge, view, first);
    for (size_t i = 0; i < BLOCKS; i++) {
        activate(judge, &judge->norm[i], first, view->count, reach);
        reach -= dilations[i];
        size_t from = (NASHRA_VIEW_REACH - reach) * WIDTH;
        nashra_matrix_add(&judge->conv[i], judge->activation + from, dilations[i], 2 * reach + 1, judge->x + from);
    }
    activate(judge, &judge->last, first, view->count, reach);
    memset(judge->logits, 0, sizeof judge->logits);
    nashra_matrix_add(&judge->head, judge->activation + NASHRA_VIEW_REACH * WIDTH, 1, 1, judge->logits);
    nashra_softmax(judge->logits, CASES, probability);
}

static float logit_of_oblique(const struct nashra_judge *judge, struct nashra_case_guess by_rules,
                              const float probability[CASES]) {
    const float least = 1e-4f;
    float oblique = probability[NASHRA_ACCUSATIVE] + probability[NASHRA_GENITIVE];
    float evidence = logf(fmaxf(oblique, least)) - logf(fmaxf(probability[NASHRA_NOMINATIVE], least));
    size_t band = nashra_view_band(by_rules.confidence);
    float weight = judge->weighing[PRIORS] + (band >= SURE - 1 ? judge->weighing[PRIORS + 1] : 0.0f);
    return judge->weighing[(size_t)by_rules.grammatical_case * BANDS + band] + weight * evidence;
}

void nashra_judge_ask(struct nashra_judge *judge, const struct nashra_scan *scan, size_t at,
                      struct nashra_case_guess by_rules, float probability[CASES]) {
    struct nashra_view view;
    size_t end = scan->amount != NULL && scan->amount->first == at ? scan->amount->quantity.last : at + 1;
    nashra_view_take(scan, at, end, by_rules, &view);
    run(judge, &view, probability);
}

struct nashra_case_guess nashra_judge_settle(struct nashra_judge *judge, const struct nashra_scan *scan, size_t at,
                                             struct nashra_case_guess by_rules) {
    float probability[CASES];
    nashra_judge_ask(judge, scan, at, by_rules, probability);
    float logit = logit_of_oblique(judge, by_rules, probability);
    float confidence = 1.0f / (1.0f + expf(-fabsf(logit)));
    if (fabsf(logit) < LEAST_LOGIT)
        return by_rules;
    if (logit <= 0.0f)
        return (struct nashra_case_guess){NASHRA_NOMINATIVE, confidence};
    bool keeps = by_rules.grammatical_case != NASHRA_NOMINATIVE && by_rules.confidence > 0.55f;
    bool accusative = probability[NASHRA_ACCUSATIVE] > 2.0f * probability[NASHRA_GENITIVE]; /* its alif is heard */
    enum nashra_case oblique = accusative ? NASHRA_ACCUSATIVE : NASHRA_GENITIVE;
    return (struct nashra_case_guess){keeps ? by_rules.grammatical_case : oblique, confidence};
}
