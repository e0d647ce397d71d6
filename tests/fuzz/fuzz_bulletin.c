/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts of bulletins: whatever the bytes, the script is read or refused, and what it names can be listed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bulletin_inputs.h"

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    if (strlen(message) > 1 << 20)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_script script;
    nashra_log_set_handler(ignore, NULL);
    if (nashra_script_init(&script) < 0)
        return 0;
    const int status = nashra_script_read(&script, (const char *)data, size, "dir/fuzz.ini");
    if (status != NASHRA_OK && status != NASHRA_ECONFIG)
        abort();
    nashra_script_sort(&script);
    const char *const *inputs = nashra_script_inputs(&script);
    for (size_t i = 0; inputs[i]; i++)
        if (!*inputs[i])
            abort();
    for (size_t i = 0; i + 1 < script.count; i++)
        if (script.items[i].order > script.items[i + 1].order || !script.items[i].where)
            abort();
    for (size_t i = 0; status == NASHRA_OK && i < script.count; i++)
        if (!script.items[i].file == !script.items[i].text)
            abort();
    nashra_script_finish(&script);
    return 0;
}
