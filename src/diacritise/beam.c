/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "beam.h"

#include <math.h>
#include <string.h>

enum { PATHS = 32, OPTIONS = 4 };
static const float reach = 6.0f; /* in nats below the best path */

struct path {
    float score;
    uint8_t label[BEAM_LONGEST];
};

struct beam {
    struct path path[PATHS]; /* the best first */
    size_t count;
};

struct option {
    uint8_t label;
    float score;
};

/* The labels of one letter, the best first. */
static size_t find_options(const float *probability, struct option options[OPTIONS]) {
    size_t count = 0;
    for (uint8_t label = 0; label < FEAT_LABELS; label++) {
        if (probability[label] <= 0.0f)
            continue;
        size_t at = count < OPTIONS ? count++ : OPTIONS;
        float score = logf(probability[label]);
        for (; at > 0 && options[at - 1].score < score; at--)
            if (at < OPTIONS)
                options[at] = options[at - 1];
        if (at < OPTIONS)
            options[at] = (struct option){label, score};
    }
    return count;
}

static void insert(struct beam *beam, const struct path *parent, size_t letter, struct option option) {
    float score = parent->score + option.score;
    if (beam->count > 0 && score < beam->path[0].score - reach)
        return;
    if (beam->count == PATHS && score <= beam->path[PATHS - 1].score)
        return;
    size_t at = beam->count < PATHS ? beam->count++ : PATHS - 1;
    for (; at > 0 && beam->path[at - 1].score < score; at--)
        beam->path[at] = beam->path[at - 1];
    beam->path[at] = *parent;
    beam->path[at].score = score;
    beam->path[at].label[letter] = option.label;
}

static void extend(const struct beam *old, struct beam *new, size_t letter, const float *probability) {
    struct option options[OPTIONS];
    size_t count = find_options(probability, options);
    new->count = 0;
    for (size_t p = 0; p < old->count; p++)
        for (size_t o = 0; o < count; o++)
            insert(new, &old->path[p], letter, options[o]);
}

bool nashra_beam_search(const struct attested *attested, const uint8_t *symbols,
                        float probability[BEAM_LONGEST][FEAT_LABELS], size_t count, uint8_t *labels) {
    struct beam beams[2];
    memset(&beams[0].path[0], 0, sizeof beams[0].path[0]);
    beams[0].count = 1;
    for (size_t i = 0; i + 1 < count; i++)
        extend(&beams[i % 2], &beams[(i + 1) % 2], i, probability[i]);
    const struct beam *last = &beams[(count - 1) % 2];
    for (size_t p = 0; p < last->count; p++)
        if (last->path[p].score >= last->path[0].score - reach &&
            nashra_attested_word(attested, symbols, last->path[p].label, count)) {
            memcpy(labels, last->path[p].label, count - 1);
            return true;
        }
    return false;
}
