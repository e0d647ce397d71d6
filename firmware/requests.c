/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "requests.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "loop.h"

enum { HISTORY_MOST = 500, REPEATS_MOST = 1000, FARTHEST_S = 366 * 86400, MESSAGE_MOST = 256 };

static json_t *refuse(const char *code, const char *format, ...) NASHRA_PRINTF(2, 3);

static json_t *refuse(const char *code, const char *format, ...) {
    char message[MESSAGE_MOST];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    /* A message that was cut in the middle of a letter is no JSON. */
    for (size_t length = strlen(message);
         length > 0 && ((unsigned char)message[length - 1] & 0x80) && length == sizeof message - 1; length--)
        message[length - 1] = '\0';
    return json_pack("{s:b, s:{s:s, s:s}}", "ok", 0, "error", "code", code, "message", message);
}

/* Fields ---------------------------------------------------------------------------------------------------------- */

/* Reading the fields of a request: the first thing that is wrong is the answer. */
struct fields {
    const struct nashrad_requests *requests;
    const json_t *request;
    json_t *wrong; /* NULL: nothing yet */
};

static void reject(struct fields *fields, const char *name, const char *wanted) {
    if (!fields->wrong)
        fields->wrong = refuse("bad-field", "%s: %s is wanted", name, wanted);
}

static bool read_flag(struct fields *fields, const char *name, bool otherwise) {
    const json_t *value = json_object_get(fields->request, name);
    if (value && !json_is_boolean(value))
        reject(fields, name, "true or false");
    return value ? json_is_true(value) : otherwise;
}

static int64_t read_number(struct fields *fields, const char *name, int64_t least, int64_t most, int64_t otherwise) {
    const json_t *value = json_object_get(fields->request, name);
    char wanted[80];
    if (!value)
        return otherwise;
    if (json_is_integer(value) && json_integer_value(value) >= least && json_integer_value(value) <= most)
        return json_integer_value(value);
    snprintf(wanted, sizeof wanted, "a whole number from %lld to %lld", (long long)least, (long long)most);
    reject(fields, name, wanted);
    return otherwise;
}

static const char *read_string(struct fields *fields, const char *name) {
    const json_t *value = json_object_get(fields->request, name);
    if (value && !json_is_string(value))
        reject(fields, name, "a string");
    return value ? json_string_value(value) : NULL;
}

static enum nashra_manner read_manner(struct fields *fields) {
    const char *name = read_string(fields, "manner");
    for (enum nashra_manner manner = NASHRA_MANNER_INTERRUPT; name && manner <= NASHRA_MANNER_YIELD; manner++)
        if (strcmp(nashra_manner_name(manner), name) == 0)
            return manner;
    if (name)
        reject(fields, "manner", "interrupt, wait or yield");
    return NASHRA_MANNER_WAIT;
}

static unsigned read_outputs(struct fields *fields) {
    const json_t *list = json_object_get(fields->request, "outputs"), *name;
    unsigned outputs = 0;
    size_t i;
    if (list && (!json_is_array(list) || json_array_size(list) == 0))
        reject(fields, "outputs", "a list of names that isn't empty");
    json_array_foreach(list, i, name) {
        const unsigned bit =
            json_is_string(name) ? nashrad_announcing_output(fields->requests->announcing, json_string_value(name)) : 0;
        if (bit == 0 && !fields->wrong)
            fields->wrong = refuse("unknown-output", "there is no output \"%.40s\"",
                                   json_is_string(name) ? json_string_value(name) : "");
        outputs |= bit;
    }
    return outputs;
}

/* "2026-11-28T12:00:00Z", with an offset, or seconds since 1970. */
static bool read_moment(const json_t *value, double *seconds) {
    struct tm tm = {0};
    int offset_h = 0, offset_m = 0, end = 0;
    char sign = 'Z';
    if (json_is_number(value)) {
        *seconds = json_number_value(value);
        return true;
    }
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%c%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
               &tm.tm_sec, &sign, &end) != 7)
        return false;
    if (sign == 'Z' ? text[end] != '\0' : sscanf(text + end, "%2d:%2d", &offset_h, &offset_m) != 2)
        return false;
    if (tm.tm_year < 1970 || tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
        return false;
    /* Days since 1970 by the Gregorian calendar. */
    const long y = tm.tm_year - (tm.tm_mon <= 2), m = (tm.tm_mon + 9) % 12;
    const long days = 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + tm.tm_mday - 1 - 719468;
    const int offset = (offset_h * 60 + offset_m) * 60;
    *seconds = (double)days * 86400 + tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec -
               (sign == '+'   ? offset
                : sign == '-' ? -offset
                              : 0);
    return true;
}

/* When it is due: "at" by the wall clock, or "in_ms" from now. */
static int64_t read_due(struct fields *fields, int64_t now) {
    const json_t *at = json_object_get(fields->request, "at");
    const int64_t in = read_number(fields, "in_ms", 0, FARTHEST_S * 1000LL, 0);
    double seconds;
    if (!at)
        return in > 0 ? now + in : 0;
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    if (!read_moment(at, &seconds) || fabs(seconds - (double)wall.tv_sec) > FARTHEST_S) {
        reject(fields, "at", "a time as 2026-11-28T12:00:00Z, or seconds since 1970, at most a year away,");
        return 0;
    }
    const double from_now = (seconds - (double)wall.tv_sec) * 1000 - (double)(wall.tv_nsec / 1000000);
    return from_now > 0 ? now + (int64_t)from_now : 0;
}

/* Say ------------------------------------------------------------------------------------------------------------- */

struct slots {
    const json_t *values;
    char number[32];
};

static const char *slot_value(const char *slot, void *user) {
    struct slots *slots = user;
    const json_t *value = json_object_get(slots->values, slot);
    if (json_is_integer(value)) {
        snprintf(slots->number, sizeof slots->number, "%lld", (long long)json_integer_value(value));
        return slots->number;
    }
    return json_string_value(value);
}

/* The text of the request itself or of its template, appended to `text`. */
static void read_text(struct fields *fields, struct nashra_buffer *text) {
    const char *given = read_string(fields, "text"), *name = read_string(fields, "template");
    struct slots slots = {.values = json_object_get(fields->request, "slots")};
    char *missing = NULL;
    if (!given == !name) {
        reject(fields, "text", "text or template, one of them,");
        return;
    }
    const char *template = name ? nashrad_templates_text(fields->requests->templates, name) : NULL;
    if (name && !template) {
        fields->wrong = refuse("unknown-template", "there is no template \"%.60s\"", name);
        return;
    }
    if (slots.values && !json_is_object(slots.values))
        reject(fields, "slots", "an object");
    else if (given && !slots.values)
        nashra_buffer_add_string(text, given);
    else if (nashrad_templates_fill(given ? given : template, slot_value, &slots, text, &missing) == NASHRA_EDATA)
        fields->wrong = refuse("missing-slot", "the slot {%.60s} has no value: a string or a whole number", missing);
    nashra_free(missing);
}

static void check_text(struct fields *fields, const struct nashra_buffer *text) {
    if (fields->wrong)
        return;
    if (text->length > NASHRAD_ANNOUNCE_TEXT_MOST)
        fields->wrong =
            refuse("too-long", "the text has %zu bytes; %d are the most", text->length, NASHRAD_ANNOUNCE_TEXT_MOST);
    else if (strspn(nashra_buffer_string(text), " \t\r\n") == text->length)
        reject(fields, "text", "a text that isn't empty");
}

static struct nashra_announcement read_announcement(struct fields *fields, int64_t source) {
    const int64_t now = nashrad_now();
    struct nashra_announcement one = {.source = source};
    const char *interrupted = read_string(fields, "interrupted");
    if (interrupted && strcmp(interrupted, "resume") != 0 && strcmp(interrupted, "drop") != 0)
        reject(fields, "interrupted", "resume or drop");
    one.priority = (int)read_number(fields, "priority", 0, NASHRA_PRIORITY_MOST, NASHRA_PRIORITY_DEFAULT);
    one.manner = read_manner(fields);
    one.drops = interrupted && strcmp(interrupted, "drop") == 0;
    one.insistent = read_flag(fields, "insistent", false);
    one.is_private = read_flag(fields, "private", false);
    one.chime = read_flag(fields, "chime", false);
    one.outputs = read_outputs(fields);
    one.due = read_due(fields, now);
    const int64_t expires = read_number(fields, "expires_ms", 1, FARTHEST_S * 1000LL, 0);
    one.expires = expires ? (one.due ? one.due : now) + expires : 0;
    one.repeats = (unsigned)read_number(fields, "repeat", 0, REPEATS_MOST, 0);
    one.interval = read_number(fields, "every_ms", 0, FARTHEST_S * 1000LL, 0);
    return one;
}

static json_t *submit(const struct nashrad_requests *requests, const struct nashra_announcement *one) {
    uint64_t id;
    const unsigned open = nashrad_announcing_private(requests->announcing);
    if (one->is_private && (one->outputs & ~open) && !requests->leaks)
        return refuse("not-private", "not all of these outputs are private now: it is not spoken where others hear it");
    switch (nashrad_announcing_submit(requests->announcing, one, &id)) {
    case NASHRA_OK:
        return json_pack("{s:b, s:I}", "ok", 1, "id", (json_int_t)id);
    case NASHRA_ENODEVICE:
        return refuse("not-private", "nobody listens in private: it is not spoken where others hear it");
    case NASHRA_EAGAIN:
        return refuse("too-many", "the queue is full, or requests come too fast; try again later");
    default:
        return refuse("no-memory", "out of memory");
    }
}

static json_t *say(const struct nashrad_requests *requests, const json_t *request, int64_t source) {
    struct fields fields = {.requests = requests, .request = request};
    struct nashra_buffer text = {0};
    struct nashra_announcement one = read_announcement(&fields, source);
    if (!fields.wrong)
        read_text(&fields, &text);
    check_text(&fields, &text);
    if (!fields.wrong && text.failed)
        fields.wrong = refuse("no-memory", "out of memory");
    one.text = nashra_buffer_string(&text);
    json_t *answer = fields.wrong ? fields.wrong : submit(requests, &one);
    nashra_buffer_finish(&text);
    return answer;
}

/* The others ------------------------------------------------------------------------------------------------------ */

static json_t *cancel(const struct nashrad_requests *requests, const json_t *request) {
    struct fields fields = {.requests = requests, .request = request};
    const int64_t id = read_number(&fields, "id", 1, INT64_MAX, 0);
    if (!fields.wrong && id == 0)
        reject(&fields, "id", "the number of an announcement");
    if (fields.wrong)
        return fields.wrong;
    if (nashrad_announcing_cancel(requests->announcing, (uint64_t)id) < 0)
        return refuse("unknown-id", "no announcement %lld waits or is spoken", (long long)id);
    return json_pack("{s:b}", "ok", 1);
}

json_t *nashrad_requests_view(const struct nashrad_requests *requests, const struct nashra_announce_view *view) {
    const struct nashra_announcement *one = &view->announcement;
    json_t *outputs = json_array(), *object;
    const char *name;
    for (size_t i = 0; (name = nashrad_announcing_output_name(requests->announcing, i)) != NULL; i++)
        if ((one->outputs ? one->outputs : 1u) >> i & 1)
            json_array_append_new(outputs, json_string(name));
    const char *state = view->outcome != NASHRA_OUTCOME_PENDING ? nashra_outcome_name(view->outcome)
                        : view->speaking                        ? "speaking"
                                                                : "waiting";
    object = json_pack("{s:I, s:s, s:i, s:s, s:i, s:i, s:o}", "id", (json_int_t)view->id, "state", state, "priority",
                       one->priority, "manner", nashra_manner_name(one->manner), "times", (int)view->times, "sentence",
                       (int)view->place, "outputs", outputs);
    /* What is private is private in lists, too. */
    if (object && !one->is_private)
        json_object_set_new(object, "text", json_string(one->text));
    if (object && one->due > nashrad_now())
        json_object_set_new(object, "due_in_ms", json_integer(one->due - nashrad_now()));
    return object;
}

static json_t *status(const struct nashrad_requests *requests) {
    const struct nashra_announcer *machine = nashrad_announcing_machine(requests->announcing);
    struct nashra_announce_view view;
    json_t *waiting = json_array(), *outputs = json_array(), *answer;
    const char *name;
    for (size_t i = 0; nashra_announcer_waiting(machine, i, &view); i++)
        json_array_append_new(waiting, nashrad_requests_view(requests, &view));
    for (size_t i = 0; (name = nashrad_announcing_output_name(requests->announcing, i)) != NULL; i++)
        json_array_append_new(outputs, json_pack("{s:s, s:b}", "name", name, "private",
                                                 nashrad_announcing_private(requests->announcing) >> i & 1));
    answer = json_pack("{s:b, s:I, s:o, s:o}", "ok", 1, "speaking", (json_int_t)nashra_announcer_current(machine),
                       "announcements", waiting, "outputs", outputs);
    if (answer && requests->describe)
        requests->describe(requests->user, answer);
    return answer;
}

static json_t *history(const struct nashrad_requests *requests, const json_t *request) {
    const struct nashra_announcer *machine = nashrad_announcing_machine(requests->announcing);
    struct fields fields = {.requests = requests, .request = request};
    const int64_t count = read_number(&fields, "count", 1, HISTORY_MOST, 20);
    struct nashra_announce_view view;
    if (fields.wrong)
        return fields.wrong;
    json_t *list = json_array();
    for (size_t i = 0; i < (size_t)count && nashra_announcer_history(machine, i, &view); i++)
        json_array_append_new(list, nashrad_requests_view(requests, &view));
    return json_pack("{s:b, s:o}", "ok", 1, "history", list);
}

static json_t *list_templates(const struct nashrad_requests *requests) {
    json_t *list = json_object();
    const char *name;
    for (size_t i = 0; (name = nashrad_templates_name(requests->templates, i)) != NULL; i++)
        json_object_set_new(list, name, json_string(nashrad_templates_text(requests->templates, name)));
    return json_pack("{s:b, s:o}", "ok", 1, "templates", list);
}

static json_t *answer_command(const struct nashrad_requests *requests, const json_t *request, int64_t source,
                              bool *subscribes) {
    const char *command = json_string_value(json_object_get(request, "cmd"));
    if (!command)
        return refuse("bad-field", "cmd: say, cancel, status, history, templates or subscribe is wanted");
    if (strcmp(command, "say") == 0)
        return say(requests, request, source);
    if (strcmp(command, "cancel") == 0)
        return cancel(requests, request);
    if (strcmp(command, "status") == 0)
        return status(requests);
    if (strcmp(command, "history") == 0)
        return history(requests, request);
    if (strcmp(command, "templates") == 0)
        return list_templates(requests);
    *subscribes = strcmp(command, "subscribe") == 0;
    if (*subscribes || (requests->command && requests->command(requests->user, command, request)))
        return json_pack("{s:b}", "ok", 1);
    return refuse("unknown-command", "there is no command \"%.40s\"", command);
}

json_t *nashrad_requests_answer(const struct nashrad_requests *requests, const char *line, size_t length,
                                int64_t source, bool *subscribes) {
    json_error_t error;
    json_t *request = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    *subscribes = false;
    if (!request)
        return refuse("bad-json", "not a JSON object: %s, at byte %d", error.text, error.position);
    json_t *answer = json_is_object(request) ? answer_command(requests, request, source, subscribes)
                                             : refuse("bad-json", "a JSON object is wanted");
    json_t *reference = json_object_get(request, "ref");
    if (answer && reference)
        json_object_set(answer, "ref", reference);
    json_decref(request);
    return answer;
}
