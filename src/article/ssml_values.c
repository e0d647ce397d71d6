/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ssml_values.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_KEY = 64,
    LONGEST_BREAK = 600000,
    OCTAVE = 70,
    DOUBLE_RANGE = 50,
    SEMITONES = 12,
    LEAST_HERTZ = 20,
    MOST_HERTZ = 1000
};
enum { LEAST_PER_CENT = 10, MOST_PER_CENT = 1000, MOST_VOLUME = 1000, MOST_STEPS = 200, MOST_DECIBELS = 60 };

struct nashra_ssml_names {
    struct nashra_table *table;
    struct nashra_map *values;  /* "kind name" → number */
    struct nashra_arena *arena; /* of the keys */
};

static const char *const AS_NAMES[] = {
    [NASHRA_AS_CARDINAL] = "cardinal",     [NASHRA_AS_ORDINAL] = "ordinal",   [NASHRA_AS_DIGITS] = "digits",
    [NASHRA_AS_CHARACTERS] = "characters", [NASHRA_AS_DATE] = "date",         [NASHRA_AS_TIME] = "time",
    [NASHRA_AS_PHONE] = "phone",           [NASHRA_AS_FRACTION] = "fraction", [NASHRA_AS_CURRENCY] = "currency",
    [NASHRA_AS_MEASURE] = "measure",       [NASHRA_AS_YEAR] = "year",         [NASHRA_AS_NET] = "net",
};

static bool as_of(const char *name, int *as) {
    for (size_t i = 0; i < sizeof AS_NAMES / sizeof *AS_NAMES; i++)
        if (strcmp(AS_NAMES[i], name) == 0) {
            *as = (int)i;
            return true;
        }
    return false;
}

static bool key_of(const char *kind, const char *name, char key[LONGEST_KEY]) {
    size_t a = strlen(kind), b = strlen(name);
    if (a + 1 + b >= LONGEST_KEY)
        return false;
    memcpy(key, kind, a);
    key[a] = ' ';
    memcpy(key + a + 1, name, b + 1);
    return true;
}

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_ssml_names *names = user;
    char key[LONGEST_KEY], *end;
    int value = (int)strtol(row->fields[2], &end, 10);
    bool good =
        strcmp(row->fields[0], "say-as") == 0 ? as_of(row->fields[2], &value) : *end == '\0' && end != row->fields[2];
    if (!good || !key_of(row->fields[0], row->fields[1], key))
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is no value of %s", row->file, row->line, row->fields[2],
                           row->fields[0]);
    const char *kept = nashra_arena_copy(names->arena, key, strlen(key));
    return kept ? nashra_map_put(names->values, kept, strlen(kept), value) : NASHRA_ENOMEM;
}

int nashra_ssml_names_create(struct nashra_ssml_names **out) {
    struct nashra_buffer path = {0};
    struct nashra_ssml_names *names = nashra_alloc_zeroed(1, sizeof *names);
    *out = NULL;
    if (!names)
        return NASHRA_ENOMEM;
    names->values = nashra_map_create();
    names->arena = nashra_arena_create();
    int status = names->values && names->arena ? nashra_data_path("ssml.tsv", &path) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 3, add_row, names, &names->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_ssml_names_destroy(names);
        return status;
    }
    *out = names;
    return NASHRA_OK;
}

void nashra_ssml_names_destroy(struct nashra_ssml_names *names) {
    if (!names)
        return;
    nashra_map_destroy(names->values);
    nashra_arena_destroy(names->arena);
    nashra_table_destroy(names->table);
    nashra_free(names);
}

bool nashra_ssml_named(const struct nashra_ssml_names *names, const char *kind, const char *name, int *value) {
    char key[LONGEST_KEY];
    intptr_t found;
    if (!key_of(kind, name, key) || !nashra_map_get(names->values, key, strlen(key), &found))
        return false;
    *value = (int)found;
    return true;
}

/* ---- numbers with units ---- */

struct measure {
    double number;
    bool is_signed;   /* + or - stands before it: a change */
    const char *unit; /* the rest of the value */
};

/* Digits and a point only: strtod() would take "inf" and follow the locale. */
static bool read_measure(const char *value, struct measure *measure) {
    bool negative = *value == '-', digits = false;
    double scale = 1, number = 0;
    measure->is_signed = *value == '+' || *value == '-';
    value += measure->is_signed;
    for (bool point = false; (*value >= '0' && *value <= '9') || (*value == '.' && !point); value++) {
        if (*value == '.') {
            point = true;
            continue;
        }
        digits = true;
        number = number * 10 + (*value - '0');
        scale = point ? scale * 10 : scale;
        if (number > 1e9)
            return false;
    }
    measure->number = (negative ? -number : number) / scale;
    measure->unit = value;
    return digits;
}

static int clamp(double value, int least, int most) {
    return value < least ? least : value > most ? most : (int)lround(value);
}

/* "fast", "120%", "+20%", "1.2". */
bool nashra_ssml_rate(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody) {
    struct measure m;
    if (nashra_ssml_named(names, "rate", value, &prosody->rate))
        return true;
    if (!read_measure(value, &m))
        return false;
    bool per_cent = strcmp(m.unit, "%") == 0;
    if (!per_cent && (*m.unit || m.is_signed))
        return false;
    double factor = per_cent ? m.number / 100 : m.number;
    factor = m.is_signed ? 1 + factor : factor;
    if (factor <= 0)
        return false;
    prosody->rate = clamp(prosody->rate * factor, LEAST_PER_CENT, MOST_PER_CENT);
    return true;
}

/* "high", "+10%", "-2st", "+20Hz" (of the middle of the voice, 100 Hz), "120Hz". */
bool nashra_ssml_pitch(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody) {
    struct measure m;
    double steps;
    int named;
    if (nashra_ssml_named(names, "pitch", value, &named)) {
        prosody->pitch = named;
        prosody->pitch_hz = 0;
        return true;
    }
    if (!read_measure(value, &m))
        return false;
    if (strcmp(m.unit, "Hz") == 0 && !m.is_signed) {
        prosody->pitch = 0;
        prosody->pitch_hz = clamp(m.number, LEAST_HERTZ, MOST_HERTZ);
        return true;
    }
    bool per_cent = strcmp(m.unit, "%") == 0, hertz = strcmp(m.unit, "Hz") == 0;
    if (strcmp(m.unit, "st") == 0)
        steps = m.number * OCTAVE / SEMITONES;
    else if ((per_cent || hertz) && m.number > -100)
        steps = OCTAVE * log2(per_cent && !m.is_signed ? m.number / 100 : 1 + m.number / 100);
    else
        return false;
    prosody->pitch = clamp(prosody->pitch + steps, -MOST_STEPS, MOST_STEPS);
    return true;
}

/* A melody goes twice as far at 50 more. */
bool nashra_ssml_range(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody) {
    struct measure m;
    if (nashra_ssml_named(names, "range", value, &prosody->range))
        return true;
    if (!read_measure(value, &m) || strcmp(m.unit, "%") != 0)
        return false;
    double change = m.is_signed ? m.number : m.number - 100;
    prosody->range = clamp(prosody->range + change / 2, -DOUBLE_RANGE, DOUBLE_RANGE);
    return true;
}

/* "loud", "+6dB", "80", "+10%". */
bool nashra_ssml_volume(const struct nashra_ssml_names *names, const char *value, struct nashra_prosody *prosody) {
    struct measure m;
    if (nashra_ssml_named(names, "volume", value, &prosody->volume))
        return true;
    if (!read_measure(value, &m))
        return false;
    double volume;
    if (strcmp(m.unit, "dB") == 0 && m.number <= MOST_DECIBELS)
        volume = prosody->volume * pow(10, m.number / 20);
    else if (strcmp(m.unit, "%") == 0)
        volume = m.is_signed ? prosody->volume * (1 + m.number / 100) : m.number;
    else if (*m.unit == '\0')
        volume = m.is_signed ? prosody->volume + m.number : m.number;
    else
        return false;
    prosody->volume = clamp(volume, 0, MOST_VOLUME);
    return true;
}

bool nashra_ssml_time(const char *value, int *ms) {
    struct measure m;
    if (!read_measure(value, &m) || m.number < 0)
        return false;
    double length = strcmp(m.unit, "s") == 0 ? m.number * 1000 : strcmp(m.unit, "ms") == 0 ? m.number : -1;
    if (length < 0)
        return false;
    *ms = clamp(length, 0, LONGEST_BREAK);
    return true;
}

/* ---- say-as ---- */

/* "dmy", "mdy", "ymd", "md" … or "yyyymmdd": the order of day, month and year. */
static bool read_order(const char *format, char order[4]) {
    size_t count = 0;
    for (const char *at = format; *at; at++) {
        if (!strchr("dmy", *at) || (count == 3 && order[2] != *at))
            return false;
        if (count == 0 || order[count - 1] != *at)
            order[count++] = *at;
    }
    order[count] = '\0';
    return strcmp(order, "dmy") == 0 || strcmp(order, "mdy") == 0 || strcmp(order, "ymd") == 0 ||
           strcmp(order, "ydm") == 0 || strcmp(order, "dm") == 0 || strcmp(order, "md") == 0 ||
           strcmp(order, "my") == 0 || strcmp(order, "ym") == 0 || strcmp(order, "y") == 0 || strcmp(order, "d") == 0 ||
           strcmp(order, "m") == 0;
}

bool nashra_ssml_say_as(const struct nashra_ssml_names *names, const char *as, const char *format,
                        struct nashra_hint *hint) {
    int value;
    if (!nashra_ssml_named(names, "say-as", as, &value))
        return false;
    hint->as = (enum nashra_say_as)value;
    hint->order[0] = '\0';
    if (hint->as == NASHRA_AS_DATE && format && !read_order(format, hint->order))
        return false;
    /* The older note writes <say-as interpret-as="number" format="ordinal">. */
    int other;
    if (hint->as == NASHRA_AS_CARDINAL && format && nashra_ssml_named(names, "say-as", format, &other))
        hint->as = (enum nashra_say_as)other;
    return true;
}
