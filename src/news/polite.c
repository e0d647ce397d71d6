/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A host is asked so often as it likes: some seconds between two requests, and not before the time that it named. */
#include "visit.h"

#include <time.h>

#include "link.h"

enum { INTERVAL = 2, PATIENCE = 15, BUSY_LEAST = 60, BUSY_MOST = 24 * 3600, BUSY_UNSAID = 15 * 60 };

int64_t nashra_visit_now(void) {
    return (int64_t)time(NULL);
}

bool nashra_visit_stopped(const struct nashra_visit *visit) {
    return visit->options->stopped && visit->options->stopped();
}

static int interval_of(const struct nashra_visit *visit) {
    const int interval = visit->options->interval;
    return interval < 0 ? 0 : interval ? interval : INTERVAL;
}

/* A clock that was set back is no reason to wait for days. */
static int wait_for(struct nashra_visit *visit, int64_t due) {
    for (int64_t left; (left = due - nashra_visit_now()) > 0;) {
        if (nashra_visit_stopped(visit))
            return NASHRA_STOPPED;
        if (left > PATIENCE + interval_of(visit))
            return NASHRA_EAGAIN;
        nanosleep(&(struct timespec){.tv_nsec = 200 * 1000 * 1000}, NULL);
    }
    return NASHRA_OK;
}

static int64_t rest_after(const struct nashra_visit *visit, int status, const struct nashra_fetch_response *response) {
    if (status != NASHRA_EAGAIN || (response->code != 429 && response->code != 503))
        return interval_of(visit);
    const int64_t asked = response->retry_after ? response->retry_after : BUSY_UNSAID;
    return asked < BUSY_LEAST ? BUSY_LEAST : asked > BUSY_MOST ? BUSY_MOST : asked;
}

int nashra_polite_fetch(struct nashra_visit *visit, const struct nashra_fetch_request *request,
                        struct nashra_fetch_response *response) {
    struct nashra_stories *stories = visit->library->stories;
    struct nashra_buffer host = {0};
    int64_t due = 0;
    *response = (struct nashra_fetch_response){0};
    int status = nashra_link_host(request->url, &host) ? NASHRA_OK : NASHRA_EUSAGE;
    if (status >= 0)
        status = nashra_stories_host(stories, host.data, &due);
    if (status >= 0)
        status = wait_for(visit, due);
    if (status == NASHRA_EAGAIN)
        response->retry_after = due - nashra_visit_now();
    if (status >= 0) {
        status = nashra_fetch(request, response);
        const int64_t rest = rest_after(visit, status, response);
        const int noted = rest > 0 ? nashra_stories_set_host(stories, host.data, nashra_visit_now() + rest) : NASHRA_OK;
        status = noted < 0 ? noted : status;
    }
    nashra_buffer_finish(&host);
    return status;
}
