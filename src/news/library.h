/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_LIBRARY_H
#define NASHRA_NEWS_LIBRARY_H

#include <nashra/news.h>
#include <nashra/stories.h>

#include "words.h"

struct nashra_library {
    char *folder;
    struct nashra_stories *stories;
    struct nashra_news_words words;
};

/* Appends FOLDER/name. */
int nashra_library_join(const struct nashra_library *library, const char *name, struct nashra_buffer *path);

#endif
