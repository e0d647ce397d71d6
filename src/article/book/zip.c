/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <nashra/memory.h>

#include "book.h"

enum { BLOCK = 64 * 1024, MOST_ENTRIES = 20 * 1000, ALWAYS = 1024 * 1024 };

static int broken(const struct nashra_zip *zip, struct archive *archive, const char *path) {
    const char *why = archive_error_string(archive);
    return nashra_fail(NASHRA_EDATA, "%s: %s%sthe archive can't be read: %s", zip->name, path, *path ? ": " : "",
                       why ? why : "it is damaged");
}

static int grow(struct nashra_source *file, size_t *room, const char *name) {
    if (file->length + BLOCK <= *room)
        return 0;
    *room = *room ? *room * 2 : BLOCK;
    unsigned char *bytes = nashra_realloc(file->bytes, *room);
    if (!bytes)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu bytes", name, *room);
    file->bytes = bytes;
    return 0;
}

static int check_size(const struct nashra_zip *zip, const char *path) {
    if (zip->unpacked > NASHRA_BOOK_BYTES)
        return nashra_fail(NASHRA_EDATA, "%s: %s: more than %d MiB of text: no book is", zip->name, path,
                           NASHRA_BOOK_BYTES / (1024 * 1024));
    if (zip->unpacked > ALWAYS && zip->unpacked / NASHRA_BOOK_RATIO > zip->source->length)
        return nashra_fail(NASHRA_EDATA, "%s: %s: swells to more than %d times the archive: it is a bomb", zip->name,
                           path, NASHRA_BOOK_RATIO);
    return 0;
}

static int read_file(struct nashra_zip *zip, struct archive *archive, const char *path, struct nashra_source *file) {
    size_t room = 0;
    for (;;) {
        int status = grow(file, &room, zip->name);
        if (status)
            return status;
        la_ssize_t count = archive_read_data(archive, file->bytes + file->length, BLOCK);
        if (count < 0)
            return broken(zip, archive, path);
        if (count == 0) {
            /* A book is many small files. */
            unsigned char *bytes = nashra_realloc(file->bytes, file->length + 1);
            file->bytes = bytes ? bytes : file->bytes;
            return 0;
        }
        file->length += (size_t)count;
        zip->unpacked += (size_t)count;
        status = check_size(zip, path);
        if (status)
            return status;
    }
}

static int visit(struct nashra_zip *zip, struct archive *archive, struct archive_entry *entry, nashra_zip_choice choice,
                 nashra_zip_fn take, void *user) {
    const char *path = archive_entry_pathname(entry);
    if (!path)
        path = archive_entry_pathname_utf8(entry);
    if (!path || archive_entry_filetype(entry) == AE_IFDIR || !choice(path, user))
        return 0;
    if (archive_entry_is_encrypted(entry))
        return nashra_fail(NASHRA_EDATA, "%s: %s: is encrypted", zip->name, path);
    struct nashra_source file = {0};
    int status = read_file(zip, archive, path, &file);
    if (status) {
        nashra_free(file.bytes);
        return status;
    }
    return take(path, file, user);
}

static int walk(struct nashra_zip *zip, struct archive *archive, nashra_zip_choice choice, nashra_zip_fn take,
                void *user) {
    if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
        archive_read_open_memory(archive, zip->source->bytes, zip->source->length) != ARCHIVE_OK)
        return broken(zip, archive, "");
    for (size_t count = 0;; count++) {
        struct archive_entry *entry;
        int result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF)
            return 0;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return broken(zip, archive, "");
        if (count == MOST_ENTRIES)
            return nashra_fail(NASHRA_EDATA, "%s: more than %d files: no book has so many", zip->name, MOST_ENTRIES);
        int status = visit(zip, archive, entry, choice, take, user);
        if (status)
            return status;
    }
}

/* libarchive turns names into the charset of the thread's locale; those in Arabic letters have none in "C". */
int nashra_zip_walk(struct nashra_zip *zip, nashra_zip_choice choice, nashra_zip_fn take, void *user) {
    struct archive *archive = archive_read_new();
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int status = archive ? walk(zip, archive, choice, take, user)
                         : nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the archive", zip->name);
    archive_read_free(archive);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return status;
}
