/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a golden document: a Markdown page whose tables hold what is written beside what must come out.
 *
 *   <!-- stage: normalise -->          names the stage: normalise, marked, names, sentences, phonemes, heard or number
 *   | written | spoken | options |     the first two lines of a table are its head; the options column may be missing
 *   | --- | --- | --- |
 *   | 3 كتب | ثلاثة كتب | |
 *   | ? ... | ... | |                  an open question: expected to fail, and a failure of the run once it passes
 *
 * In a cell \| is a bar, <br> a line end, {U+200F} an invisible character. Options are name=value pairs, separated by
 * semicolons; tests/golden/README.md lists them. Exit 0: all as expected; 1: mismatches; 2: the document can't be run.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/lexicon.h>
#include <nashra/normalise.h>
#include <nashra/number.h>
#include <nashra/phonemise.h>
#include <nashra/utf8.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { REGIONS = NASHRA_REGION_MOROCCO + 1, ENDINGS = NASHRA_ENDINGS_NONE + 1, CELLS = 3, MAX_WORDS = 400 };

struct row {
    const char *file;
    size_t line;
    bool open;
    struct nashra_buffer cells[CELLS]; /* written, expected, options */
};

/* The stages are made on first use, one a setting. */
struct bench {
    struct nashra_normaliser *normalisers[REGIONS];
    struct nashra_phonemiser *phonemisers[ENDINGS];
    struct nashra_numbers *numbers;
    struct nashra_lexicon *names;
    struct nashra_arena *arena;
};

typedef int (*stage_fn)(struct bench *bench, const struct row *row, struct nashra_buffer *got);

struct tally {
    size_t rows, passed, failed, open, promoted;
};

/* Options -------------------------------------------------------------------------------------------------------- */

static bool option(const struct row *row, const char *name, struct nashra_buffer *value) {
    const char *at = nashra_buffer_string(&row->cells[2]);
    nashra_buffer_clear(value);
    while (*at) {
        at += strspn(at, " ;");
        const size_t length = strcspn(at, ";");
        const size_t key = strcspn(at, "=; ");
        if (key == strlen(name) && strncmp(at, name, key) == 0) {
            size_t end = length;
            while (end > key && at[end - 1] == ' ')
                end--;
            if (end > key + 1)
                nashra_buffer_add(value, at + key + 1, end - key - 1);
            return true;
        }
        at += length;
    }
    return false;
}

static bool option_is(const struct row *row, const char *name, const char *expected) {
    struct nashra_buffer value = {0};
    const bool same = option(row, name, &value) && strcmp(nashra_buffer_string(&value), expected) == 0;
    nashra_buffer_finish(&value);
    return same;
}

static bool option_set(const struct row *row, const char *name) {
    struct nashra_buffer value = {0};
    const bool set = option(row, name, &value);
    nashra_buffer_finish(&value);
    return set;
}

static enum nashra_sentence_kind kind_of(const struct row *row) {
    static const char *const names[] = {"title", "byline", "heading", "text"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (option_is(row, "kind", names[i]))
            return (enum nashra_sentence_kind)i;
    return NASHRA_TEXT;
}

/* Stages --------------------------------------------------------------------------------------------------------- */

static int normaliser_for(struct bench *bench, const struct row *row, struct nashra_normaliser **normaliser) {
    enum nashra_region region = NASHRA_REGION_GULF;
    struct nashra_buffer value = {0};
    int status = option(row, "region", &value) ? nashra_region_parse(nashra_buffer_string(&value), &region) : 0;
    if (status == 0 && !bench->normalisers[region])
        status = nashra_normaliser_create(region, &bench->normalisers[region]);
    *normaliser = bench->normalisers[region];
    if (status == 0 && option(row, "article", &value))
        status = nashra_normaliser_survey(*normaliser, nashra_buffer_string(&value), value.length);
    else if (status == 0)
        status = nashra_normaliser_survey(*normaliser, nashra_buffer_string(&row->cells[0]), row->cells[0].length);
    nashra_buffer_finish(&value);
    return status;
}

static int normalise(struct bench *bench, const struct row *row, struct nashra_sentence *sentence) {
    struct nashra_normaliser *normaliser;
    int status = normaliser_for(bench, row, &normaliser);
    if (status != 0)
        return status;
    sentence->kind = kind_of(row);
    sentence->span = (struct nashra_span){0, row->cells[0].length};
    sentence->arena = bench->arena;
    return nashra_normalise(normaliser, nashra_buffer_string(&row->cells[0]), sentence);
}

static void add_words(const struct nashra_sentence *sentence, bool marked, struct nashra_buffer *got) {
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        if (i > 0)
            nashra_buffer_add_string(got, " ");
        nashra_buffer_add_string(got, marked && word->marked ? word->marked : word->text);
        nashra_buffer_add_string(got, nashra_pause_mark(word->pause));
    }
}

static int run_normalise(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    struct nashra_sentence sentence = {0};
    const int status = normalise(bench, row, &sentence);
    if (status == 0)
        add_words(&sentence, false, got);
    return status;
}

static int run_marked(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    struct nashra_sentence sentence = {0};
    const int status = normalise(bench, row, &sentence);
    if (status == 0)
        add_words(&sentence, true, got);
    return status;
}

static int run_sentences(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    (void)bench;
    struct nashra_article *article = NULL;
    const int status =
        nashra_article_from_bytes(nashra_buffer_string(&row->cells[0]), row->cells[0].length, row->file, &article);
    if (status != 0)
        return status;
    size_t length;
    size_t count;
    const char *text = nashra_article_text(article, &length);
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    for (size_t i = 0; i < count; i++) {
        nashra_buffer_add_string(got, i == 0 ? "" : segments[i - 1].continues ? " ¦ " : " ‖ ");
        if (option_set(row, "kinds"))
            nashra_buffer_add_format(got, "%s: ", nashra_kind_name(segments[i].kind));
        nashra_buffer_add(got, text + segments[i].span.from, segments[i].span.to - segments[i].span.from);
    }
    nashra_article_destroy(article);
    return 0;
}

static int run_number(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    int status = bench->numbers ? 0 : nashra_numbers_create(&bench->numbers);
    if (status != 0)
        return status;
    struct nashra_buffer noun = {0};
    struct nashra_buffer currency = {0};
    struct nashra_number_form form = {
        .gender = option_is(row, "gender", "f") ? NASHRA_FEMININE : NASHRA_MASCULINE,
        .grammatical_case = option_is(row, "case", "acc")   ? NASHRA_ACCUSATIVE
                            : option_is(row, "case", "gen") ? NASHRA_GENITIVE
                                                            : NASHRA_NOMINATIVE,
        .construct = option_set(row, "construct"),
        .ordinal = option_set(row, "ordinal"),
        .definite = option_set(row, "definite"),
        .noun = option(row, "noun", &noun) ? nashra_buffer_string(&noun) : NULL,
        .currency = option(row, "currency", &currency) ? nashra_buffer_string(&currency) : NULL,
    };
    const bool marked = option_set(row, "marked");
    status = nashra_number_spell(bench->numbers, nashra_buffer_string(&row->cells[0]), &form, marked ? NULL : got,
                                 marked ? got : NULL);
    nashra_buffer_finish(&noun);
    nashra_buffer_finish(&currency);
    return status;
}

/* A pause mark at the end of a word becomes its pause; returns the length without it. */
static size_t take_pause(const char *word, size_t length, enum nashra_pause *pause) {
    for (int p = NASHRA_PAUSE_COMMA; p <= NASHRA_PAUSE_EXCLAMATION; p++) {
        const char *mark = nashra_pause_mark((enum nashra_pause)p);
        const size_t size = strlen(mark);
        if (length > size && memcmp(word + length - size, mark, size) == 0) {
            *pause = (enum nashra_pause)p;
            return length - size;
        }
    }
    return length;
}

static int add_marked_word(struct bench *bench, struct nashra_sentence *sentence, const char *bytes, size_t length) {
    struct nashra_word *word = &sentence->words[sentence->count];
    length = take_pause(bytes, length, &word->pause);
    char *bare = nashra_arena_alloc(bench->arena, length + 1);
    word->marked = nashra_arena_copy(bench->arena, bytes, length);
    if (!bare || !word->marked)
        return NASHRA_ENOMEM;
    nashra_strip_marks(bytes, length, bare);
    word->text = bare;
    word->cls = isalpha((unsigned char)bytes[0]) ? NASHRA_CLASS_LATIN : NASHRA_CLASS_WORD;
    word->confidence = word->ending_confidence = 1;
    sentence->count++;
    return 0;
}

static int split_marked(struct bench *bench, const char *text, struct nashra_sentence *sentence) {
    sentence->words = nashra_arena_alloc(bench->arena, MAX_WORDS * sizeof(*sentence->words));
    if (!sentence->words)
        return NASHRA_ENOMEM;
    int status = 0;
    while (status == 0 && sentence->count < MAX_WORDS) {
        text += strspn(text, " ");
        const size_t length = strcspn(text, " ");
        if (length == 0)
            return 0;
        status = add_marked_word(bench, sentence, text, length);
        text += length;
    }
    return status;
}

/* Phonemises the sentence and appends what is heard, silent words left out. */
static int phonemise(struct bench *bench, const struct row *row, struct nashra_sentence *sentence,
                     struct nashra_buffer *got) {
    enum nashra_endings endings = NASHRA_ENDINGS_FULL;
    struct nashra_buffer value = {0};
    int status = option(row, "endings", &value) ? nashra_endings_parse(nashra_buffer_string(&value), &endings) : 0;
    nashra_buffer_finish(&value);
    if (status == 0 && !bench->phonemisers[endings])
        status = nashra_phonemiser_create(endings, &bench->phonemisers[endings]);
    if (status == 0)
        status = nashra_phonemise(bench->phonemisers[endings], sentence);
    for (size_t i = 0; status == 0 && i < sentence->count; i++) {
        const char *phonemes = sentence->words[i].phonemes;
        if (!phonemes || !*phonemes)
            continue;
        nashra_buffer_add_string(got, got->length > 0 ? " " : "");
        nashra_buffer_add_string(got, phonemes);
    }
    return status;
}

static int run_phonemes(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    struct nashra_sentence sentence = {.kind = NASHRA_TEXT, .arena = bench->arena, .paragraph_end = 1};
    const int status = split_marked(bench, nashra_buffer_string(&row->cells[0]), &sentence);
    return status == 0 ? phonemise(bench, row, &sentence, got) : status;
}

/* The author has marked every word; the normaliser marks its own; the diacritiser has nothing to do. */
static int run_heard(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    struct nashra_sentence sentence = {.paragraph_end = 1};
    const int status = normalise(bench, row, &sentence);
    return status == 0 ? phonemise(bench, row, &sentence, got) : status;
}

/* The marks of the names that Nashra knows itself, in a plain line. */
static int run_names(struct bench *bench, const struct row *row, struct nashra_buffer *got) {
    const struct nashra_buffer *written = &row->cells[0];
    int status = bench->names ? 0 : nashra_lexicon_names(&bench->names);
    return status < 0 ? status
                      : nashra_lexicon_mark_line(bench->names, nashra_buffer_string(written), written->length, got);
}

static const struct {
    const char *name;
    stage_fn run;
} STAGES[] = {{"normalise", run_normalise}, {"marked", run_marked}, {"names", run_names},  {"sentences", run_sentences},
              {"phonemes", run_phonemes},   {"heard", run_heard},   {"number", run_number}};

/* Documents ------------------------------------------------------------------------------------------------------ */

static stage_fn stage_of(const char *line) {
    static const char key[] = "<!-- stage: ";
    if (strncmp(line, key, sizeof key - 1) != 0)
        return NULL;
    const char *name = line + sizeof key - 1;
    for (size_t i = 0; i < COUNT(STAGES); i++)
        if (strncmp(name, STAGES[i].name, strlen(STAGES[i].name)) == 0 && name[strlen(STAGES[i].name)] == ' ')
            return STAGES[i].run;
    return NULL;
}

/* Copies one piece of a cell: an escape of ours or a byte. Returns the bytes it took. */
static size_t copy_piece(const char *at, struct nashra_buffer *cell) {
    unsigned codepoint;
    int size = 0;
    if (at[0] == '\\' && at[1] == '|') {
        nashra_buffer_add_string(cell, "|");
        return 2;
    }
    if (strncmp(at, "<br>", 4) == 0) {
        nashra_buffer_add_string(cell, "\n");
        return 4;
    }
    if (sscanf(at, "{U+%6x}%n", &codepoint, &size) == 1 && size > 0) {
        nashra_buffer_add_codepoint(cell, codepoint);
        return (size_t)size;
    }
    nashra_buffer_add(cell, at, 1);
    return 1;
}

static const char *read_cell(const char *at, struct nashra_buffer *cell) {
    nashra_buffer_clear(cell);
    at += strspn(at, " ");
    const char *end = at;
    while (*end && *end != '\n' && *end != '|')
        end += end[0] == '\\' && end[1] == '|' ? 2 : 1;
    const char *stop = end;
    while (stop > at && stop[-1] == ' ')
        stop--;
    while (at < stop)
        at += copy_piece(at, cell);
    return *end == '|' ? end + 1 : end;
}

/* "| a | b | c |" → cells; false when there are fewer than two. */
static bool read_row(const char *line, struct row *row) {
    const char *at = line + 1;
    row->open = false;
    at += strspn(at, " ");
    if (at[0] == '?' && at[1] == ' ') {
        row->open = true;
        at += 2;
    }
    size_t filled = 0;
    for (size_t i = 0; i < CELLS; i++) {
        const bool there = *at && *at != '\n';
        at = there ? read_cell(at, &row->cells[i]) : at;
        filled += there;
        if (!there)
            nashra_buffer_clear(&row->cells[i]);
    }
    return filled >= 2 && row->cells[0].length > 0;
}

static void report(const struct row *row, const char *what, const char *got) {
    printf("%s:%zu: %s\n  written   %s\n  expected  %s\n", row->file, row->line, what,
           nashra_buffer_string(&row->cells[0]), nashra_buffer_string(&row->cells[1]));
    if (row->cells[2].length > 0)
        printf("  options   %s\n", nashra_buffer_string(&row->cells[2]));
    printf("  got       %s\n", got);
}

/* False when the stage could not be made at all: then no row says anything. */
static bool run_row(struct bench *bench, stage_fn stage, const struct row *row, bool quiet, struct tally *tally) {
    struct nashra_buffer got = {0};
    nashra_arena_reset(bench->arena);
    const int status = stage(bench, row, &got);
    if (status == NASHRA_ECONFIG || status == NASHRA_ENOMEM) {
        nashra_buffer_finish(&got);
        return false;
    }
    if (status != 0) {
        nashra_buffer_clear(&got);
        nashra_buffer_add_format(&got, "error: %s", nashra_status_name(status));
    }
    const bool same = strcmp(nashra_buffer_string(&got), nashra_buffer_string(&row->cells[1])) == 0;
    tally->rows++;
    if (row->open) {
        tally->open += !same;
        tally->promoted += same;
        if (same)
            report(row, "an open question is answered: take away its ?", nashra_buffer_string(&got));
    } else {
        tally->passed += same;
        tally->failed += !same;
        if (!same && !quiet)
            report(row, "mismatch", nashra_buffer_string(&got));
    }
    nashra_buffer_finish(&got);
    return true;
}

static bool run_document(struct bench *bench, const char *path, bool quiet, struct tally *tally) {
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    struct row row = {.file = path};
    stage_fn stage = NULL;
    size_t table_line = 0;
    char *line = NULL;
    size_t room = 0;
    bool good = true;
    while (good && getline(&line, &room, file) >= 0) {
        row.line++;
        table_line = line[0] == '|' ? table_line + 1 : 0;
        if (strncmp(line, "<!-- stage:", 11) == 0)
            stage = stage_of(line);
        if (table_line <= 2)
            continue;
        good = stage && read_row(line, &row);
        if (good)
            good = run_row(bench, stage, &row, quiet, tally);
        else
            printf("%s:%zu: %s\n", path, row.line, stage ? "fewer than two cells" : "no stage, or an unknown one");
    }
    for (size_t i = 0; i < CELLS; i++)
        nashra_buffer_finish(&row.cells[i]);
    free(line);
    fclose(file);
    return good;
}

static void finish(struct bench *bench) {
    for (size_t i = 0; i < REGIONS; i++)
        nashra_normaliser_destroy(bench->normalisers[i]);
    for (size_t i = 0; i < ENDINGS; i++)
        nashra_phonemiser_destroy(bench->phonemisers[i]);
    nashra_numbers_destroy(bench->numbers);
    nashra_lexicon_destroy(bench->names);
    nashra_arena_destroy(bench->arena);
}

int main(int argc, char **argv) {
    const bool quiet = argc > 2 && strcmp(argv[1], "-q") == 0;
    if (argc < 2 + quiet) {
        fprintf(stderr, "usage: %s [-q] DOCUMENT.md …\n", argv[0]);
        return 2;
    }
    struct bench bench = {.arena = nashra_arena_create()};
    int code = bench.arena ? 0 : 2;
    for (int i = 1 + quiet; i < argc && bench.arena; i++) {
        struct tally tally = {0};
        const bool good = run_document(&bench, argv[i], quiet, &tally);
        printf("%s: %zu rows, %zu passed, %zu failed, %zu open questions (expected to fail), %zu answered\n", argv[i],
               tally.rows, tally.passed, tally.failed, tally.open, tally.promoted);
        if (!good || tally.rows == 0)
            code = 2;
        else if ((tally.failed || tally.promoted) && code == 0)
            code = 1;
    }
    finish(&bench);
    return code;
}
