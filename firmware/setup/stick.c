/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stick.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/news.h>

#include <nashra/io.h>

#include "copy.h"
#include "network.h"
#include "tell.h"

enum { PATH_MAX_BYTES = 1024 };

/* Small files ----------------------------------------------------------------------------------------------------- */

static int read_file(const char *path, struct nashra_buffer *out) {
    char chunk[4096];
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = -1;
    while (fd >= 0 && out->length < NASHRA_OWNER_FILE_MAX && (got = read(fd, chunk, sizeof chunk)) > 0)
        nashra_buffer_add(out, chunk, (size_t)got);
    if (fd >= 0)
        close(fd);
    return fd < 0 || got < 0 || out->failed ? NASHRA_ENOINPUT : NASHRA_OK;
}

/* As a whole or not at all. */
static int write_file(const char *path, const struct nashra_buffer *text, mode_t mode) {
    char part[PATH_MAX_BYTES + 8];
    snprintf(part, sizeof part, "%s.part", path);
    const int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    bool good = fd >= 0 && nashra_io_write(fd, text->data, text->length) == 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    good = good && rename(part, path) == 0;
    if (good)
        return NASHRA_OK;
    const int error = errno;
    unlink(part);
    return nashra_fail(NASHRA_ECANTCREATE, "%s can't be written: %s", path, strerror(error));
}

/* 1: it was changed; 0: it had this text already. */
static int renew_file(const char *path, const struct nashra_buffer *text, mode_t mode) {
    struct nashra_buffer before = {0};
    const bool same = read_file(path, &before) >= 0 && before.length == text->length &&
                      memcmp(before.data, text->data, text->length) == 0;
    nashra_buffer_finish(&before);
    if (same)
        return 0;
    const int status = write_file(path, text, mode);
    return status < 0 ? status : 1;
}

static void state_path(const struct nashra_setup *setup, const char *name, char path[PATH_MAX_BYTES]) {
    snprintf(path, PATH_MAX_BYTES, "%s/%s", setup->state, name);
}

static void tell(const struct nashra_setup *setup, enum nashra_prompt prompt, size_t number) {
    nashra_tell(setup->config.notices, prompt, number);
}

/* nashra.ini ------------------------------------------------------------------------------------------------------ */

/* Windows hides endings, and puts one of its own behind. */
static bool find_owner_file(const char *folder, char path[PATH_MAX_BYTES]) {
    static const char *const names[] = {"nashra.ini", "nashra.ini.txt", "nashra.txt"};
    DIR *open_folder = opendir(folder);
    struct stat about;
    bool found = false;
    for (struct dirent *entry; open_folder && !found && (entry = readdir(open_folder)) != NULL;)
        for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
            found = strcasecmp(entry->d_name, names[i]) == 0 &&
                    (size_t)snprintf(path, PATH_MAX_BYTES, "%s/%s", folder, entry->d_name) < PATH_MAX_BYTES &&
                    lstat(path, &about) == 0 && S_ISREG(about.st_mode);
    if (open_folder)
        closedir(open_folder);
    return found;
}

static void tell_faults(const struct nashra_setup *setup, const struct nashra_owner *owner) {
    for (size_t i = 0; i < owner->fault_count && i < NASHRA_OWNER_FAULTS; i++) {
        tell(setup, NASHRA_PROMPT_SETUP_LINE, owner->faults[i].line);
        tell(setup, owner->faults[i].cause, 0);
    }
}

/* Would nashrad take the layout? */
static bool layout_fits(const struct nashra_setup *setup, const char *name) {
    struct nashrad_config config = setup->config;
    struct nashra_layout *layout;
    if (nashrad_layout_open(name, &layout) < 0)
        return false;
    const bool fits = nashrad_config_check_keys(&config, layout) >= 0;
    nashra_layout_destroy(layout);
    return fits;
}

/* 1: they changed. What this stick says nothing of stays as another one set it. */
static int save_settings(const struct nashra_setup *setup, const struct nashra_owner_words *words,
                         const struct nashra_owner *owner) {
    struct nashra_owner all = {.hidden = false};
    struct nashra_buffer text = {0};
    char path[PATH_MAX_BYTES];
    state_path(setup, "owner.ini", path);
    int status = NASHRA_OK;
    if (read_file(path, &text) >= 0)
        status = nashra_owner_read(&all, words, text.data ? text.data : "", text.length, path);
    if (owner->language[0])
        memcpy(all.language, owner->language, sizeof all.language);
    if (owner->layout[0])
        memcpy(all.layout, owner->layout, sizeof all.layout);
    if (owner->autoplay[0])
        memcpy(all.autoplay, owner->autoplay, sizeof all.autoplay);
    all.volume = owner->volume ? owner->volume : all.volume;
    all.rate = owner->rate ? owner->rate : all.rate;
    nashra_buffer_clear(&text);
    if (status >= 0)
        status = nashra_owner_write(&all, &text);
    if (status >= 0)
        status = renew_file(path, &text, 0644);
    nashra_buffer_finish(&text);
    nashra_owner_finish(&all);
    return status;
}

/* 1: nashrad is to read them. */
static int take_settings(const struct nashra_setup *setup, const struct nashra_owner_words *words,
                         struct nashra_owner *owner) {
    if (owner->layout[0] && !layout_fits(setup, owner->layout)) {
        tell(setup, NASHRA_PROMPT_SETUP_LAYOUT, 0);
        owner->layout[0] = '\0';
        owner->settings--;
    }
    if (owner->settings == 0)
        return 0;
    const int changed = save_settings(setup, words, owner);
    tell(setup,
         changed < 0   ? NASHRA_PROMPT_SETUP_UNSAVED
         : changed > 0 ? NASHRA_PROMPT_SETUP_TAKEN
                       : NASHRA_PROMPT_SETUP_SAME,
         0);
    return changed;
}

/* The feeds of the list, each once; those that are there keep their names. How many are new, or a status. */
static int add_feeds(struct nashra_feeds *list, const struct nashra_owner *owner) {
    struct nashra_buffer url = {0};
    int added = 0;
    for (const char *at = nashra_buffer_string(&owner->feeds); *at && added >= 0;) {
        const size_t length = strcspn(at, "\n");
        nashra_buffer_clear(&url);
        nashra_buffer_add(&url, at, length);
        const int status = url.failed ? NASHRA_ENOMEM : nashra_feeds_add(list, url.data, NULL);
        if (status != NASHRA_EUSAGE) /* reported */
            added = status < 0 ? status : added + status;
        at += length + (at[length] == '\n');
    }
    nashra_buffer_finish(&url);
    return added;
}

/* STATE/feeds.txt, as `nashra feed` has it. */
static int take_feeds(const struct nashra_setup *setup, const struct nashra_owner *owner) {
    struct nashra_feeds *list = NULL;
    char path[PATH_MAX_BYTES];
    if (owner->feeds.length == 0)
        return NASHRA_OK;
    state_path(setup, "feeds.txt", path);
    int status = nashra_feeds_load(path, &list);
    const int added = status < 0 ? status : add_feeds(list, owner);
    status = added > 0 ? nashra_feeds_save(list) : added;
    nashra_feeds_destroy(list);
    if (status < 0)
        tell(setup, NASHRA_PROMPT_SETUP_UNSAVED, 0);
    else
        tell(setup, NASHRA_PROMPT_SETUP_FEEDS, (size_t)added);
    return status;
}

/* Leaves the request to the service that may do it. */
static int ask_for_network(const struct nashra_setup *setup, const struct nashra_owner *owner) {
    struct nashra_network network = {.hidden = owner->hidden};
    struct nashra_buffer text = {0};
    char path[PATH_MAX_BYTES];
    if (!owner->ssid[0] || owner->password_refused) /* it must not be joined without one */
        return NASHRA_OK;
    memcpy(network.ssid, owner->ssid, sizeof network.ssid);
    memcpy(network.password, owner->password, sizeof network.password);
    memcpy(network.country, owner->country, sizeof network.country);
    int status = nashra_network_write(&network, &text);
    state_path(setup, "network", path);
    if (status >= 0)
        status = write_file(path, &text, 0600);
    state_path(setup, "network.new", path);
    nashra_buffer_clear(&text);
    nashra_buffer_add_string(&text, "new\n");
    if (status >= 0)
        status = write_file(path, &text, 0600);
    nashra_buffer_finish(&text);
    tell(setup, status < 0 ? NASHRA_PROMPT_SETUP_UNSAVED : NASHRA_PROMPT_WIFI_JOINING, 0);
    return status;
}

/* 1: nashrad is to read its settings anew. */
static int take_owner(const struct nashra_setup *setup, const char *path) {
    struct nashra_owner owner = {.hidden = false};
    struct nashra_owner_words *words = NULL;
    struct nashra_buffer text = {0};
    int status = nashra_owner_words_load(&words);
    if (status >= 0)
        status = read_file(path, &text);
    if (status < 0)
        tell(setup, NASHRA_PROMPT_FAULT_CONFIG, 0);
    else
        status = nashra_owner_read(&owner, words, text.data ? text.data : "", text.length, path);
    if (status >= 0) {
        tell_faults(setup, &owner);
        const int network = ask_for_network(setup, &owner), feeds = take_feeds(setup, &owner);
        const int settings = take_settings(setup, words, &owner);
        status = network < 0 ? network : feeds < 0 ? feeds : settings;
    }
    char line[32];
    if (status > 0 && owner.volume) {
        snprintf(line, sizeof line, "set volume %d", owner.volume);
        nashra_tell_line(setup->config.notices, line);
    }
    if (status > 0 && owner.rate) {
        snprintf(line, sizeof line, "set rate %d", owner.rate);
        nashra_tell_line(setup->config.notices, line);
    }
    nashra_buffer_finish(&text);
    nashra_owner_finish(&owner);
    nashra_owner_words_destroy(words);
    return status;
}

/* Articles -------------------------------------------------------------------------------------------------------- */

static int take_articles(const struct nashra_setup *setup, const char *folder, const char *owner) {
    const char *library[NASHRAD_LIST_MAX + 1] = {setup->config.stick};
    struct nashra_copy result;
    for (size_t i = 0; i < setup->config.folders.count; i++)
        library[i + 1] = setup->config.folders.items[i];
    const int status = nashra_copy_articles(folder, owner, library, setup->config.folders.count + 1, &result);
    if (result.copied > 0)
        tell(setup, NASHRA_PROMPT_STICK_ARTICLES, result.copied);
    if (result.known > 0)
        tell(setup, NASHRA_PROMPT_STICK_KNOWN, result.known);
    if (result.failed > 0)
        tell(setup, NASHRA_PROMPT_STICK_FAILED, result.failed);
    if (status < 0)
        tell(setup, NASHRA_PROMPT_SETUP_UNSAVED, 0);
    else if (result.pulled)
        tell(setup, NASHRA_PROMPT_STICK_PULLED, 0);
    else if (result.full)
        tell(setup, NASHRA_PROMPT_STICK_FULL, 0);
    else if (result.copied + result.known + result.failed == 0 && !owner)
        tell(setup, NASHRA_PROMPT_STICK_NOTHING, 0);
    else
        tell(setup, NASHRA_PROMPT_STICK_DONE, 0);
    return status < 0 ? status : result.pulled ? NASHRA_EIO : NASHRA_OK;
}

int nashra_setup_stick(const struct nashra_setup *setup, const char *folder) {
    char path[PATH_MAX_BYTES];
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
        tell(setup, NASHRA_PROMPT_STICK_UNREADABLE, 0);
        return nashra_fail(NASHRA_ENOINPUT, "%s is no folder that can be read", folder);
    }
    tell(setup, NASHRA_PROMPT_STICK, 0);
    const bool found = find_owner_file(folder, path);
    const int settings = found ? take_owner(setup, path) : NASHRA_OK;
    const int articles = take_articles(setup, folder, found ? path : NULL);
    if (settings > 0)
        nashra_tell_line(setup->config.notices, "restart");
    return settings < 0 ? settings : articles;
}

/* The network ----------------------------------------------------------------------------------------------------- */

int nashra_setup_network(const struct nashra_setup *setup) {
    struct nashra_network network;
    struct nashra_buffer text = {0};
    char path[PATH_MAX_BYTES];
    state_path(setup, "network.new", path);
    const bool is_new = unlink(path) == 0;
    state_path(setup, "network", path);
    int status = read_file(path, &text);
    if (status < 0)
        nashra_log(NASHRA_LOG_INFO, "%s: no Wi-Fi was asked for", path);
    else
        status = nashra_network_read(nashra_buffer_string(&text), &network);
    nashra_buffer_finish(&text);
    if (status < 0)
        return status == NASHRA_ENOINPUT ? NASHRA_OK : status;
    const enum nashra_prompt verdict = nashra_network_join(&network, setup->root);
    /* At every start after the first only what is wrong is told. */
    if (is_new || verdict != NASHRA_PROMPT_WIFI_JOINED)
        tell(setup, verdict, 0);
    return NASHRA_OK;
}
