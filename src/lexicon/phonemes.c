/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "phonemes.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/table.h>

enum { MAX_PHONEMES = 250 };

struct phoneme {
    const char *name, *ipa;
    size_t name_length, ipa_length;
    bool sounds; /* Nashra may write it */
    bool vowel, stress, length_sign;
};

struct nashra_lex_phonemes {
    struct nashra_table *table;
    struct phoneme items[MAX_PHONEMES];
    size_t count;
};

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_lex_phonemes *phonemes = user;
    const char *kind = row->fields[2];
    if (phonemes->count == MAX_PHONEMES)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d phonemes", row->file, row->line, MAX_PHONEMES);
    phonemes->items[phonemes->count++] = (struct phoneme){
        .name = row->fields[0],
        .ipa = row->fields[1],
        .name_length = strlen(row->fields[0]),
        .ipa_length = strlen(row->fields[1]),
        .sounds = strcmp(row->fields[1], "-") != 0 && strcmp(kind, "other") != 0,
        .vowel = strchr("aeiou", *row->fields[0]) != NULL,
        .stress = strcmp(kind, "stress") == 0,
        .length_sign = strcmp(kind, "long") == 0,
    };
    return NASHRA_OK;
}

int nashra_lex_phonemes_create(struct nashra_lex_phonemes **result) {
    struct nashra_buffer path = {0};
    struct nashra_lex_phonemes *phonemes = nashra_alloc_zeroed(1, sizeof *phonemes);
    if (!phonemes)
        return NASHRA_ENOMEM;
    int status = nashra_data_path("phonemes.tsv", &path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 3, add_row, phonemes, &phonemes->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_lex_phonemes_destroy(phonemes);
        return status;
    }
    *result = phonemes;
    return NASHRA_OK;
}

void nashra_lex_phonemes_destroy(struct nashra_lex_phonemes *phonemes) {
    if (!phonemes)
        return;
    nashra_table_destroy(phonemes->table);
    nashra_free(phonemes);
}

/* The longest name at the start of `text`, as eSpeak reads it; names that Nashra never writes count, so that two
 * others can't fuse into one of them unseen. */
static const struct phoneme *longest_name(const struct nashra_lex_phonemes *phonemes, const char *text) {
    const struct phoneme *best = NULL;
    for (size_t i = 0; i < phonemes->count; i++) {
        const struct phoneme *item = &phonemes->items[i];
        if (item->name_length && strncmp(text, item->name, item->name_length) == 0 &&
            (!best || item->name_length > best->name_length))
            best = item;
    }
    return best;
}

static const struct phoneme *longest_ipa(const struct nashra_lex_phonemes *phonemes, const char *text) {
    const struct phoneme *best = NULL;
    for (size_t i = 0; i < phonemes->count; i++) {
        const struct phoneme *item = &phonemes->items[i];
        if (item->sounds && item->ipa_length && strncmp(text, item->ipa, item->ipa_length) == 0 &&
            (!best || item->ipa_length > best->ipa_length))
            best = item;
    }
    return best;
}

const char *nashra_lex_phonemes_unknown(const struct nashra_lex_phonemes *phonemes, const char *names) {
    const struct phoneme *last = NULL;
    for (const char *at = names; *at;) {
        if (*at == '|' || *at == ' ') {
            last = *at == ' ' ? NULL : last;
            at++;
            continue;
        }
        const struct phoneme *item = longest_name(phonemes, at);
        bool lengthens = item && item->length_sign;
        if (!item || !item->sounds || (lengthens && (!last || last->length_sign || last->stress)))
            return at;
        last = item;
        at += item->name_length;
    }
    return last && last->stress ? names + strlen(names) - last->name_length : NULL;
}

size_t nashra_lex_phonemes_first_consonant(const struct nashra_lex_phonemes *phonemes, const char *names) {
    const struct phoneme *item = longest_name(phonemes, names);
    return item && !item->vowel && !item->stress && !item->length_sign ? item->name_length : 0;
}

/* The table writes d͡ʒ with a tie bar and ɡ as IPA does; many write dʒ and the keyboard's g. */
static int unify(const char *ipa, struct nashra_buffer *out) {
    static const char *const spellings[][2] = {{"d͡ʒ", "d͡ʒ"}, {"t͡ʃ", "t͡ʃ"}, {"dʒ", "d͡ʒ"}, {"tʃ", "t͡ʃ"},
                                               {"g", "ɡ"},   {"x", "χ"},   {".", ""},    {"‿", ""}};
    for (size_t length; *ipa; ipa += length) {
        const char *written = ipa;
        length = 1;
        for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
            if (strncmp(ipa, spellings[i][0], strlen(spellings[i][0])) == 0) {
                written = NULL;
                length = strlen(spellings[i][0]);
                nashra_buffer_add_string(out, spellings[i][1]);
                break;
            }
        if (written)
            nashra_buffer_add(out, written, 1);
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

struct name_writer {
    const struct nashra_lex_phonemes *phonemes;
    struct nashra_buffer *out;
    const struct phoneme *last;   /* NULL after a space */
    const struct phoneme *stress; /* waits for its vowel: IPA has it before the syllable, eSpeak before the vowel */
};

/* A bar keeps two names apart that would be read as one longer name. */
static void write_name(struct name_writer *writer, const struct phoneme *item) {
    if (writer->last) {
        size_t length = writer->last->name_length, from = writer->out->length - length;
        nashra_buffer_add(writer->out, item->name, item->name_length);
        if (writer->out->failed)
            return;
        const struct phoneme *read = longest_name(writer->phonemes, writer->out->data + from);
        if (read && read->name_length > length) {
            writer->out->length -= item->name_length;
            nashra_buffer_add(writer->out, "|", 1);
            nashra_buffer_add(writer->out, item->name, item->name_length);
        }
    } else {
        nashra_buffer_add(writer->out, item->name, item->name_length);
    }
    writer->last = item;
}

static void take_phoneme(struct name_writer *writer, const struct phoneme *item) {
    if (item->stress) {
        writer->stress = item;
        return;
    }
    if (item->vowel && writer->stress) {
        write_name(writer, writer->stress);
        writer->stress = NULL;
    }
    write_name(writer, item);
}

int nashra_lex_phonemes_from_ipa(const struct nashra_lex_phonemes *phonemes, const char *ipa,
                                 struct nashra_buffer *names, const char **unknown) {
    struct nashra_buffer unified = {0};
    struct name_writer writer = {phonemes, names, NULL, NULL};
    int status = unify(ipa, &unified);
    *unknown = NULL;
    for (const char *at = nashra_buffer_string(&unified); *at && status == NASHRA_OK && !*unknown;) {
        if (*at == ' ') {
            nashra_buffer_add(names, " ", 1);
            writer.last = writer.stress = NULL;
            at++;
            continue;
        }
        const struct phoneme *item = longest_ipa(phonemes, at);
        if (!item) /* unifying changes no character that has no name */
            *unknown = strstr(ipa, at) ? strstr(ipa, at) : ipa;
        else {
            take_phoneme(&writer, item);
            at += item->ipa_length;
        }
    }
    nashra_buffer_finish(&unified);
    return status < 0 || names->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
