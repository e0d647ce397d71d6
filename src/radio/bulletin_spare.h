/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bulletin is made of is not written over. */
#ifndef NASHRA_RADIO_BULLETIN_SPARE_H
#define NASHRA_RADIO_BULLETIN_SPARE_H

#include <nashra/bulletin.h>

/* 0; NASHRA_EUSAGE when `path` is one of the files that the bulletin is made of, by whatever name; NASHRA_ENOMEM. */
int nashra_bulletin_spare(const struct nashra_bulletin *bulletin, const char *path);

#endif
