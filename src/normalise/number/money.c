/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/money.h"

#include <stdlib.h>
#include <string.h>

#include "number/cardinal.h"
#include "number/phrase.h"

struct nashra_currency {
    const char *code;
    size_t digits; /* of the minor unit */
    struct nashra_noun major, minor;
    bool has_minor;
    const char *adjective; /* of the country, or NULL */
    const char *regions;
};

/* ---- loading ---- */

/* The place of a two-byte Arabic letter; 0, where none is, for all else. */
static unsigned initial_of(const char *word) {
    unsigned lead = (unsigned char)word[0], rest = (unsigned char)word[1];
    return lead == 0xD8 || lead == 0xD9 ? (lead & 1) << 6 | (rest & 0x3F) : 0;
}

static int load_names(struct nashra_numbers *numbers, const struct nashra_row *row,
                      const struct nashra_currency *currency) {
    struct nashra_keys *keys = &numbers->currencies.keys;
    numbers->currencies.initials[initial_of(currency->major.singular)] = true;
    int status = nashra_keys_add(keys, row->fields[0], currency);
    if (status == NASHRA_OK)
        status = nashra_keys_add(keys, row->fields[2], currency);
    if (status == NASHRA_OK && strcmp(row->fields[5], "-") != 0)
        status = nashra_keys_add(keys, row->fields[5], currency);
    return status;
}

static int load_row(const struct nashra_row *row, void *user) {
    struct nashra_numbers *numbers = user;
    struct nashra_currency *currency = nashra_arena_alloc(numbers->arena, sizeof *currency);
    if (!currency)
        return NASHRA_ENOMEM;
    char *end;
    currency->code = row->fields[0];
    currency->digits = strtoul(row->fields[1], &end, 10);
    if (*end || currency->digits > 18)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is no number of digits", row->file, row->line, row->fields[1]);
    currency->has_minor = strcmp(row->fields[3], "-") != 0;
    currency->adjective = strcmp(row->fields[4], "-") != 0 ? row->fields[4] : NULL;
    currency->regions = row->fields[6];
    int status = nashra_noun_of_table(numbers, row, 2, &currency->major);
    if (status == NASHRA_OK && currency->has_minor)
        status = nashra_noun_of_table(numbers, row, 3, &currency->minor);
    return status < 0 ? status : load_names(numbers, row, currency);
}

int nashra_currencies_load(struct nashra_numbers *numbers) {
    struct nashra_currencies *currencies = &numbers->currencies;
    currencies->keys = (struct nashra_keys){nashra_map_create(), numbers->arena, true};
    return currencies->keys.map ? nashra_table_load_named("currencies.tsv", 7, load_row, numbers, &currencies->table)
                                : NASHRA_ENOMEM;
}

void nashra_currencies_finish(struct nashra_currencies *currencies) {
    nashra_map_destroy(currencies->keys.map);
    nashra_table_destroy(currencies->table);
}

/* ---- finding ---- */

static const char *const REGIONS[] = {
    [NASHRA_REGION_GULF] = "gulf",       [NASHRA_REGION_EGYPT] = "egypt",     [NASHRA_REGION_LEVANT] = "levant",
    [NASHRA_REGION_MAGHREB] = "maghreb", [NASHRA_REGION_MOROCCO] = "morocco",
};

/* Among several the reader's own, else the one marked *, else the first. */
static const struct nashra_currency *choose(const struct nashra_key *key, enum nashra_region region) {
    const struct nashra_currency *first = key ? key->row : NULL, *star = NULL;
    for (; key; key = key->next) {
        const struct nashra_currency *currency = key->row;
        if (strstr(currency->regions, REGIONS[region]))
            return currency;
        if (!star && strchr(currency->regions, '*'))
            star = currency;
    }
    return star ? star : first;
}

static const struct nashra_key *find_inflected(const struct nashra_numbers *numbers, const char *text, size_t length) {
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_noun_match match;
    const struct nashra_key *key = NULL;
    if (arena && nashra_noun_find(numbers, arena, text, length, &match) == NASHRA_OK && match.noun.known) {
        const char *bare = nashra_bare_copy(arena, match.noun.singular);
        key = bare ? nashra_keys_find(&numbers->currencies.keys, bare, strlen(bare)) : NULL;
    }
    nashra_arena_destroy(arena);
    return key;
}

const struct nashra_currency *nashra_currency_find(const struct nashra_numbers *numbers, const char *text,
                                                   size_t length, enum nashra_region region) {
    const struct nashra_key *key = nashra_keys_find(&numbers->currencies.keys, text, length);
    bool article = length > 4 && memcmp(text, "ال", 4) == 0;
    if (!key && length > 2 && (article || numbers->currencies.initials[initial_of(text)]))
        key = find_inflected(numbers, text, length);
    return choose(key, region);
}

struct nashra_noun nashra_currency_noun(const struct nashra_currency *currency, bool qualified) {
    struct nashra_noun noun = currency->major;
    noun.adjective = qualified ? currency->adjective : NULL;
    return noun;
}

const char *nashra_currency_adjective(const struct nashra_currency *currency) {
    return currency->adjective;
}

/* ---- speaking ---- */

/* The fraction as a whole number of minor units; false when it has more digits than they. */
static bool split_fraction(const struct nashra_decimal *amount, size_t digits, unsigned long long *value) {
    size_t length = amount->fraction_length;
    while (length > digits && amount->fraction[length - 1] == '0')
        length--;
    if (length > digits)
        return false;
    *value = 0;
    for (size_t i = 0; i < digits; i++)
        *value = *value * 10 + (i < length ? (unsigned)(amount->fraction[i] - '0') : 0u);
    return true;
}

static int write_units(struct nashra_counting *counting, const struct nashra_decimal *whole,
                       const struct nashra_noun *major, unsigned long long cents, const struct nashra_noun *minor) {
    struct nashra_thing units = nashra_thing_of_noun(major), minor_units = nashra_thing_of_noun(minor);
    bool zero = whole->integer_length == 1 && *whole->integer == '0';
    int status = NASHRA_OK;
    if (!zero || cents == 0)
        status = nashra_count_decimal_thing(counting, whole, &units, false);
    return status < 0 || cents == 0 ? status : nashra_count_thing(counting, cents, &minor_units, false);
}

int nashra_phrase_money(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                        const struct nashra_decimal *amount, const unsigned *scales, size_t scale_count,
                        const struct nashra_currency *currency, const char *adjective, struct nashra_stance stance) {
    struct nashra_noun major = nashra_currency_noun(currency, false);
    unsigned long long cents = 0;
    major.adjective = adjective;
    bool split = amount->fraction_length > 0 && scale_count == 0 && split_fraction(amount, currency->digits, &cents) &&
                 (currency->has_minor || cents == 0);
    if (!split)
        return nashra_phrase_scaled(numbers, phrase, amount, scales, scale_count, &major, stance);
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    struct nashra_decimal whole = *amount;
    whole.fraction_length = 0;
    int status = nashra_count_sign(&counting, amount);
    return status < 0 ? status : write_units(&counting, &whole, &major, cents, &currency->minor);
}
