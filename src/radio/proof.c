/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof.h"
int nashra_proof(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out) {
    (void)bulletin;
    (void)sound;
    (void)out;
    return 0;
}
