/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bulletin_plan.h"
#include "romanise.h"

int nashra_studio_create(const struct nashra_speech_cache *cache, struct nashra_studio **studio) {
    *studio = nashra_alloc_zeroed(1, sizeof **studio);
    if (!*studio)
        return NASHRA_ENOMEM;
    if (cache)
        (*studio)->cache = *cache;
    return NASHRA_OK;
}

void nashra_studio_destroy(struct nashra_studio *studio) {
    if (!studio)
        return;
    nashra_pipeline_destroy(studio->pipeline);
    nashra_phrases_destroy(studio->phrases);
    nashra_romaniser_destroy(studio->romaniser);
    nashra_acronyms_destroy(studio->acronyms);
    nashra_buffer_finish(&studio->settings);
    nashra_free(studio);
}

static int load_tables(struct nashra_studio *studio) {
    int status = studio->phrases ? NASHRA_OK : nashra_phrases_load(&studio->phrases);
    if (status == NASHRA_OK && !studio->romaniser)
        status = nashra_romaniser_create(&studio->romaniser);
    if (status == NASHRA_OK && !studio->acronyms)
        status = nashra_acronyms_load(&studio->acronyms);
    return status;
}

/* A lexicon may have been edited since: it is read anew for each bulletin. */
int nashra_studio_open(struct nashra_studio *studio, const struct nashra_script *script) {
    struct nashra_buffer wanted = {0};
    int status = load_tables(studio);
    nashra_buffer_add_format(&wanted, "%d %d %s", (int)script->region, (int)script->endings,
                             script->model ? script->model : "");
    if (status == NASHRA_OK && wanted.failed)
        status = NASHRA_ENOMEM;
    const bool same = status == NASHRA_OK && studio->pipeline && !script->lexicon && studio->settings.data &&
                      strcmp(nashra_buffer_string(&wanted), nashra_buffer_string(&studio->settings)) == 0;
    if (status < 0 || same) {
        nashra_buffer_finish(&wanted);
        return status;
    }
    nashra_pipeline_destroy(studio->pipeline);
    studio->pipeline = NULL;
    nashra_buffer_finish(&studio->settings);
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH,
                                                    .region = script->region,
                                                    .endings = script->endings,
                                                    .model = script->model,
                                                    .lexicon = script->lexicon};
    status = nashra_pipeline_create(&options, &studio->pipeline);
    if (status == NASHRA_OK && !script->lexicon)
        studio->settings = wanted;
    else
        nashra_buffer_finish(&wanted);
    return status;
}
