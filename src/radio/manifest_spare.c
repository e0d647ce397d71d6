/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the jobs of a manifest are made of is not written over by what they make. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <nashra/memory.h>
#include <nashra/table.h>

#include "batch_bulletin.h"
#include "batch_file.h"
#include "bulletin_write.h"
#include "manifest.h"

/* A file, by whatever name. */
struct identity {
    dev_t device;
    ino_t inode;
};

static bool identify(const char *path, struct identity *identity) {
    struct stat info;
    memset(identity, 0, sizeof *identity); /* its padding is part of the key */
    if (stat(path, &info) != 0)
        return false;
    identity->device = info.st_dev;
    identity->inode = info.st_ino;
    return true;
}

static bool is_input(const struct nashra_manifest *manifest, const struct identity *identity) {
    intptr_t known;
    return nashra_map_get(manifest->inputs, (const char *)identity, sizeof *identity, &known);
}

int nashra_manifest_note_input(struct nashra_manifest *manifest, const char *path) {
    struct identity identity;
    if (!identify(path, &identity) || is_input(manifest, &identity))
        return NASHRA_OK;
    const char *kept = nashra_arena_copy(manifest->identities, (const char *)&identity, sizeof identity);
    return kept ? nashra_map_put(manifest->inputs, kept, sizeof identity, 1) : NASHRA_ENOMEM;
}

static int check_path(const struct nashra_manifest *manifest, const struct nashra_job *job, const char *path) {
    struct identity identity;
    if (!identify(path, &identity) || !is_input(manifest, &identity))
        return NASHRA_OK;
    return nashra_fail(NASHRA_EDATA, "%s: \"output\": %s would be written over, and a job of this manifest reads it",
                       job->origin, path);
}

static int check_companions(const struct nashra_manifest *manifest, const struct nashra_job *job, const char *sound) {
    const size_t stem = (size_t)(strrchr(sound, '.') - sound);
    int status = NASHRA_OK;
    for (size_t i = 0; nashra_companion_ending(i) && status != NASHRA_ENOMEM; i++) {
        struct nashra_buffer path = {0};
        nashra_buffer_add(&path, sound, stem);
        nashra_buffer_add_string(&path, nashra_companion_ending(i));
        const int one = path.failed ? NASHRA_ENOMEM : check_path(manifest, job, path.data);
        status = one < 0 ? one : status;
        nashra_buffer_finish(&path);
    }
    return status;
}

static int check_job(const struct nashra_manifest *manifest, const struct nashra_job *job, const char *folder) {
    char *sound = nashra_path_in(folder, job->output);
    int status = sound ? check_path(manifest, job, sound) : NASHRA_ENOMEM;
    if (status >= 0 && nashra_job_is_bulletin(job))
        status = check_companions(manifest, job, sound);
    nashra_free(sound);
    return status;
}

int nashra_manifest_spare(const struct nashra_manifest *manifest, const char *folder) {
    size_t errors = 0;
    for (size_t i = 0; i < manifest->count; i++) {
        const int status = check_job(manifest, &manifest->jobs[i], folder);
        if (status == NASHRA_ENOMEM)
            return status;
        errors += status < 0;
    }
    if (errors > 0)
        return nashra_fail(NASHRA_EDATA, "%s: %zu of its outputs would destroy what it is made from; choose another -o",
                           manifest->path, errors);
    return NASHRA_OK;
}
