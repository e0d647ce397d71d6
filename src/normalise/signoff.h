/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The initials of those who filed an agency's report, its last line: (أ.ش/م.ن), بور/اب/جب. They are for the agency, not
 * for listeners. */
#ifndef NASHRA_NORMALISE_SIGNOFF_H
#define NASHRA_NORMALISE_SIGNOFF_H

#include "number/number.h"
#include "token/token.h"

/* Takes them off the end of an article's last sentence, where nothing but a sentence's end stands before them; their
 * bytes go to `unread`. */
int nashra_drop_sign_off(const struct nashra_numbers *numbers, struct nashra_arena *arena, struct nashra_tokens *tokens,
                         struct nashra_span *unread);

#endif
