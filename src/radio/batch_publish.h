/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts become outputs, once: they are brought to the disk in groups, take their names, and a record says so. A second
 * draft of the same job is thrown away, as is one that a later job has overtaken. */
#ifndef NASHRA_RADIO_BATCH_PUBLISH_H
#define NASHRA_RADIO_BATCH_PUBLISH_H

#include "batch_render.h"

enum nashra_publication {
    NASHRA_PUBLISHED,
    NASHRA_PUBLISHED_BEFORE, /* the same output was there already */
    NASHRA_PUBLICATION_OVERTAKEN,
    NASHRA_PUBLICATION_FAILED
};

struct nashra_publisher;

/* Called when an output and its name are on the disk, or can't be; `status` tells why (reported). */
typedef void (*nashra_published_fn)(void *job, const struct nashra_job_result *result,
                                    enum nashra_publication publication, int status, void *user);

/* Makes the folder where it is missing and clears away drafts of processes that are gone.
 * 0, NASHRA_ECANTCREATE (reported) or NASHRA_ENOMEM. */
int nashra_publisher_create(const char *folder, nashra_published_fn published, void *user,
                            struct nashra_publisher **publisher);
/* Throws away the drafts that are left. Takes NULL. */
void nashra_publisher_destroy(struct nashra_publisher *publisher);

/* Takes over the draft of a result. @param output borrowed until `published`. 0 or NASHRA_ENOMEM. */
int nashra_publisher_add(struct nashra_publisher *publisher, void *job, const char *output, const char *token,
                         const struct nashra_job_result *result);
/* Results that were added and not published yet. */
size_t nashra_publisher_waiting(const struct nashra_publisher *publisher);
/* Readable when a step has something to do. */
int nashra_publisher_fd(const struct nashra_publisher *publisher);
/* Publishes a group when it is large or old enough, or at once with `now`; the disk is not waited for. 0, NASHRA_EIO
 * (the disk failed) or NASHRA_EINTERNAL: reported. */
int nashra_publisher_step(struct nashra_publisher *publisher, bool now);

#endif
