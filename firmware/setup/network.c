/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nashra/io.h>

enum { TRIES = 3 };

/* The request ----------------------------------------------------------------------------------------------------- */

static void add_hex(struct nashra_buffer *out, const char *name, const char *bytes) {
    nashra_buffer_add_format(out, "%s ", name);
    for (; *bytes; bytes++)
        nashra_buffer_add_format(out, "%02x", (unsigned char)*bytes);
    nashra_buffer_add_string(out, "\n");
}

int nashra_network_write(const struct nashra_network *network, struct nashra_buffer *out) {
    add_hex(out, "ssid", network->ssid);
    if (network->password[0])
        add_hex(out, "password", network->password);
    if (network->country[0])
        nashra_buffer_add_format(out, "country %s\n", network->country);
    if (network->hidden)
        nashra_buffer_add_string(out, "hidden\n");
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const char *text, size_t length, char *out, size_t room) {
    if (length % 2 || length / 2 >= room)
        return false;
    for (size_t i = 0; i < length / 2; i++) {
        const int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        if (high < 0 || low < 0 || high + low == 0)
            return false;
        out[i] = (char)(high * 16 + low);
    }
    out[length / 2] = '\0';
    return true;
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool read_line(const char *line, size_t length, struct nashra_network *network) {
    if (length > 5 && strncmp(line, "ssid ", 5) == 0)
        return read_hex(line + 5, length - 5, network->ssid, sizeof network->ssid);
    if (length > 9 && strncmp(line, "password ", 9) == 0)
        return read_hex(line + 9, length - 9, network->password, sizeof network->password) &&
               !nashra_owner_has_control(network->password);
    if (length == 10 && strncmp(line, "country ", 8) == 0 && is_capital(line[8]) && is_capital(line[9])) {
        memcpy(network->country, line + 8, 2);
        return true;
    }
    network->hidden = network->hidden || (length == 6 && strncmp(line, "hidden", 6) == 0);
    return length == 6 && network->hidden;
}

int nashra_network_read(const char *text, struct nashra_network *network) {
    *network = (struct nashra_network){.hidden = false};
    for (int number = 1; *text; number++) {
        const size_t length = strcspn(text, "\n");
        if (!read_line(text, length, network))
            return nashra_fail(NASHRA_EDATA, "the Wi-Fi that was asked for: line %d is no such thing", number);
        text += length + (text[length] == '\n');
    }
    return network->ssid[0] ? NASHRA_OK : nashra_fail(NASHRA_EDATA, "the Wi-Fi that was asked for has no name");
}

/* The keyfile ----------------------------------------------------------------------------------------------------- */

static uint64_t hash(const char *text, uint64_t sum) {
    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 1099511628211u;
    return sum;
}

void nashra_network_uuid(const struct nashra_network *network, char uuid[37]) {
    const uint64_t a = hash(network->ssid, 14695981039346656037u), b = hash(network->ssid, a);
    /* Version 8: made by a rule of one's own (RFC 9562, 5.8). */
    snprintf(uuid, 37, "%08x-%04x-8%03x-%04x-%012llx", (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xFFFF),
             (unsigned)(a & 0xFFF), (unsigned)(0x8000 | (b >> 48 & 0x3FFF)), (unsigned long long)(b & 0xFFFFFFFFFFFFu));
}

/* As GKeyFile wants it: no space at the edge, no line end, no backslash as it is. */
static void add_escaped(struct nashra_buffer *out, const char *text) {
    for (; *text; text++)
        if (*text == ' ')
            nashra_buffer_add_string(out, "\\s");
        else if (*text == '\\')
            nashra_buffer_add_string(out, "\\\\");
        else
            nashra_buffer_add(out, text, 1);
}

int nashra_network_keyfile(const struct nashra_network *network, struct nashra_buffer *out) {
    char uuid[37];
    nashra_network_uuid(network, uuid);
    nashra_buffer_add_format(out,
                             "[connection]\nid=nashra-%.8s\nuuid=%s\ntype=wifi\nautoconnect-priority=10\n"
                             "autoconnect-retries=0\n\n[wifi]\nmode=infrastructure\nssid=",
                             uuid, uuid);
    /* A list of bytes: it may hold anything. */
    for (const char *at = network->ssid; *at; at++)
        nashra_buffer_add_format(out, "%u;", (unsigned char)*at);
    nashra_buffer_add_string(out, network->hidden ? "\nhidden=true\n" : "\n");
    if (network->password[0]) {
        nashra_buffer_add_string(out, "\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=");
        add_escaped(out, network->password);
        nashra_buffer_add_string(out, "\n");
    }
    nashra_buffer_add_string(out, "\n[ipv4]\nmethod=auto\n\n[ipv6]\nmethod=auto\n");
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int write_file(const char *path, const struct nashra_buffer *text) {
    char part[600];
    snprintf(part, sizeof part, "%s.part", path);
    unlink(part);
    const int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    const bool good = nashra_io_write(fd, text->data, text->length) == 0 && fsync(fd) == 0;
    close(fd);
    if (good && rename(part, path) == 0)
        return 0;
    unlink(part);
    return -1;
}

/* Writes it where NetworkManager looks for it. 0 and the path, or -1. */
static int write_keyfile(const struct nashra_network *network, const char *root, char path[512]) {
    static const char *const folders[] = {"/etc/NetworkManager/system-connections",
                                          "/run/NetworkManager/system-connections"};
    struct nashra_buffer text = {0};
    char uuid[37];
    int result = nashra_network_keyfile(network, &text);
    nashra_network_uuid(network, uuid);
    for (size_t i = 0; i < 2 && (i == 0 || result < 0); i++) {
        snprintf(path, 512, "%s%s/nashra-%.8s.nmconnection", root, folders[i], uuid);
        if (text.failed)
            break;
        result = write_file(path, &text);
    }
    if (result < 0)
        nashra_log(NASHRA_LOG_ERROR, "%s: %s", path, strerror(errno));
    nashra_buffer_finish(&text);
    return result;
}

/* NetworkManager -------------------------------------------------------------------------------------------------- */

/* Runs a program with its messages in English; appends what it says. Its exit code; 127: it isn't there. */
static int run(char *const arguments[], struct nashra_buffer *said) {
    int ends[2], status = 127 << 8;
    if (pipe(ends) != 0)
        return 127;
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    close(ends[1]);
    char chunk[512];
    for (ssize_t got; child > 0 && (got = read(ends[0], chunk, sizeof chunk)) > 0;)
        nashra_buffer_add(said, chunk, (size_t)got);
    close(ends[0]);
    if (child > 0)
        waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

static int run_quietly(char *const arguments[]) {
    struct nashra_buffer said = {0};
    const int code = run(arguments, &said);
    if (code != 0)
        nashra_log(NASHRA_LOG_INFO, "%s: code %d: %s", arguments[0], code, nashra_buffer_string(&said));
    nashra_buffer_finish(&said);
    return code;
}

/* What `nmcli connection up` says in English. */
static enum nashra_prompt judge(int code, const char *said) {
    if (code == 0)
        return NASHRA_PROMPT_WIFI_JOINED;
    if (strstr(said, "ecrets were required") || strstr(said, "supplicant"))
        return NASHRA_PROMPT_WIFI_PASSWORD;
    if (strstr(said, "could not be found"))
        return NASHRA_PROMPT_WIFI_MISSING;
    if (strstr(said, "No suitable device"))
        return NASHRA_PROMPT_WIFI_NONE;
    return NASHRA_PROMPT_WIFI_FAILED;
}

/* A radio that was just switched on has seen no network yet: it looks round before the second try. */
static enum nashra_prompt connect_to(char *uuid) {
    struct nashra_buffer said = {0};
    enum nashra_prompt verdict = NASHRA_PROMPT_WIFI_MISSING;
    for (int i = 0; i < TRIES && verdict == NASHRA_PROMPT_WIFI_MISSING; i++) {
        if (i > 0)
            run_quietly((char *[]){"nmcli", "--wait", "20", "device", "wifi", "list", "--rescan", "yes", NULL});
        nashra_buffer_clear(&said);
        const int code = run((char *[]){"nmcli", "--wait", "60", "connection", "up", "uuid", uuid, NULL}, &said);
        verdict = judge(code, nashra_buffer_string(&said));
        nashra_log(code ? NASHRA_LOG_WARNING : NASHRA_LOG_INFO, "nmcli: code %d: %s", code,
                   nashra_buffer_string(&said));
    }
    nashra_buffer_finish(&said);
    return verdict;
}

enum nashra_prompt nashra_network_join(const struct nashra_network *network, const char *root) {
    char path[512], uuid[37], country[3];
    nashra_network_uuid(network, uuid);
    snprintf(country, sizeof country, "%s", network->country);
    /* Without a country the radio of a Raspberry Pi stays off. */
    if (country[0])
        run_quietly((char *[]){"iw", "reg", "set", country, NULL});
    run_quietly((char *[]){"rfkill", "unblock", "wifi", NULL});
    run_quietly((char *[]){"nmcli", "radio", "wifi", "on", NULL});
    if (write_keyfile(network, root, path) < 0)
        return NASHRA_PROMPT_SETUP_UNSAVED;
    run_quietly((char *[]){"nmcli", "connection", "load", path, NULL});
    return connect_to(uuid);
}
