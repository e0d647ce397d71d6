/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decode.h"

#include <nashra/nn.h>

#define BIT(label) (1u << (label))

enum {
    ALIF = 0x0627,
    MADDA = 0x0622,
    MAQSURA = 0x0649,
    TA_MARBUTA = 0x0629,
    HAMZA = 0x0621,
    ALIF_HAMZA = 0x0623,
    WAW = 0x0648,
    YA = 0x064A
};

static const unsigned all = BIT(FEAT_LABELS) - 1;
static const unsigned doubled = BIT(FEAT_SHADDA) | BIT(FEAT_SHADDA_FATHA) | BIT(FEAT_SHADDA_DAMMA) |
                                BIT(FEAT_SHADDA_KASRA) | BIT(FEAT_SHADDA_FATHATAN) | BIT(FEAT_SHADDA_DAMMATAN) |
                                BIT(FEAT_SHADDA_KASRATAN);
static const unsigned fathatan = BIT(FEAT_FATHATAN) | BIT(FEAT_SHADDA_FATHATAN);
static const unsigned tanwin = BIT(FEAT_FATHATAN) | BIT(FEAT_DAMMATAN) | BIT(FEAT_KASRATAN) |
                               BIT(FEAT_SHADDA_FATHATAN) | BIT(FEAT_SHADDA_DAMMATAN) | BIT(FEAT_SHADDA_KASRATAN);

bool nashra_decode_agrees(unsigned given, unsigned label) {
    return given == FEAT_NONE || given == label || (given == FEAT_SHADDA && label > FEAT_SHADDA);
}

static bool bears_no_mark(uint32_t letter) {
    return letter == ALIF || letter == MADDA || letter == MAQSURA;
}

/* A last letter with fathatan is followed by an alif, unless it is one of these. */
static bool takes_fathatan(uint32_t letter) {
    return letter == TA_MARBUTA || letter == HAMZA || letter == ALIF_HAMZA;
}

/* The last letter but one before an alif: the place of fathatan. */
static bool before_final_alif(const struct decode_word *w, size_t at) {
    uint32_t last = nashra_feat_letter(w->letter[w->count - 1].symbol);
    return at + 2 == w->count && (last == ALIF || last == MAQSURA);
}

/* In a word that somebody marked, a ya without a mark behind a kasra is long, and so is a waw behind a damma, where the
 * next letter bears a mark as well or is the last: بِلِينْكِنْ, وَلِيد, but مِياه. */
static bool is_long(const struct decode_word *w, size_t at) {
    if (at == 0 || at + 1 == w->count)
        return false;
    const uint32_t letter = nashra_feat_letter(w->letter[at].symbol);
    const unsigned before = w->letter[at - 1].label, after = w->letter[at + 1].label;
    const bool ya = letter == YA && (before == FEAT_KASRA || before == FEAT_SHADDA_KASRA);
    const bool waw = letter == WAW && (before == FEAT_DAMMA || before == FEAT_SHADDA_DAMMA);
    return (ya || waw) && !bears_no_mark(nashra_feat_letter(w->letter[at + 1].symbol)) &&
           (after != FEAT_NONE || at + 2 == w->count);
}

static unsigned given_labels(unsigned given) {
    unsigned set = 0;
    for (unsigned label = 0; label < FEAT_LABELS; label++)
        if (nashra_decode_agrees(given, label))
            set |= BIT(label);
    return set;
}

unsigned nashra_decode_legal(const struct decode_word *w, size_t at) {
    uint32_t letter = nashra_feat_letter(w->letter[at].symbol);
    unsigned given = w->letter[at].label;
    if (given != FEAT_NONE)
        return given_labels(given);
    if (bears_no_mark(letter) || is_long(w, at))
        return BIT(FEAT_NONE);
    unsigned set = all;
    bool last = at + 1 == w->count;
    if (at == 0 && !last)
        set &= ~doubled;
    if (last && !takes_fathatan(letter))
        set &= ~fathatan;
    if (!last)
        set &= ~(BIT(FEAT_SHADDA) | (before_final_alif(w, at) ? tanwin & ~fathatan : tanwin));
    return set;
}

/* The probabilities of the labels of letter `at`; illegal ones have none. Returns the best label. */
static uint8_t weigh(const struct decode_word *word, size_t at, const float *logits, float p[FEAT_LABELS]) {
    float legal[FEAT_LABELS];
    unsigned set = nashra_decode_legal(word, at);
    for (unsigned label = 0; label < FEAT_LABELS; label++)
        legal[label] = set & BIT(label) ? logits[label] : -2e30f;
    nashra_softmax(legal, FEAT_LABELS, p);
    uint8_t best = 0;
    for (uint8_t label = 1; label < FEAT_LABELS; label++)
        if (p[label] > p[best])
            best = label;
    return best;
}

void nashra_decode_word(const struct attested *attested, const struct decode_word *word, const float *logits,
                        size_t stride, size_t ending, struct decode_choice *choices) {
    float p[BEAM_LONGEST][FEAT_LABELS];
    uint8_t symbols[BEAM_LONGEST], labels[BEAM_LONGEST];
    for (size_t i = 0; i < word->count; i++) {
        symbols[i] = word->letter[i].symbol;
        labels[i] = weigh(word, i, logits + i * stride + (i + 1 == word->count ? ending : 0), p[i]);
    }
    if (word->count > 1 && !nashra_attested_word(attested, symbols, labels, word->count))
        nashra_beam_search(attested, symbols, p, word->count, labels);
    for (size_t i = 0; i < word->count; i++)
        choices[i] = (struct decode_choice){labels[i], p[i][labels[i]]};
}
