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

typedef int (*set_fn)(struct nashra_bulletin *bulletin, const char *key, const char *value);

static int set(struct nashra_bulletin *bulletin, const char *key, const json_t *value, set_fn how) {
    char number[40];
    if (json_is_string(value))
        return how(bulletin, key, json_string_value(value));
    if (json_is_boolean(value))
        return how(bulletin, key, json_is_true(value) ? "yes" : "no");
    if (json_is_integer(value))
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
    else
        snprintf(number, sizeof number, "%.9g", json_real_value(value));
    return how(bulletin, key, number);
}

/* What the batch says for all gives way to a script. */
static int set_shared(const struct nashra_job *job, struct nashra_bulletin *bulletin) {
    const json_t *defaults = json_object_get(job->json, "defaults");
    int status = NASHRA_OK;
    for (int i = 0; i < SHARED_COUNT && status >= 0; i++) {
        const json_t *own = json_object_get(job->json, shared_keys[i]);
        const json_t *usual = json_object_get(defaults, shared_keys[i]);
        if (own)
            status = set(bulletin, shared_keys[i], own, nashra_bulletin_set);
        else if (usual)
            status = set(bulletin, shared_keys[i], usual, nashra_bulletin_set_default);
    }
    return status;
}

static int set_all(const struct nashra_job *job, struct nashra_bulletin *bulletin) {
    json_t *settings = (json_t *)job->bulletin, *value;
    const char *key;
    int status = set_shared(job, bulletin);
    json_object_foreach(settings, key, value) {
        if (status >= 0)
            status = set(bulletin, key, value, nashra_bulletin_set);
    }
    return status;
}

static int add_text(struct nashra_script *script, const char *text, size_t length) {
    int status = nashra_script_add(script, "text:1");
    if (status < 0)
        return status;
    struct nashra_script_item *item = &script->items[script->count - 1];
    item->file = NULL;
    item->text = nashra_arena_copy(script->arena, text, length);
    return item->text ? NASHRA_OK : NASHRA_ENOMEM;
}

static int add_items(const struct nashra_job *job, struct nashra_bulletin *bulletin) {
    int status = NASHRA_OK;
    if (job->source == NASHRA_JOB_SCRIPT)
        return nashra_bulletin_load(bulletin, job->input);
    if (job->source == NASHRA_JOB_TEXT)
        return add_text(&bulletin->script, job->input, job->input_length);
    if (job->source == NASHRA_JOB_FILE)
        return nashra_bulletin_add(bulletin, job->input);
    for (size_t i = 0; i < json_array_size(job->inputs) && status >= 0; i++)
        status = nashra_bulletin_add(bulletin, json_string_value(json_array_get(job->inputs, i)));
    return status;
}

int nashra_job_bulletin(const struct nashra_job *job, struct nashra_bulletin **bulletin) {
    int status = nashra_bulletin_create(bulletin);
    if (status >= 0)
        status = set_all(job, *bulletin);
    if (status >= 0)
        status = add_items(job, *bulletin);
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

static void add_json(struct nashra_hash *hash, const json_t *value, bool *failed) {
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) : NULL;
    *failed = *failed || (value && !text);
    nashra_hash_add_string(hash, text);
    free(text);
}

int nashra_job_add_settings(const struct nashra_job *job, struct nashra_hash *hash) {
    bool failed = false;
    add_json(hash, job->bulletin, &failed);
    add_json(hash, json_object_get(job->json, "defaults"), &failed);
    for (int i = 0; i < SHARED_COUNT; i++)
        add_json(hash, json_object_get(job->json, shared_keys[i]), &failed);
    return failed ? NASHRA_ENOMEM : NASHRA_OK;
}
