/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "bulletin_inputs.h"
#include "bulletin_plan.h"
#include "bulletin_write.h"

enum { LONGEST_SCRIPT = 1024 * 1024 };

int nashra_bulletin_create(struct nashra_bulletin **out) {
    struct nashra_bulletin *bulletin = nashra_alloc_zeroed(1, sizeof *bulletin);
    *out = NULL;
    if (!bulletin)
        return NASHRA_ENOMEM;
    int status = nashra_script_init(&bulletin->script);
    if (status < 0) {
        nashra_bulletin_destroy(bulletin);
        return status;
    }
    *out = bulletin;
    return NASHRA_OK;
}

void nashra_bulletin_destroy(struct nashra_bulletin *bulletin) {
    if (!bulletin)
        return;
    for (size_t i = 0; i < bulletin->count; i++)
        nashra_recital_finish(&bulletin->sections[i].recital);
    for (size_t i = 0; i < bulletin->file_count; i++)
        nashra_clip_finish(&bulletin->files[i].clip);
    nashra_free(bulletin->sections);
    nashra_free(bulletin->files);
    nashra_free(bulletin->air);
    nashra_timeline_finish(&bulletin->timeline);
    nashra_doubts_finish(&bulletin->doubts);
    nashra_buffer_finish(&bulletin->report);
    nashra_script_finish(&bulletin->script);
    nashra_free(bulletin);
}

/* The file's bytes up to LONGEST_SCRIPT. */
static int read_stream(FILE *file, const char *path, struct nashra_buffer *bytes) {
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0 && !bytes->failed;) {
        nashra_buffer_add(bytes, block, got);
        if (bytes->length > LONGEST_SCRIPT)
            return nashra_fail(NASHRA_ECONFIG, "%s: longer than %d bytes: is it a script?", path, LONGEST_SCRIPT);
    }
    if (ferror(file))
        return nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
    return bytes->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_bulletin_load(struct nashra_bulletin *bulletin, const char *path) {
    struct stat entry;
    struct nashra_buffer bytes = {0};
    FILE *file = stat(path, &entry) == 0 ? fopen(path, "rb") : NULL;
    if (!file)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    int status = S_ISDIR(entry.st_mode) ? nashra_fail(NASHRA_ENOINPUT, "%s: is a directory", path)
                                        : read_stream(file, path, &bytes);
    fclose(file);
    if (status == NASHRA_OK)
        status = nashra_script_read(&bulletin->script, nashra_buffer_string(&bytes), bytes.length, path);
    nashra_buffer_finish(&bytes);
    return status;
}

int nashra_bulletin_load_bytes(struct nashra_bulletin *bulletin, const char *bytes, size_t length, const char *name) {
    return nashra_script_read(&bulletin->script, bytes, length, name);
}

int nashra_bulletin_add(struct nashra_bulletin *bulletin, const char *file) {
    return nashra_script_add(&bulletin->script, file);
}

int nashra_bulletin_set(struct nashra_bulletin *bulletin, const char *key, const char *value) {
    return nashra_script_set(&bulletin->script, key, value);
}

int nashra_bulletin_set_default(struct nashra_bulletin *bulletin, const char *key, const char *value) {
    return nashra_script_set_default(&bulletin->script, key, value);
}

const char *const *nashra_bulletin_inputs(const struct nashra_bulletin *bulletin) {
    return nashra_script_inputs((struct nashra_script *)(uintptr_t)&bulletin->script);
}

void nashra_bulletin_set_progress(struct nashra_bulletin *bulletin, nashra_bulletin_progress_fn progress, void *user) {
    bulletin->progress = progress;
    bulletin->progress_user = user;
}

static int plan(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    struct nashra_script *script = &bulletin->script;
    if (script->count == 0)
        return nashra_fail(NASHRA_EDATA, "a bulletin needs an item: name an article, or give the script an [item]");
    nashra_script_sort(script);
    bulletin->peak = script->peak;
    int status = nashra_script_check_inputs(script);
    if (status == NASHRA_OK)
        status = nashra_studio_open(studio, script);
    if (status == NASHRA_OK)
        status = nashra_plan_read(bulletin, studio);
    bulletin->refused = status == NASHRA_OK && script->strict && bulletin->doubts.count > 0;
    if (bulletin->refused)
        status = nashra_doubts_report(&bulletin->doubts);
    if (status == NASHRA_OK)
        status = nashra_plan_speak(bulletin, studio);
    return status < 0 ? status : nashra_plan_master(bulletin);
}

int nashra_bulletin_plan(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    int status = bulletin->planned ? nashra_fail(NASHRA_EUSAGE, "a bulletin is planned once") : NASHRA_OK;
    if (status == NASHRA_OK)
        status = plan(bulletin, studio);
    bulletin->planned = status == NASHRA_OK;
    return status;
}

void nashra_bulletin_figures(const struct nashra_bulletin *bulletin, struct nashra_bulletin_figures *figures) {
    const struct nashra_loudness *loudness = &bulletin->master.loudness;
    *figures = (struct nashra_bulletin_figures){
        .frames = bulletin->timeline.frames,
        .rate = NASHRA_AIR_RATE,
        .channels = bulletin->channels,
        .loudness = loudness->integrated,
        .range = loudness->range,
        .true_peak = loudness->true_peak,
        .max_momentary = loudness->max_momentary,
        .max_short = loudness->max_short,
        .refused = bulletin->refused,
    };
    for (size_t i = 0; i < bulletin->doubts.count; i++)
        figures->doubtful += !bulletin->sections[bulletin->doubts.list[i].section].dropped;
    for (size_t i = 0; i < bulletin->count; i++)
        if (bulletin->sections[i].kind == NASHRA_SECTION_ITEM) {
            figures->items += !bulletin->sections[i].dropped;
            figures->dropped += bulletin->sections[i].dropped;
        }
}

const char *nashra_bulletin_report(const struct nashra_bulletin *bulletin) {
    return nashra_buffer_string(&bulletin->report);
}

const char *nashra_bulletin_decisions(struct nashra_bulletin *bulletin) {
    return nashra_doubts_decisions(&bulletin->doubts);
}

/* EBU Tech 3344: codecs overshoot, so that what they get is kept a decibel lower. */
static double peak_for(const struct nashra_script *script, bool lossy) {
    return lossy ? fmin(script->peak, -2) : script->peak;
}

int nashra_bulletin_render(struct nashra_bulletin *bulletin, const char *path) {
    if (!bulletin->planned)
        return nashra_fail(NASHRA_EUSAGE, "%s: a bulletin is planned before it is rendered", path);
    int status = nashra_encoder_is_lossy(path);
    if (status < 0)
        return status;
    const double peak = peak_for(&bulletin->script, status);
    status = NASHRA_OK;
    if (bulletin->peak < peak || bulletin->master.loudness.true_peak > peak) {
        bulletin->peak = peak;
        status = nashra_plan_master(bulletin);
    }
    return status < 0 ? status : nashra_write_all_files(bulletin, path);
}
