/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_keys.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "bulletin_inputs.h"
#include "bulletin_phrase.h"

enum type { TEXT, PHRASE, FILE_NAME, WHOLE, DECIMAL, SECONDS, SWITCH, REGION, ENDINGS, MOMENT, BITS, CHANNELS, BESIDE };

struct key {
    const char *name;
    enum type type;
    size_t offset;
    double least, most;
    const char *wanted; /* for messages */
};

#define AT(field) offsetof(struct nashra_script, field)
#define OF_ITEM(field) offsetof(struct nashra_script_item, field)

static const struct key bulletin_keys[] = {
    {"title", TEXT, AT(title), 0, 0, "text"},
    {"station", TEXT, AT(station), 0, 0, "text"},
    {"category", TEXT, AT(category), 0, 0, "text"},
    {"cut", TEXT, AT(cut), 0, 0, "text"},
    {"intro", PHRASE, AT(intro), 0, 0, "none, standard, or a text with {weekday} {date} {time} {station} {title}"},
    {"outro", PHRASE, AT(outro), 0, 0, "none, standard, or a text with {weekday} {date} {time} {station} {title}"},
    {"opening", FILE_NAME, AT(opening), 0, 0, "a sound file"},
    {"closing", FILE_NAME, AT(closing), 0, 0, "a sound file"},
    {"sting", FILE_NAME, AT(sting), 0, 0, "a sound file"},
    {"bed", FILE_NAME, AT(bed), 0, 0, "a sound file"},
    {"lexicon", FILE_NAME, AT(lexicon), 0, 0, "a file"},
    {"model", FILE_NAME, AT(model), 0, 0, "a file"},
    {"at", MOMENT, AT(at), 0, 0, "YYYY-MM-DDTHH:MM, for instance 2026-11-28T21:00"},
    {"region", REGION, AT(region), 0, 0, "gulf, egypt, levant, maghreb or morocco"},
    {"endings", ENDINGS, AT(endings), 0, 0, "full, sure or none"},
    {"rate", WHOLE, AT(voice.rate), NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST, "80 to 450 words a minute"},
    {"pitch", WHOLE, AT(voice.pitch), NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST, "1 to 99"},
    {"volume", WHOLE, AT(voice.volume), NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST, "1 to 200 per cent"},
    {"pause", SECONDS, AT(pause), 0, 60, "0 to 60 seconds"},
    {"pause-least", DECIMAL, AT(pause_least), 10, 100, "10 to 100 per cent"},
    {"pause-most", DECIMAL, AT(pause_most), 100, 400, "100 to 400 per cent"},
    {"rate-least", DECIMAL, AT(rate_least), 50, 100, "50 to 100 per cent"},
    {"rate-most", DECIMAL, AT(rate_most), 100, 200, "100 to 200 per cent"},
    {"slot", SECONDS, AT(slot), 1, 7200, "M:SS, for instance 3:00, up to two hours"},
    {"loudness", DECIMAL, AT(loudness), -36, -10, "-36 to -10 LUFS; broadcast -23, podcast -16, streaming -14"},
    {"peak", DECIMAL, AT(peak), -12, -0.1, "-12 to -0.1 dBTP"},
    {"bed-level", DECIMAL, AT(bed_level), -60, 0, "-60 to 0 LU against the voice"},
    {"bed-open", DECIMAL, AT(bed_open), -60, 0, "-60 to 0 LU against the voice"},
    {"jingle-level", DECIMAL, AT(jingle_level), -40, 10, "-40 to 10 LU against the voice"},
    {"confidence", DECIMAL, AT(confidence), 0, 1, "0 to 1"},
    {"bits", BITS, AT(bits), 0, 0, "16 or 24"},
    {"channels", CHANNELS, AT(channels), 0, 0, "auto, 1 (mono) or 2 (stereo)"},
    {"strict", SWITCH, AT(strict), 0, 0, "yes or no"},
    {"proof", SWITCH, AT(proof), 0, 0, "yes or no"},
    {"beside", BESIDE, AT(beside), 0, 0, "all, none, or some of vtt srt txt chapters qc meta"},
};

static const struct key item_keys[] = {
    {"file", FILE_NAME, OF_ITEM(file), 0, 0, "an article"},
    {"text", TEXT, OF_ITEM(text), 0, 0, "text"},
    {"title", TEXT, OF_ITEM(title), 0, 0, "text"},
    {"jingle", FILE_NAME, OF_ITEM(jingle), 0, 0, "a sound file"},
    {"bed", FILE_NAME, OF_ITEM(bed), 0, 0, "a sound file"},
    {"priority", WHOLE, OF_ITEM(priority), 1, 9, "1 (stays) to 9 (goes first)"},
    {"order", WHOLE, OF_ITEM(order), 0, 9999, "0 to 9999"},
    {"rate", WHOLE, OF_ITEM(voice.rate), NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST, "80 to 450 words a minute"},
    {"pitch", WHOLE, OF_ITEM(voice.pitch), NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST, "1 to 99"},
    {"volume", WHOLE, OF_ITEM(voice.volume), NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST, "1 to 200 per cent"},
    {"pause", SECONDS, OF_ITEM(pause), 0, 60, "0 to 60 seconds"},
};

enum { BULLETIN_KEYS = sizeof bulletin_keys / sizeof *bulletin_keys, ITEM_KEYS = sizeof item_keys / sizeof *item_keys };

_Static_assert(BULLETIN_KEYS <= 64, "`forced` and `seen` have a bit a key");

/* A sign, digits and a point, whatever the locale says. */
static bool parse_number(const char *text, double *number) {
    double value = 0, scale = 1;
    const char *at = text + (*text == '-' || *text == '+');
    size_t digits = 0;
    bool point = false;
    for (; digits < 15 && ((*at >= '0' && *at <= '9') || (*at == '.' && !point)); at++) {
        point = point || *at == '.';
        if (*at == '.')
            continue;
        value = value * 10 + (*at - '0');
        scale = point ? scale * 10 : scale;
        digits++;
    }
    *number = (*text == '-' ? -value : value) / scale;
    return digits > 0 && *at == '\0';
}

/* 90, 1.5, 3:00, 1:02.5, 1:00:00 */
static bool parse_seconds(const char *text, double *seconds) {
    double total = 0;
    char part[32];
    for (int parts = 0; parts < 3; parts++) {
        const size_t length = strcspn(text, ":");
        double number;
        if (length == 0 || length >= sizeof part)
            return false;
        memcpy(part, text, length);
        part[length] = '\0';
        if (!parse_number(part, &number) || number < 0 || (parts > 0 && number >= 60))
            return false;
        total = total * 60 + number;
        *seconds = total;
        if (text[length] == '\0')
            return true;
        if (strchr(part, '.'))
            return false;
        text += length + 1;
    }
    return false;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool parse_moment(const char *text, struct nashra_moment *at) {
    struct nashra_moment m = {0};
    char separator, rest;
    int count = sscanf(text, "%4d-%2d-%2d%c%2d:%2d:%2d%c", &m.year, &m.month, &m.day, &separator, &m.hour, &m.minute,
                       &m.second, &rest);
    if (count < 6 || count > 7 || (separator != 'T' && separator != ' '))
        return false;
    char again[64];
    snprintf(again, sizeof again, "%04d-%02d-%02d%c%02d:%02d", m.year, m.month, m.day, separator, m.hour, m.minute);
    if (count == 7)
        snprintf(again + strlen(again), sizeof again - strlen(again), ":%02d", m.second);
    *at = m;
    return strcmp(again, text) == 0 && m.year >= 1600 && m.month >= 1 && m.month <= 12 && m.day >= 1 &&
           m.day <= days_in_month(m.year, m.month) && m.hour >= 0 && m.hour <= 23 && m.minute >= 0 && m.minute <= 59 &&
           m.second >= 0 && m.second <= 59;
}

static bool parse_switch(const char *text, bool *on) {
    *on = strcmp(text, "yes") == 0;
    return *on || strcmp(text, "no") == 0;
}

static bool parse_beside(const char *text, int *set) {
    static const struct {
        const char *name;
        int bits;
    } names[] = {{"all", NASHRA_BESIDE_ALL},           {"none", 0},
                 {"vtt", NASHRA_BESIDE_VTT},           {"srt", NASHRA_BESIDE_SRT},
                 {"txt", NASHRA_BESIDE_TXT},           {"qc", NASHRA_BESIDE_QC},
                 {"chapters", NASHRA_BESIDE_CHAPTERS}, {"meta", NASHRA_BESIDE_META}};
    int bits = 0;
    for (const char *at = text + strspn(text, " ,"); *at; at += strspn(at, " ,")) {
        const size_t length = strcspn(at, " ,");
        size_t i = 0;
        while (i < sizeof names / sizeof *names &&
               (strlen(names[i].name) != length || strncmp(names[i].name, at, length) != 0))
            i++;
        if (i == sizeof names / sizeof *names)
            return false;
        bits |= names[i].bits;
        at += length;
    }
    *set = bits;
    return *text != '\0';
}

static int set_string(struct nashra_script *script, const char *folder, const char *value, const char **out) {
    const size_t before = strlen(folder), length = strlen(value);
    char *copy = nashra_arena_alloc(script->arena, before + length + 1);
    if (!copy)
        return NASHRA_ENOMEM;
    memcpy(copy, folder, before);
    memcpy(copy + before, value, length + 1);
    *out = copy;
    return NASHRA_OK;
}

static bool set_number(const struct key *key, const char *value, void *field) {
    double number;
    if (!(key->type == SECONDS ? parse_seconds(value, &number) : parse_number(value, &number)))
        return false;
    if (number < key->least || number > key->most || (key->type == WHOLE && number != floor(number)))
        return false;
    if (key->type == WHOLE)
        *(int *)field = (int)number;
    else
        *(double *)field = number;
    return true;
}

static bool set_bits(const char *value, int *bits) {
    *bits = strcmp(value, "24") == 0 ? 24 : 16;
    return *bits == 24 || strcmp(value, "16") == 0;
}

static bool set_channels(const char *value, int *channels) {
    *channels = strcmp(value, "1") == 0 ? 1 : strcmp(value, "2") == 0 ? 2 : 0;
    return *channels > 0 || strcmp(value, "auto") == 0;
}

static int verdict(bool good) {
    return good ? NASHRA_OK : NASHRA_EUSAGE;
}

static int set_value(struct nashra_script *script, const struct key *key, void *field, const char *value,
                     const char *folder) {
    switch (key->type) {
    case TEXT:
        *(const char **)field = NULL;
        return *value ? set_string(script, "", value, field) : NASHRA_OK;
    case PHRASE:
        return nashra_phrase_check(value) ? set_string(script, "", value, field) : NASHRA_EUSAGE;
    case FILE_NAME:
        return *value ? set_string(script, *value == '/' ? "" : folder, value, field) : NASHRA_EUSAGE;
    case REGION:
        return nashra_region_parse(value, field);
    case ENDINGS:
        return nashra_endings_parse(value, field);
    case MOMENT:
        return verdict(script->at_given = parse_moment(value, field));
    case SWITCH:
        return verdict(parse_switch(value, field));
    case BITS:
        return verdict(set_bits(value, field));
    case CHANNELS:
        return verdict(set_channels(value, field));
    case BESIDE:
        return verdict(parse_beside(value, field));
    case WHOLE:
    case DECIMAL:
    case SECONDS:
        break;
    }
    return verdict(set_number(key, value, field));
}

static const struct key *find_key(const struct key *keys, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static int refuse(char cause[NASHRA_KEY_CAUSE], const char *text) {
    snprintf(cause, NASHRA_KEY_CAUSE, "%s", text);
    return NASHRA_EUSAGE;
}

/* @param number of the key in its section. */
static int set_once(struct nashra_script *script, struct nashra_script_item *item, const struct key *key, size_t number,
                    const char *value, const struct nashra_key_source *source) {
    const uint64_t bit = (uint64_t)1 << number;
    if (!item && source->where && (script->forced & bit))
        return NASHRA_OK;
    void *field = (char *)(item ? (void *)item : (void *)script) + key->offset;
    int status = set_value(script, key, field, value, source->folder);
    if (status == NASHRA_OK && !item && !source->where)
        script->forced |= bit;
    if (status == NASHRA_OK && key->type == FILE_NAME && source->line > 0)
        status = nashra_script_note(script, *(const char **)field, item ? "item" : "bulletin", key->name, source);
    return status;
}

int nashra_key_set(struct nashra_script *script, struct nashra_script_item *item, const char *name, const char *value,
                   const struct nashra_key_source *source, char cause[NASHRA_KEY_CAUSE]) {
    enum { MOST_TOLD = 60 }; /* bytes of a value */
    const struct key *keys = item ? item_keys : bulletin_keys;
    const struct key *key = find_key(keys, item ? ITEM_KEYS : BULLETIN_KEYS, name);
    if (!key)
        return refuse(cause, "there is no such setting");
    const size_t number = (size_t)(key - keys), length = strlen(value);
    if (source->seen && *source->seen >> number & 1)
        return refuse(cause, "it is given twice");
    if (source->seen)
        *source->seen |= (uint64_t)1 << number;
    int status = set_once(script, item, key, number, value, source);
    if (status == NASHRA_EUSAGE)
        snprintf(cause, NASHRA_KEY_CAUSE, "'%.*s' isn't %s",
                 (int)nashra_utf8_valid_prefix(value, length < MOST_TOLD ? length : MOST_TOLD), value, key->wanted);
    return status;
}

const char *nashra_key_file(const struct nashra_script *script, size_t *at) {
    const size_t all = BULLETIN_KEYS + script->count * ITEM_KEYS;
    while (*at < all) {
        const size_t i = (*at)++;
        const bool of_item = i >= BULLETIN_KEYS;
        const struct key *key = of_item ? &item_keys[(i - BULLETIN_KEYS) % ITEM_KEYS] : &bulletin_keys[i];
        const void *base = of_item ? (const void *)&script->items[(i - BULLETIN_KEYS) / ITEM_KEYS] : script;
        if (key->type != FILE_NAME)
            continue;
        const char *file = *(const char *const *)(const void *)((const char *)base + key->offset);
        if (file)
            return file;
    }
    return NULL;
}
