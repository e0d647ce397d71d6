/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_LIBRARY_H
#define NASHRA_NEWS_LIBRARY_H

#include <nashra/news.h>
#include <nashra/stories.h>

#include "words.h"

/* A story's file is named by the seconds from its publication to this moment, ten digits: so the newest comes first. */
#define NASHRA_STORY_LAST 9999999999LL

struct nashra_library {
    char *folder;
    struct nashra_stories *stories;
    struct nashra_news_words words;
};

/* Appends FOLDER/name. */
int nashra_library_join(const struct nashra_library *library, const char *name, struct nashra_buffer *path);

#endif
