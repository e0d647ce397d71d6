/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are normalised, and what is promised of words and spans holds. The first byte chooses the region. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unit/normalise_invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static struct nashra_normaliser *of_region(unsigned region) {
    static struct nashra_normaliser
        *normalisers[NASHRA_REGION_MOROCCO + 1]; /* loading the tables takes longer than a run */
    region %= NASHRA_REGION_MOROCCO + 1;
    if (normalisers[region] == NULL && nashra_normaliser_create((enum nashra_region)region, &normalisers[region]) < 0)
        abort();
    return normalisers[region];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_arena *arena;
    if (size == 0)
        return 0;
    nashra_log_set_handler(ignore, NULL);
    struct nashra_normaliser *normaliser = of_region(data[0]);
    if (arena == NULL)
        arena = nashra_arena_create();
    const char *text = (const char *)data + 1;
    char *room = malloc(16 * size + 256);
    if (room == NULL || arena == NULL)
        abort();
    nashra_arena_reset(arena);
    struct nashra_sentence sentence = {.kind = NASHRA_TEXT, .span = {0, size - 1}, .arena = arena};
    if (nashra_normaliser_survey(normaliser, text, size - 1) < 0 || nashra_normalise(normaliser, text, &sentence) < 0)
        abort();
    const char *fault = fault_of_sentence(text, &sentence, room);
    if (fault != NULL) {
        fprintf(stderr, "fuzz_normalise: %s in:\n%.*s\n", fault, (int)(size - 1), text);
        abort();
    }
    free(room);
    return 0;
}
