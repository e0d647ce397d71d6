/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job that is a bulletin, as <nashra/bulletin.h> wants it. */
#ifndef NASHRA_RADIO_BATCH_BULLETIN_H
#define NASHRA_RADIO_BATCH_BULLETIN_H

#include <nashra/bulletin.h>

#include "cache_hash.h"
#include "manifest.h"

bool nashra_job_is_bulletin(const struct nashra_job *job);

/* Loads script, articles, text and settings. @return 0, or what <nashra/bulletin.h> refuses them with (reported). */
int nashra_job_bulletin(const struct nashra_job *job, struct nashra_bulletin **bulletin);

/* Whether it tells the time and nobody said which: then it is that of the run, for all jobs and tries. */
bool nashra_bulletin_needs_time(const struct nashra_bulletin *bulletin);

/* Adds the settings of the bulletin. 0 or NASHRA_ENOMEM. */
int nashra_job_add_settings(const struct nashra_job *job, struct nashra_hash *hash);

#endif
