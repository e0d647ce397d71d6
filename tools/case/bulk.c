/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normaliser's own verdict on number phrases, in bulk: called from verdicts.py. */
#include <string.h>

#include "clean/clean.h"
#include "context/judge.h"
#include "context/rules.h"
#include "context/view.h"
#include "quantity.h"
#include "token/abbreviations.h"

enum { PADDING = 7 };

struct bulk {
    struct nashra_lexis *lexis;
    struct nashra_fold *fold;
    struct nashra_numbers *numbers;
    struct nashra_judge *judge; /* NULL: no model yet */
    struct nashra_arena *arena;
    struct nashra_chars chars;
    struct nashra_tokens tokens;
};

/* Lives as long as the process. */
void *bulk_create(int with_network) {
    struct bulk *bulk = nashra_alloc_zeroed(1, sizeof *bulk);
    if (bulk == NULL || nashra_lexis_create(&bulk->lexis) < 0 || nashra_fold_create(&bulk->fold) < 0 ||
        nashra_numbers_create(&bulk->numbers) < 0 || (bulk->arena = nashra_arena_create()) == NULL ||
        (with_network && nashra_judge_create(&bulk->judge) < 0))
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

/* What is to be said of one number. */
struct bulk_verdict {
    int rule, settled;
    float confidence, probability[3];
    int asked; /* may the network speak here, the rules being unsure? */
    unsigned short row[NASHRA_VIEW_WORDS][NASHRA_VIEW_TABLES];
    unsigned char gap[NASHRA_VIEW_WORDS], pad[3];
};

static void see(const struct nashra_scan *scan, size_t at, struct nashra_case_guess by_rules,
                struct bulk_verdict *out) {
    struct nashra_view view;
    size_t end = scan->amount != NULL && scan->amount->first == at ? scan->amount->quantity.last : at + 1;
    nashra_view_take(scan, at, end, by_rules, &view);
    size_t first = NASHRA_VIEW_REACH - view.number;
    memset(out->row, 0, sizeof out->row);
    memset(out->gap, PADDING, sizeof out->gap);
    memcpy(out->row[first], view.row, view.count * sizeof *view.row);
    memcpy(out->gap + first, view.gap, view.count);
}

/* The number whose digits begin at byte `offset` of the line: the rules' case and confidence, the network's three
 * probabilities, the case that both together settle on, and what the network sees. Negative where none stands there. */
int bulk_judge(struct bulk *bulk, const char *line, size_t offset, struct bulk_verdict *out) {
    if (prepare(bulk, line) < 0)
        return -1;
    struct nashra_scan scan = {.lexis = bulk->lexis,
                               .numbers = bulk->numbers,
                               .judge = bulk->judge,
                               .arena = bulk->arena,
                               .tokens = bulk->tokens.items,
                               .count = bulk->tokens.count};
    for (size_t at = 0; at < scan.count; at++) {
        const struct nashra_token *token = &scan.tokens[at];
        if (token->kind != NASHRA_TOKEN_NUMBER || token->span.from > offset || token->span.to <= offset)
            continue;
        struct nashra_amount amount;
        int status = 0;
        scan.amount = nashra_amount_at(&scan, at, &amount, &status) ? &amount : NULL;
        struct nashra_case_guess guess = nashra_case_by_rules(&scan, at);
        out->rule = (int)guess.grammatical_case;
        out->confidence = guess.confidence;
        out->asked = nashra_case_asks_network(&scan, at);
        out->settled = (int)nashra_case_of_amount(&scan, at).grammatical_case;
        see(&scan, at, guess, out);
        if (bulk->judge != NULL)
            nashra_judge_ask(bulk->judge, &scan, at, guess, out->probability);
        return 0;
    }
    return -1;
}
