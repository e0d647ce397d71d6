/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole manifest: all of its errors first, then the work. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <nashra/article.h>
#include <nashra/bulletin.h>
#include <nashra/table.h>

#include "batch_bulletin.h"
#include "batch_file.h"

/* A line may hold an article, whose every byte may be escaped. */
enum { MOST_ERRORS = 1000 };
static const size_t most_bytes = 6u * NASHRA_ARTICLE_MAX_BYTES;

struct loading {
    struct nashra_manifest *manifest;
    const struct nashra_job_defaults *defaults;
    char *folder; /* absolute */
    struct nashra_map *outputs;
    char now[20];
    size_t line;
    size_t errors;
    int status; /* of what was noted on the way */
};

static void tell(const char *key, const char *message, void *user) {
    struct loading *l = user;
    l->errors++;
    if (l->errors > MOST_ERRORS)
        return;
    if (key)
        nashra_log(NASHRA_LOG_ERROR, "%s:%zu: \"%s\": %s", l->manifest->path, l->line, key, message);
    else
        nashra_log(NASHRA_LOG_ERROR, "%s:%zu: %s", l->manifest->path, l->line, message);
}

static void check_file(struct loading *l, const char *key, const char *path) {
    char message[NASHRA_JOB_NAME_MOST + 128];
    struct stat info;
    int cause = stat(path, &info) != 0 || access(path, R_OK) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
    if (!cause && nashra_manifest_note_input(l->manifest, path) < 0)
        l->status = NASHRA_ENOMEM;
    if (!cause)
        return;
    snprintf(message, sizeof message, "%.*s: %s", NASHRA_JOB_NAME_MOST, path, strerror(cause));
    tell(key, message, l);
}

static void check_files(struct loading *l, const struct nashra_job *job) {
    if (job->source == NASHRA_JOB_FILE)
        check_file(l, "input", job->input);
    if (job->source == NASHRA_JOB_SCRIPT)
        check_file(l, "script", job->input);
    for (size_t i = 0; i < json_array_size(job->inputs); i++)
        check_file(l, "input", json_string_value(json_array_get(job->inputs, i)));
    if (job->options.lexicon)
        check_file(l, "lexicon", job->options.lexicon);
    if (job->options.model)
        check_file(l, "model", job->options.model);
}

/* What stands beside a bulletin has its name up to the ending. */
static size_t unique_length(const struct nashra_job *job) {
    const char *dot = strrchr(job->output, '.');
    return job->bulletin || job->source == NASHRA_JOB_SCRIPT ? (size_t)(dot - job->output) : strlen(job->output);
}

static int check_output(struct loading *l, const struct nashra_job *job) {
    char message[128];
    size_t length = unique_length(job);
    intptr_t before;
    if (!nashra_map_get(l->outputs, job->output, length, &before))
        return nashra_map_put(l->outputs, job->output, length, (intptr_t)l->line);
    snprintf(message, sizeof message, "line %ld makes the same file", (long)before);
    tell("output", message, l);
    return NASHRA_OK;
}

static int note_inputs(struct loading *l, const struct nashra_bulletin *bulletin) {
    const char *const *input = nashra_bulletin_inputs(bulletin);
    int status = input ? NASHRA_OK : NASHRA_ENOMEM;
    for (; status >= 0 && *input; input++)
        status = nashra_manifest_note_input(l->manifest, *input);
    return status;
}

/* The script and the settings are read as they will be, so that what is wrong with them is told now. */
static int check_bulletin(struct loading *l, struct nashra_job *job) {
    struct nashra_bulletin *bulletin = NULL;
    if (!nashra_job_is_bulletin(job))
        return NASHRA_OK;
    int status = nashra_job_bulletin(job, &bulletin);
    if (status == NASHRA_ENOMEM)
        return status;
    if (status < 0)
        tell(job->source == NASHRA_JOB_SCRIPT ? "script" : "bulletin", "it is refused: see the line above", l);
    else if (nashra_bulletin_needs_time(bulletin))
        status = nashra_job_set_time(job, l->now);
    if (status >= 0)
        status = note_inputs(l, bulletin);
    nashra_bulletin_destroy(bulletin);
    return status == NASHRA_ENOMEM ? status : NASHRA_OK;
}

static int append(struct nashra_manifest *manifest, const struct nashra_job *job) {
    if (manifest->count == manifest->capacity) {
        size_t capacity = manifest->capacity ? 2 * manifest->capacity : 64;
        struct nashra_job *bigger = nashra_realloc(manifest->jobs, capacity * sizeof *bigger);
        if (!bigger)
            return NASHRA_ENOMEM;
        manifest->jobs = bigger;
        manifest->capacity = capacity;
    }
    manifest->jobs[manifest->count++] = *job;
    return NASHRA_OK;
}

static int take_job(struct loading *l, struct nashra_job *job) {
    char origin[NASHRA_JOB_NAME_MOST];
    snprintf(origin, sizeof origin, "%.900s:%zu", l->manifest->path, l->line);
    int status = nashra_job_complete(job, l->defaults, l->folder, origin);
    if (status >= 0)
        status = append(l->manifest, job);
    if (status < 0)
        return status;
    job = &l->manifest->jobs[l->manifest->count - 1];
    size_t errors = l->errors;
    check_files(l, job);
    status = l->status;
    if (status >= 0 && l->errors == errors)
        status = check_bulletin(l, job);
    return status < 0 ? status : check_output(l, job);
}

static int take_line(struct loading *l, const char *line, size_t length) {
    struct nashra_job job;
    if (l->line == 1 && length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        line += 3;
        length -= 3;
    }
    if (strspn(line, " \t\r\n") == length)
        return NASHRA_OK;
    int status = nashra_job_parse(line, length, tell, l, &job);
    if (status < 0)
        return status == NASHRA_EDATA ? NASHRA_OK : status;
    size_t before = l->manifest->count;
    if (json_object_get(job.json, "origin") || json_object_get(job.json, "defaults"))
        tell("origin\", \"defaults", "there are no such keys in a manifest", l);
    status = take_job(l, &job);
    if (l->manifest->count == before)
        nashra_job_finish(&job);
    return status;
}

static int read_lines(struct loading *l, FILE *file) {
    char *line = NULL;
    size_t room = 0;
    int status = NASHRA_OK;
    for (ssize_t length; status >= 0 && (length = getline(&line, &room, file)) >= 0;) {
        l->line++;
        if ((size_t)length > most_bytes)
            tell(NULL, "the line is too long", l);
        else
            status = take_line(l, line, (size_t)length);
    }
    free(line);
    if (status >= 0 && ferror(file))
        status = nashra_fail(NASHRA_EIO, "%s: %s", l->manifest->path, strerror(errno));
    return status;
}

/* "." of a manifest that comes through stdin. */
static char *find_folder(const char *path) {
    char *folder = nashra_folder_of(strcmp(path, "-") == 0 ? "./-" : path);
    char *real = folder ? realpath(folder, NULL) : NULL;
    char *copy = real ? nashra_join(real, "") : NULL;
    free(real);
    nashra_free(folder);
    return copy;
}

static int read_manifest(struct loading *l, const char *path) {
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    struct stat info;
    if (!file)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    int status = fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)
                     ? nashra_fail(NASHRA_ENOINPUT, "%s: is a directory", path)
                     : read_lines(l, file);
    if (!standard)
        fclose(file);
    if (status >= 0 && l->errors > 0)
        status = nashra_fail(NASHRA_EDATA, "%s: %zu error%s, nothing was begun", l->manifest->path, l->errors,
                             l->errors == 1 ? "" : "s");
    else if (status >= 0 && l->manifest->count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: there is no job in it", l->manifest->path);
    return status;
}

static void note_time(struct loading *l) {
    const time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    strftime(l->now, sizeof l->now, "%Y-%m-%dT%H:%M", &local);
}

static int prepare(struct nashra_manifest *manifest, const char *path) {
    manifest->path = nashra_join(strcmp(path, "-") == 0 ? "standard input" : path, "");
    manifest->inputs = nashra_map_create();
    manifest->identities = nashra_arena_create();
    return manifest->path && manifest->inputs && manifest->identities ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_manifest_load(const char *path, const struct nashra_job_defaults *defaults,
                         struct nashra_manifest **manifest) {
    struct loading l = {.defaults = defaults};
    *manifest = NULL;
    l.manifest = nashra_alloc_zeroed(1, sizeof *l.manifest);
    l.outputs = nashra_map_create();
    l.folder = find_folder(path);
    note_time(&l);
    int status = !l.outputs || !l.manifest || prepare(l.manifest, path) < 0 ? NASHRA_ENOMEM
                 : !l.folder ? nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno))
                             : read_manifest(&l, path);
    nashra_map_destroy(l.outputs);
    nashra_free(l.folder);
    if (status < 0)
        nashra_manifest_destroy(l.manifest);
    else
        *manifest = l.manifest;
    return status;
}

void nashra_manifest_destroy(struct nashra_manifest *manifest) {
    if (!manifest)
        return;
    for (size_t i = 0; i < manifest->count; i++)
        nashra_job_finish(&manifest->jobs[i]);
    nashra_free(manifest->jobs);
    nashra_map_destroy(manifest->inputs);
    nashra_arena_destroy(manifest->identities);
    nashra_free(manifest->path);
    nashra_free(manifest);
}

size_t nashra_manifest_count(const struct nashra_manifest *manifest) {
    return manifest->count;
}

int nashra_manifest_keep(struct nashra_manifest *manifest, size_t k, size_t n) {
    if (k < 1 || k > n)
        return nashra_fail(NASHRA_EUSAGE, "--only %zu/%zu: the first number must be from 1 to the second", k, n);
    size_t kept = 0;
    for (size_t i = 0; i < manifest->count; i++) {
        if (i % n == k - 1)
            manifest->jobs[kept++] = manifest->jobs[i];
        else
            nashra_job_finish(&manifest->jobs[i]);
    }
    manifest->count = kept;
    return NASHRA_OK;
}
