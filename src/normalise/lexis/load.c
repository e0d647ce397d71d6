/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "lexis/store.h"

/* Names of enumerators as the tables write them, in the order of the enums. */
static const char *const governor_names[] = {
    "nothing", "preposition", "noun",     "inna",     "kana",       "measure", "except",  "passive",  "intransitive",
    "either",  "transitive",  "negation", "function", "nominative", "topic",   "pronoun", "relative", "adverb"};
static const char *const cue_names[] = {
    "year",        "period",   "season",   "score",  "phone",  "time",   "between", "from",     "letter",
    "temperature", "say",      "announce", "age",    "month",  "era",    "ratio",   "version",  "page",
    "code",        "person",   "day",      "price",  "label",  "unit",   "noun",    "actor",    "edge",
    "duration",    "governed", "amount",   "result", "span",   "event",  "daytime", "distance", "scripture",
    "ordinal",     "name",     "fall",     "change", "strike", "masdar", "blow", "place",   "hotline"};
static const char *const use_names[] = {"always",      "before-name",  "before-number", "after-year",  "after-time",
                                        "in-brackets", "before-colon", "before-year",   "after-slash", "before-woman"};
static const char *const role_names[] = {"named",    "silent",      "comma",      "semicolon",   "colon", "stop",
                                         "question", "exclamation", "dots",       "dash",        "slash", "open",
                                         "close",    "quote",       "quote-open", "quote-close", "emoji"};
static const char *const saying_names[] = {"from",
                                           "to",
                                           "and",
                                           "against",
                                           "year-nominative",
                                           "year-accusative",
                                           "year-genitive",
                                           "two-years",
                                           "date-of",
                                           "minus",
                                           "plus",
                                           "hijra",
                                           "half",
                                           "third",
                                           "quarter",
                                           "less-third",
                                           "less-quarter",
                                           "midnight-nominative",
                                           "midnight-accusative",
                                           "midnight-genitive",
                                           "morning",
                                           "evening",
                                           "point",
                                           "dash",
                                           "slash",
                                           "at",
                                           "underscore",
                                           "hashtag",
                                           "mention",
                                           "group-of",
                                           "symbol",
                                           "emoji",
                                           "plus-or-minus",
                                           "below-zero",
                                           "flag",
                                           "square",
                                           "cubic",
                                           "period-genitive",
                                           "one-oclock",
                                           "less",
                                           "minute-singular",
                                           "minute-plural",
                                           "chapter",
                                           "verse",
                                           "psalm",
                                           "year-feminine",
                                           "plus-of-name",
                                           "hour-singular",
                                           "second-singular",
                                           "part-singular",
                                           "of-hundred",
                                           "of-thousand",
                                           "of-ten",
                                           "more-than-nominative",
                                           "more-than-oblique",
                                           "the-hour",
                                           "over",
                                           "version"};
static const char *const place_names[] = {"always", "before", "after", "near", "shape"};
static const char *const shape_names[] = {"year",      "recent",    "leading-zero", "long",        "ascending",
                                          "small",     "spaced",    "grouped",      "grouped-dot", "dot-paper",
                                          "fraction",  "full-date", "two-digits",   "consecutive", "short-second",
                                          "bracketed", "common",    "signed"};
static const char *const region_names[] = {"gulf", "egypt", "levant", "maghreb", "morocco"};
static const char *const label_names[] = {"ordinal", "cardinal", "name"};
static const char *const calendar_names[] = {"gregorian", "hijri"};

#define LENGTH(array) (sizeof(array) / sizeof *(array))
_Static_assert(LENGTH(cue_names) == NASHRA_CUE_COUNT, "a name for each cue");
_Static_assert(LENGTH(use_names) == NASHRA_ABBREVIATION_USES, "a name for each use");
_Static_assert(LENGTH(role_names) == NASHRA_SYMBOL_EMOJI + 1, "a name for each role");
_Static_assert(LENGTH(saying_names) == NASHRA_SAY_COUNT, "a name for each saying");
_Static_assert(LENGTH(shape_names) == NASHRA_SHAPE_COUNT, "a name for each shape");
_Static_assert(LENGTH(governor_names) == NASHRA_GOVERNS_ADVERB + 1, "a name for each governor");

static int find_name(const struct nashra_row *row, size_t field, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (names[i][0] == row->fields[field][0] && strcmp(names[i], row->fields[field]) == 0)
            return (int)i;
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" isn't a word of this column", row->file, row->line,
                       row->fields[field]);
}
#define FIND(row, field, names) find_name((row), (field), (names), LENGTH(names))

/* The same for long tables, where rows of one kind stand together: the kind of the row before is looked at first. */
static int find_again(struct nashra_lexis *lexis, const struct nashra_row *row, const char *const *names,
                      size_t count) {
    if (lexis->last_kind >= (int)count || strcmp(names[lexis->last_kind], row->fields[1]) != 0)
        lexis->last_kind = find_name(row, 1, names, count);
    int kind = lexis->last_kind;
    if (kind < 0)
        lexis->last_kind = 0;
    return kind;
}

static struct nashra_lexeme *lexeme_of(struct nashra_lexis *lexis, const char *word) {
    intptr_t *place = nashra_map_place(lexis->words, word, strlen(word));
    if (place != NULL && *place == 0)
        *place = (intptr_t)nashra_arena_alloc(lexis->arena, sizeof(struct nashra_lexeme));
    return place != NULL ? (struct nashra_lexeme *)*place : NULL;
}

/* A key of two words is also found by its first word, so that the scanner knows when to try it. */
static struct nashra_lexeme *lexeme_of_phrase(struct nashra_lexis *lexis, const char *phrase) {
    const char *space = strchr(phrase, ' ');
    if (space != NULL) {
        char *first = nashra_arena_copy(lexis->arena, phrase, (size_t)(space - phrase));
        struct nashra_lexeme *start = first != NULL ? lexeme_of(lexis, first) : NULL;
        if (start == NULL)
            return NULL;
        start->phrase_start = true;
    }
    return lexeme_of(lexis, phrase);
}

static int read_governor(const struct nashra_row *row, void *user) {
    int kind = find_again(user, row, governor_names, LENGTH(governor_names));
    if (kind < 0)
        return kind;
    struct nashra_lexeme *lexeme = lexeme_of(user, row->fields[0]);
    if (lexeme == NULL)
        return NASHRA_ENOMEM;
    lexeme->governor = (unsigned char)kind;
    return 0;
}

static int read_cue(const struct nashra_row *row, void *user) {
    int cue = find_again(user, row, cue_names, LENGTH(cue_names));
    if (cue < 0)
        return cue;
    struct nashra_lexeme *lexeme = lexeme_of(user, row->fields[0]);
    if (lexeme == NULL)
        return NASHRA_ENOMEM;
    lexeme->cues |= NASHRA_CUE_BIT(cue);
    return 0;
}

static int read_respelling(const struct nashra_row *row, void *user) {
    struct nashra_lexeme *lexeme = lexeme_of(user, row->fields[0]);
    if (lexeme == NULL)
        return NASHRA_ENOMEM;
    lexeme->respelt = row->fields[1];
    return 0;
}

static int region_bits(const struct nashra_row *row, const char *field, unsigned *bits) {
    *bits = 0;
    if (strcmp(field, "-") == 0)
        return 0;
    for (const char *at = field; *at != '\0';) {
        size_t length = strcspn(at, ",");
        size_t i = 0;
        while (i < LENGTH(region_names) &&
               (strlen(region_names[i]) != length || memcmp(region_names[i], at, length) != 0))
            i++;
        if (i == LENGTH(region_names))
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" isn't a list of regions", row->file, row->line, field);
        *bits |= 1u << i;
        at += length + (at[length] == ',');
    }
    return 0;
}

/* word, number, calendar, regions, marked */
static int read_month(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    unsigned bits;
    long number = strtol(row->fields[1], NULL, 10);
    int calendar = FIND(row, 2, calendar_names);
    int status = calendar < 0 ? calendar : region_bits(row, row->fields[3], &bits);
    if (status < 0)
        return status;
    if (number < 1 || number > NASHRA_MONTHS)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" isn't a month", row->file, row->line, row->fields[1]);
    struct nashra_lexeme *lexeme = lexeme_of_phrase(lexis, row->fields[0]);
    struct nashra_month *month = nashra_arena_alloc(lexis->arena, sizeof *month);
    if (lexeme == NULL || month == NULL)
        return NASHRA_ENOMEM;
    *month = (struct nashra_month){.number = (unsigned char)number,
                                   .calendar = (unsigned char)calendar,
                                   .regions = (unsigned char)bits,
                                   .words = strchr(row->fields[0], ' ') ? 2 : 1,
                                   .marked = row->fields[4]};
    lexeme->month = month;
    lexeme->cues |= NASHRA_CUE_BIT(NASHRA_CUE_MONTH);
    for (size_t region = 0; region < NASHRA_REGIONS; region++)
        if (bits >> region & 1)
            lexis->months[calendar][number - 1][region] = month->marked;
    return 0;
}

/* word, gender m|f, ordinal|cardinal|name */
static int read_label(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    int kind = FIND(row, 2, label_names);
    if (kind < 0)
        return kind;
    struct nashra_lexeme *lexeme = lexeme_of(lexis, row->fields[0]);
    struct nashra_label *label = nashra_arena_alloc(lexis->arena, sizeof *label);
    if (lexeme == NULL || label == NULL)
        return NASHRA_ENOMEM;
    label->gender = row->fields[1][0] == 'f' ? NASHRA_FEMININE : NASHRA_MASCULINE;
    label->kind = (enum nashra_label_kind)kind;
    lexeme->label = label;
    lexeme->cues |= NASHRA_CUE_BIT(NASHRA_CUE_LABEL);
    return 0;
}

static bool is_latin(const char *word) {
    return (unsigned char)word[0] < 0x80;
}

/* key, use, reading */
static int read_abbreviation(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    int use = FIND(row, 1, use_names);
    if (use < 0)
        return use;
    struct nashra_lexeme *lexeme = lexeme_of(lexis, row->fields[0]);
    if (lexeme == NULL)
        return NASHRA_ENOMEM;
    if (lexeme->abbreviation == NULL)
        lexeme->abbreviation =
            nashra_arena_alloc(lexis->arena, NASHRA_ABBREVIATION_USES * sizeof *lexeme->abbreviation);
    if (lexeme->abbreviation == NULL)
        return NASHRA_ENOMEM;
    lexeme->abbreviation[use] = row->fields[2];
    if (use == NASHRA_ABBREVIATES_AFTER_YEAR)
        lexeme->cues |= NASHRA_CUE_BIT(NASHRA_CUE_ERA);
    return 0;
}

/* key in either script, reading */
static int read_acronym(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    if (is_latin(row->fields[0]))
        return nashra_map_put(lexis->acronyms, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
    struct nashra_lexeme *lexeme = lexeme_of(lexis, row->fields[0]);
    if (lexeme == NULL)
        return NASHRA_ENOMEM;
    lexeme->acronym = row->fields[1];
    return 0;
}

static int read_latin(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    return nashra_map_put(lexis->latin, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
}

static int read_letter(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    return nashra_map_put(lexis->letters, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
}

static int put_symbol(struct nashra_lexis *lexis, const char *key, enum nashra_symbol_role role, const char *name) {
    struct nashra_symbol *symbol = nashra_arena_alloc(lexis->arena, sizeof *symbol);
    if (symbol == NULL)
        return NASHRA_ENOMEM;
    symbol->role = role;
    symbol->name = name;
    return nashra_map_put(lexis->symbols, key, strlen(key), (intptr_t)symbol);
}

/* role, symbol, name or nothing: the role comes first because a row that begins with # is a comment */
static int read_symbol(const struct nashra_row *row, void *user) {
    int role = FIND(row, 0, role_names);
    if (role < 0)
        return role;
    bool named = row->count > 2 && row->fields[2][0] != '\0';
    if (role == NASHRA_SYMBOL_NAMED && !named)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: a named symbol needs its name", row->file, row->line);
    return put_symbol(user, row->fields[1], (enum nashra_symbol_role)role, named ? row->fields[2] : NULL);
}

static int read_emoji(const struct nashra_row *row, void *user) {
    return put_symbol(user, row->fields[0], NASHRA_SYMBOL_EMOJI, row->fields[1]);
}

static int read_saying(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    int saying = FIND(row, 0, saying_names);
    if (saying < 0)
        return saying;
    lexis->sayings[saying] = row->fields[1];
    return 0;
}

static int class_of_name(const struct nashra_row *row, const char *name) {
    for (int cls = 0; cls < NASHRA_CLASS_COUNT; cls++)
        if (strcmp(nashra_class_name((enum nashra_class)cls), name) == 0)
            return cls;
    return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" isn't a class", row->file, row->line, name);
}

/* class, place, cue or shape or -, points */
static int read_weight(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    int cls = class_of_name(row, row->fields[0]);
    int place = cls < 0 ? cls : FIND(row, 1, place_names);
    if (place < 0)
        return place;
    int cue = place == NASHRA_PLACE_ALWAYS  ? 0
              : place == NASHRA_PLACE_SHAPE ? FIND(row, 2, shape_names)
                                            : FIND(row, 2, cue_names);
    if (cue < 0)
        return cue;
    if (lexis->weight_count == NASHRA_MAX_WEIGHTS)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d weights", row->file, row->line, NASHRA_MAX_WEIGHTS);
    struct nashra_weight *weight = lexis->weights + lexis->weight_end[cls];
    memmove(weight + 1, weight, (lexis->weight_count - lexis->weight_end[cls]) * sizeof *weight);
    *weight = (struct nashra_weight){(enum nashra_class)cls, (unsigned char)place, (unsigned char)cue,
                                     (short)strtol(row->fields[3], NULL, 10)};
    lexis->weight_count++;
    for (int i = cls; i < NASHRA_CLASS_COUNT; i++)
        lexis->weight_end[i]++;
    return 0;
}

static int check_complete(const struct nashra_lexis *lexis) {
    for (size_t i = 0; i < NASHRA_SAY_COUNT; i++)
        if (lexis->sayings[i] == NULL)
            return nashra_fail(NASHRA_ECONFIG, "sayings.tsv: \"%s\" is missing", saying_names[i]);
    for (size_t calendar = 0; calendar < 2; calendar++)
        for (size_t month = 0; month < NASHRA_MONTHS; month++)
            for (size_t region = 0; region < NASHRA_REGIONS; region++)
                if (lexis->months[calendar][month][region] == NULL)
                    return nashra_fail(NASHRA_ECONFIG, "months.tsv: %s month %zu has no name for %s",
                                       calendar_names[calendar], month + 1, region_names[region]);
    return 0;
}

static int load_file(struct nashra_lexis *lexis, const char *name, size_t fields, nashra_row_fn read) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    if (status == 0)
        status =
            nashra_table_load(nashra_buffer_string(&path), fields, read, lexis, &lexis->tables[lexis->table_count]);
    nashra_buffer_finish(&path);
    if (status == 0)
        lexis->table_count++;
    return status;
}

int nashra_lexis_load(struct nashra_lexis *lexis) {
    static const struct {
        const char *name;
        size_t fields;
        nashra_row_fn read;
    } files[] = {{"governors.tsv", 2, read_governor}, {"cues.tsv", 2, read_cue},
                 {"hamza.tsv", 2, read_respelling},   {"months.tsv", 5, read_month},
                 {"labels.tsv", 3, read_label},       {"abbreviations.tsv", 3, read_abbreviation},
                 {"acronyms.tsv", 2, read_acronym},   {"latin-words.tsv", 2, read_latin},
                 {"letters.tsv", 2, read_letter},     {"symbols.tsv", 2, read_symbol},
                 {"emoji.tsv", 2, read_emoji},        {"sayings.tsv", 2, read_saying},
                 {"weights.tsv", 4, read_weight},     {"signs.tsv", 2, read_letter}};
    _Static_assert(LENGTH(files) <= NASHRA_LEXIS_FILES, "room for the tables");
    for (size_t i = 0; i < LENGTH(files); i++) {
        int status = load_file(lexis, files[i].name, files[i].fields, files[i].read);
        if (status < 0)
            return status;
    }
    return check_complete(lexis);
}
