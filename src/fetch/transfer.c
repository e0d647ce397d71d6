/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer.h"

#include <curl/curl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"

enum { CONNECT_SECONDS = 10, SLOW_BYTES = 100, SLOW_SECONDS = 15 };

struct run {
    const struct nashra_transfer_wish *wish;
    struct nashra_transfer *transfer;
    CURL *curl;
    CURLU *url;
    struct curl_slist *headers;
    bool may_go_inside;
    bool went_inside;    /* the last connection did */
    bool refused_inside; /* the connection was not made */
    bool too_large;
    char cause[CURL_ERROR_SIZE];
};

/* A name is looked up to load what looks names up, before the cage closes. */
int nashra_transfer_prepare(void) {
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", "443", NULL, &found) == 0)
        freeaddrinfo(found);
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
               ? NASHRA_OK
               : nashra_fail(NASHRA_EINTERNAL, "libcurl can't be started");
}

/* Addresses ------------------------------------------------------------------------------------------------------- */

static bool is_scheme(const char *scheme, const char *name) {
    return scheme && strcasecmp(scheme, name) == 0;
}

/* What is wrong with an address; NULL: nothing. */
static const char *fault_of(const struct run *run, const char *scheme, const char *host, bool was_https) {
    if (is_scheme(scheme, "https"))
        return NULL;
    if (!is_scheme(scheme, "http"))
        return "only https can be fetched";
    if (was_https)
        return "the way from https to plain http is refused";
    if (!run->wish->allow_http && !nashra_host_is_loopback(host))
        return "plain http can be read and changed on its way: use https, or --allow-http";
    return NULL;
}

/* Of run->url. @param first the URL that was asked for, not one that a server led to. */
static int check_url(struct run *run, bool first, bool was_https) {
    char *url = NULL, *scheme = NULL, *host = NULL;
    int status = NASHRA_OK;
    curl_url_get(run->url, CURLUPART_URL, &url, 0);
    curl_url_get(run->url, CURLUPART_SCHEME, &scheme, 0);
    curl_url_get(run->url, CURLUPART_HOST, &host, 0);
    const char *fault = fault_of(run, scheme, host ? host : "", was_https);
    if (!fault && host && nashra_host_is_inside(host) && (first ? run->wish->refuse_inside : !run->may_go_inside))
        fault = "the way into the private network is refused";
    if (fault && first)
        status = nashra_fail(NASHRA_EUSAGE, "%s: %s", run->wish->url, fault);
    else if (fault)
        status = nashra_fail(NASHRA_EDATA, "%s: leads to %s: %s", run->wish->url, url ? url : "nowhere", fault);
    curl_free(url);
    curl_free(scheme);
    curl_free(host);
    return status;
}

static bool has_proxy(void) {
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return true;
    }
    return false;
}

/* Behind a proxy the address is the proxy's: where it goes is its business. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
    struct run *run = user;
    (void)purpose;
    run->went_inside = nashra_address_is_inside(&address->addr);
    if (run->went_inside && !run->may_go_inside && !has_proxy()) {
        run->refused_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* One exchange ---------------------------------------------------------------------------------------------------- */

static size_t take_body(char *bytes, size_t size, size_t count, void *user) {
    struct run *run = user;
    struct nashra_buffer *body = &run->transfer->body;
    const size_t length = size * count;
    if (length > run->wish->most_bytes || body->length > run->wish->most_bytes - length) {
        run->too_large = true;
        return 0;
    }
    return nashra_buffer_add(body, bytes, length) < 0 ? 0 : length;
}

static int add_header(struct run *run, const char *name, const char *value) {
    struct nashra_buffer line = {0};
    nashra_buffer_add_format(&line, "%s: %s", name, value);
    struct curl_slist *longer = line.failed ? NULL : curl_slist_append(run->headers, line.data);
    nashra_buffer_finish(&line);
    if (!longer)
        return NASHRA_ENOMEM;
    run->headers = longer;
    return NASHRA_OK;
}

static int add_headers(struct run *run) {
    int status = add_header(run, "Accept",
                            "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
                            "application/feed+json, application/epub+zip, text/plain, */*;q=0.1");
    if (status >= 0)
        status = add_header(run, "Accept-Language", "ar, *;q=0.5");
    if (status >= 0 && *run->wish->etag)
        status = add_header(run, "If-None-Match", run->wish->etag);
    if (status >= 0 && *run->wish->modified)
        status = add_header(run, "If-Modified-Since", run->wish->modified);
    return status;
}

static void set_certificates(CURL *curl) {
    const char *file = getenv("CURL_CA_BUNDLE");
    if (!file || !*file)
        file = getenv("SSL_CERT_FILE");
    if (file && *file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, file);
}

static void set_options(struct run *run) {
    CURL *curl = run->curl;
    curl_easy_setopt(curl, CURLOPT_CURLU, run->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https"); /* check_url() says when http */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)run->wish->most_bytes);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, run->wish->agent);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, run->headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, run);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, run);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, run->cause);
    set_certificates(curl);
}

static int too_large(const struct run *run) {
    return nashra_fail(NASHRA_EDATA, "%s: larger than %zu KiB; no page that is read aloud is", run->wish->url,
                       run->wish->most_bytes / 1024);
}

static int judge(const struct run *run, CURLcode code) {
    const char *url = run->wish->url, *cause = *run->cause ? run->cause : curl_easy_strerror(code);
    if (run->transfer->body.failed || code == CURLE_OUT_OF_MEMORY)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", url);
    if (run->too_large || code == CURLE_FILESIZE_EXCEEDED)
        return too_large(run);
    if (run->refused_inside)
        return nashra_fail(NASHRA_EDATA, "%s: the way into the private network is refused", url);
    switch (code) {
    case CURLE_OK:
        return NASHRA_OK;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return nashra_fail(NASHRA_EDATA, "%s: cut off: %s", url, cause);
    case CURLE_BAD_CONTENT_ENCODING:
        return nashra_fail(NASHRA_EDATA, "%s: its compression is damaged: %s", url, cause);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return nashra_fail(NASHRA_EIO, "%s: no secure connection: %s", url, cause);
    case CURLE_OPERATION_TIMEDOUT:
        return nashra_fail(NASHRA_EAGAIN, "%s: too slow: %s", url, cause);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        return nashra_fail(NASHRA_EAGAIN, "%s: can't be reached: %s", url, cause);
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        return nashra_fail(NASHRA_EAGAIN, "%s: the connection failed: %s", url, cause);
    default:
        return nashra_fail(NASHRA_EDATA, "%s: %s", url, cause);
    }
}

/* Where the server leads to, when it does; freed by curl_free(). */
static char *redirect_of(CURL *curl) {
    char *target = NULL;
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 304 || curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &target) != CURLE_OK)
        return NULL;
    return target;
}

static int follow(struct run *run, const char *target) {
    char *scheme = NULL;
    curl_url_get(run->url, CURLUPART_SCHEME, &scheme, 0);
    const bool was_https = is_scheme(scheme, "https");
    curl_free(scheme);
    run->may_go_inside = run->may_go_inside && run->went_inside;
    if (curl_url_set(run->url, CURLUPART_URL, target, CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE) != CURLUE_OK)
        return nashra_fail(NASHRA_EDATA, "%s: leads to %s, which is no address", run->wish->url, target);
    return check_url(run, false, was_https);
}

/* The clock runs over all hops. */
static int exchange(struct run *run, long *milliseconds_left) {
    double seconds = 0;
    run->transfer->body.length = 0;
    *run->cause = '\0';
    curl_easy_setopt(run->curl, CURLOPT_TIMEOUT_MS, *milliseconds_left);
    const CURLcode code = curl_easy_perform(run->curl);
    curl_easy_getinfo(run->curl, CURLINFO_TOTAL_TIME, &seconds);
    *milliseconds_left -= (long)(seconds * 1000);
    if (*milliseconds_left < 1)
        *milliseconds_left = 1;
    return judge(run, code);
}

static int follow_all(struct run *run) {
    long milliseconds = run->wish->seconds * 1000;
    for (long hops = 0;; hops++) {
        int status = exchange(run, &milliseconds);
        if (status < 0)
            return status;
        const char *target = redirect_of(run->curl);
        if (!target)
            return NASHRA_OK;
        if (hops == run->wish->redirects)
            return nashra_fail(NASHRA_EDATA, "%s: leads on more than %ld times, at last to %s", run->wish->url, hops,
                               target);
        status = follow(run, target);
        if (status < 0)
            return status;
    }
}

/* The response ---------------------------------------------------------------------------------------------------- */

static void keep_header(CURL *curl, const char *name, struct nashra_buffer *out) {
    struct curl_header *header;
    if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
        nashra_buffer_add_string(out, header->value);
}

/* max-age of Cache-Control (RFC 9111, 5.2.2.1). */
static int64_t max_age_of(CURL *curl) {
    static const char directive[] = "max-age=";
    struct nashra_buffer control = {0};
    keep_header(curl, "Cache-Control", &control);
    const char *found = strstr(nashra_buffer_string(&control), directive);
    const long long seconds = found ? strtoll(found + sizeof directive - 1, NULL, 10) : 0;
    nashra_buffer_finish(&control);
    return seconds > 0 ? (int64_t)seconds : 0;
}

static int keep_response(struct run *run) {
    struct nashra_transfer *transfer = run->transfer;
    curl_off_t retry_after = 0;
    char *url = NULL;
    curl_easy_getinfo(run->curl, CURLINFO_RESPONSE_CODE, &transfer->code);
    curl_easy_getinfo(run->curl, CURLINFO_RETRY_AFTER, &retry_after);
    transfer->retry_after = retry_after;
    transfer->max_age = max_age_of(run->curl);
    transfer->inside = run->went_inside;
    curl_url_get(run->url, CURLUPART_URL, &url, 0);
    nashra_buffer_add_string(&transfer->url, url ? url : run->wish->url);
    curl_free(url);
    keep_header(run->curl, "Content-Type", &transfer->type);
    keep_header(run->curl, "ETag", &transfer->etag);
    keep_header(run->curl, "Last-Modified", &transfer->modified);
    if (transfer->url.failed || transfer->type.failed || transfer->etag.failed || transfer->modified.failed)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", run->wish->url);
    return NASHRA_OK;
}

static int perform(struct run *run) {
    run->curl = curl_easy_init();
    run->url = curl_url();
    if (!run->curl || !run->url)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", run->wish->url);
    const CURLUcode parsed = curl_url_set(run->url, CURLUPART_URL, run->wish->url,
                                          CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_DEFAULT_SCHEME);
    if (parsed != CURLUE_OK)
        return nashra_fail(NASHRA_EUSAGE, "%s: is no address: %s", run->wish->url, curl_url_strerror(parsed));
    int status = check_url(run, true, false);
    if (status >= 0 && add_headers(run) < 0)
        status = nashra_fail(NASHRA_ENOMEM, "%s: out of memory", run->wish->url);
    if (status < 0)
        return status;
    set_options(run);
    status = follow_all(run);
    return status < 0 ? status : keep_response(run);
}

int nashra_transfer_run(const struct nashra_transfer_wish *wish, struct nashra_transfer *transfer) {
    struct run run = {.wish = wish, .transfer = transfer, .may_go_inside = !wish->refuse_inside};
    *transfer = (struct nashra_transfer){0};
    const int status = perform(&run);
    curl_easy_cleanup(run.curl);
    curl_url_cleanup(run.url);
    curl_slist_free_all(run.headers);
    if (status < 0)
        nashra_transfer_finish(transfer);
    return status;
}

void nashra_transfer_finish(struct nashra_transfer *transfer) {
    nashra_buffer_finish(&transfer->url);
    nashra_buffer_finish(&transfer->type);
    nashra_buffer_finish(&transfer->etag);
    nashra_buffer_finish(&transfer->modified);
    nashra_buffer_finish(&transfer->body);
}
