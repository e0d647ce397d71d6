/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_inputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    const char *file; /* the same string as in the script's field */
    const char *section, *key, *where;
    size_t line;
};

int nashra_script_note(struct nashra_script *script, const char *file, const char *section, const char *key,
                       const struct nashra_key_source *source) {
    const struct place place = {file, section, key, source->where, source->line};
    return nashra_buffer_add(&script->places, (const char *)&place, sizeof place);
}

static const struct place *find_place(const struct nashra_script *script, const char *file) {
    const struct place *places = (const struct place *)(const void *)script->places.data;
    for (size_t i = script->places.length / sizeof *places; i-- > 0;)
        if (places[i].file == file)
            return &places[i];
    return NULL;
}

/* "-" is standard input. */
static int cause_against(const char *file) {
    struct stat info;
    if (strcmp(file, "-") == 0)
        return 0;
    if (stat(file, &info) != 0 || access(file, R_OK) != 0)
        return errno;
    return S_ISDIR(info.st_mode) ? EISDIR : 0;
}

int nashra_script_check_inputs(const struct nashra_script *script) {
    int status = NASHRA_OK;
    size_t at = 0;
    for (const char *file; (file = nashra_key_file(script, &at));) {
        const struct place *place = find_place(script, file);
        const int cause = place ? cause_against(file) : 0;
        if (cause)
            status = nashra_fail(NASHRA_ENOINPUT, "%s:%zu: %s in [%s]: %s: %s", place->where, place->line, place->key,
                                 place->section, file, strerror(cause));
    }
    return status;
}

int nashra_script_tell_place(const struct nashra_script *script, const char *file, int status) {
    const struct place *place = status == NASHRA_EDATA || status == NASHRA_ENOINPUT ? find_place(script, file) : NULL;
    if (place)
        nashra_log(NASHRA_LOG_ERROR, "%s:%zu: %s in [%s] names %s", place->where, place->line, place->key,
                   place->section, file);
    return status;
}

const char *const *nashra_script_inputs(struct nashra_script *script) {
    nashra_buffer_clear(&script->list);
    size_t at = 0;
    for (const char *file; (file = nashra_key_file(script, &at));) {
        const char *const *known = (const char *const *)(void *)script->list.data;
        const size_t count = script->list.length / sizeof *known;
        size_t i = 0;
        while (i < count && strcmp(known[i], file) != 0)
            i++;
        if (i == count)
            nashra_buffer_add(&script->list, (const char *)&file, sizeof file);
    }
    const char *none = NULL;
    nashra_buffer_add(&script->list, (const char *)&none, sizeof none);
    return script->list.failed ? NULL : (const char *const *)(void *)script->list.data;
}
