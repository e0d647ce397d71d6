/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk.h"

#include <string.h>

#include <nashra/memory.h>

enum { KEYS = 64, NO_KEY = -1 };

struct nashrad_kiosk {
    const struct nashrad_kiosk_settings *settings;
    struct nashrad_kiosk_events events;
    void *user;
    bool in_session, speaking, warned;
    int64_t active_at; /* of the last key, or of the end of speech */
    int64_t ends_at;   /* while warned */
    int64_t idle_ms;   /* till then; more when it was asked for */
    bool swallowed[KEYS];
    int last_key; /* that came up last, and when */
    int64_t last_up;
    int held; /* the key that may repeat */
    int64_t repeat_at;
};

bool nashrad_kiosk_broken(const struct nashrad_kiosk_settings *settings, const char *what) {
    return strcmp(settings->fault, what) == 0;
}

int nashrad_kiosk_create(const struct nashrad_kiosk_settings *settings, const struct nashrad_kiosk_events *events,
                         void *user, struct nashrad_kiosk **out) {
    struct nashrad_kiosk *kiosk = nashra_alloc_zeroed(1, sizeof *kiosk);
    *out = kiosk;
    if (!kiosk)
        return NASHRA_ENOMEM;
    kiosk->settings = settings;
    kiosk->events = *events;
    kiosk->user = user;
    kiosk->last_key = kiosk->held = NO_KEY;
    return NASHRA_OK;
}

void nashrad_kiosk_destroy(struct nashrad_kiosk *kiosk) {
    nashra_free(kiosk);
}

bool nashrad_kiosk_in_session(const struct nashrad_kiosk *kiosk) {
    return kiosk->in_session;
}

static void be_active(struct nashrad_kiosk *kiosk, int64_t now) {
    if (!kiosk->in_session)
        kiosk->idle_ms = (int64_t)kiosk->settings->idle_s * 1000;
    kiosk->in_session = true;
    kiosk->active_at = now;
}

/* Any key is more time, and means nothing else then. */
static bool extends(struct nashrad_kiosk *kiosk, int64_t now) {
    if (!kiosk->warned || nashrad_kiosk_broken(kiosk->settings, "no-extend"))
        return false;
    kiosk->warned = false;
    kiosk->idle_ms = ((int64_t)kiosk->settings->extend_s + kiosk->settings->warn_s) * 1000;
    kiosk->active_at = now;
    kiosk->events.extend(kiosk->user);
    return true;
}

/* 5.8: the same key again, too soon. */
static bool is_double(const struct nashrad_kiosk *kiosk, size_t key, int64_t now) {
    return kiosk->last_key == (int)key && now - kiosk->last_up < kiosk->settings->double_ms &&
           !nashrad_kiosk_broken(kiosk->settings, "no-double");
}

static bool repeats(const struct nashrad_kiosk *kiosk) {
    return kiosk->settings->repeat_delay_ms > 0 || nashrad_kiosk_broken(kiosk->settings, "fast-repeat");
}

static void press(struct nashrad_kiosk *kiosk, size_t key, int64_t now) {
    kiosk->swallowed[key] = is_double(kiosk, key, now) || extends(kiosk, now);
    if (kiosk->swallowed[key])
        return;
    be_active(kiosk, now);
    if (repeats(kiosk)) {
        kiosk->held = (int)key;
        kiosk->repeat_at =
            now + (nashrad_kiosk_broken(kiosk->settings, "fast-repeat") ? 300 : kiosk->settings->repeat_delay_ms);
    }
    kiosk->events.key(kiosk->user, key, true);
}

static void let_go(struct nashrad_kiosk *kiosk, size_t key, int64_t now) {
    kiosk->last_key = (int)key;
    kiosk->last_up = now;
    if (kiosk->held == (int)key)
        kiosk->held = NO_KEY;
    if (!kiosk->swallowed[key])
        kiosk->events.key(kiosk->user, key, false);
    kiosk->swallowed[key] = false;
}

void nashrad_kiosk_key(struct nashrad_kiosk *kiosk, size_t key, bool down, int64_t now) {
    if (!kiosk->settings->enabled || key >= KEYS) {
        kiosk->events.key(kiosk->user, key, down);
        return;
    }
    if (down)
        press(kiosk, key, now);
    else
        let_go(kiosk, key, now);
}

void nashrad_kiosk_release(struct nashrad_kiosk *kiosk) {
    memset(kiosk->swallowed, 0, sizeof kiosk->swallowed);
    kiosk->held = NO_KEY;
}

static void end_session(struct nashrad_kiosk *kiosk, bool by_plug) {
    kiosk->in_session = kiosk->warned = false;
    kiosk->events.end(kiosk->user, by_plug);
}

void nashrad_kiosk_plug(struct nashrad_kiosk *kiosk, bool plugged, int64_t now) {
    if (!kiosk->settings->enabled)
        return;
    if (!plugged) {
        end_session(kiosk, true);
        return;
    }
    be_active(kiosk, now);
    if (kiosk->settings->start_on_plug && !nashrad_kiosk_broken(kiosk->settings, "no-plug"))
        kiosk->events.begin(kiosk->user);
}

/* A warning is spoken, too: that is no sign of life. */
void nashrad_kiosk_speaking(struct nashrad_kiosk *kiosk, bool speaking, int64_t now) {
    if (kiosk->speaking && !speaking && !kiosk->warned)
        kiosk->active_at = now;
    kiosk->speaking = speaking;
}

static int64_t repeat(struct nashrad_kiosk *kiosk, int64_t now) {
    if (kiosk->held == NO_KEY)
        return -1;
    if (now >= kiosk->repeat_at) {
        const size_t key = (size_t)kiosk->held;
        kiosk->repeat_at =
            now + (nashrad_kiosk_broken(kiosk->settings, "fast-repeat") ? 100 : kiosk->settings->repeat_rate_ms);
        kiosk->events.key(kiosk->user, key, false);
        kiosk->events.key(kiosk->user, key, true);
    }
    return kiosk->repeat_at;
}

static int64_t watch_session(struct nashrad_kiosk *kiosk, int64_t now) {
    if (!kiosk->in_session || kiosk->settings->idle_s == 0)
        return -1;
    if (kiosk->warned) {
        if (now >= kiosk->ends_at)
            end_session(kiosk, false);
        return kiosk->warned ? kiosk->ends_at : -1;
    }
    if (kiosk->speaking)
        return -1;
    const int64_t warn_ms = (int64_t)kiosk->settings->warn_s * 1000;
    const int64_t warn_at = kiosk->active_at + (kiosk->idle_ms > warn_ms ? kiosk->idle_ms - warn_ms : 0);
    if (now < warn_at)
        return warn_at;
    kiosk->warned = true;
    kiosk->ends_at = now + warn_ms;
    if (!nashrad_kiosk_broken(kiosk->settings, "no-warning"))
        kiosk->events.warn(kiosk->user, kiosk->settings->warn_s);
    return kiosk->ends_at;
}

int64_t nashrad_kiosk_due(struct nashrad_kiosk *kiosk, int64_t now) {
    if (!kiosk->settings->enabled)
        return -1;
    const int64_t again = repeat(kiosk, now), session = watch_session(kiosk, now);
    return again < 0 || (session >= 0 && session < again) ? session : again;
}
