/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which encoding bytes are in, and one character of it. */
#ifndef NASHRA_ARTICLE_CHARSET_H
#define NASHRA_ARTICLE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nashra_charset_form {
    NASHRA_CHARSET_UTF8,
    NASHRA_CHARSET_UTF16LE,
    NASHRA_CHARSET_UTF16BE,
    NASHRA_CHARSET_UTF32LE,
    NASHRA_CHARSET_UTF32BE,
    NASHRA_CHARSET_BYTES /* a byte a character, by table */
};

/* What nashra_charset_decode() says of bytes that are no character of the encoding, and of NUL. */
#define NASHRA_CHARSET_MALFORMED 0xFFFFFFFFu

struct nashra_charset {
    enum nashra_charset_form form;
    char name[32]; /* the IANA name */
    size_t bom;    /* bytes of the byte order mark, 0 when there is none */
    bool clean;    /* UTF-8, well-formed, without NUL: it can be taken as it is */
    uint16_t table[256];
};

/* Finds the encoding. Anything can be read as something: it can't fail but for want of memory.
 * @param declared what the server or the document says it is, or NULL: it counts where the bytes are no UTF-8 and don't
 * look like Arabic in another. */
int nashra_charset_detect(const unsigned char *bytes, size_t length, const char *declared,
                          struct nashra_charset *charset);

/* What markup says of itself at its beginning (<meta charset>, <?xml encoding?>). False when it doesn't, or when it is
 * no markup. */
bool nashra_charset_declared(const unsigned char *bytes, size_t length, char name[32]);

/* Decodes one character of at least one byte. Returns the bytes it takes. */
size_t nashra_charset_decode(const struct nashra_charset *charset, const unsigned char *bytes, size_t length,
                             uint32_t *c);

#endif
