/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normaliser's own view of number phrases, for training: called from features.py. */
#include <string.h>

#include "clean/clean.h"
#include "evidence.h"
#include "quantity.h"
#include "token/abbreviations.h"

struct bulk {
    struct nashra_lexis *lexis;
    struct nashra_fold *fold;
    struct nashra_numbers *numbers;
    struct nashra_arena *arena;
    struct nashra_chars chars;
    struct nashra_tokens tokens;
};

/* Lives as long as the process. */
void *bulk_create(void) {
    struct bulk *bulk = nashra_alloc_zeroed(1, sizeof *bulk);
    if (bulk == NULL || nashra_lexis_create(&bulk->lexis) < 0 || nashra_fold_create(&bulk->fold) < 0 ||
        nashra_numbers_create(&bulk->numbers) < 0 || (bulk->arena = nashra_arena_create()) == NULL)
        return NULL;
    return bulk;
}

static int prepare(struct bulk *bulk, const char *line) {
    struct nashra_span whole = {0, strlen(line)};
    nashra_arena_reset(bulk->arena);
    int status = nashra_clean(bulk->fold, line, whole, &bulk->chars);
    if (status == 0)
        status = nashra_tokenise(&bulk->chars, 0, bulk->arena, &bulk->tokens);
    if (status == 0)
        status = nashra_tokens_look_up(bulk->lexis, bulk->arena, &bulk->tokens);
    if (status == 0)
        status = nashra_tokens_join_abbreviations(bulk->lexis, bulk->arena, &bulk->tokens);
    return status == 0 ? nashra_tokens_join_clitics(bulk->lexis, bulk->arena, &bulk->tokens) : status;
}

/* The number whose digits begin at byte `offset` of the line: rows of the table (room for NASHRA_EVIDENCE_MOST), their
 * count; what the rules say. Negative where no number stands there. */
int bulk_gather(struct bulk *bulk, const char *line, size_t offset, uint16_t *rows, int *rule, float *confidence) {
    if (prepare(bulk, line) < 0)
        return -1;
    struct nashra_scan scan = {.lexis = bulk->lexis,
                               .numbers = bulk->numbers,
                               .arena = bulk->arena,
                               .tokens = bulk->tokens.items,
                               .count = bulk->tokens.count};
    for (size_t at = 0; at < scan.count; at++) {
        const struct nashra_token *token = &scan.tokens[at];
        if (token->kind != NASHRA_TOKEN_NUMBER || token->span.from > offset || token->span.to <= offset)
            continue;
        struct nashra_amount amount;
        struct nashra_evidence evidence;
        int status = 0;
        scan.amount = nashra_amount_at(&scan, at, &amount, &status) ? &amount : NULL;
        struct nashra_case_guess guess = nashra_case_at(&scan, at);
        nashra_evidence_gather(&scan, at, guess, &evidence);
        memcpy(rows, evidence.row, evidence.count * sizeof *rows);
        *rule = (int)guess.grammatical_case;
        *confidence = guess.confidence;
        return (int)evidence.count;
    }
    return -1;
}
