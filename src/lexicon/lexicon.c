/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing: which file, which format. */
#include <nashra/ascii.h>
#include <nashra/lexicon.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "entry.h"

int nashra_lex_create(const char *name, struct nashra_lexicon **result) {
    struct nashra_lexicon *lexicon = nashra_alloc_zeroed(1, sizeof *lexicon);
    if (!lexicon)
        return NASHRA_ENOMEM;
    lexicon->arena = nashra_arena_create();
    lexicon->keys = nashra_map_create();
    if (lexicon->arena)
        lexicon->name = nashra_arena_copy(lexicon->arena, name, strlen(name));
    if (!lexicon->name || !lexicon->keys) {
        nashra_lexicon_destroy(lexicon);
        return NASHRA_ENOMEM;
    }
    *result = lexicon;
    return NASHRA_OK;
}

void nashra_lexicon_destroy(struct nashra_lexicon *lexicon) {
    if (!lexicon)
        return;
    nashra_lex_phonemes_destroy(lexicon->phonemes);
    nashra_map_destroy(lexicon->keys);
    nashra_table_destroy(lexicon->table);
    nashra_free(lexicon->entries);
    nashra_arena_destroy(lexicon->arena);
    nashra_free(lexicon);
}

size_t nashra_lexicon_count(const struct nashra_lexicon *lexicon) {
    return lexicon->count;
}

size_t nashra_lexicon_errors(const struct nashra_lexicon *lexicon) {
    return lexicon->errors;
}

/* `bytes` is writable and has a NUL after its end. */
static int read_format(struct nashra_lexicon *lexicon, char *bytes, size_t length, enum nashra_lexicon_format format) {
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    switch (format) {
    case NASHRA_LEXICON_PLS:
        return nashra_lex_read_pls(lexicon, bytes, length);
    case NASHRA_LEXICON_NVDA:
        return nashra_lex_read_nvda(lexicon, bytes, length);
    default:
        if (memchr(bytes, '\0', length))
            return nashra_fail(NASHRA_EDATA, "%s: looks like binary data, not a lexicon", lexicon->name);
        return nashra_lex_read_tsv(lexicon, bytes, length);
    }
}

static int read_bytes(char *bytes, size_t length, enum nashra_lexicon_format format, const char *name,
                      struct nashra_lexicon **result) {
    struct nashra_lexicon *lexicon = NULL;
    int status = nashra_lex_create(name, &lexicon);
    if (status == NASHRA_OK)
        status = read_format(lexicon, bytes, length, format);
    if (status < 0) {
        nashra_lexicon_destroy(lexicon);
        return status;
    }
    *result = lexicon;
    return NASHRA_OK;
}

int nashra_lexicon_from_bytes(const void *bytes, size_t length, enum nashra_lexicon_format format, const char *name,
                              struct nashra_lexicon **lexicon) {
    *lexicon = NULL;
    if (length > NASHRA_LEXICON_MAX_BYTES)
        return nashra_fail(NASHRA_EDATA, "%s: larger than %u bytes", name, NASHRA_LEXICON_MAX_BYTES);
    char *copy = nashra_alloc(length + 1);
    if (!copy)
        return NASHRA_ENOMEM;
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    int status = read_bytes(copy, length, format, name, lexicon);
    nashra_free(copy);
    return status;
}

static enum nashra_lexicon_format format_of(const char *path) {
    const char *ending = strrchr(path, '.');
    if (ending && (nashra_ascii_same(ending, ".pls") || nashra_ascii_same(ending, ".xml")))
        return NASHRA_LEXICON_PLS;
    return ending && nashra_ascii_same(ending, ".dic") ? NASHRA_LEXICON_NVDA : NASHRA_LEXICON_TSV;
}

/* A pipe has no size beforehand, so the buffer grows. */
static int read_stream(FILE *in, const char *path, struct nashra_buffer *out) {
    char block[4096];
    for (size_t length; (length = fread(block, 1, sizeof block, in)) > 0;) {
        if (nashra_buffer_add(out, block, length) < 0)
            return NASHRA_ENOMEM;
        if (out->length > NASHRA_LEXICON_MAX_BYTES)
            return nashra_fail(NASHRA_EDATA, "%s: larger than %u bytes", path, NASHRA_LEXICON_MAX_BYTES);
    }
    if (ferror(in))
        return nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
    return nashra_buffer_add(out, "", 0);
}

int nashra_lexicon_open(const char *path, struct nashra_lexicon **lexicon) {
    struct nashra_buffer bytes = {0};
    struct stat info;
    *lexicon = NULL;
    FILE *in = fopen(path, "rb");
    if (!in)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    int status = fstat(fileno(in), &info) == 0 && S_ISDIR(info.st_mode)
                     ? nashra_fail(NASHRA_ENOINPUT, "%s: a directory, not a lexicon", path)
                     : read_stream(in, path, &bytes);
    fclose(in);
    char nothing[1] = "";
    if (status == NASHRA_OK)
        status = read_bytes(bytes.data ? bytes.data : nothing, bytes.length, format_of(path), path, lexicon);
    nashra_buffer_finish(&bytes);
    return status;
}

int nashra_lexicon_user_path(struct nashra_buffer *path) {
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    size_t before = path->length;
    int status = 0;
    if (config && *config == '/')
        status = nashra_buffer_add_format(path, "%s/nashra/lexicon.tsv", config);
    else if (home && *home)
        status = nashra_buffer_add_format(path, "%s/.config/nashra/lexicon.tsv", home);
    else
        return 0;
    if (status < 0)
        return status;
    if (access(path->data + before, F_OK) == 0)
        return 1;
    path->length = before;
    path->data[before] = '\0';
    return 0;
}

int nashra_lexicon_phonemes(const char *phonemes, int ipa, struct nashra_buffer *names, const char **unknown) {
    struct nashra_lex_phonemes *known = NULL;
    int status = nashra_lex_phonemes_create(&known);
    *unknown = NULL;
    if (status == NASHRA_OK && ipa)
        status = nashra_lex_phonemes_from_ipa(known, phonemes, names, unknown);
    else if (status == NASHRA_OK)
        status = nashra_buffer_add_string(names, phonemes);
    if (status == NASHRA_OK && !*unknown && nashra_lex_phonemes_unknown(known, nashra_buffer_string(names)))
        *unknown = phonemes;
    nashra_lex_phonemes_destroy(known);
    return status == NASHRA_OK && *unknown ? NASHRA_EDATA : status;
}
