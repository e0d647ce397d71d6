/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_key.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#include <nashra/bulletin.h>

#include "batch_bulletin.h"
#include "batch_file.h"

/* A file that many jobs share is read once, until it changes. */
struct shared_file {
    char *path; /* NULL: none yet */
    struct stat info;
    struct nashra_digest digest;
};

enum { SHARED_FILES = 64 };

struct nashra_keyring {
    struct nashra_digest engine;
    struct nashra_hash *hash;
    struct nashra_hash *files;
    struct shared_file shared[SHARED_FILES];
    size_t oldest;
};

int nashra_keyring_create(const struct nashra_digest *engine, struct nashra_keyring **result) {
    struct nashra_keyring *ring = nashra_alloc_zeroed(1, sizeof *ring);
    *result = NULL;
    if (!ring)
        return NASHRA_ENOMEM;
    if (engine)
        ring->engine = *engine;
    ring->hash = nashra_hash_create();
    ring->files = nashra_hash_create();
    if (!ring->hash || !ring->files) {
        nashra_keyring_destroy(ring);
        return NASHRA_ENOMEM;
    }
    *result = ring;
    return NASHRA_OK;
}

void nashra_keyring_destroy(struct nashra_keyring *ring) {
    if (!ring)
        return;
    nashra_hash_destroy(ring->hash);
    nashra_hash_destroy(ring->files);
    for (size_t i = 0; i < SHARED_FILES; i++)
        nashra_free(ring->shared[i].path);
    nashra_free(ring);
}

static bool is_unchanged(const struct shared_file *file, const struct stat *now) {
    const struct stat *then = &file->info;
    return then->st_ino == now->st_ino && then->st_dev == now->st_dev && then->st_size == now->st_size &&
           then->st_mtim.tv_sec == now->st_mtim.tv_sec && then->st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

/* The file's own place, or the one that was filled longest ago. */
static struct shared_file *find_shared(struct nashra_keyring *ring, const char *path) {
    for (size_t i = 0; i < SHARED_FILES; i++)
        if (ring->shared[i].path && strcmp(ring->shared[i].path, path) == 0)
            return &ring->shared[i];
    ring->oldest = (ring->oldest + 1) % SHARED_FILES;
    nashra_free(ring->shared[ring->oldest].path);
    ring->shared[ring->oldest] = (struct shared_file){.path = nashra_join(path, "")};
    return &ring->shared[ring->oldest];
}

/* A change within the clock's tick of a read would not be seen: a file that is that new is read again. */
static int add_shared(struct nashra_keyring *ring, const char *path) {
    struct stat info = {0};
    if (!path) {
        nashra_hash_add_field(ring->hash, NULL, 0);
        return NASHRA_OK;
    }
    struct shared_file *file = find_shared(ring, path);
    if (!file->path)
        return NASHRA_ENOMEM;
    if (stat(path, &info) != 0 || !is_unchanged(file, &info) || info.st_mtime >= time(NULL) - 2) {
        int status = nashra_hash_add_file(ring->files, path);
        bool good = nashra_hash_end(ring->files, &file->digest);
        file->info = status < 0 || !good ? (struct stat){0} : info;
        if (status < 0 || !good)
            return status < 0 ? status : NASHRA_ENOMEM;
    }
    nashra_hash_add_field(ring->hash, file->digest.bytes, NASHRA_DIGEST_SIZE);
    return NASHRA_OK;
}

static void add_lower(struct nashra_hash *hash, const char *ending) {
    char lower[8] = "";
    for (size_t i = 0; ending[i] && i + 1 < sizeof lower; i++)
        lower[i] = (char)(ending[i] | 0x20);
    nashra_hash_add_string(hash, lower);
}

static int otherwise(int value, int usual) {
    return value ? value : usual;
}

static void add_settings(struct nashra_hash *hash, const struct nashra_job *job) {
    const struct nashra_voice *voice = &job->options.voice;
    nashra_hash_add_number(hash, otherwise(voice->rate, NASHRA_VOICE_RATE_DEFAULT));
    nashra_hash_add_number(hash, otherwise(voice->pitch, NASHRA_VOICE_PITCH_DEFAULT));
    nashra_hash_add_number(hash, otherwise(voice->volume, NASHRA_VOICE_VOLUME_DEFAULT));
    nashra_hash_add_number(hash, job->options.region);
    nashra_hash_add_number(hash, job->options.endings);
    nashra_hash_add_number(hash, job->strict);
    add_lower(hash, strrchr(job->output, '.'));
}

/* The settings as they are told, then every file that the script names; what stands beside the sound names
 * them, and bears its name. */
static int add_bulletin(struct nashra_keyring *ring, const struct nashra_job *job, const char *body, size_t length) {
    struct nashra_bulletin *bulletin = NULL;
    nashra_hash_add_string(ring->hash, nashra_base_name(job->output));
    int status = nashra_job_add_settings(job, ring->hash);
    if (status >= 0 && job->source == NASHRA_JOB_SCRIPT)
        status = add_shared(ring, job->input);
    if (status >= 0)
        status = nashra_job_bulletin(job, &bulletin);
    const char *const *input = status >= 0 ? nashra_bulletin_inputs(bulletin) : NULL;
    for (; input && *input && status >= 0; input++) {
        nashra_hash_add_string(ring->hash, *input);
        status = add_shared(ring, *input);
    }
    nashra_hash_add_field(ring->hash, body, body ? length : 0);
    nashra_bulletin_destroy(bulletin);
    return status;
}

static int add_files(struct nashra_keyring *ring, const struct nashra_job *job, const char *body, size_t length) {
    int status = add_shared(ring, job->options.lexicon);
    if (status >= 0)
        status = add_shared(ring, job->options.model);
    if (status >= 0 && nashra_job_is_bulletin(job))
        return add_bulletin(ring, job, body, length);
    nashra_hash_add_field(ring->hash, body, length);
    return status;
}

int nashra_keyring_job(struct nashra_keyring *ring, const struct nashra_job *job, const char *body, size_t length,
                       struct nashra_digest *key) {
    struct nashra_hash *hash = ring->hash;
    nashra_hash_add_string(hash, "output 1");
    nashra_hash_add(hash, ring->engine.bytes, NASHRA_DIGEST_SIZE);
    add_settings(hash, job);
    int status = add_files(ring, job, body, length);
    bool good = nashra_hash_end(hash, key);
    return status < 0 ? status : good ? NASHRA_OK : NASHRA_ENOMEM;
}
