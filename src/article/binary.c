/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "binary.h"

#include <string.h>

struct signature {
    size_t offset;
    const char *bytes;
    size_t length;
    const char *kind;
};

#define AT(offset, bytes, kind)                                                                                        \
    { offset, bytes, sizeof bytes - 1, kind }

#define PACKED "; unpack it first"
#define DOCUMENT "; save it as plain text, HTML or EPUB first"

/* Each as its format's own specification has it. Behind a semicolon: what to do. */
static const struct signature signatures[] = {
    AT(0,
       "\x7f"
       "ELF",
       "a program (ELF)"),
    AT(0, "MZ\x90\0", "a Windows program"),
    AT(0, "\xcf\xfa\xed\xfe", "a macOS program"),
    AT(0, "\xca\xfe\xba\xbe", "a Java class or macOS program"),
    AT(0, "\x89PNG\r\n\x1a\n", "a PNG picture"),
    AT(0, "\xff\xd8\xff", "a JPEG picture"),
    AT(0, "GIF87a", "a GIF picture"),
    AT(0, "GIF89a", "a GIF picture"),
    AT(0, "II*\0", "a TIFF picture"),
    AT(0, "MM\0*", "a TIFF picture"),
    AT(0, "PK\x03\x04", "a ZIP archive (or DOCX, ODT); unpack it, or save it as plain text, HTML or EPUB, first"),
    AT(0, "PK\x05\x06", "an empty ZIP archive"),
    AT(0, "\x1f\x8b", "gzip data" PACKED),
    AT(0, "BZh", "bzip2 data" PACKED),
    AT(0,
       "\xfd"
       "7zXZ\0",
       "xz data" PACKED),
    AT(0, "\x28\xb5\x2f\xfd", "Zstandard data" PACKED),
    AT(0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive" PACKED),
    AT(0, "Rar!\x1a\x07", "a RAR archive" PACKED),
    AT(257, "ustar", "a tar archive" PACKED),
    AT(0, "!<arch>\n", "an ar archive or a Debian package" PACKED),
    AT(0, "%PDF-", "a PDF document; make a text of it first, for instance with pdftotext"),
    AT(0, "%!PS", "a PostScript document" DOCUMENT),
    AT(0, "{\\rtf", "an RTF document" DOCUMENT),
    AT(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document" DOCUMENT),
    AT(0, "SQLite format 3\0", "an SQLite database"),
    AT(0, "RIFF", "a WAV, AVI or WebP file"),
    AT(0, "OggS", "an Ogg sound file"),
    AT(0, "fLaC", "a FLAC sound file"),
    AT(0, "ID3", "an MP3 sound file"),
    AT(0, "\xff\xfb", "an MP3 sound file"),
    AT(4, "ftyp", "an MP4 film or sound file"),
    AT(0, "\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    AT(0, "wOF2", "a font"),
    AT(0, "\0\x01\0\0\0", "a font"),
};

static bool matches(const struct signature *signature, const unsigned char *bytes, size_t length) {
    return length >= signature->offset + signature->length &&
           memcmp(bytes + signature->offset, signature->bytes, signature->length) == 0;
}

const char *nashra_binary_kind(const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (matches(&signatures[i], bytes, length))
            return signatures[i].kind;
    return NULL;
}

bool nashra_binary_controls(const unsigned char *bytes, size_t length) {
    /* 1 in 64: compressed data has 1 in 9, a text with a stray form feed or an old end-of-file mark far less. */
    static const size_t share = 64;
    size_t controls = 0;
    for (size_t i = 0; i < length; i++)
        controls += bytes[i] < 0x20 ? bytes[i] < '\t' || bytes[i] > '\r' : bytes[i] == 0x7F;
    return controls > 1 && controls * share > length;
}
