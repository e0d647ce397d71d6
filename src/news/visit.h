/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One update, as its files see it:
 *
 *   update.c   which feeds are asked, what becomes of them, what expires
 *   intake.c   what a feed lists becomes stories
 *   polite.c   when a host may be asked
 */
#ifndef NASHRA_NEWS_VISIT_H
#define NASHRA_NEWS_VISIT_H

#include "entries.h"
#include "library.h"

struct nashra_visit {
    struct nashra_library *library;
    const struct nashra_update_options *options;
    struct nashra_update_result *result;
    int64_t oldest; /* what was published before is not taken in */
};

/* A feed that was fetched. */
struct nashra_visit_feed {
    const char *url;    /* in the list */
    const char *found;  /* where it was found */
    const char *source; /* what it is called */
    bool inside;        /* on this machine or a private network: its links may lead there */
    bool complete;      /* set: nothing that it lists is left for later */
};

int64_t nashra_visit_now(void);
bool nashra_visit_stopped(const struct nashra_visit *visit);

/* Fetches when the host may be asked, and waits for that if it is a matter of seconds.
 * @return as nashra_fetch(); NASHRA_EAGAIN without a message when the host is not to be asked for long. */
int nashra_polite_fetch(struct nashra_visit *visit, const struct nashra_fetch_request *request,
                        struct nashra_fetch_response *response);

/* Takes in what is new. @return 0; negative: the library can't be written to, or NASHRA_STOPPED. */
int nashra_intake(struct nashra_visit *visit, struct nashra_visit_feed *feed, const struct nashra_entries *entries);

#endif
