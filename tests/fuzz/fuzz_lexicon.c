/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lexicon in one of the three formats, chosen by the first byte, and after a line of === the text that it is applied
 * to. What was read must be readable again, and what comes out must be words. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/lexicon.h>
#include <nashra/utf8.h>

enum { MAX_WORDS = 64 };

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    if (nashra_utf8_valid_prefix(message, strlen(message)) != strlen(message))
        abort();
}

static void require(int condition) {
    if (!condition)
        abort();
}

static void apply(const struct nashra_lexicon *lexicon, const char *text, size_t length) {
    struct nashra_word words[MAX_WORDS] = {0};
    struct nashra_sentence sentence = {.words = words, .span = {0, length}, .arena = nashra_arena_create()};
    require(sentence.arena != NULL);
    for (size_t at = 0, end; at < length && sentence.count < MAX_WORDS; at = end + 1) {
        for (end = at; end < length && text[end] != ' ';)
            end++;
        struct nashra_word *word = &words[sentence.count++];
        char *bare = nashra_arena_alloc(sentence.arena, end - at + 1);
        require(bare != NULL);
        nashra_strip_marks(text + at, end - at, bare);
        word->text = bare;
        word->marked = (end & 1) ? nashra_arena_copy(sentence.arena, text + at, end - at) : NULL;
        word->span = (struct nashra_span){at, end};
        word->pause = at % 11 ? NASHRA_PAUSE_NONE : NASHRA_PAUSE_COMMA;
    }
    require(nashra_lexicon_apply(lexicon, text, &sentence) == NASHRA_OK);
    for (size_t i = 0; i < sentence.count; i++)
        require(sentence.words[i].text != NULL && sentence.words[i].span.to <= length);
    nashra_arena_destroy(sentence.arena);
}

/* The bytes of the text come out in their order, with marks added. */
static void mark(const struct nashra_lexicon *lexicon, const char *text, size_t length) {
    struct nashra_buffer out = {0};
    require(nashra_lexicon_mark_line(lexicon, text, length, &out) == NASHRA_OK);
    size_t at = 0;
    for (size_t i = 0; i < out.length && at < length; i++)
        at += out.data[i] == text[at];
    require(at == length);
    nashra_buffer_finish(&out);
}

static void write_and_read_again(const struct nashra_lexicon *lexicon) {
    struct nashra_buffer tsv = {0}, pls = {0};
    struct nashra_lexicon *again = NULL;
    require(nashra_lexicon_write_tsv(lexicon, &tsv) == NASHRA_OK);
    require(nashra_lexicon_from_bytes(tsv.data, tsv.length, NASHRA_LEXICON_TSV, "again", &again) == NASHRA_OK);
    require(nashra_lexicon_count(again) == nashra_lexicon_count(lexicon));
    nashra_lexicon_destroy(again);
    require(nashra_lexicon_write_pls(lexicon, &pls) == NASHRA_OK);
    require(nashra_lexicon_from_bytes(pls.data, pls.length, NASHRA_LEXICON_PLS, "again", &again) == NASHRA_OK);
    require(nashra_lexicon_count(again) == nashra_lexicon_count(lexicon));
    nashra_lexicon_destroy(again);
    nashra_buffer_finish(&tsv);
    nashra_buffer_finish(&pls);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char divider[] = "\n===\n";
    struct nashra_lexicon *lexicon = NULL;
    size_t warnings;
    nashra_log_set_handler(ignore, NULL);
    if (size < 1)
        return 0;
    const char *file = (const char *)data + 1, *end = (const char *)data + size;
    const char *text = file;
    while (text < end && ((size_t)(end - text) < sizeof divider || memcmp(text, divider, sizeof divider - 1) != 0))
        text++;
    int status = nashra_lexicon_from_bytes(file, (size_t)(text - file), (enum nashra_lexicon_format)(data[0] % 3),
                                           "fuzz", &lexicon);
    if (status < 0) {
        require(lexicon == NULL && (status == NASHRA_EDATA));
        return 0;
    }
    text += text < end ? sizeof divider - 1 : 0;
    require(nashra_lexicon_check(lexicon, &warnings) == NASHRA_OK);
    write_and_read_again(lexicon);
    apply(lexicon, text, (size_t)(end - text));
    mark(lexicon, text, (size_t)(end - text));
    nashra_lexicon_destroy(lexicon);
    return 0;
}
