/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the sound, as a digest: another program, library, table, model or voice may make other bytes. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include <dirent.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <nashra/bulletin.h>
#include <nashra/table.h>

#include "batch_file.h"
#include "batch_key.h"

enum { BUILD_ID = 3 /* NT_GNU_BUILD_ID */, DEEPEST = 4 };

struct identity {
    struct nashra_hash *hash;
    bool program; /* has an id */
};

static size_t round_up(size_t length) {
    return (length + 3) & ~(size_t)3;
}

/* The linker's digest of an object's contents (ELF note NT_GNU_BUILD_ID). */
static bool add_note(struct nashra_hash *hash, const char *notes, size_t length) {
    for (size_t at = 0; at + sizeof(ElfW(Nhdr)) <= length;) {
        ElfW(Nhdr) note;
        memcpy(&note, notes + at, sizeof note);
        size_t name = at + sizeof note, data = name + round_up(note.n_namesz);
        if (data + note.n_descsz > length)
            return false;
        if (note.n_type == BUILD_ID && note.n_namesz == 4 && memcmp(notes + name, "GNU", 4) == 0) {
            nashra_hash_add_field(hash, notes + data, note.n_descsz);
            return true;
        }
        at = data + round_up(note.n_descsz);
    }
    return false;
}

static int add_object(struct dl_phdr_info *info, size_t size, void *user) {
    struct identity *identity = user;
    (void)size;
    if (strncmp(info->dlpi_name, "linux-vdso", 10) == 0 || strncmp(info->dlpi_name, "linux-gate", 10) == 0)
        return 0; /* the kernel's */
    bool found = false;
    for (int i = 0; i < info->dlpi_phnum && !found; i++)
        if (info->dlpi_phdr[i].p_type == PT_NOTE)
            found = add_note(identity->hash, (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr),
                             info->dlpi_phdr[i].p_memsz);
    if (!found)
        nashra_hash_add_string(identity->hash, nashra_base_name(info->dlpi_name));
    if (info->dlpi_name[0] == '\0')
        identity->program = found;
    return 0;
}

static int add_program(struct nashra_hash *hash) {
    struct identity identity = {hash, false};
    dl_iterate_phdr(add_object, &identity);
    return identity.program ? NASHRA_OK : nashra_hash_add_file(hash, "/proc/self/exe");
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* In the order of the names' bytes, which no locale changes. */
static int by_name(const struct dirent **one, const struct dirent **other) {
    return strcmp((*one)->d_name, (*other)->d_name);
}

struct data_folder {
    struct nashra_hash *hash;
    const char *path;
    struct nashra_buffer found;
};

static int add_files(struct data_folder *data, const char *folder, int depth);

/* A file that one in an earlier folder hides is never read. */
static int is_used(struct data_folder *data, const char *path) {
    nashra_buffer_clear(&data->found);
    int found = nashra_data_find(path + strlen(data->path) + 1, &data->found);
    return found == 1 ? strcmp(data->found.data, path) == 0 : found;
}

static int add_file_or_folder(struct data_folder *data, const char *path, int depth) {
    struct stat info;
    if (stat(path, &info) != 0)
        return NASHRA_OK;
    if (S_ISDIR(info.st_mode))
        return depth < DEEPEST ? add_files(data, path, depth + 1) : NASHRA_OK;
    int used = S_ISREG(info.st_mode) ? is_used(data, path) : 0;
    if (used != 1)
        return used;
    nashra_hash_add_string(data->hash, path + strlen(data->path) + 1);
    return nashra_hash_add_file(data->hash, path);
}

static int add_files(struct data_folder *data, const char *folder, int depth) {
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible, by_name), status = NASHRA_OK;
    for (int i = 0; i < count; i++) {
        char *path = status >= 0 ? nashra_path_in(folder, entries[i]->d_name) : NULL;
        if (status >= 0)
            status = path ? add_file_or_folder(data, path, depth) : NASHRA_ENOMEM;
        nashra_free(path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return status;
}

static int add_data_folder(const char *folder, void *user) {
    struct data_folder data = {.hash = user, .path = folder};
    int status = add_files(&data, folder, 0);
    nashra_buffer_finish(&data.found);
    return status;
}

/* A sentence without words has a description, too: version, synthesiser, voice. */
static int add_voice(struct nashra_hash *hash) {
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_pipeline *pipeline = NULL;
    struct nashra_buffer description = {0};
    struct nashra_sentence nothing = {0};
    int status = nashra_pipeline_create(&options, &pipeline);
    if (status >= 0)
        status = nashra_speech_describe(pipeline, &options.voice, &nothing, &description);
    nashra_hash_add_field(hash, description.data, description.length);
    nashra_buffer_finish(&description);
    nashra_pipeline_destroy(pipeline);
    return status;
}

int nashra_engine_fingerprint(struct nashra_digest *engine) {
    struct nashra_hash *hash = nashra_hash_create();
    if (!hash)
        return NASHRA_ENOMEM;
    nashra_hash_add_string(hash, "engine 1");
    int status = add_program(hash);
    if (status >= 0)
        status = nashra_data_folders(add_data_folder, hash);
    if (status >= 0)
        status = add_voice(hash);
    bool good = nashra_hash_end(hash, engine);
    nashra_hash_destroy(hash);
    return status < 0 ? status : good ? NASHRA_OK : NASHRA_ENOMEM;
}
