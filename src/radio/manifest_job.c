/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a manifest, read and checked. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "batch_file.h"
#include "manifest.h"

struct reading {
    struct nashra_job *job;
    nashra_job_error_fn error;
    void *user;
    size_t errors;
};

static void tell(struct reading *r, const char *key, const char *format, ...) NASHRA_PRINTF(3, 4);

static void tell(struct reading *r, const char *key, const char *format, ...) {
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    r->errors++;
    if (r->error)
        r->error(key, message, r->user);
}

static void read_whole(struct reading *r, const char *key, int least, int most, int *out) {
    json_t *value = json_object_get(r->job->json, key);
    if (!value)
        return;
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > most)
        tell(r, key, "it must be a whole number from %d to %d", least, most);
    else
        *out = (int)number;
}

static void read_truth(struct reading *r, const char *key, bool *out) {
    json_t *value = json_object_get(r->job->json, key);
    if (value && !json_is_boolean(value))
        tell(r, key, "it must be true or false");
    *out = json_is_true(value);
}

/* NULL when it is missing or no good. */
static const char *read_string(struct reading *r, const char *key) {
    json_t *value = json_object_get(r->job->json, key);
    if (!value)
        return NULL;
    if (!json_is_string(value) || json_string_length(value) == 0) {
        tell(r, key, "it must be a string that is not empty");
        return NULL;
    }
    if (strlen(json_string_value(value)) != json_string_length(value)) {
        tell(r, key, "it holds a NUL character");
        return NULL;
    }
    return json_string_value(value);
}

static void read_choices(struct reading *r) {
    struct nashra_pipeline_options *options = &r->job->options;
    const char *region = read_string(r, "region"), *endings = read_string(r, "endings");
    if (region && nashra_region_parse(region, &options->region) < 0)
        tell(r, "region", "\"%.40s\": it must be gulf, egypt, levant, maghreb or morocco", region);
    if (endings && nashra_endings_parse(endings, &options->endings) < 0)
        tell(r, "endings", "\"%.40s\": it must be full, sure or none", endings);
    options->lexicon = read_string(r, "lexicon");
    options->model = read_string(r, "model");
}

static void read_voice(struct reading *r) {
    struct nashra_voice *voice = &r->job->options.voice;
    read_whole(r, "rate", NASHRA_VOICE_RATE_LEAST, NASHRA_VOICE_RATE_MOST, &voice->rate);
    read_whole(r, "pitch", NASHRA_VOICE_PITCH_LEAST, NASHRA_VOICE_PITCH_MOST, &voice->pitch);
    read_whole(r, "volume", NASHRA_VOICE_VOLUME_LEAST, NASHRA_VOICE_VOLUME_MOST, &voice->volume);
}

static void read_inputs(struct reading *r, const json_t *inputs) {
    size_t i;
    json_t *value;
    if (json_array_size(inputs) == 0)
        tell(r, "input", "the list is empty");
    json_array_foreach(inputs, i, value) if (!json_is_string(value) || json_string_length(value) == 0)
        tell(r, "input", "number %zu of the list is no name of a file", i + 1);
    r->job->source = NASHRA_JOB_FILES;
    r->job->inputs = inputs;
}

static void read_source(struct reading *r) {
    struct nashra_job *job = r->job;
    json_t *list = json_object_get(job->json, "input");
    bool text = json_object_get(job->json, "text"), script = json_object_get(job->json, "script");
    if (text + script + (list != NULL) != 1) {
        tell(r, NULL, "one of \"input\", \"text\" and \"script\" must say what is read");
        return;
    }
    job->source = text ? NASHRA_JOB_TEXT : script ? NASHRA_JOB_SCRIPT : NASHRA_JOB_FILE;
    if (json_is_array(list))
        read_inputs(r, list);
    else
        job->input = read_string(r, text ? "text" : script ? "script" : "input");
    job->input_length = job->input ? strlen(job->input) : 0;
}

/* Null stands for "as if it weren't there" nowhere in a manifest, so it is none here either. */
static void read_bulletin(struct reading *r) {
    struct nashra_job *job = r->job;
    json_t *settings = json_object_get(job->json, "bulletin"), *value;
    const char *key;
    if (settings && !json_is_object(settings))
        tell(r, "bulletin", "it must be an object of settings, such as {\"slot\":\"3:00\"}, or {}");
    json_object_foreach(settings, key,
                        value) if (!json_is_string(value) && !json_is_number(value) && !json_is_boolean(value))
        tell(r, "bulletin", "\"%.60s\" must be a string, a number, true or false", key);
    job->bulletin = json_is_object(settings) ? settings : NULL;
    if (!job->bulletin && job->source == NASHRA_JOB_FILES)
        tell(r, "input", "several files make a bulletin: add \"bulletin\":{}");
}

static bool has_bad_part(const char *name) {
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (*part == '.' || *part == '/' || *part == '\0')
            return true;
    return false;
}

static bool has_control(const char *name) {
    for (; *name; name++)
        if ((unsigned char)*name < ' ' || *name == 127)
            return true;
    return false;
}

static const char *const endings[] = {".wav", ".flac", ".opus", ".ogg", ".mp3"};
enum { ENDING_COUNT = sizeof endings / sizeof *endings };

static bool is_ending(const char *ending) {
    for (int i = 0; ending && i < ENDING_COUNT; i++)
        if (strcasecmp(ending, endings[i]) == 0)
            return true;
    return false;
}

static const char *ending_of(const char *name) {
    return strrchr(nashra_base_name(name), '.');
}

/* "format" gives the ending to a name that has none; both together must agree. */
static void apply_format(struct reading *r, const char *name, const char *format) {
    char ending[8];
    snprintf(ending, sizeof ending, ".%.6s", format);
    if (!is_ending(ending)) {
        tell(r, "format", "\"%.20s\": it must be wav, flac, opus, ogg or mp3", format);
        return;
    }
    if (is_ending(ending_of(name))) {
        if (strcasecmp(ending_of(name), ending) != 0)
            tell(r, "format", "\"%.20s\", but the name of \"output\" ends in %s", format, ending_of(name));
        return;
    }
    char *whole = nashra_join(name, ending);
    if (whole && json_object_set_new(r->job->json, "output", json_string(whole)) == 0)
        r->job->output = json_string_value(json_object_get(r->job->json, "output"));
    nashra_free(whole);
}

static void read_output(struct reading *r) {
    const char *name = read_string(r, "output"), *format = read_string(r, "format");
    if (!name) {
        if (!json_object_get(r->job->json, "output"))
            tell(r, "output", "it is missing: the name of the sound file");
        return;
    }
    r->job->output = name;
    if (strlen(name) > NASHRA_JOB_NAME_MOST || strlen(nashra_base_name(name)) > 200)
        tell(r, "output", "the name is too long");
    else if (name[0] == '/' || has_bad_part(name) || has_control(name))
        tell(r, "output",
             "\"%.80s\": it must stay inside the output folder: no leading /, no part that begins with a dot", name);
    else if (format)
        apply_format(r, name, format);
    else if (!is_ending(ending_of(name)))
        tell(r, "output", "\"%.80s\": it must end in .wav, .flac, .opus, .ogg or .mp3, or \"format\" must say which",
             name);
}

static void refuse_unknown(struct reading *r) {
    static const char *const known[] = {"input",  "text",     "script",   "output",  "format",  "rate",
                                        "pitch",  "volume",   "region",   "endings", "lexicon", "model",
                                        "strict", "priority", "bulletin", "origin",  "defaults"};
    const char *key;
    json_t *value;
    json_object_foreach(r->job->json, key, value) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], key) != 0)
            i++;
        if (i == sizeof known / sizeof *known)
            tell(r, key, "there is no such key");
    }
}

static void read_object(struct reading *r) {
    refuse_unknown(r);
    read_source(r);
    read_output(r);
    read_bulletin(r);
    read_voice(r);
    read_choices(r);
    read_truth(r, "strict", &r->job->strict);
    read_whole(r, "priority", -NASHRA_JOB_PRIORITY_MOST, NASHRA_JOB_PRIORITY_MOST, &r->job->priority);
    r->job->origin = read_string(r, "origin");
    r->job->options.last = NASHRA_STAGE_SYNTH;
}

int nashra_job_parse(const char *line, size_t length, nashra_job_error_fn error, void *user, struct nashra_job *job) {
    struct reading r = {job, error, user, 0};
    json_error_t cause;
    *job = (struct nashra_job){.json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &cause)};
    if (!job->json)
        tell(&r, NULL, "column %d: no JSON: %s", cause.column, cause.text);
    else if (!json_is_object(job->json))
        tell(&r, NULL, "it must be a JSON object: {\"input\":…, \"output\":…}");
    else
        read_object(&r);
    if (r.errors == 0)
        return NASHRA_OK;
    nashra_job_finish(job);
    return NASHRA_EDATA;
}

void nashra_job_finish(struct nashra_job *job) {
    json_decref(job->json);
    *job = (struct nashra_job){0};
}

static int set(json_t *object, const char *key, json_t *value) {
    return json_object_set_new(object, key, value) == 0 ? NASHRA_OK : NASHRA_ENOMEM;
}

static int place(json_t *object, const char *key, const char *folder) {
    const char *name = json_string_value(json_object_get(object, key));
    if (!name || name[0] == '/')
        return NASHRA_OK;
    char *path = nashra_path_in(folder, name);
    int status = path ? set(object, key, json_string(path)) : NASHRA_ENOMEM;
    nashra_free(path);
    return status;
}

static int place_inputs(json_t *list, const char *folder) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        char *path = nashra_path_in(folder, json_string_value(json_array_get(list, i)));
        int failed = !path || json_array_set_new(list, i, json_string(path)) != 0;
        nashra_free(path);
        if (failed)
            return NASHRA_ENOMEM;
    }
    return NASHRA_OK;
}

static const char *const regions[] = {"gulf", "egypt", "levant", "maghreb", "morocco"};
static const char *const case_endings[] = {"sure", "full", "none"};

static int fill(json_t *json, const char *key, json_t *value) {
    if (json_object_get(json, key)) {
        json_decref(value);
        return NASHRA_OK;
    }
    return set(json, key, value);
}

static int fill_defaults(json_t *json, const struct nashra_job_defaults *defaults) {
    const struct nashra_pipeline_options *o = &defaults->options;
    int status = o->voice.rate ? fill(json, "rate", json_integer(o->voice.rate)) : NASHRA_OK;
    if (status >= 0 && o->voice.pitch)
        status = fill(json, "pitch", json_integer(o->voice.pitch));
    if (status >= 0 && o->voice.volume)
        status = fill(json, "volume", json_integer(o->voice.volume));
    if (status >= 0 && o->region)
        status = fill(json, "region", json_string(regions[o->region]));
    if (status >= 0 && o->endings)
        status = fill(json, "endings", json_string(case_endings[o->endings]));
    if (status >= 0 && o->lexicon)
        status = fill(json, "lexicon", json_string(o->lexicon));
    if (status >= 0 && o->model)
        status = fill(json, "model", json_string(o->model));
    return status >= 0 && defaults->strict ? fill(json, "strict", json_true()) : status;
}

/* A script may say otherwise, which only shows when it is read: for bulletins they are kept apart. */
static int add_defaults(const struct nashra_job *job, const struct nashra_job_defaults *defaults) {
    if (!job->bulletin && job->source != NASHRA_JOB_SCRIPT)
        return fill_defaults(job->json, defaults);
    json_t *apart = json_object();
    int status = set(job->json, "defaults", apart);
    return status < 0 ? status : fill_defaults(apart, defaults);
}

/* The object is changed, then read again: there is one place that knows what a key means. */
int nashra_job_complete(struct nashra_job *job, const struct nashra_job_defaults *defaults, const char *folder,
                        const char *origin) {
    json_t *json = job->json, *inputs = json_object_get(json, "input");
    int status = place(json, "lexicon", folder);
    if (status >= 0)
        status = place(json, "model", folder);
    if (status >= 0)
        status = json_is_array(inputs) ? place_inputs(inputs, folder) : place(json, "input", folder);
    if (status >= 0)
        status = place(json, "script", folder);
    if (status >= 0)
        status = add_defaults(job, defaults);
    if (status >= 0)
        status = set(json, "origin", json_string(origin));
    struct reading r = {job, NULL, NULL, 0};
    *job = (struct nashra_job){.json = json};
    if (status >= 0)
        read_object(&r);
    return status < 0 ? status : r.errors ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_job_set_time(struct nashra_job *job, const char *at) {
    json_t *settings = json_object_get(job->json, "bulletin");
    if (!settings && set(job->json, "bulletin", json_object()) < 0)
        return NASHRA_ENOMEM;
    job->bulletin = json_object_get(job->json, "bulletin");
    return set(json_object_get(job->json, "bulletin"), "at", json_string(at));
}

char *nashra_job_line(const struct nashra_job *job) {
    return json_dumps(job->json, JSON_COMPACT | JSON_SORT_KEYS);
}
