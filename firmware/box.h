/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box: the reader in the middle, and what carries out its actions around it. */
#ifndef NASHRAD_BOX_H
#define NASHRAD_BOX_H

#include "config.h"

struct nashrad_box;

/* Creates every part. What can come later (a card, a key, an article, the worker) is waited for while it runs.
 * @param config borrowed. @param layout borrowed. @param program starts the worker. @param faulty: the configuration
 * had errors, which is spoken. @return 0 or the status of what the box can't be without. */
int nashrad_box_create(const struct nashrad_config *config, const struct nashra_layout *layout, const char *program,
                       bool faulty, struct nashrad_box **box);
/* Takes NULL. */
void nashrad_box_destroy(struct nashrad_box *box);

enum { NASHRAD_EXIT_OFF = 10 };

/* Runs until SIGTERM or SIGINT (0), or until the listener switches off (NASHRAD_EXIT_OFF). */
int nashrad_box_run(struct nashrad_box *box);

#endif
