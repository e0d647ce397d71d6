/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles, measurements and data of the proof page. */
#include "proof_parts.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PEAKS = 300 };

static int verdict(const struct nashra_buffer *out) {
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

void nashra_proof_escape(const char *text, size_t length, struct nashra_buffer *out) {
    for (size_t i = 0; i < length; i++)
        switch (text[i]) {
        case '&':
            nashra_buffer_add_string(out, "&amp;");
            break;
        case '<':
            nashra_buffer_add_string(out, "&lt;");
            break;
        case '>':
            nashra_buffer_add_string(out, "&gt;");
            break;
        case '"':
            nashra_buffer_add_string(out, "&quot;");
            break;
        default:
            nashra_buffer_add(out, text + i, 1);
        }
}

void nashra_proof_clock(uint64_t frames, struct nashra_buffer *out) {
    const int seconds = (int)(frames / NASHRA_AIR_RATE);
    nashra_buffer_add_format(out, "%d:%02d", seconds / 60, seconds % 60);
}

int nashra_proof_title(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    nashra_proof_escape(bulletin->title, strlen(bulletin->title), out);
    return verdict(out);
}

int nashra_proof_over(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    const struct nashra_script *script = &bulletin->script;
    const struct nashra_moment *at = &script->at;
    if (script->station)
        nashra_proof_escape(script->station, strlen(script->station), out);
    if (script->at_given)
        nashra_buffer_add_format(out, "%s<bdi dir=\"ltr\">%d/%d/%d, %d:%02d</bdi>", script->station ? " · " : "",
                                 at->day, at->month, at->year, at->hour, at->minute);
    return verdict(out);
}

static bool is_loud_enough(const struct nashra_bulletin *bulletin) {
    return fabs(bulletin->master.loudness.integrated - bulletin->script.loudness) <= 0.2;
}

static bool is_under_peak(const struct nashra_bulletin *bulletin) {
    return bulletin->master.loudness.true_peak <= bulletin->script.peak;
}

int nashra_proof_badges(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    const struct nashra_loudness *loudness = &bulletin->master.loudness;
    nashra_buffer_add_string(out, "<li><b dir=\"ltr\">");
    nashra_proof_clock(bulletin->timeline.frames, out);
    nashra_buffer_add_string(out, "</b>المدة</li>\n");
    nashra_buffer_add_format(out, "<li class=\"%s\"><b dir=\"ltr\">%.1f LUFS</b>الجهارة</li>\n",
                             is_loud_enough(bulletin) ? "good" : "bad", loudness->integrated);
    nashra_buffer_add_format(out, "<li class=\"%s\"><b dir=\"ltr\">%.1f dBTP</b>الذروة</li>",
                             is_under_peak(bulletin) ? "good" : "bad", loudness->true_peak);
    return verdict(out);
}

int nashra_proof_parts(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->dropped) {
            nashra_buffer_add_string(out, "<li><span class=\"dropped\"><s>");
            nashra_proof_escape(section->title, strlen(section->title), out);
            nashra_buffer_add_string(out, "</s> لم يتسع لها الوقت</span></li>\n");
            continue;
        }
        nashra_buffer_add_format(
            out, "<li><button type=\"button\" data-part=\"p%zu\" data-from=\"%.0f\" data-to=\"%.0f\">", i,
            (double)section->from * 1000 / NASHRA_AIR_RATE, (double)section->to * 1000 / NASHRA_AIR_RATE);
        nashra_buffer_add_string(out, "<time dir=\"ltr\">");
        nashra_proof_clock(section->from, out);
        nashra_buffer_add_string(out, "</time><span>");
        nashra_proof_escape(section->title, strlen(section->title), out);
        nashra_buffer_add_string(out, "</span></button></li>\n");
    }
    return verdict(out);
}

static void add_row(struct nashra_buffer *out, const char *name, const char *class, const char *format, ...)
    NASHRA_PRINTF(4, 5);

static void add_row(struct nashra_buffer *out, const char *name, const char *class, const char *format, ...) {
    char value[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    nashra_buffer_add_format(out, "<div><dt>%s</dt><dd class=\"%s\"><bdi dir=\"ltr\">%s</bdi></dd></div>\n", name,
                             class, value);
}

int nashra_proof_quality(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    const struct nashra_loudness *l = &bulletin->master.loudness;
    const struct nashra_script *script = &bulletin->script;
    size_t dropped = 0;
    for (size_t i = 0; i < bulletin->count; i++)
        dropped += bulletin->sections[i].dropped;
    add_row(out, "الجهارة المطلوبة", "", "%.1f ± 0.2 LUFS", script->loudness);
    add_row(out, "الجهارة المقيسة", is_loud_enough(bulletin) ? "good" : "bad", "%.2f LUFS", l->integrated);
    add_row(out, "الذروة الحقيقية", is_under_peak(bulletin) ? "good" : "bad", "%.2f dBTP (≤ %.1f)", l->true_peak,
            script->peak);
    add_row(out, "القنوات", "", "%s", bulletin->channels == 2 ? "ستيريو" : "أحادي");
    add_row(out, "مدى الجهارة", "", "%.1f LU", l->range);
    add_row(out, "أعلى جهارة قصيرة", "", "%.1f LUFS", l->max_short);
    if (bulletin->master.reduction < -0.05)
        add_row(out, "خفض المحدّد", "", "%.1f dB", bulletin->master.reduction);
    add_row(out, "المدة", "", "%.3f s", (double)bulletin->timeline.frames / NASHRA_AIR_RATE);
    if (script->slot > 0) {
        add_row(out, "المدة المطلوبة", "", "%.3f s", script->slot);
        add_row(out, "السكتات", "", "%.0f %%", bulletin->pauses);
        add_row(out, "السرعة", "", "%.0f %%", bulletin->rate);
    }
    if (dropped > 0)
        add_row(out, "أخبار لم يتسع لها الوقت", "bad", "%zu", dropped);
    add_row(out, "البرنامج", "", "Nashra %s", NASHRA_VERSION);
    return verdict(out);
}

/* The level of equal stretches, a digit to the base 36 each. */
static void add_peaks(const struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    const uint64_t count = bulletin->timeline.frames;
    double levels[PEAKS] = {0}, most = 1e-9;
    for (uint64_t i = 0; i < PEAKS; i++) {
        for (uint64_t at = i * count / PEAKS; at < (i + 1) * count / PEAKS; at += 4)
            for (unsigned c = 0; c < bulletin->channels; c++) {
                const double sample = (double)bulletin->air[at * bulletin->channels + c];
                levels[i] += sample * sample;
            }
        most = fmax(most, levels[i]);
    }
    for (size_t i = 0; i < PEAKS; i++)
        nashra_buffer_add(out, &digits[(int)(sqrt(levels[i] / most) * 35)], 1);
}

static void add_milliseconds(struct nashra_buffer *out, uint64_t frames) {
    nashra_buffer_add_format(out, "%llu", (unsigned long long)(frames * 1000 / NASHRA_AIR_RATE));
}

static void add_times(const struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    bool first = true;
    for (size_t i = 0; i < bulletin->count; i++)
        for (size_t k = 0; !bulletin->sections[i].dropped && k < bulletin->sections[i].recital.count; k++)
            for (size_t w = 0; w < bulletin->sections[i].recital.sentences[k].sentence.count; w++) {
                uint64_t from, to;
                nashra_plan_word(bulletin, i, k, w, &from, &to);
                nashra_buffer_add_string(out, first ? "" : ",");
                add_milliseconds(out, from);
                nashra_buffer_add_string(out, ",");
                add_milliseconds(out, to);
                first = false;
            }
}

int nashra_proof_data(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    nashra_buffer_add_format(out, "{\"seconds\":%.3f,\"peaks\":\"",
                             (double)bulletin->timeline.frames / NASHRA_AIR_RATE);
    add_peaks(bulletin, out);
    nashra_buffer_add_string(out, "\",\"times\":[");
    add_times(bulletin, out);
    nashra_buffer_add_string(out, "],\"doubts\":[");
    bool first = true;
    for (size_t i = 0; i < bulletin->doubts.count; i++) {
        const struct nashra_doubt *doubt = &bulletin->doubts.list[i];
        if (bulletin->sections[doubt->section].dropped)
            continue;
        nashra_buffer_add_format(out, "%s%zu", first ? "" : ",", nashra_proof_word(bulletin, doubt));
        first = false;
    }
    nashra_buffer_add_string(out, "]}");
    return verdict(out);
}
