/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_bulletin.h"

#include <stdio.h>
#include <stdlib.h>

#include "bulletin_plan.h"

bool nashra_job_is_bulletin(const struct nashra_job *job) {
    return job->bulletin || job->source == NASHRA_JOB_SCRIPT;
}

/* Keys of a job that are settings of a bulletin, too. */
static const char *const shared_keys[] = {"rate", "pitch", "volume", "region", "endings", "lexicon", "model", "strict"};
enum { SHARED_COUNT = sizeof shared_keys / sizeof *shared_keys };

static int set(struct nashra_bulletin *bulletin, const char *key, const json_t *value) {
    char number[40];
    if (json_is_string(value))
        return nashra_bulletin_set(bulletin, key, json_string_value(value));
    if (json_is_boolean(value))
        return nashra_bulletin_set(bulletin, key, json_is_true(value) ? "yes" : "no");
    if (json_is_integer(value))
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
    else
        snprintf(number, sizeof number, "%.9g", json_real_value(value));
    return nashra_bulletin_set(bulletin, key, number);
}

static int set_all(const struct nashra_job *job, struct nashra_bulletin *bulletin) {
    json_t *settings = (json_t *)job->bulletin, *value;
    const char *key;
    int status = NASHRA_OK;
    for (int i = 0; i < SHARED_COUNT && status >= 0; i++) {
        value = json_object_get(job->json, shared_keys[i]);
        status = value ? set(bulletin, shared_keys[i], value) : NASHRA_OK;
    }
    json_object_foreach(settings, key, value) {
        if (status >= 0)
            status = set(bulletin, key, value);
    }
    return status;
}

static int add_items(const struct nashra_job *job, const char *text, struct nashra_bulletin *bulletin) {
    int status = NASHRA_OK;
    if (job->source == NASHRA_JOB_SCRIPT)
        return nashra_bulletin_load(bulletin, job->input);
    if (job->source == NASHRA_JOB_TEXT)
        return text ? nashra_bulletin_add(bulletin, text) : NASHRA_OK;
    if (job->source == NASHRA_JOB_FILE)
        return nashra_bulletin_add(bulletin, job->input);
    for (size_t i = 0; i < json_array_size(job->inputs) && status >= 0; i++)
        status = nashra_bulletin_add(bulletin, json_string_value(json_array_get(job->inputs, i)));
    return status;
}

int nashra_job_bulletin(const struct nashra_job *job, const char *text, struct nashra_bulletin **bulletin) {
    int status = nashra_bulletin_create(bulletin);
    if (status >= 0)
        status = set_all(job, *bulletin);
    if (status >= 0)
        status = add_items(job, text, *bulletin);
    if (status < 0) {
        nashra_bulletin_destroy(*bulletin);
        *bulletin = NULL;
    }
    return status;
}

bool nashra_bulletin_needs_time(const struct nashra_bulletin *bulletin) {
    const struct nashra_script *script = &bulletin->script;
    return !script->at_given && ((script->intro && nashra_phrase_tells_time(script->intro)) ||
                                 (script->outro && nashra_phrase_tells_time(script->outro)));
}

int nashra_job_add_settings(const struct nashra_job *job, struct nashra_hash *hash) {
    char *settings = job->bulletin ? json_dumps(job->bulletin, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    if (job->bulletin && !settings)
        return NASHRA_ENOMEM;
    nashra_hash_add_string(hash, settings);
    free(settings);
    for (int i = 0; i < SHARED_COUNT; i++)
        nashra_hash_add_number(hash, json_object_get(job->json, shared_keys[i]) != NULL);
    return NASHRA_OK;
}
