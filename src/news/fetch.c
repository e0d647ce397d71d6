/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/news.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "parcel.h"

enum { SECONDS = 30, REDIRECTS = 8, GRACE_MS = 5000 };

static const char agent[] = "Nashra/0.1 (reads Arabic news aloud)";

bool nashra_is_url(const char *name) {
    const size_t scheme = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return scheme > 0 && strncmp(name + scheme, "://", 3) == 0;
}

/* Beside the program in a build, in ../libexec/nashra in an installation that may have been moved. */
static bool is_beside_program(const char *name, char path[PATH_MAX + 64]) {
    const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
    path[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return false;
    strcpy(slash + 1, name);
    return access(path, X_OK) == 0;
}

static int find_fetcher(char path[PATH_MAX + 64]) {
    const char *chosen = getenv("NASHRA_FETCH");
    if (chosen && *chosen && strlen(chosen) < PATH_MAX)
        strcpy(path, chosen);
    else if (!is_beside_program("nashra-fetch", path) && !is_beside_program("../libexec/nashra/nashra-fetch", path))
        strcpy(path, NASHRA_INSTALLED_FETCHER);
    if (access(path, X_OK) == 0)
        return NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG, "%s is missing: the program that fetches; NASHRA_FETCH can name it", path);
}

static void put_request(const struct nashra_fetch_request *request, size_t most_bytes, unsigned seconds,
                        struct nashra_buffer *out) {
    nashra_parcel_put_string(out, request->url);
    nashra_parcel_put_string(out, request->etag);
    nashra_parcel_put_string(out, request->modified);
    nashra_parcel_put_string(out, agent);
    nashra_parcel_put_number(out, (int64_t)most_bytes);
    nashra_parcel_put_number(out, seconds);
    nashra_parcel_put_number(out, request->redirects ? request->redirects : REDIRECTS);
    nashra_parcel_put_number(out, request->allow_http);
    nashra_parcel_put_number(out, request->refuse_inside);
}

static int take_response(const char *url, struct nashra_answer *answer, struct nashra_fetch_response *response) {
    struct nashra_parcel parcel = {answer->payload, answer->length, false};
    *response = (struct nashra_fetch_response){.code = (int)nashra_parcel_number(&parcel)};
    response->retry_after = nashra_parcel_number(&parcel);
    response->max_age = nashra_parcel_number(&parcel);
    response->inside = nashra_parcel_number(&parcel) != 0;
    response->url = nashra_parcel_string(&parcel, NULL);
    response->type = nashra_parcel_string(&parcel, NULL);
    response->etag = nashra_parcel_string(&parcel, NULL);
    response->modified = nashra_parcel_string(&parcel, NULL);
    response->bytes = nashra_parcel_string(&parcel, &response->length);
    response->memory = answer->bytes; /* taken over */
    answer->bytes = (struct nashra_buffer){0};
    return parcel.broken || parcel.left > 0
               ? nashra_fail(NASHRA_EINTERNAL, "%s: the fetcher's answer is malformed", url)
               : NASHRA_OK;
}

static int judge_code(const char *url, const struct nashra_fetch_response *response) {
    const int code = response->code;
    if ((code >= 200 && code < 300) || code == 304)
        return NASHRA_OK;
    if (code == 429 || code >= 500)
        return response->retry_after > 0
                   ? nashra_fail(NASHRA_EAGAIN, "%s: the server answers %d: ask again in %lld seconds", url, code,
                                 (long long)response->retry_after)
                   : nashra_fail(NASHRA_EAGAIN, "%s: the server answers %d: try again later", url, code);
    if (code == 401 || code == 402 || code == 403 || code == 451)
        return nashra_fail(NASHRA_ENOINPUT, "%s: the server answers %d: it doesn't give this page to us", url, code);
    return nashra_fail(NASHRA_ENOINPUT, "%s: the server answers %d: there is no such page", url, code);
}

static int run_fetcher(const char *path, const struct nashra_fetch_request *request, struct nashra_answer *answer) {
    const unsigned seconds = request->seconds ? request->seconds : SECONDS;
    const size_t most = request->most_bytes ? request->most_bytes : NASHRA_ARTICLE_MAX_BYTES;
    struct nashra_buffer task = {0}, wish = {0};
    nashra_buffer_add_format(&task, "%s: the fetcher", request->url);
    put_request(request, most, seconds, &wish);
    const struct nashra_child child = {task.data, seconds * 1000 + GRACE_MS, most, request->stopped};
    const int status = task.failed || wish.failed ? NASHRA_ENOMEM : nashra_child_program(&child, path, &wish, answer);
    nashra_buffer_finish(&task);
    nashra_buffer_finish(&wish);
    return status;
}

int nashra_fetch(const struct nashra_fetch_request *request, struct nashra_fetch_response *response) {
    char path[PATH_MAX + 64];
    struct nashra_answer answer = {0};
    *response = (struct nashra_fetch_response){0};
    int status = find_fetcher(path);
    if (status >= 0)
        status = run_fetcher(path, request, &answer);
    if (status >= 0)
        status = take_response(request->url, &answer, response);
    nashra_answer_finish(&answer);
    return status < 0 ? status : judge_code(request->url, response);
}

void nashra_fetch_finish(struct nashra_fetch_response *response) {
    nashra_buffer_finish(&response->memory);
    *response = (struct nashra_fetch_response){0};
}
