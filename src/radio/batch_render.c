/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_render.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch_bulletin.h"
#include "batch_file.h"
#include "batch_key.h"
#include "batch_speech.h"

struct nashra_renderer {
    const char *folder; /* of the outputs */
    struct nashra_cache *cache;
    struct nashra_keyring *ring;
    struct nashra_hash *hash;
    struct nashra_speaker *speaker;
    struct nashra_buffer article;
    char *drafts;      /* FOLDER/.nashra/drafts */
    char *own;         /* this process's folder in it */
    const char *draft; /* of the job in hand */
    unsigned long job;
    char process[48]; /* HOST-PID */
};

static void name_process(char *name, size_t size) {
    char host[24];
    nashra_host_name(host, sizeof host);
    snprintf(name, size, "%s-%ld", host, (long)getpid());
}

int nashra_renderer_create(const char *folder, struct nashra_cache *cache, const struct nashra_digest *engine,
                           struct nashra_renderer **renderer) {
    struct nashra_renderer *r = nashra_alloc_zeroed(1, sizeof *r);
    *renderer = NULL;
    if (!r)
        return NASHRA_ENOMEM;
    r->folder = folder;
    r->cache = cache;
    r->drafts = nashra_join(folder, "/.nashra/drafts");
    r->hash = nashra_hash_create();
    name_process(r->process, sizeof r->process);
    r->own = r->drafts ? nashra_path_in(r->drafts, r->process) : NULL;
    int status = r->own && r->hash ? nashra_keyring_create(engine, &r->ring) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_speaker_create(cache, &r->speaker);
    if (status >= 0)
        status = nashra_make_folders(r->own);
    if (status < 0) {
        nashra_renderer_destroy(r);
        return status;
    }
    *renderer = r;
    return NASHRA_OK;
}

void nashra_renderer_destroy(struct nashra_renderer *r) {
    if (!r)
        return;
    nashra_speaker_destroy(r->speaker);
    nashra_keyring_destroy(r->ring);
    nashra_hash_destroy(r->hash);
    nashra_buffer_finish(&r->article);
    nashra_free(r->own);
    nashra_free(r->drafts);
    nashra_free(r);
}

/* The bytes of a text or an article; other sources name their files themselves. */
static int take_article(struct nashra_renderer *r, const struct nashra_job *job, struct nashra_job_bytes *bytes) {
    if (bytes->body)
        return NASHRA_OK;
    if (job->source == NASHRA_JOB_TEXT) {
        bytes->body = job->input;
        bytes->body_length = job->input_length;
    }
    if (job->source != NASHRA_JOB_FILE)
        return NASHRA_OK;
    nashra_buffer_clear(&r->article);
    int status = nashra_read_file(job->input, NASHRA_ARTICLE_MAX_BYTES, &r->article);
    bytes->body = nashra_buffer_string(&r->article);
    bytes->body_length = r->article.length;
    return status;
}

/* An empty folder may have been taken for that of a dead process, as where containers share a name: it is made anew. */
static int begin_draft(struct nashra_renderer *r, struct nashra_job_result *result) {
    snprintf(result->draft, sizeof result->draft, "%s/%lu", r->process, r->job++);
    r->draft = result->draft;
    return mkdir(r->own, 0777) == 0 || errno == EEXIST ? NASHRA_OK : nashra_make_folders(r->own);
}

static int copy_part(struct nashra_renderer *r, struct nashra_cache_item *item, size_t part) {
    char *path = nashra_draft_path(r->drafts, r->draft, item->head.parts[part].name);
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
    int status = !path ? NASHRA_ENOMEM
                 : fd < 0
                     ? nashra_fail(errno == ENOSPC ? NASHRA_EIO : NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno))
                     : nashra_cache_copy(r->cache, item, part, fd, path);
    if (fd >= 0 && close(fd) != 0 && status >= 0)
        status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
    nashra_free(path);
    return status;
}

/* 1 when the cache had it all. */
static int copy_from_cache(struct nashra_renderer *r, const struct nashra_digest *key, struct nashra_record *record) {
    struct nashra_cache_item item;
    int found = r->cache ? nashra_cache_find(r->cache, key, &item) : 0;
    if (found != 1)
        return found;
    for (size_t i = 0; i < item.head.count && found == 1; i++)
        found = copy_part(r, &item, i);
    record->files = item.head;
    nashra_cache_release(&item);
    if (found == 0)
        nashra_draft_remove(r->drafts, r->draft);
    return found;
}

static int add_part(struct nashra_renderer *r, struct nashra_record *record, const char *name, int fd) {
    struct nashra_entry_part *part = &record->files.parts[record->files.count];
    struct stat info;
    char block[65536];
    snprintf(part->name, sizeof part->name, "%s", name);
    if (fstat(fd, &info) != 0)
        return nashra_fail(NASHRA_EIO, "%s: %s", name, strerror(errno));
    part->size = (uint64_t)info.st_size;
    for (ssize_t got; (got = read(fd, block, sizeof block)) != 0;) {
        if (got < 0)
            return nashra_fail(NASHRA_EIO, "%s: %s", name, strerror(errno));
        nashra_hash_add(r->hash, block, (size_t)got);
    }
    record->files.count++;
    return nashra_hash_end(r->hash, &part->digest) ? NASHRA_OK : NASHRA_ENOMEM;
}

/* Lists what was made, the sound last, and keeps it. */
static int keep_files(struct nashra_renderer *r, const struct nashra_file_list *files, struct nashra_record *record) {
    struct nashra_cache_source sources[NASHRA_ENTRY_MAX_PARTS];
    int status = NASHRA_OK;
    for (size_t i = 0; i < files->count && status >= 0; i++) {
        char *path = nashra_draft_path(r->drafts, r->draft, files->names[i]);
        int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (fd < 0)
            status = path ? nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno)) : NASHRA_ENOMEM;
        else
            status = add_part(r, record, files->names[i], fd);
        sources[i] = (struct nashra_cache_source){NULL, fd};
        nashra_free(path);
        if (status < 0 && fd >= 0)
            close(fd);
    }
    if (status >= 0 && r->cache)
        status = nashra_cache_put(r->cache, &record->files, sources);
    for (size_t i = 0; i < record->files.count; i++)
        close(sources[i].fd);
    return status;
}

static int read_plainly(struct nashra_renderer *r, const struct nashra_job *job, const struct nashra_job_bytes *bytes,
                        struct nashra_file_list *files) {
    const char *name = nashra_base_name(job->output);
    char *path = nashra_draft_path(r->drafts, r->draft, name);
    int status = path ? nashra_speaker_do(r->speaker, job, bytes->body, bytes->body_length, path) : NASHRA_ENOMEM;
    files->count = 1;
    snprintf(files->names[0], sizeof files->names[0], "%s", name);
    nashra_free(path);
    return status;
}

static int move_out(struct nashra_renderer *r, const char *folder, const struct nashra_file_list *files) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < files->count && status >= 0; i++) {
        char *from = nashra_path_in(folder, files->names[i]);
        char *to = nashra_draft_path(r->drafts, r->draft, files->names[i]);
        if (!from || !to)
            status = NASHRA_ENOMEM;
        else if (rename(from, to) != 0)
            status = nashra_fail(NASHRA_EIO, "%s: %s", to, strerror(errno));
        nashra_free(from);
        nashra_free(to);
    }
    return status;
}

/* What stands beside the sound bears its name, and may name it: both are made in a folder of their own. */
static int make_bulletin(struct nashra_renderer *r, const struct nashra_job *job, const struct nashra_job_bytes *bytes,
                         struct nashra_file_list *files) {
    const char *name = nashra_base_name(job->output);
    char *folder = nashra_path_in(r->drafts, r->draft), *path = folder ? nashra_path_in(folder, name) : NULL;
    int status = path ? nashra_make_folders(folder) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_speaker_do(r->speaker, job, bytes->body, bytes->body_length, path);
    if (status >= 0)
        status = nashra_list_files(folder, name, files);
    if (status >= 0)
        status = move_out(r, folder, files);
    if (folder)
        nashra_remove_folder(folder);
    nashra_free(path);
    nashra_free(folder);
    return status;
}

static int speak(struct nashra_renderer *r, const struct nashra_job *job, const struct nashra_job_bytes *bytes,
                 struct nashra_record *record) {
    struct nashra_file_list files;
    int status =
        nashra_job_is_bulletin(job) ? make_bulletin(r, job, bytes, &files) : read_plainly(r, job, bytes, &files);
    return status < 0 ? status : keep_files(r, &files, record);
}

static int write_record(struct nashra_renderer *r, const struct nashra_record *record) {
    char *path = nashra_draft_path(r->drafts, r->draft, ".record");
    int status = path ? nashra_record_write(record, path) : NASHRA_ENOMEM;
    nashra_free(path);
    return status;
}

static int make(struct nashra_renderer *r, const struct nashra_job *job, const struct nashra_job_bytes *bytes,
                struct nashra_job_result *result) {
    struct nashra_record record = {0};
    int status = begin_draft(r, result);
    int found = status < 0 ? status : copy_from_cache(r, &result->key, &record);
    if (found < 0)
        return found;
    if (found == 0) {
        record = (struct nashra_record){.files.key = result->key};
        status = speak(r, job, bytes, &record);
    }
    result->end = found ? NASHRA_JOB_CACHED : NASHRA_JOB_RENDERED;
    snprintf(record.token, sizeof record.token, "%s", bytes->token);
    return status < 0 ? status : write_record(r, &record);
}

static void count(struct nashra_renderer *r, uint64_t damaged, struct nashra_job_result *result) {
    struct nashra_speaker_counts counts = nashra_speaker_counts(r->speaker);
    result->frames = counts.frames;
    result->sentences = counts.sentences;
    result->sentences_kept = counts.kept;
    result->damaged = r->cache ? nashra_cache_counts(r->cache)->damaged - damaged : 0;
}

static int do_job(struct nashra_renderer *r, const struct nashra_job *job, struct nashra_job_bytes *bytes,
                  struct nashra_job_result *result) {
    int status = take_article(r, job, bytes);
    if (status >= 0)
        status = nashra_keyring_job(r->ring, job, bytes->body, bytes->body_length, &result->key);
    if (status >= 0 && nashra_output_is_current(r->folder, job->output, &result->key)) {
        result->end = NASHRA_JOB_CURRENT;
        return NASHRA_OK;
    }
    return status < 0 ? status : make(r, job, bytes, result);
}

void nashra_renderer_do(struct nashra_renderer *r, const struct nashra_job_bytes *given,
                        struct nashra_job_result *result) {
    struct nashra_job_bytes bytes = *given;
    struct nashra_job job;
    uint64_t damaged = r->cache ? nashra_cache_counts(r->cache)->damaged : 0;
    *result = (struct nashra_job_result){.end = NASHRA_JOB_FAILED};
    int status = nashra_job_parse(bytes.line, bytes.line_length, NULL, NULL, &job);
    if (status == NASHRA_EDATA)
        nashra_fail(NASHRA_EDATA, "this is no job of this version of Nashra");
    if (status >= 0)
        status = do_job(r, &job, &bytes, result);
    if (status >= 0)
        count(r, damaged, result);
    else
        result->end = NASHRA_JOB_FAILED;
    result->status = status < 0 ? status : NASHRA_OK;
    if (status < 0 && *result->draft) {
        nashra_draft_remove(r->drafts, result->draft);
        *result->draft = '\0';
    }
    nashra_job_finish(&job);
}
