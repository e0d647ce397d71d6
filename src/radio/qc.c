/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qc.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chapters.h"
#include "transcript.h"

static const char *const kind_names[] = {"intro", "item", "outro"};

static double rounded(double value, double step) {
    return isfinite(value) ? round(value / step) * step + 0.0 : -200; /* no "-0.0" */
}

/* NULL for mono. */
static json_t *describe_sides(const struct nashra_bulletin *bulletin) {
    const struct nashra_loudness *l = &bulletin->master.loudness;
    if (bulletin->channels != 2)
        return NULL;
    return json_pack("{s:f, s:f, s:f, s:f}", "left_true_peak_dbtp", rounded(l->channel_peak[0], 0.01),
                     "right_true_peak_dbtp", rounded(l->channel_peak[1], 0.01), "balance_db", rounded(l->balance, 0.01),
                     "correlation", rounded(l->correlation, 0.001));
}

static json_t *describe_sound(const struct nashra_bulletin *bulletin) {
    const struct nashra_loudness *l = &bulletin->master.loudness;
    const struct nashra_script *script = &bulletin->script;
    return json_pack("{s:I, s:i, s:f, s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:o*}", "frames",
                     (json_int_t)bulletin->timeline.frames, "rate", (int)NASHRA_AIR_RATE, "seconds",
                     nashra_air_seconds(bulletin->timeline.frames), "channels", (int)bulletin->channels, "bits",
                     script->bits, "loudness_target_lufs", script->loudness, "loudness_lufs",
                     rounded(l->integrated, 0.01), "loudness_range_lu", rounded(l->range, 0.01), "max_momentary_lufs",
                     rounded(l->max_momentary, 0.01), "max_short_term_lufs", rounded(l->max_short, 0.01),
                     "peak_limit_dbtp", bulletin->peak, "true_peak_dbtp", rounded(l->true_peak, 0.01),
                     "sample_peak_dbfs", rounded(l->sample_peak, 0.01), "gain_db", rounded(bulletin->master.gain, 0.01),
                     "limiter_most_db", rounded(bulletin->master.reduction, 0.01), "stereo", describe_sides(bulletin));
}

static json_t *describe_slot(const struct nashra_bulletin *bulletin) {
    if (bulletin->script.slot <= 0)
        return json_null();
    return json_pack("{s:f, s:f, s:f}", "seconds", bulletin->script.slot, "pauses_percent",
                     rounded(bulletin->pauses, 0.1), "rate_percent", rounded(bulletin->rate, 0.1));
}

/* Appends to a list, or gives it up: NULL then stands for "out of memory". */
static json_t *append(json_t *list, json_t *value) {
    if (list && json_array_append_new(list, value) == 0)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *describe_parts(const struct nashra_bulletin *bulletin) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        json_t *part = json_pack("{s:s, s:s, s:s?, s:b}", "kind", kind_names[section->kind], "title", section->title,
                                 "file", section->item ? section->file : NULL, "dropped", section->dropped);
        if (part && section->item)
            json_object_set_new(part, "priority", json_integer(section->item->priority));
        if (part && !section->dropped) {
            json_object_set_new(part, "start", json_real(nashra_air_seconds(section->from)));
            json_object_set_new(part, "end", json_real(nashra_air_seconds(section->to)));
        }
        list = append(list, part);
    }
    return list;
}

static json_t *describe_doubt(const struct nashra_bulletin *bulletin, const struct nashra_doubt *doubt) {
    uint64_t from, to, unused;
    nashra_plan_word(bulletin, doubt->section, doubt->sentence, doubt->from, &from, &unused);
    nashra_plan_word(bulletin, doubt->section, doubt->sentence, doubt->to - 1, &unused, &to);
    json_t *json = json_pack("{s:s, s:I, s:s, s:s, s:s, s:f, s:f, s:f}", "file", doubt->file, "line",
                             (json_int_t)doubt->line, "token", doubt->token, "reading", doubt->reading, "reason",
                             nashra_doubt_name(doubt->reason), "confidence", rounded(doubt->confidence, 0.01), "start",
                             nashra_air_seconds(from), "end", nashra_air_seconds(to));
    if (json)
        json_object_set_new(json, "lexicon", json_sprintf("%s\t%s", doubt->token, doubt->reading));
    return json;
}

static json_t *describe_doubts(const struct nashra_bulletin *bulletin) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < bulletin->doubts.count; i++) {
        const struct nashra_doubt *doubt = &bulletin->doubts.list[i];
        if (!bulletin->sections[doubt->section].dropped)
            list = append(list, describe_doubt(bulletin, doubt));
    }
    return list;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int nashra_qc(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    json_t *root = json_pack("{s:s, s:s, s:s, s:o, s:o, s:f, s:o, s:o}", "program", "Nashra " NASHRA_VERSION, "file",
                             base_name(sound), "title", bulletin->title, "sound", describe_sound(bulletin), "slot",
                             describe_slot(bulletin), "doubtful_below", bulletin->script.confidence, "parts",
                             describe_parts(bulletin), "doubtful", describe_doubts(bulletin));
    return nashra_json_add(root, out);
}

int nashra_meta(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    const struct nashra_script *script = &bulletin->script;
    const struct nashra_moment *at = &script->at;
    char date[80] = "";
    if (script->at_given)
        snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:%02d", at->year, at->month, at->day, at->hour, at->minute,
                 at->second);
    json_t *list = json_array();
    for (size_t i = 0, number = 0; list && i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (!section->dropped)
            list = append(list, json_pack("{s:I, s:I, s:s, s:s}", "cue", (json_int_t)++number, "frame",
                                          (json_int_t)section->from, "title", section->title, "ascii", section->ascii));
    }
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:o}", "file", base_name(sound), "title",
                             bulletin->title, "title_ascii", bulletin->ascii_title, "station",
                             script->station ? script->station : "", "station_ascii", bulletin->ascii_station,
                             "category", script->category, "cut", script->cut, "at", date, "cues", list);
    return nashra_json_add(root, out);
}
