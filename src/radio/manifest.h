/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job of a batch: a line of a manifest, a JSON object. docs/FORMATS.md lists its keys. */
#ifndef NASHRA_RADIO_MANIFEST_H
#define NASHRA_RADIO_MANIFEST_H

#include <jansson.h>
#include <stdbool.h>

#include <nashra/batch.h>

enum nashra_job_source {
    NASHRA_JOB_TEXT,  /* the words themselves */
    NASHRA_JOB_FILE,  /* an article */
    NASHRA_JOB_FILES, /* the articles of a bulletin */
    NASHRA_JOB_SCRIPT /* a bulletin's INI */
};

enum { NASHRA_JOB_PRIORITY_MOST = 100, NASHRA_JOB_NAME_MOST = 1024 };

/* Strings are borrowed from `json`, which the job owns. */
struct nashra_job {
    json_t *json;       /* with the defaults filled in: what another process needs to do the job */
    const char *origin; /* file and line, for messages */
    enum nashra_job_source source;
    const char *input; /* a path or the text; NULL for several files */
    size_t input_length;
    const json_t *inputs;   /* several paths */
    const json_t *bulletin; /* its settings; NULL: a plain reading */
    const char *output;     /* relative, with an ending */
    int priority;
    bool strict;
    struct nashra_pipeline_options options;
};

/* Called with each error of a line; `key` may be NULL. */
typedef void (*nashra_job_error_fn)(const char *key, const char *message, void *user);

/* Reads a line. Each error is told; what stands in the file system is not looked at.
 * @return 0; NASHRA_EDATA, NASHRA_ENOMEM. */
int nashra_job_parse(const char *line, size_t length, nashra_job_error_fn error, void *user, struct nashra_job *job);
void nashra_job_finish(struct nashra_job *job);

/* Completes a job in place: defaults for what it doesn't say, names of files in relation to `folder`, and its origin.
 * 0 or NASHRA_ENOMEM. */
int nashra_job_complete(struct nashra_job *job, const struct nashra_job_defaults *defaults, const char *folder,
                        const char *origin);
/* Sets the moment that a bulletin tells. 0 or NASHRA_ENOMEM. */
int nashra_job_set_time(struct nashra_job *job, const char *at);
/* The job as one line. NULL when out of memory; freed by free(3). */
char *nashra_job_line(const struct nashra_job *job);

struct nashra_manifest {
    char *path;
    struct nashra_map *inputs;       /* the files that its jobs read, by device and inode */
    struct nashra_arena *identities; /* the keys of `inputs` */
    struct nashra_job *jobs;
    size_t count, capacity;
};

/* Notes a file that a job reads, where there is such a file. 0 or NASHRA_ENOMEM. */
int nashra_manifest_note_input(struct nashra_manifest *manifest, const char *path);

#endif
