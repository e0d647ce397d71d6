/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The article that tells what the keys do: nashra-keys.txt in a folder of articles. */
#ifndef NASHRAD_KEYS_PAGE_H
#define NASHRAD_KEYS_PAGE_H

#include "config.h"

#define NASHRAD_KEYS_PAGE "nashra-keys.txt"

/* Where a folder holds the page of another layout, writes that of the layout in use in its place. A file with another
 * title is its owner's, and one that was removed stays so. What can't be written is logged. */
void nashrad_keys_page_fit(const struct nashrad_config *config);

#endif
