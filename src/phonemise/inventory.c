/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory.h"

#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

enum {
    MAX_PHONEMES = 250,
    LONGEST_NAME = 4, /* eSpeak keeps a name in 32 bits */
    LONGEST_PHONE = 3 * LONGEST_NAME,
    ARABIC_FROM = 0x600,
    ARABIC_COUNT = 0x100
};

struct phoneme {
    const char *name;
    const char *ipa;
    size_t length;
    enum nashra_phoneme_kind kind;
    nashra_phoneme dark;     /* 0: none */
    nashra_phoneme geminate; /* 0: name and length sign */
    nashra_phoneme single;   /* of a geminate */
    nashra_phoneme next;     /* with the same first byte, 0: none */
};

struct nashra_inventory {
    struct nashra_table *table;
    struct phoneme phonemes[MAX_PHONEMES + 1]; /* from 1 */
    size_t count;
    nashra_phoneme by_byte[256]; /* heads of the lists of names by first byte */
    nashra_phoneme by_letter[ARABIC_COUNT];
    nashra_phoneme length_sign, stress;
    struct nashra_roles roles;
};

static const char *const kind_names[] = {"consonant", "emphatic", "uvular", "foreign",  "vowel",
                                         "dark",      "long",     "stress", "geminate", "other"};

static int parse_kind(const char *name, enum nashra_phoneme_kind *kind) {
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (strcmp(name, kind_names[i]) == 0) {
            *kind = (enum nashra_phoneme_kind)i;
            return NASHRA_OK;
        }
    return NASHRA_ECONFIG;
}

static bool is_in_table(unsigned codepoint) {
    return codepoint >= ARABIC_FROM && codepoint < ARABIC_FROM + ARABIC_COUNT;
}

/* Binds a letter of the row to its phoneme: as its sound, its dark sound or its doubled sound. */
static int bind_letter(struct nashra_inventory *inventory, nashra_phoneme id, unsigned codepoint) {
    struct phoneme *phoneme = &inventory->phonemes[id];
    if (!is_in_table(codepoint))
        return NASHRA_ECONFIG;
    nashra_phoneme *slot = &inventory->by_letter[codepoint - ARABIC_FROM];
    if (phoneme->kind == NASHRA_PH_DARK)
        inventory->phonemes[*slot].dark = id;
    else if (phoneme->kind == NASHRA_PH_GEMINATE) {
        inventory->phonemes[*slot].geminate = id;
        phoneme->single = *slot;
    } else if (phoneme->kind != NASHRA_PH_LONG && phoneme->kind != NASHRA_PH_OTHER)
        *slot = id;
    return NASHRA_OK;
}

static int bind_letters(struct nashra_inventory *inventory, nashra_phoneme id, const struct nashra_row *row) {
    const char *letters = row->count > 3 ? row->fields[3] : "";
    size_t length = strlen(letters);
    for (size_t i = 0; i < length;) {
        unsigned codepoint;
        i += nashra_utf8_decode(letters + i, length - i, &codepoint);
        /* A doubled letter is shown with its shadda. */
        if (codepoint == ' ' || codepoint == NASHRA_SHADDA)
            continue;
        if (bind_letter(inventory, id, codepoint) < 0)
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" is not an Arabic letter", row->file, row->line, letters);
    }
    return NASHRA_OK;
}

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_inventory *inventory = user;
    struct phoneme phoneme = {.name = row->fields[0], .ipa = row->fields[1], .length = strlen(row->fields[0])};
    if (parse_kind(row->fields[2], &phoneme.kind) < 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown kind \"%s\"", row->file, row->line, row->fields[2]);
    if (phoneme.length == 0 || phoneme.length > LONGEST_NAME)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" has not 1 to 4 characters", row->file, row->line,
                           phoneme.name);
    if (inventory->count == MAX_PHONEMES)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d phonemes", row->file, row->line, MAX_PHONEMES);
    nashra_phoneme id = (nashra_phoneme)++inventory->count;
    nashra_phoneme *head = &inventory->by_byte[(unsigned char)*phoneme.name];
    phoneme.next = *head;
    *head = id;
    inventory->phonemes[id] = phoneme;
    if (phoneme.kind == NASHRA_PH_LONG)
        inventory->length_sign = id;
    if (phoneme.kind == NASHRA_PH_STRESS && !inventory->stress)
        inventory->stress = id;
    return bind_letters(inventory, id, row);
}

/* The rules need these sounds; a table without one of them can't be used. */
static int find_roles(struct nashra_inventory *inventory, const char *path) {
    struct nashra_roles *roles = &inventory->roles;
    const struct {
        nashra_phoneme *role;
        unsigned letter;
    } needed[] = {{&roles->a, NASHRA_FATHA}, {&roles->i, NASHRA_KASRA}, {&roles->u, NASHRA_DAMMA},
                  {&roles->hamza, 0x0621},   {&roles->h, 0x0647},       {&roles->l, 0x0644},
                  {&roles->n, 0x0646},       {&roles->m, 0x0645},       {&roles->t, 0x062A},
                  {&roles->w, 0x0648},       {&roles->y, 0x064A}};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        *needed[i].role = nashra_inventory_of_letter(inventory, needed[i].letter);
        if (!*needed[i].role)
            return nashra_fail(NASHRA_ECONFIG, "%s: no phoneme for the letter U+%04X", path, needed[i].letter);
    }
    if (!inventory->length_sign || !inventory->stress)
        return nashra_fail(NASHRA_ECONFIG, "%s: no row of kind long or stress", path);
    return NASHRA_OK;
}

static int load(struct nashra_inventory *inventory, struct nashra_buffer *path) {
    int status = nashra_data_path("phonemes.tsv", path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(path), 3, add_row, inventory, &inventory->table);
    if (status == NASHRA_OK)
        status = find_roles(inventory, nashra_buffer_string(path));
    return status;
}

int nashra_inventory_create(struct nashra_inventory **result) {
    struct nashra_inventory *inventory = nashra_alloc_zeroed(1, sizeof *inventory);
    if (!inventory)
        return NASHRA_ENOMEM;
    struct nashra_buffer path = {0};
    int status = load(inventory, &path);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_inventory_destroy(inventory);
        return status;
    }
    *result = inventory;
    return NASHRA_OK;
}

void nashra_inventory_destroy(struct nashra_inventory *inventory) {
    if (!inventory)
        return;
    nashra_table_destroy(inventory->table);
    nashra_free(inventory);
}

const struct nashra_roles *nashra_inventory_roles(const struct nashra_inventory *inventory) {
    return &inventory->roles;
}

nashra_phoneme nashra_inventory_of_letter(const struct nashra_inventory *inventory, unsigned codepoint) {
    return is_in_table(codepoint) ? inventory->by_letter[codepoint - ARABIC_FROM] : 0;
}

nashra_phoneme nashra_inventory_dark(const struct nashra_inventory *inventory, nashra_phoneme phoneme) {
    nashra_phoneme dark = inventory->phonemes[phoneme].dark;
    return dark ? dark : phoneme;
}

enum nashra_phoneme_kind nashra_inventory_kind(const struct nashra_inventory *inventory, nashra_phoneme phoneme) {
    return inventory->phonemes[phoneme].kind;
}

/* The longest name at the start of `text`, as eSpeak reads it; 0 for none. */
static nashra_phoneme longest_name(const struct nashra_inventory *inventory, const char *text, bool geminates) {
    nashra_phoneme best = 0;
    for (nashra_phoneme id = inventory->by_byte[(unsigned char)*text]; id; id = inventory->phonemes[id].next) {
        const struct phoneme *phoneme = &inventory->phonemes[id];
        if (phoneme->kind == NASHRA_PH_GEMINATE && !geminates)
            continue;
        if (strncmp(text, phoneme->name, phoneme->length) == 0 &&
            (!best || phoneme->length > inventory->phonemes[best].length))
            best = id;
    }
    return best;
}

/* True when eSpeak would read more than `length` bytes of `text` as its first phoneme. */
static bool fuses(const struct nashra_inventory *inventory, const char *text, size_t length) {
    nashra_phoneme id = longest_name(inventory, text, false);
    return id && inventory->phonemes[id].length > length;
}

static size_t append_name(const struct phoneme *phoneme, char *out) {
    memcpy(out, phoneme->name, phoneme->length);
    return phoneme->length;
}

/* The names of one phone: stress sign, name, length sign. Not terminated. */
static size_t spell_phone(const struct nashra_inventory *inventory, const struct nashra_phone *phone,
                          char out[LONGEST_PHONE]) {
    const struct phoneme *phoneme = &inventory->phonemes[phone->phoneme];
    bool lengthened = phone->length > 1;
    size_t length = 0;
    if (phone->flags & NASHRA_PHONE_STRESS)
        length += append_name(&inventory->phonemes[inventory->stress], out);
    if (lengthened && phoneme->geminate)
        return length + append_name(&inventory->phonemes[phoneme->geminate], out + length);
    length += append_name(phoneme, out + length);
    if (lengthened)
        length += append_name(&inventory->phonemes[inventory->length_sign], out + length);
    return length;
}

/* Two names need a bar between them when the first, read on into the second, gives a longer name. As no name has more
 * than four characters, looking on into two phones is enough. */
int nashra_inventory_write(const struct nashra_inventory *inventory, const struct nashra_phone *phones, size_t count,
                           struct nashra_buffer *out) {
    char text[3 * LONGEST_PHONE + 1];
    for (size_t i = 0; i < count; i++) {
        size_t length = spell_phone(inventory, &phones[i], text), end = length;
        nashra_buffer_add(out, text, length);
        for (size_t k = i + 1; k < count && k < i + 3; k++)
            end += spell_phone(inventory, &phones[k], text + end);
        text[end] = '\0';
        bool bar = false;
        for (size_t from = length > LONGEST_NAME ? length - LONGEST_NAME : 0; from < length && !bar; from++)
            bar = fuses(inventory, text + from, length - from);
        if (bar)
            nashra_buffer_add(out, "|", 1);
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static bool is_vowel_name(const struct nashra_inventory *inventory, nashra_phoneme id) {
    return strchr("aeiou", *inventory->phonemes[id].name) != NULL;
}

/* Stress belongs to the vowel that follows its sign; secondary stress, which Arabic has not, is left out. */
static void push_phone(const struct nashra_inventory *inventory, nashra_phoneme id, bool *stressed,
                       struct nashra_form *form) {
    const struct phoneme *phoneme = &inventory->phonemes[id];
    if (phoneme->kind == NASHRA_PH_STRESS) {
        *stressed = *stressed || id == inventory->stress;
    } else if (phoneme->kind == NASHRA_PH_LONG) {
        if (form->count)
            nashra_form_last(form)->length = 2;
    } else if (is_vowel_name(inventory, id)) {
        nashra_form_push(form, id, 1, NASHRA_PHONE_VOWEL | (*stressed ? NASHRA_PHONE_STRESS : 0u));
        *stressed = false;
    } else {
        nashra_form_push(form, phoneme->single ? phoneme->single : id, phoneme->single ? 2 : 1, 0);
    }
}

int nashra_inventory_read(const struct nashra_inventory *inventory, const char *names, struct nashra_form *form) {
    bool stressed = false;
    for (const char *at = names; *at;) {
        if (*at == '|' || *at == ' ') {
            at++;
            continue;
        }
        nashra_phoneme id = longest_name(inventory, at, true);
        if (!id || inventory->phonemes[id].kind == NASHRA_PH_OTHER)
            return NASHRA_EDATA;
        push_phone(inventory, id, &stressed, form);
        at += inventory->phonemes[id].length;
    }
    return NASHRA_OK;
}

/* IPA puts the stress sign before the syllable: before the one consonant in front of the stressed vowel, and between
 * the halves of a geminate. So a consonant is held back until what follows it is known. */
struct ipa_writer {
    const struct nashra_inventory *inventory;
    struct nashra_buffer *out;
    nashra_phoneme held; /* 0: none */
    bool held_long;
};

static void write_ipa(struct ipa_writer *writer, nashra_phoneme id) {
    nashra_buffer_add_string(writer->out, writer->inventory->phonemes[id].ipa);
}

static void flush_held(struct ipa_writer *writer) {
    if (writer->held)
        write_ipa(writer, writer->held);
    if (writer->held && writer->held_long)
        write_ipa(writer, writer->inventory->length_sign);
    writer->held = 0;
    writer->held_long = false;
}

static void take_stress(struct ipa_writer *writer, nashra_phoneme sign) {
    nashra_phoneme onset = writer->held;
    if (onset && writer->held_long)
        write_ipa(writer, onset);
    writer->held = 0;
    writer->held_long = false;
    write_ipa(writer, sign);
    if (onset)
        write_ipa(writer, onset);
}

static void take_phoneme(struct ipa_writer *writer, nashra_phoneme id) {
    const struct phoneme *phoneme = &writer->inventory->phonemes[id];
    if (phoneme->kind == NASHRA_PH_STRESS) {
        take_stress(writer, id);
    } else if (phoneme->kind == NASHRA_PH_LONG && writer->held) {
        writer->held_long = true;
    } else {
        flush_held(writer);
        if (phoneme->kind == NASHRA_PH_LONG || is_vowel_name(writer->inventory, id)) {
            write_ipa(writer, id);
        } else {
            writer->held = phoneme->single ? phoneme->single : id;
            writer->held_long = phoneme->single != 0;
        }
    }
}

int nashra_inventory_to_ipa(const struct nashra_inventory *inventory, const char *phonemes, struct nashra_buffer *ipa) {
    struct ipa_writer writer = {.inventory = inventory, .out = ipa};
    for (const char *at = phonemes; *at;) {
        if (*at == '|' || *at == ' ') {
            at++;
            continue;
        }
        nashra_phoneme id = longest_name(inventory, at, true);
        if (!id || strcmp(inventory->phonemes[id].ipa, "-") == 0)
            return nashra_fail(NASHRA_EDATA, "phonemes \"%s\": unknown at \"%s\"", phonemes, at);
        take_phoneme(&writer, id);
        at += inventory->phonemes[id].length;
    }
    flush_held(&writer);
    return ipa->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
