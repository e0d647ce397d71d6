/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexicon.h"

#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

#include "clitics.h"

enum { LONGEST_KEY = 160, MAX_TABLES = 4 };

enum row_flags {
    ROW_ALONE = 1,    /* no proclitic joins it */
    ROW_PRONOUNS = 2, /* a pronoun may follow */
    ROW_DIVINE = 4,
    ROW_FOREIGN = 8,
    ROW_WEAK = 16,
    ROW_KEEPS = 32,
    ROW_LINK_A = 64,
    ROW_LINK_U = 128,
    ROW_SPLITS = 256
};

struct row {
    const char *respelling; /* pronounce.tsv: with ( ) and [ ]; foreign.tsv: marked */
    unsigned flags;
};

struct nashra_word_lists {
    struct nashra_table *tables[MAX_TABLES];
    struct nashra_arena *arena; /* keys and rows */
    struct nashra_map *words;   /* → struct row, respellings */
    struct nashra_map *particles;
    struct nashra_map *adverbs;
};

struct loader {
    struct nashra_word_lists *lists;
    struct nashra_map *map;
    bool foreign;
};

static int parse_flags(const struct nashra_row *row, size_t field, unsigned *flags) {
    static const struct {
        const char *name;
        unsigned flag;
    } names[] = {{"-", 0},
                 {"alone", ROW_ALONE},
                 {"pronouns", ROW_PRONOUNS},
                 {"divine", ROW_DIVINE},
                 {"weak", ROW_WEAK},
                 {"keep", ROW_KEEPS},
                 {"link-a", ROW_LINK_A},
                 {"link-u", ROW_LINK_U},
                 {"split", ROW_SPLITS}};
    *flags = 0;
    if (row->count <= field)
        return NASHRA_OK;
    for (const char *at = row->fields[field]; *at; at += strspn(at, ",")) {
        size_t length = strcspn(at, ","), i = 0;
        while (i < sizeof names / sizeof *names &&
               (strlen(names[i].name) != length || strncmp(at, names[i].name, length) != 0))
            i++;
        if (i == sizeof names / sizeof *names)
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown flag \"%.*s\"", row->file, row->line, (int)length, at);
        *flags |= names[i].flag;
        at += length;
    }
    return NASHRA_OK;
}

static bool is_sign(unsigned codepoint) {
    return codepoint == '(' || codepoint == ')' || codepoint == '[' || codepoint == ']' || codepoint == '+';
}

/* The letters that a word is looked up by: without what stands in ( ), with what stands in [ ]. */
static int make_key(const struct nashra_row *row, char *key, size_t *key_length) {
    const char *word = row->fields[0];
    size_t length = strlen(word), out = 0;
    bool unwritten = false;
    for (size_t i = 0; i < length;) {
        unsigned codepoint;
        size_t step = nashra_utf8_decode(word + i, length - i, &codepoint);
        if (codepoint == '(' || codepoint == ')')
            unwritten = codepoint == '(';
        else if (!is_sign(codepoint) && !nashra_spelling_takes(codepoint))
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" holds U+%04X, which is no letter", row->file, row->line,
                               word, codepoint);
        else if (!unwritten && !is_sign(codepoint)) {
            if (out + step > LONGEST_KEY)
                return nashra_fail(NASHRA_ECONFIG, "%s:%zu: word too long", row->file, row->line);
            memcpy(key + out, word + i, step);
            out += step;
        }
        i += step;
    }
    *key_length = out;
    return NASHRA_OK;
}

static int put_row(const struct nashra_row *row, void *user) {
    struct loader *loader = user;
    char key[LONGEST_KEY];
    size_t length = 0;
    struct row entry = {.respelling = loader->foreign ? row->fields[1] : row->fields[0]};
    int status = parse_flags(row, loader->foreign ? 2 : 1, &entry.flags);
    if (status == NASHRA_OK)
        status = make_key(row, key, &length);
    if (status < 0)
        return status;
    if (loader->foreign)
        entry.flags |= ROW_FOREIGN;
    struct row *kept = nashra_arena_alloc(loader->lists->arena, sizeof *kept);
    char *kept_key = nashra_arena_copy(loader->lists->arena, key, length);
    if (!kept || !kept_key)
        return NASHRA_ENOMEM;
    *kept = entry;
    return nashra_map_put(loader->map, kept_key, length, (intptr_t)kept);
}

static int load_table(struct nashra_word_lists *lists, size_t slot, const char *name, struct loader loader) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), loader.foreign ? 2 : 1, put_row, &loader,
                                   &lists->tables[slot]);
    nashra_buffer_finish(&path);
    return status;
}

static int load(struct nashra_word_lists *lists) {
    lists->arena = nashra_arena_create();
    lists->words = nashra_map_create();
    lists->particles = nashra_map_create();
    lists->adverbs = nashra_map_create();
    if (!lists->arena || !lists->words || !lists->particles || !lists->adverbs)
        return NASHRA_ENOMEM;
    /* Later tables win: a respelt name beats a rule of letters. */
    int status = load_table(lists, 0, "pronounce.tsv", (struct loader){lists, lists->words, false});
    if (status == NASHRA_OK)
        status = load_table(lists, 1, "foreign.tsv", (struct loader){lists, lists->words, true});
    if (status == NASHRA_OK)
        status = load_table(lists, 2, "particles.tsv", (struct loader){lists, lists->particles, false});
    if (status == NASHRA_OK)
        status = load_table(lists, 3, "adverbs.tsv", (struct loader){lists, lists->adverbs, false});
    return status;
}

int nashra_word_lists_create(struct nashra_word_lists **result) {
    struct nashra_word_lists *lists = nashra_alloc_zeroed(1, sizeof *lists);
    if (!lists)
        return NASHRA_ENOMEM;
    int status = load(lists);
    if (status < 0) {
        nashra_word_lists_destroy(lists);
        return status;
    }
    *result = lists;
    return NASHRA_OK;
}

void nashra_word_lists_destroy(struct nashra_word_lists *lists) {
    if (!lists)
        return;
    nashra_map_destroy(lists->words);
    nashra_map_destroy(lists->particles);
    nashra_map_destroy(lists->adverbs);
    nashra_arena_destroy(lists->arena);
    for (size_t i = 0; i < MAX_TABLES; i++)
        nashra_table_destroy(lists->tables[i]);
    nashra_free(lists);
}

/* The row of letters [from, to), or NULL. */
static const struct row *find(const struct nashra_map *map, const struct nashra_spelling *spelling, size_t from,
                              size_t to) {
    char key[LONGEST_KEY];
    size_t length = 0;
    for (size_t i = from; i < to; i++) {
        if (length + 4 > LONGEST_KEY)
            return NULL;
        length += nashra_utf8_encode(spelling->graphemes[i].letter, key + length);
    }
    intptr_t value;
    return nashra_map_get(map, key, length, &value) ? (const struct row *)value : NULL;
}

struct match {
    const struct row *row;
    size_t from, to;
};

/* The longest match counts: first the whole word, then with proclitics, then with a pronoun. */
static struct match find_word(const struct nashra_map *map, const struct nashra_spelling *spelling) {
    size_t starts[NASHRA_MAX_PROCLITICS];
    size_t start_count = nashra_proclitic_splits(spelling, starts);
    for (size_t tail = 0; tail <= 3 && tail + 2 <= spelling->count; tail++) {
        size_t to = spelling->count - tail;
        if (tail > 0 && !nashra_is_pronoun(spelling, to))
            continue;
        for (size_t k = 0; k < start_count && starts[k] + 2 <= to; k++) {
            const struct row *row = find(map, spelling, starts[k], to);
            if (row && !(starts[k] > 0 && (row->flags & ROW_ALONE)) && (tail == 0 || (row->flags & ROW_PRONOUNS)))
                return (struct match){row, starts[k], to};
        }
    }
    return (struct match){0};
}

/* A letter that is heard and not written lengthens the vowel before it; with a dagger alif that is done. */
static void insert_letter(struct nashra_spelling *out, unsigned letter) {
    struct nashra_grapheme *before = out->count ? &out->graphemes[out->count - 1] : NULL;
    if (!before || before->dagger)
        return;
    if (before->vowel == NASHRA_NO_VOWEL) {
        before->vowel = nashra_vowel_of_length(letter);
        before->sukun = false;
    }
    out->graphemes[out->count++] = (struct nashra_grapheme){.letter = letter};
}

/* Copies letters [from, to) as the pattern says: (x) is inserted, [x] is left out, others are kept with their marks. */
static void apply_pattern(const char *pattern, const struct nashra_spelling *in, size_t from, size_t to,
                          struct nashra_spelling *out) {
    size_t length = strlen(pattern);
    unsigned bracket = 0;
    bool stem = false;
    for (size_t i = 0; i < length;) {
        unsigned codepoint;
        i += nashra_utf8_decode(pattern + i, length - i, &codepoint);
        if (codepoint == '(' || codepoint == '[')
            bracket = codepoint;
        else if (codepoint == ')' || codepoint == ']')
            bracket = 0;
        else if (bracket == '(')
            insert_letter(out, codepoint);
        else if (bracket == '[')
            from++;
        else if (codepoint == '+')
            stem = true;
        else if (from < to) {
            out->graphemes[out->count] = in->graphemes[from++];
            out->graphemes[out->count++].stem = stem;
            stem = false;
        }
    }
}

static void copy(const struct nashra_spelling *in, size_t from, size_t to, struct nashra_spelling *out) {
    for (size_t i = from; i < to; i++)
        out->graphemes[out->count++] = in->graphemes[i];
}

/* The article before a respelt name: assimilated as the new first letter asks for. */
static void fit_article(struct nashra_spelling *whole, size_t from) {
    struct nashra_grapheme *first = &whole->graphemes[from];
    if (from < 2 || first[-1].letter != NASHRA_LAM || first[-2].letter != NASHRA_ALIF)
        return;
    bool sun = nashra_is_sun_letter(first->letter);
    first->shadda = sun;
    first[-1].sukun = !sun;
}

int nashra_word_lists_respell(const struct nashra_word_lists *lists, struct nashra_arena *arena,
                              struct nashra_spelling *spelling, bool *divine) {
    struct match match = find_word(lists->words, spelling);
    *divine = match.row && (match.row->flags & ROW_DIVINE);
    if (!match.row)
        return NASHRA_OK;
    struct nashra_spelling respelt = {0}, whole = {.marked = spelling->marked};
    if (match.row->flags & ROW_FOREIGN) {
        int status = nashra_spelling_read(match.row->respelling, arena, &respelt);
        if (status < 0)
            return status;
        whole.marked = true;
    }
    size_t room = spelling->count + strlen(match.row->respelling) + 1;
    whole.graphemes = nashra_arena_alloc(arena, room * sizeof *whole.graphemes);
    if (!whole.graphemes)
        return NASHRA_ENOMEM;
    copy(spelling, 0, match.from, &whole);
    if (match.row->flags & ROW_FOREIGN)
        copy(&respelt, 0, respelt.count, &whole);
    else
        apply_pattern(match.row->respelling, spelling, match.from, match.to, &whole);
    copy(spelling, match.to, spelling->count, &whole);
    if ((match.row->flags & ROW_FOREIGN) && match.from < whole.count)
        fit_article(&whole, match.from);
    *spelling = whole;
    return NASHRA_OK;
}

/* The helping vowel is u after the pronouns and verb endings in ـهم ـكم ـتم and after دَعَوْا. */
static bool links_with_u(const struct nashra_spelling *spelling) {
    if (spelling->count < 3)
        return false;
    const struct nashra_grapheme *last = &spelling->graphemes[spelling->count - 1], *before = last - 1;
    if (last->letter == NASHRA_ALIF)
        return before->letter == NASHRA_WAW && before->sukun;
    bool pronoun = before->letter == NASHRA_HA || before->letter == NASHRA_KAF || before->letter == NASHRA_TA;
    return last->letter == NASHRA_MIM && pronoun && before->vowel != NASHRA_NO_VOWEL && before->vowel != NASHRA_MARK_A;
}

/* A helping vowel that the text marks (عَنِ) doesn't count; the a of أَنَّ does. */
static bool is_monosyllabic(const struct nashra_form *form) {
    size_t vowels = 0;
    for (size_t i = form->stem; i < form->count; i++) {
        const struct nashra_phone *phone = &form->phones[i];
        bool helping = (phone->flags & NASHRA_PHONE_ENDING) && i > 0 && phone[-1].length == 1;
        vowels += nashra_phone_is_vowel(phone) && !helping;
    }
    return vowels <= 1;
}

void nashra_word_lists_traits(const struct nashra_word_lists *lists, const struct nashra_spelling *spelling,
                              struct nashra_form *form) {
    size_t particle = nashra_conjunction_length(spelling);
    if (links_with_u(spelling))
        form->linking = NASHRA_LINK_U;
    const struct row *row = find(lists->particles, spelling, 0, spelling->count);
    if (!row && particle > 0) {
        row = find(lists->particles, spelling, particle, spelling->count);
        /* وَهُوَ: the conjunction isn't stressed. */
        if (row && form->stem < 2 * particle)
            form->stem = 2 * particle;
    }
    if (row) {
        form->weak = (row->flags & ROW_WEAK) != 0 && is_monosyllabic(form);
        form->splits = (row->flags & ROW_SPLITS) != 0;
        form->keeps_vowel = (row->flags & ROW_KEEPS) != 0;
        if (row->flags & ROW_LINK_A)
            form->linking = NASHRA_LINK_A;
        else if (row->flags & ROW_LINK_U)
            form->linking = NASHRA_LINK_U;
    }
    const struct nashra_phone *last = nashra_form_last(form);
    if (last && (last->flags & NASHRA_PHONE_NUNATION))
        form->adverb = find(lists->adverbs, spelling, 0, spelling->count) ||
                       (particle > 0 && find(lists->adverbs, spelling, particle, spelling->count));
}
