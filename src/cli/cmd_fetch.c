/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

static const char help[] = "Usage: nashra fetch [OPTION…] URL\n"
                           "\n"
                           "Fetches a page and prints its story as plain text: the title behind #, headings\n"
                           "behind ##, a paragraph a line. To hear it: nashra say URL\n"
                           "\n"
                           "  --raw                  the bytes as the server gives them, unpacked\n"
                           "  -o, --output FILE      into a file; it appears when it is complete\n"
                           "  --timeout SECONDS      for all of it (1 to 600, default 30)\n"
                           "  --allow-http           plain http to other machines as well: others can read\n"
                           "                         and change it on its way\n";

static int write_story(const struct nashra_cli_options *options, const struct nashra_fetch_response *response) {
    struct nashra_buffer text = {0};
    int status = NASHRA_OK;
    if (options->raw)
        nashra_buffer_add(&text, response->bytes, response->length);
    else
        status = nashra_page_text(response->bytes, response->length, options->file, &text);
    if (status >= 0 && text.failed)
        status = NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_cli_write(options->output, &text);
    nashra_buffer_finish(&text);
    return status;
}

int nashra_cmd_fetch(int argc, char **argv) {
    struct nashra_cli_options options = {0};
    struct nashra_fetch_response response;
    int status = nashra_cli_parse(argc, argv, "oHRT", &options);
    if (status < 0)
        return nashra_exit_code(status);
    if (options.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    nashra_cli_catch_signals();
    const struct nashra_fetch_request request = {.url = options.file,
                                                 .allow_http = options.allow_http,
                                                 .stopped = nashra_cli_stopped,
                                                 .seconds = (unsigned)options.timeout};
    status = nashra_fetch(&request, &response);
    if (status >= 0)
        status = write_story(&options, &response);
    nashra_fetch_finish(&response);
    return nashra_cli_finish(status);
}
