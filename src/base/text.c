/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/text.h>

static const char *const class_names[NASHRA_CLASS_COUNT] = {
    [NASHRA_CLASS_WORD] = "word",
    [NASHRA_CLASS_CARDINAL] = "cardinal",
    [NASHRA_CLASS_ORDINAL] = "ordinal",
    [NASHRA_CLASS_YEAR] = "year",
    [NASHRA_CLASS_DATE] = "date",
    [NASHRA_CLASS_TIME] = "time",
    [NASHRA_CLASS_YEARS] = "years",
    [NASHRA_CLASS_DECIMAL] = "decimal",
    [NASHRA_CLASS_FRACTION] = "fraction",
    [NASHRA_CLASS_PERCENT] = "percent",
    [NASHRA_CLASS_CURRENCY] = "currency",
    [NASHRA_CLASS_MEASURE] = "measure",
    [NASHRA_CLASS_RANGE] = "range",
    [NASHRA_CLASS_RATIO] = "ratio",
    [NASHRA_CLASS_SCORE] = "score",
    [NASHRA_CLASS_PHONE] = "phone",
    [NASHRA_CLASS_CODE] = "code",
    [NASHRA_CLASS_LABEL] = "label",
    [NASHRA_CLASS_ROMAN] = "roman",
    [NASHRA_CLASS_ACRONYM] = "acronym",
    [NASHRA_CLASS_LATIN] = "latin",
    [NASHRA_CLASS_URL] = "url",
    [NASHRA_CLASS_EMAIL] = "email",
    [NASHRA_CLASS_HASHTAG] = "hashtag",
    [NASHRA_CLASS_ABBREVIATION] = "abbreviation",
    [NASHRA_CLASS_SYMBOL] = "symbol",
    [NASHRA_CLASS_EMOJI] = "emoji",
};

const char *nashra_class_name(enum nashra_class cls) {
    return (unsigned)cls < NASHRA_CLASS_COUNT ? class_names[cls] : "unknown";
}

const char *nashra_kind_name(enum nashra_sentence_kind kind) {
    static const char *const names[] = {"title", "byline", "heading", "text"};
    return (unsigned)kind < 4 ? names[kind] : "text";
}

const char *nashra_pause_mark(enum nashra_pause pause) {
    static const char *const marks[] = {"", "", "،", "؛", ":", ".", "؟", "!"};
    return (unsigned)pause < sizeof marks / sizeof *marks ? marks[pause] : "";
}
