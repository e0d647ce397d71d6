/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stick's nashra.ini. What was taken of it must be within bounds, and must survive being written and read again; the
 * same bytes as a Wi-Fi request must be refused or come back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "network.h"

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void require(int condition) {
    if (!condition)
        abort();
}

static void check_settings(const struct nashra_owner_words *words, const struct nashra_owner *owner) {
    struct nashra_buffer text = {0};
    struct nashra_owner again = {.hidden = false};
    require(nashra_owner_write(owner, &text) == 0);
    require(nashra_owner_read(&again, words, text.data, text.length, "again") == 0);
    require(again.fault_count == 0 && again.volume == owner->volume && again.rate == owner->rate);
    require(strcmp(again.language, owner->language) == 0 && strcmp(again.layout, owner->layout) == 0);
    nashra_buffer_finish(&text);
    nashra_owner_finish(&again);
}

static void check_network(const struct nashra_network *network) {
    struct nashra_buffer text = {0};
    struct nashra_network again;
    require(nashra_network_write(network, &text) == 0);
    require(nashra_network_read(text.data, &again) == 0 && strcmp(again.ssid, network->ssid) == 0);
    require(strcmp(again.password, network->password) == 0 && again.hidden == network->hidden);
    nashra_buffer_clear(&text);
    require(nashra_network_keyfile(network, &text) == 0);
    /* Nothing of it may begin a line of its own. */
    size_t lines = 0;
    for (const char *at = text.data; *at; at++)
        lines += *at == '\n';
    require(lines == 16u + (network->password[0] ? 4 : 0) + network->hidden);
    nashra_buffer_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_owner_words *words;
    struct nashra_owner owner = {.hidden = false};
    struct nashra_network network = {.hidden = false};
    nashra_log_set_handler(ignore, NULL);
    if (!words && nashra_owner_words_load(&words) < 0)
        abort();
    require(nashra_owner_read(&owner, words, (const char *)data, size, "nashra.ini") == 0);
    check_settings(words, &owner);
    if (owner.ssid[0]) {
        memcpy(network.ssid, owner.ssid, sizeof network.ssid);
        memcpy(network.password, owner.password, sizeof network.password);
        check_network(&network);
    }
    char *text = malloc(size + 1);
    if (text) {
        memcpy(text, data, size);
        text[size] = '\0';
        if (nashra_network_read(text, &network) >= 0)
            check_network(&network);
    }
    free(text);
    nashra_owner_finish(&owner);
    return 0;
}
