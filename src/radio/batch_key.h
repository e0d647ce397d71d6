/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of what a job makes: a digest of all that decides its bytes. */
#ifndef NASHRA_RADIO_BATCH_KEY_H
#define NASHRA_RADIO_BATCH_KEY_H

#include "cache_hash.h"
#include "manifest.h"

/* The program, the libraries it runs with, tables, models and the voice. @return 0, NASHRA_ECONFIG (no tables, no
 * voice), NASHRA_EIO or NASHRA_ENOMEM. */
int nashra_engine_fingerprint(struct nashra_digest *engine);

struct nashra_keyring;

/* @param engine NULL: keys that don't depend on it. 0 or NASHRA_ENOMEM. */
int nashra_keyring_create(const struct nashra_digest *engine, struct nashra_keyring **ring);
/* Takes NULL. */
void nashra_keyring_destroy(struct nashra_keyring *ring);

/* @param body the bytes of a job's text or article, which the caller has read; unused for other sources.
 * @return 0; NASHRA_ENOINPUT, NASHRA_EIO, or what a bulletin's script is refused with: reported; NASHRA_ENOMEM. */
int nashra_keyring_job(struct nashra_keyring *ring, const struct nashra_job *job, const char *body, size_t length,
                       struct nashra_digest *key);

#endif
