/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One URL by libcurl, with its limits. */
#ifndef NASHRA_FETCH_TRANSFER_H
#define NASHRA_FETCH_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/memory.h>

/* Strings are borrowed; "" for what isn't there. */
struct nashra_transfer_wish {
    const char *url;
    const char *etag;
    const char *modified;
    const char *agent;
    size_t most_bytes;  /* of the body, unpacked */
    long seconds;       /* for all of it */
    long redirects;     /* at most so many */
    bool allow_http;    /* plain HTTP to anybody, not only to this machine */
    bool refuse_inside; /* no address of this machine or a private network, unless the URL itself names one */
};

/* Owned; finish it. */
struct nashra_transfer {
    long code;                /* of HTTP */
    int64_t retry_after;      /* seconds; 0: not said */
    int64_t max_age;          /* seconds that it stays fresh; 0: not said */
    bool inside;              /* it came from this machine or a private network */
    struct nashra_buffer url; /* where it was found in the end */
    struct nashra_buffer type;
    struct nashra_buffer etag;
    struct nashra_buffer modified;
    struct nashra_buffer body;
};

/* To be called once before the cage is closed: libraries and certificates are loaded. 0 or negative. */
int nashra_transfer_prepare(void);

/* @return 0 when a response was had, whatever its code; NASHRA_EUSAGE (an address that can't be fetched, plain HTTP),
 * NASHRA_EDATA (too large, cut off, malformed, too many redirects), NASHRA_EIO (certificate), NASHRA_EAGAIN (no
 * network, too slow), NASHRA_ENOMEM: reported with the URL. */
int nashra_transfer_run(const struct nashra_transfer_wish *wish, struct nashra_transfer *transfer);
void nashra_transfer_finish(struct nashra_transfer *transfer);

#endif
