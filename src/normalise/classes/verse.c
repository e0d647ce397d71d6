/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chapter and verse behind the name of a book of scripture: متى 5:3, رومية 8: 28-30, المزمور 119:105. */
#include <string.h>

#include "classes/classes.h"
#include "classes/label.h"
#include "quantity.h"

enum { LARGEST = 200 };

static bool is_small(const struct nashra_scan *scan, size_t at) {
    long value = nashra_quantity_plain(scan, at);
    return value >= 1 && value < LARGEST;
}

int nashra_match_verse(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const uint64_t scripture = NASHRA_CUE_BIT(NASHRA_CUE_SCRIPTURE);
    size_t name = at != 0 && nashra_scan_is_symbol(scan, at - 1, '(') ? at - 1 : at; /* بطرس (7:34) */
    bool book = name != 0 && (nashra_scan_cues(scan, name - 1) & scripture) != 0;
    bool of_a_kind = name >= 2 && scan->tokens[name - 1].kind == NASHRA_TOKEN_WORD &&
                     (nashra_scan_cues(scan, name - 2) & scripture) != 0; /* سفر الخروج */
    if (!(book || of_a_kind) || scan->tokens[at].prefix != NULL || !nashra_scan_is_symbol(scan, at + 1, ':') ||
        scan->tokens[at + 1].space || !is_small(scan, at) || !is_small(scan, at + 2))
        return 0;
    bool range = nashra_scan_is_dash(scan, at + 3) && nashra_scan_glued(scan, at + 3) && is_small(scan, at + 4);
    reading->cls = NASHRA_CLASS_LABEL;
    reading->first = at;
    reading->last = at + (range ? 5 : 3);
    reading->form = range;
    return 1;
}

static int say(struct nashra_scan *scan, enum nashra_saying noun, size_t number) {
    struct nashra_quantity quantity;
    const char *word = nashra_lexis_saying(scan->lexis, noun);
    const struct nashra_label *label = nashra_label_of(scan, word);
    int status = noun == NASHRA_SAY_PSALM ? 0 : nashra_scan_words(scan, word);
    if (status < 0 || label == NULL || !nashra_quantity_digits_at(scan, number, &quantity, &status))
        return status;
    return nashra_label_say(scan, label, &quantity.value, NASHRA_GENITIVE, true);
}

/* The names of chapter and verse are said: nobody hears a colon. */
int nashra_speak_verse(struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first;
    const struct nashra_lexeme *book = scan->tokens[at - 1].lexeme;
    bool psalm = book != NULL && book->label != NULL; /* the book's name says what is counted */
    scan->confidence = 0.9f;
    int status = say(scan, psalm ? NASHRA_SAY_PSALM : NASHRA_SAY_CHAPTER, at);
    nashra_scan_cut(scan, at + 2, NASHRA_PAUSE_COMMA);
    if (status == 0 && reading->form != 0)
        status = nashra_scan_say(scan, NASHRA_SAY_FROM);
    if (status == 0)
        status = say(scan, NASHRA_SAY_VERSE, at + 2);
    if (status < 0 || reading->form == 0)
        return status;
    nashra_scan_cut(scan, at + 4, NASHRA_PAUSE_NONE);
    status = nashra_scan_say(scan, NASHRA_SAY_TO);
    return status == 0 ? say(scan, NASHRA_SAY_VERSE, at + 4) : status;
}
