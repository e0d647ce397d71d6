/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the owner of a box wants of it: nashra.ini on a memory stick.
 *
 * One setting a line, `name = value`, in English or Arabic (data/setup.tsv), in any order; a line that begins with # or
 * ; is a comment, [sections] are for the eye. Whatever charset a text editor made of it is understood, and marks of
 * direction are left out. A value is all that stands behind the equals sign, so that a password may hold any character;
 * quotes around a value keep its spaces. That is why inih, which ends a value at a semicolon, is not asked here. */
#ifndef NASHRA_OWNER_H
#define NASHRA_OWNER_H

#include <stdbool.h>

#include <nashra/memory.h>
#include <nashra/prompts.h>

enum {
    NASHRA_OWNER_SSID_MAX = 32, /* bytes; IEEE 802.11 */
    NASHRA_OWNER_FAULTS = 5,    /* more are counted only */
    NASHRA_OWNER_FILE_MAX = 65536
};

struct nashra_owner_fault {
    size_t line;
    enum nashra_prompt cause;
};

/* What was not said is "" or 0. */
struct nashra_owner {
    char ssid[NASHRA_OWNER_SSID_MAX + 1];
    char password[65]; /* 8 … 63 bytes, or 64 hexadecimal digits; "": an open network */
    bool password_refused;
    char country[3]; /* ISO 3166, capitals */
    bool hidden;
    char language[3]; /* ar, en */
    char layout[16];  /* one, three, five, twelve, encoder */
    char autoplay[4]; /* yes, no */
    int volume, rate;
    struct nashra_buffer feeds; /* addresses, one a line */
    size_t settings;            /* lines that said something of language, layout, autoplay, volume, rate */
    struct nashra_owner_fault faults[NASHRA_OWNER_FAULTS];
    size_t fault_count;
};

struct nashra_owner_words;

/* Loads data/setup.tsv. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_owner_words_load(struct nashra_owner_words **words);
/* Takes NULL. */
void nashra_owner_words_destroy(struct nashra_owner_words *words);

/* Reads the bytes of a file over what is there; what is right in it holds. Faults are logged with `name`, line and
 * cause, and noted. 0 or NASHRA_ENOMEM. */
int nashra_owner_read(struct nashra_owner *owner, const struct nashra_owner_words *words, const char *bytes,
                      size_t length, const char *name);
/* True when a password or an address holds what nobody can type. */
bool nashra_owner_has_control(const char *value);
void nashra_owner_finish(struct nashra_owner *owner);

/* Appends the settings as nashrad reads them. 0 or NASHRA_ENOMEM. */
int nashra_owner_write(const struct nashra_owner *owner, struct nashra_buffer *out);

#endif
