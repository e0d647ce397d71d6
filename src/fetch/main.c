/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashra-fetch: reads a request from standard input, fetches one URL in a cage, replies on standard output
 * (src/news/reply.h). It is started by nashra and of no use to people. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cage.h"
#include "reply.h"
#include "transfer.h"
#include "parcel.h"

enum { REQUEST_MOST = 64 * 1024 };

static int read_request(struct nashra_buffer *request) {
    char block[4096];
    for (ssize_t got; (got = read(STDIN_FILENO, block, sizeof block)) > 0 && request->length < REQUEST_MOST;)
        nashra_buffer_add(request, block, (size_t)got);
    return request->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int parse_request(const struct nashra_buffer *request, struct nashra_transfer_wish *wish) {
    struct nashra_parcel parcel = {nashra_buffer_string(request), request->length, false};
    wish->url = nashra_parcel_string(&parcel, NULL);
    wish->etag = nashra_parcel_string(&parcel, NULL);
    wish->modified = nashra_parcel_string(&parcel, NULL);
    wish->agent = nashra_parcel_string(&parcel, NULL);
    wish->most_bytes = (size_t)nashra_parcel_number(&parcel);
    wish->seconds = (long)nashra_parcel_number(&parcel);
    wish->redirects = (long)nashra_parcel_number(&parcel);
    wish->allow_http = nashra_parcel_number(&parcel) != 0;
    wish->refuse_inside = nashra_parcel_number(&parcel) != 0;
    return parcel.broken || parcel.left > 0 ? nashra_fail(NASHRA_EUSAGE, "nashra-fetch is started by nashra, not by hand")
                                        : NASHRA_OK;
}

/* The body comes last: it is the payload's greatest part. */
static void put_response(const struct nashra_transfer *transfer, struct nashra_buffer *payload) {
    nashra_parcel_put_number(payload, transfer->code);
    nashra_parcel_put_number(payload, transfer->retry_after);
    nashra_parcel_put_number(payload, transfer->max_age);
    nashra_parcel_put_number(payload, transfer->inside);
    nashra_parcel_put_string(payload, transfer->url.data);
    nashra_parcel_put_string(payload, transfer->type.data);
    nashra_parcel_put_string(payload, transfer->etag.data);
    nashra_parcel_put_string(payload, transfer->modified.data);
    nashra_parcel_put_bytes(payload, nashra_buffer_string(&transfer->body), transfer->body.length);
}

static int fetch(const struct nashra_buffer *request, struct nashra_buffer *payload) {
    struct nashra_transfer_wish wish = {0};
    struct nashra_transfer transfer;
    int status = parse_request(request, &wish);
    if (status >= 0)
        status = nashra_transfer_prepare();
    if (status >= 0)
        status = nashra_cage_fetcher();
    if (status < 0)
        return status;
    status = nashra_transfer_run(&wish, &transfer);
    if (status >= 0)
        put_response(&transfer, payload);
    nashra_transfer_finish(&transfer);
    return status < 0 || !payload->failed ? status : NASHRA_ENOMEM;
}

int main(void) {
    struct nashra_buffer messages = {0}, request = {0}, payload = {0};
    if (isatty(STDIN_FILENO) || isatty(STDOUT_FILENO)) {
        fputs("nashra-fetch is started by nashra, not by hand; try `nashra fetch --help`\n", stderr);
        return nashra_exit_code(NASHRA_EUSAGE);
    }
    nashra_reply_keep_messages(&messages);
    int status = read_request(&request);
    if (status >= 0)
        status = fetch(&request, &payload);
    if (status < 0)
        payload.length = 0;
    const int sent = nashra_reply_send(STDOUT_FILENO, status, &messages, &payload);
    nashra_buffer_finish(&messages);
    nashra_buffer_finish(&request);
    nashra_buffer_finish(&payload);
    /* In the cage what runs at exit may ask for what is not allowed, as a leak checker does. */
    _exit(sent == 0 ? 0 : nashra_exit_code(NASHRA_EIO));
}
