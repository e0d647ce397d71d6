/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch_file.h"

char *nashra_draft_path(const char *drafts, const char *draft, const char *name) {
    struct nashra_buffer path = {0};
    nashra_buffer_add_format(&path, "%s/%s--%s", drafts, draft, name);
    if (!path.failed)
        return path.data;
    nashra_buffer_finish(&path);
    return NULL;
}

static void remove_files_of(const char *path, const char *number) {
    size_t length = strlen(number);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strncmp(entry->d_name, number, length) == 0 && strncmp(entry->d_name + length, "--", 2) == 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
}

void nashra_draft_remove(const char *drafts, const char *draft) {
    char *inner = nashra_path_in(drafts, draft), *folder = inner ? nashra_folder_of(inner) : NULL;
    if (folder)
        remove_files_of(folder, nashra_base_name(inner));
    if (inner)
        nashra_remove_folder(inner); /* of a bulletin that was broken off */
    nashra_free(folder);
    nashra_free(inner);
}

char *nashra_record_path(const char *folder, const char *output) {
    struct nashra_buffer path = {0};
    nashra_buffer_add_format(&path, "%s/.nashra/done/%s.json", folder, output);
    if (!path.failed)
        return path.data;
    nashra_buffer_finish(&path);
    return NULL;
}

static json_t *describe_file(const struct nashra_entry_part *part) {
    char hex[NASHRA_DIGEST_HEX];
    nashra_digest_hex(&part->digest, hex);
    return json_pack("{s:s, s:I, s:s}", "name", part->name, "size", (json_int_t)part->size, "sha256", hex);
}

static char *describe(const struct nashra_record *record) {
    char hex[NASHRA_DIGEST_HEX];
    nashra_digest_hex(&record->files.key, hex);
    json_t *files = json_array();
    for (size_t i = 0; i < record->files.count; i++)
        json_array_append_new(files, describe_file(&record->files.parts[i]));
    json_t *json = json_pack("{s:s, s:s, s:o}", "key", hex, "token", record->token, "files", files);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);
    return text;
}

int nashra_record_write(const struct nashra_record *record, const char *path) {
    char *text = describe(record);
    if (!text)
        return NASHRA_ENOMEM;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int status = fd < 0 ? nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno))
                        : nashra_write_bytes(fd, text, strlen(text), path);
    free(text);
    if (fd >= 0 && close(fd) != 0 && status >= 0)
        status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
    return status;
}

static bool read_hex(const char *hex, struct nashra_digest *digest) {
    static const char digits[] = "0123456789abcdef";
    if (!hex || strlen(hex) != NASHRA_DIGEST_HEX - 1 || strspn(hex, digits) != NASHRA_DIGEST_HEX - 1)
        return false;
    for (int i = 0; i < NASHRA_DIGEST_SIZE; i++)
        digest->bytes[i] =
            (unsigned char)((strchr(digits, hex[2 * i]) - digits) << 4 | (strchr(digits, hex[2 * i + 1]) - digits));
    return true;
}

static bool read_file(json_t *json, struct nashra_entry_part *part) {
    const char *name = json_string_value(json_object_get(json, "name"));
    json_int_t size = json_integer_value(json_object_get(json, "size"));
    if (!name || !*name || strlen(name) > NASHRA_ENTRY_MAX_NAME || strchr(name, '/') || size < 0)
        return false;
    memcpy(part->name, name, strlen(name) + 1);
    part->size = (uint64_t)size;
    return read_hex(json_string_value(json_object_get(json, "sha256")), &part->digest);
}

static bool read_json(json_t *json, struct nashra_record *record) {
    json_t *files = json_object_get(json, "files");
    const char *token = json_string_value(json_object_get(json, "token"));
    size_t count = json_array_size(files);
    if (!token || strlen(token) >= NASHRA_TOKEN_SIZE || count == 0 || count > NASHRA_ENTRY_MAX_PARTS ||
        !read_hex(json_string_value(json_object_get(json, "key")), &record->files.key))
        return false;
    memcpy(record->token, token, strlen(token) + 1);
    record->files.count = count;
    for (size_t i = 0; i < count; i++)
        if (!read_file(json_array_get(files, i), &record->files.parts[i]))
            return false;
    return true;
}

bool nashra_record_read(const char *path, struct nashra_record *record) {
    json_t *json = json_load_file(path, 0, NULL);
    bool good = json && read_json(json, record);
    json_decref(json);
    return good;
}

bool nashra_record_holds(const struct nashra_record *record, const char *folder, const char *output) {
    struct nashra_buffer path = {0};
    size_t inner = (size_t)(nashra_base_name(output) - output);
    bool holds = true;
    for (size_t i = 0; i < record->files.count && holds; i++) {
        struct stat info;
        nashra_buffer_clear(&path);
        nashra_buffer_add_format(&path, "%s/%.*s%s", folder, (int)inner, output, record->files.parts[i].name);
        holds = !path.failed && stat(path.data, &info) == 0 && S_ISREG(info.st_mode) &&
                (uint64_t)info.st_size == record->files.parts[i].size;
    }
    nashra_buffer_finish(&path);
    return holds;
}

bool nashra_output_is_current(const char *folder, const char *output, const struct nashra_digest *key) {
    struct nashra_record record;
    char *path = nashra_record_path(folder, output);
    bool current = path && nashra_record_read(path, &record) && nashra_digest_equal(&record.files.key, key) &&
                   nashra_record_holds(&record, folder, output);
    nashra_free(path);
    return current;
}

bool nashra_record_is_later(const struct nashra_record *record, const char *token) {
    unsigned long long ours[2] = {0, 0}, theirs[2] = {0, 0};
    if (!*token || sscanf(record->token, "%llu-%llu", &theirs[0], &theirs[1]) != 2 ||
        sscanf(token, "%llu-%llu", &ours[0], &ours[1]) != 2)
        return false;
    return theirs[0] != ours[0] ? theirs[0] > ours[0] : theirs[1] > ours[1];
}
