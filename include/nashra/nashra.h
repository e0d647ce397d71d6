/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file nashra.h  All of the public API. */
#ifndef NASHRA_NASHRA_H
#define NASHRA_NASHRA_H

#include <nashra/ahead.h>
#include <nashra/announce.h>
#include <nashra/article.h>
#include <nashra/ascii.h>
#include <nashra/audio.h>
#include <nashra/clip.h>
#include <nashra/diacritise.h>
#include <nashra/document.h>
#include <nashra/encode.h>
#include <nashra/feed.h>
#include <nashra/io.h>
#include <nashra/keys.h>
#include <nashra/lexicon.h>
#include <nashra/memory.h>
#include <nashra/news.h>
#include <nashra/nn.h>
#include <nashra/normalise.h>
#include <nashra/number.h>
#include <nashra/phonemise.h>
#include <nashra/pipeline.h>
#include <nashra/prompts.h>
#include <nashra/reader.h>
#include <nashra/save.h>
#include <nashra/sound.h>
#include <nashra/status.h>
#include <nashra/store.h>
#include <nashra/stories.h>
#include <nashra/synth.h>
#include <nashra/table.h>
#include <nashra/text.h>
#include <nashra/utf8.h>
#include <nashra/wire.h>

#endif
