/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/weigh.h"

#include "quantity.h"

/* What a word before the token says beyond cues.tsv: does it govern, is it a noun that the number may belong to? */
static uint64_t grammar_before(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD)
        return 0;
    const struct nashra_lexeme *lexeme = token->lexeme;
    unsigned char governor = lexeme != NULL ? lexeme->governor : NASHRA_GOVERNS_NOTHING;
    if ((token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0 && governor != NASHRA_GOVERNS_MEASURE)
        governor = NASHRA_GOVERNS_NOTHING; /* لكرة القدم: no verb */
    if (governor == NASHRA_GOVERNS_PREPOSITION || governor == NASHRA_GOVERNS_NOUN)
        return NASHRA_CUE_BIT(NASHRA_CUE_GOVERNED);
    return governor == NASHRA_GOVERNS_NOTHING ? NASHRA_CUE_BIT(NASHRA_CUE_NOUN) : 0;
}

/* حزيران (يونيو) 891, 18 مايو، 1956 */
static bool closes_month(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_symbol(scan, at, ')') || nashra_scan_is_symbol(scan, at, '/') ||
           nashra_scan_is_symbol(scan, at, 0x060C) || nashra_scan_is_symbol(scan, at, ',');
}

uint64_t nashra_weigh_before(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    size_t month_end;
    uint64_t cues = 0;
    if ((token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0 && token->prefix != NULL)
        cues |= NASHRA_CUE_BIT(NASHRA_CUE_GOVERNED);
    if (at >= 2 && closes_month(scan, at - 1) && nashra_scan_cues(scan, at - 2) & NASHRA_CUE_BIT(NASHRA_CUE_MONTH))
        return cues | NASHRA_CUE_BIT(NASHRA_CUE_MONTH);
    if (at == 0 || nashra_scan_is_edge(scan, at - 1))
        return cues | NASHRA_CUE_BIT(NASHRA_CUE_EDGE);
    cues |= nashra_scan_cues(scan, at - 1) | grammar_before(&scan->tokens[at - 1]);
    if ((cues & NASHRA_CUE_BIT(NASHRA_CUE_FROM)) != 0 && at >= 2) /* أكثر من 2000 */
        cues |= nashra_scan_cues(scan, at - 2) & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT);
    if (at >= 2 && nashra_scan_is_word(scan, at - 1, "بعد") && nashra_scan_is_word(scan, at - 2, "على"))
        cues |= NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT); /* على بعد 1400 م */
    bool above = nashra_scan_is_word(scan, at - 1, "عن") || nashra_scan_is_word(scan, at - 1, "على");
    if (above && at >= 2) /* تقل عن 1200, يزيد على 2000 */
        cues |= nashra_scan_cues(scan, at - 2) & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT);
    if (at >= 2 && nashra_scan_month(scan, at - 2, &month_end) != NULL && month_end == at)
        cues |= NASHRA_CUE_BIT(NASHRA_CUE_MONTH);
    return cues;
}

static uint64_t cues_after(const struct nashra_scan *scan, const struct nashra_reading *reading) {
    uint64_t cues = reading->after;
    if (nashra_scan_is_edge(scan, reading->last))
        return cues | NASHRA_CUE_BIT(NASHRA_CUE_EDGE);
    cues |= nashra_scan_cues(scan, reading->last);
    bool nothing = scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOTHING;
    return nothing && scan->amount->last == reading->last ? cues & ~NASHRA_CUE_BIT(NASHRA_CUE_UNIT) : cues;
}

void nashra_weigh(const struct nashra_scan *scan, uint64_t before, struct nashra_reading *reading) {
    size_t count;
    const struct nashra_weight *weights = nashra_lexis_weights(scan->lexis, reading->cls, &count);
    const uint64_t seen[] = {[NASHRA_PLACE_ALWAYS] = 1,
                             [NASHRA_PLACE_BEFORE] = before,
                             [NASHRA_PLACE_AFTER] = cues_after(scan, reading),
                             [NASHRA_PLACE_NEAR] = scan->near,
                             [NASHRA_PLACE_SHAPE] = reading->shapes};
    reading->points = 0;
    for (size_t i = 0; i < count; i++)
        if ((seen[weights[i].place] >> weights[i].cue & 1) != 0)
            reading->points += weights[i].points;
}
