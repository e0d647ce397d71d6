/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds in time are wide: they tell a behaviour that is there from one that isn't, on a busy machine as well. */
#include "selftest_checks.h"

#include <stdio.h>
#include <string.h>

enum { SECOND = 22050, SOON_MS = 12000, QUIET_MS = 900, SETTLE_MS = 6000, STEADY_MS = 700 };

/* Speech ---------------------------------------------------------------------------------------------------------- */

static bool start_reading(struct nashra_selftest_box *box) {
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (!nashra_selftest_mode(box, "playing"))
        nashra_selftest_press(box, NASHRA_COMMAND_PLAY);
    return nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND / 2, SOON_MS);
}

static const char *check_speech(struct nashra_selftest_box *box) {
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    nashra_selftest_press(box, NASHRA_COMMAND_PLAY);
    if (!nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND, SOON_MS))
        return "a text is not spoken when it is asked for";
    return nashra_selftest_loudness(box, NASHRA_SELFTEST_MAIN, before) > 50 ? NULL : "what is spoken can't be heard";
}

static const char *check_plug(struct nashra_selftest_box *box) {
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    nashra_selftest_plug(box, true);
    if (!nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND, SOON_MS))
        return "plugging a headphone in doesn't start speech";
    return nashra_selftest_mode(box, "playing") ? NULL : "after the greeting nothing is read";
}

/* Pause is silence, and repeating is heard while paused. */
static const char *check_control(struct nashra_selftest_box *box) {
    if (!start_reading(box))
        return "reading doesn't start";
    nashra_selftest_sleep(STEADY_MS); /* sooner it would be an unsteady hand's */
    nashra_selftest_press(box, NASHRA_COMMAND_PLAY);
    if (!nashra_selftest_silent(box, NASHRA_SELFTEST_MAIN, QUIET_MS, SETTLE_MS))
        return "speech can't be interrupted";
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (!nashra_selftest_press(box, NASHRA_COMMAND_REPEAT))
        return "the layout has no key that repeats";
    return nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND, SOON_MS) ? NULL
                                                                                     : "what was said isn't repeated";
}

static const char *check_cut(struct nashra_selftest_box *box) {
    const long id = nashra_selftest_say(
        box, "\"text\":\"هذا إعلان طويل جدا يسمعه الناس في القاعة كلها ولا ينتهي قبل أن يضغط أحدهم زرا من الأزرار "
             "الموجودة أمامه على هذا الجهاز.\",\"manner\":\"interrupt\"");
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (id == 0 || !nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND / 2, SOON_MS))
        return "an announcement isn't spoken";
    const size_t since = nashra_selftest_log_end(box);
    nashra_selftest_press(box, NASHRA_COMMAND_SOFTER);
    return nashra_selftest_told(box, "announcement 1 cut", since, SOON_MS) ? NULL
                                                                           : "a key doesn't cut off what is spoken";
}

/* Privacy --------------------------------------------------------------------------------------------------------- */

static const char SECRET[] = "\"text\":\"رقمك السري أربعة خمسة ستة سبعة، ورصيدك ألف ريال.\",\"private\":true,"
                             "\"manner\":\"interrupt\"";

static const char *check_masked(struct nashra_selftest_box *box) {
    const size_t main = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (nashra_selftest_say(box, SECRET) != 0)
        return "what is private is taken though nobody listens in private";
    if (!nashra_selftest_silent(box, NASHRA_SELFTEST_MAIN, QUIET_MS, SETTLE_MS) ||
        nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN) > main || nashra_selftest_heard(box, NASHRA_SELFTEST_HALL) > 0)
        return "what is private is heard through the loudspeaker";
    return NULL;
}

static const char *check_private(struct nashra_selftest_box *box) {
    nashra_selftest_plug(box, true);
    nashra_selftest_silent(box, NASHRA_SELFTEST_MAIN, QUIET_MS, SETTLE_MS);
    const size_t main = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (nashra_selftest_say(box, SECRET) == 0)
        return "what is private is refused though a headphone is plugged in";
    if (!nashra_selftest_hear(box, NASHRA_SELFTEST_HEADPHONE, SECOND / 2, SOON_MS))
        return "what is private isn't heard in the headphone";
    nashra_selftest_plug(box, false);
    if (!nashra_selftest_silent(box, NASHRA_SELFTEST_HEADPHONE, QUIET_MS, 2 * QUIET_MS + 500))
        return "what is private goes on without its headphone";
    if (nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN) > main || nashra_selftest_heard(box, NASHRA_SELFTEST_HALL) > 0)
        return "what is private is heard through the loudspeaker";
    return NULL;
}

/* An announcement in the hall silences the article beside it. */
static const char *check_overlap(struct nashra_selftest_box *box) {
    if (!start_reading(box))
        return "reading doesn't start";
    nashra_selftest_say(box, "\"text\":\"القطار يصل الآن إلى المحطة فليبتعد الجميع عن الرصيف حتى يقف تماما.\","
                             "\"manner\":\"interrupt\",\"outputs\":[\"hall\"]");
    if (!nashra_selftest_hear(box, NASHRA_SELFTEST_HALL, SECOND / 4, SOON_MS))
        return "an announcement isn't heard in the hall";
    const size_t main = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    if (!nashra_selftest_hear(box, NASHRA_SELFTEST_HALL, SECOND * 2, SOON_MS))
        return "an announcement isn't heard to its end";
    return nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN) == main ? NULL : "two things are spoken at once";
}

/* Volume ---------------------------------------------------------------------------------------------------------- */

static double loudness_of_a_sentence(struct nashra_selftest_box *box) {
    const size_t before = nashra_selftest_heard(box, NASHRA_SELFTEST_HEADPHONE);
    nashra_selftest_say(box, "\"text\":\"جملة لقياس الصوت في السماعة.\",\"outputs\":[\"headphone\"]");
    nashra_selftest_hear(box, NASHRA_SELFTEST_HEADPHONE, before + SECOND, SOON_MS);
    nashra_selftest_silent(box, NASHRA_SELFTEST_HEADPHONE, QUIET_MS, SETTLE_MS);
    return nashra_selftest_loudness(box, NASHRA_SELFTEST_HEADPHONE, before);
}

static const char *check_private_volume(struct nashra_selftest_box *box) {
    const double before = loudness_of_a_sentence(box);
    for (int i = 0; i < 3; i++) {
        nashra_selftest_press(box, NASHRA_COMMAND_SOFTER);
        nashra_selftest_sleep(STEADY_MS);
    }
    const double after = loudness_of_a_sentence(box);
    return before > 50 && after < 0.8 * before ? NULL : "the keys don't change the volume of the headphone";
}

static const char *check_steps(struct nashra_selftest_box *box) {
    if (!start_reading(box))
        return "reading doesn't start";
    const size_t since = nashra_selftest_log_end(box);
    if (!nashra_selftest_press(box, NASHRA_COMMAND_LOUDER))
        return "the layout has no key for the volume";
    if (!nashra_selftest_told(box, "volume 70", since, SOON_MS))
        return "the volume doesn't change by a step";
    return nashra_selftest_told(box, "prompt volume.level", since, SOON_MS) ? NULL
                                                                            : "a step of the volume isn't spoken";
}

static const char *check_reset(struct nashra_selftest_box *box) {
    nashra_selftest_plug(box, true);
    nashra_selftest_told(box, "prompt kiosk.welcome", 0, SOON_MS);
    const long volume = nashra_selftest_reader(box, "volume"), rate = nashra_selftest_reader(box, "rate");
    nashra_selftest_press(box, NASHRA_COMMAND_LOUDER);
    nashra_selftest_sleep(STEADY_MS);
    nashra_selftest_press(box, NASHRA_COMMAND_FASTER);
    for (int i = 0; i < 100 && nashra_selftest_reader(box, "rate") == rate; i++)
        nashra_selftest_sleep(50);
    if (nashra_selftest_reader(box, "volume") == volume || nashra_selftest_reader(box, "rate") == rate)
        return "volume and speed can't be changed";
    nashra_selftest_plug(box, false);
    nashra_selftest_told(box, "session over", 0, SOON_MS);
    nashra_selftest_sleep(300);
    return nashra_selftest_reader(box, "volume") == volume && nashra_selftest_reader(box, "rate") == rate
               ? NULL
               : "volume and speed stay as the last user left them";
}

static bool speaks(struct nashra_selftest_box *box, const char *language) {
    json_t *status = nashra_selftest_ask(box, "{\"cmd\":\"status\"}");
    const char *now = json_string_value(json_object_get(status, "language"));
    const bool same = now && strcmp(now, language) == 0;
    json_decref(status);
    return same;
}

static const char *check_language(struct nashra_selftest_box *box) {
    json_decref(nashra_selftest_ask(box, "{\"cmd\":\"language\",\"value\":\"en\"}"));
    if (!speaks(box, "en"))
        return "the language of the prompts can't be changed";
    nashra_selftest_plug(box, true);
    nashra_selftest_plug(box, false);
    nashra_selftest_told(box, "session over", 0, SOON_MS);
    nashra_selftest_sleep(300);
    return speaks(box, "ar") ? NULL : "the language stays as the last user left it";
}

static const char *check_errors(struct nashra_selftest_box *box) {
    const size_t since = nashra_selftest_log_end(box), before = nashra_selftest_heard(box, NASHRA_SELFTEST_MAIN);
    nashra_selftest_press(box, NASHRA_COMMAND_PREVIOUS); /* there is nothing before the beginning */
    nashra_selftest_told(box, "prompt edge.first", since, SOON_MS);
    return nashra_selftest_hear(box, NASHRA_SELFTEST_MAIN, before + SECOND / 2, SOON_MS / 2)
               ? NULL
               : "a key that can't be obeyed isn't answered by speech";
}

/* Keys ------------------------------------------------------------------------------------------------------------ */

static const char *check_repeat_keys(struct nashra_selftest_box *box) {
    const int key = nashra_selftest_find(box, NASHRA_COMMAND_NEXT);
    const size_t since = nashra_selftest_log_end(box);
    if (key < 0)
        return "the layout has no key that goes on";
    nashra_selftest_key(box, (size_t)key, true);
    nashra_selftest_sleep(1800);
    const size_t presses = nashra_selftest_log(box, "click", since);
    nashra_selftest_key(box, (size_t)key, false);
    return presses == 1 ? NULL : "a held key repeats before two seconds are over";
}

static void tap(struct nashra_selftest_box *box, int key) {
    nashra_selftest_key(box, (size_t)key, true);
    nashra_selftest_key(box, (size_t)key, false);
}

static bool wait_for_clicks(struct nashra_selftest_box *box, size_t since, size_t count) {
    for (int i = 0; i < 100 && nashra_selftest_log(box, "click", since) < count; i++)
        nashra_selftest_sleep(30);
    nashra_selftest_sleep(300);
    return nashra_selftest_log(box, "click", since) == count;
}

static const char *check_double(struct nashra_selftest_box *box) {
    const int key = nashra_selftest_find(box, NASHRA_COMMAND_NEXT);
    const int other = nashra_selftest_find(box, NASHRA_COMMAND_PREVIOUS);
    const size_t since = nashra_selftest_log_end(box);
    if (key < 0 || other < 0)
        return "the layout has no keys that go on and back";
    tap(box, key);
    tap(box, key); /* at once: an unsteady hand */
    if (!wait_for_clicks(box, since, 1))
        return "a second press within half a second counts";
    tap(box, other);
    if (!wait_for_clicks(box, since, 2))
        return "another key isn't taken at once";
    nashra_selftest_sleep(STEADY_MS);
    tap(box, key);
    return wait_for_clicks(box, since, 3) ? NULL : "the same key isn't taken later";
}

static bool has_single(const struct nashra_layout *layout, enum nashra_command command) {
    for (size_t i = 0; i < nashra_layout_keys(layout); i++)
        for (int gesture = NASHRA_GESTURE_SHORT; gesture < NASHRA_GESTURE_COUNT; gesture++)
            if (nashra_layout_meaning(layout, i, (enum nashra_gesture)gesture) == command)
                return true;
    return false;
}

static const char *check_single(struct nashra_selftest_box *box) {
    static char message[96];
    for (int i = NASHRA_COMMAND_PLAY; i < NASHRA_COMMAND_HELP; i++) {
        const enum nashra_command command = (enum nashra_command)i;
        if (!nashra_layout_has(box->layout, command) || has_single(box->layout, command))
            continue;
        snprintf(message, sizeof message, "the layout has \"%s\" on two keys at once only",
                 nashra_command_name(command));
        return message;
    }
    return NULL;
}

static const char *check_timeout(struct nashra_selftest_box *box) {
    const size_t since = nashra_selftest_log_end(box);
    nashra_selftest_press(box, NASHRA_COMMAND_LOUDER);
    if (!nashra_selftest_told(box, "prompt kiosk.warning", since, 4 * SOON_MS))
        return "the end of the session isn't announced";
    if (nashra_selftest_log(box, "session over", since) > 0)
        return "the session ends before that is announced";
    nashra_selftest_press(box, NASHRA_COMMAND_SOFTER);
    if (!nashra_selftest_told(box, "prompt kiosk.extended", since, SOON_MS))
        return "a key doesn't give more time";
    const size_t later = nashra_selftest_log_end(box);
    nashra_selftest_sleep(1500);
    if (nashra_selftest_log(box, "session over", later) > 0)
        return "the session ends though it was extended";
    return nashra_selftest_told(box, "session over", later, 6 * SOON_MS) ? NULL : "an idle session never ends";
}

/* ----------------------------------------------------------------------------------------------------------------- */

#define QUIET "idle_s = 0\nstart_on_plug = no\ndouble_ms = 500\n"
#define HEADPHONE "headphone = headphone\nprivate = headphone\n"

const struct nashra_selftest_check nashra_selftest_checks[] = {
    {"speech", QUIET, check_speech, "mute"},
    {"plug", "idle_s = 0\n", check_plug, "no-plug"},
    {"control", QUIET, check_control, "no-interrupt no-repeat"},
    {"cut", QUIET, check_cut, "no-interrupt"},
    {"masked", QUIET HEADPHONE, check_masked, "leak"},
    {"private", QUIET HEADPHONE, check_private, "leak"},
    {"overlap", QUIET, check_overlap, "overlap"},
    {"private-volume", QUIET HEADPHONE, check_private_volume, "no-volume"},
    {"steps", QUIET, check_steps, "no-volume-prompt no-volume"},
    {"reset", "idle_s = 0\ndouble_ms = 500\n", check_reset, "no-reset"},
    {"language", QUIET, check_language, "no-language"},
    {"errors", QUIET, check_errors, "silent-errors"},
    {"repeat-keys", QUIET, check_repeat_keys, "fast-repeat"},
    {"double", QUIET, check_double, "no-double"},
    {"single", QUIET, check_single, "pairs"},
    {"timeout", "idle_s = 6\nwarn_s = 5\nextend_s = 2\ndouble_ms = 100\n", check_timeout, "no-warning no-extend"},
};
const size_t nashra_selftest_check_count = sizeof nashra_selftest_checks / sizeof *nashra_selftest_checks;
