/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of the proof page: what was written beside what was read, and the doubts. Words are numbered through. */
#include <stdio.h>
#include <string.h>

#include "proof_parts.h"

static int verdict(const struct nashra_buffer *out) {
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* Words that are heard before a sentence. */
static size_t words_before(const struct nashra_bulletin *bulletin, size_t section, size_t sentence) {
    size_t sum = 0;
    for (size_t i = 0; i <= section; i++) {
        const struct nashra_recital *recital = &bulletin->sections[i].recital;
        const size_t end = i == section ? sentence : recital->count;
        for (size_t k = 0; !bulletin->sections[i].dropped && k < end; k++)
            sum += recital->sentences[k].sentence.count;
    }
    return sum;
}

size_t nashra_proof_word(const struct nashra_bulletin *bulletin, const struct nashra_doubt *doubt) {
    return words_before(bulletin, doubt->section, doubt->sentence) + doubt->from;
}

/* A sentence at work. */
struct row {
    const struct nashra_bulletin *bulletin;
    const struct nashra_sentence *sentence;
    const char *text; /* the article's */
    size_t section, index;
    size_t first; /* number of its first word */
    struct nashra_buffer *out;
};

static bool is_doubtful(const struct row *row, size_t word) {
    return nashra_doubts_of(&row->bulletin->doubts, row->section, row->index, word) != NULL;
}

static size_t token_end(const struct nashra_sentence *sentence, size_t from) {
    size_t to = from + 1;
    while (to < sentence->count && sentence->words[to].span.from == sentence->words[from].span.from)
        to++;
    return to;
}

static void add_source(const struct row *row) {
    const struct nashra_sentence *sentence = row->sentence;
    size_t done = sentence->span.from;
    for (size_t from = 0, to; from < sentence->count; from = to) {
        const struct nashra_span span = sentence->words[from].span;
        to = token_end(sentence, from);
        if (span.from < done) /* a part of the token before it */
            continue;
        nashra_proof_escape(row->text + done, span.from - done, row->out);
        nashra_buffer_add_format(row->out, "<span class=\"w%s\" data-w=\"%zu-%zu\">",
                                 is_doubtful(row, from) ? " doubt" : "", row->first + from, row->first + to - 1);
        nashra_proof_escape(row->text + span.from, span.to - span.from, row->out);
        nashra_buffer_add_string(row->out, "</span>");
        done = span.to;
    }
    nashra_proof_escape(row->text + done, sentence->span.to - done, row->out);
}

static void add_reading(const struct row *row) {
    for (size_t i = 0; i < row->sentence->count; i++) {
        const struct nashra_word *word = &row->sentence->words[i];
        const char *marked = word->marked ? word->marked : word->text;
        nashra_buffer_add_format(row->out, "%s<span class=\"w%s\" id=\"w%zu\" data-w=\"%zu\">", i ? " " : "",
                                 is_doubtful(row, i) ? " doubt" : "", row->first + i, row->first + i);
        nashra_proof_escape(marked, strlen(marked), row->out);
        nashra_buffer_add_format(row->out, "</span>%s", nashra_pause_mark(word->pause));
    }
}

static void add_row(const struct row *row) {
    uint64_t from = 0, to;
    bool open = false;
    if (row->sentence->count == 0)
        return;
    nashra_plan_word(row->bulletin, row->section, row->index, 0, &from, &to);
    for (size_t i = 0; i < row->sentence->count; i++)
        open = open || is_doubtful(row, i);
    nashra_buffer_add_format(row->out,
                             "<div class=\"row %s%s\"><button type=\"button\" class=\"from\" data-w=\"%zu\" "
                             "dir=\"ltr\" aria-label=\"استمع من ",
                             nashra_kind_name(row->sentence->kind), open ? " open" : "", row->first);
    nashra_proof_clock(from, row->out);
    nashra_buffer_add_string(row->out, "\">");
    nashra_proof_clock(from, row->out);
    nashra_buffer_add_string(row->out, "</button><p class=\"src\">");
    add_source(row);
    nashra_buffer_add_string(row->out, "</p><p class=\"rd\">");
    add_reading(row);
    nashra_buffer_add_string(row->out, "</p></div>\n");
}

/* The name alone; a pointer that rests on it shows the whole path. */
static void add_file(const char *path, struct nashra_buffer *out) {
    const char *slash = strrchr(path, '/'), *name = slash && slash[1] ? slash + 1 : path;
    nashra_buffer_add_string(out, "<bdi title=\"");
    nashra_proof_escape(path, strlen(path), out);
    nashra_buffer_add_string(out, "\">");
    nashra_proof_escape(name, strlen(name), out);
    nashra_buffer_add_string(out, "</bdi>");
}

static bool has_doubts(const struct nashra_bulletin *bulletin, size_t section) {
    for (size_t i = 0; i < bulletin->doubts.count; i++)
        if (bulletin->doubts.list[i].section == section)
            return true;
    return false;
}

int nashra_proof_sections(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    size_t first = 0;
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->dropped)
            continue;
        nashra_buffer_add_format(
            out, "<section class=\"part%s\" id=\"p%zu\" aria-labelledby=\"h%zu\"><header><h2 id=\"h%zu\">",
            has_doubts(bulletin, i) ? " open" : "", i, i, i);
        nashra_proof_escape(section->title, strlen(section->title), out);
        nashra_buffer_add_string(out, "</h2>");
        if (section->item) {
            nashra_buffer_add_string(out, "<p class=\"where\">");
            add_file(section->file, out);
            nashra_buffer_add_string(out, "</p>");
        }
        nashra_buffer_add_string(out, "</header>\n");
        for (size_t k = 0; k < section->recital.count; k++) {
            const struct row row = {bulletin,
                                    &section->recital.sentences[k].sentence,
                                    nashra_article_text(section->recital.article, &(size_t){0}),
                                    i,
                                    k,
                                    first,
                                    out};
            add_row(&row);
            first += row.sentence->count;
        }
        nashra_buffer_add_string(out, "</section>\n");
    }
    return verdict(out);
}

static bool is_heard(const struct nashra_bulletin *bulletin, const struct nashra_doubt *doubt) {
    return !bulletin->sections[doubt->section].dropped;
}

int nashra_proof_doubt_count(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    size_t count = 0;
    for (size_t i = 0; i < bulletin->doubts.count; i++)
        count += is_heard(bulletin, &bulletin->doubts.list[i]);
    nashra_buffer_add_format(out, "%zu", count);
    return verdict(out);
}

static void add_doubt(const struct nashra_bulletin *bulletin, const struct nashra_doubt *doubt,
                      struct nashra_buffer *out) {
    static const char *const reasons[] = {"الحركات", "رقم", "اختصار", "كلمة أجنبية"};
    nashra_buffer_add_string(out, "<li data-token=\"");
    nashra_proof_escape(doubt->token, strlen(doubt->token), out);
    nashra_buffer_add_format(out, "\" data-w=\"%zu\"><button type=\"button\" class=\"hear\">",
                             nashra_proof_word(bulletin, doubt));
    nashra_proof_escape(doubt->token, strlen(doubt->token), out);
    nashra_buffer_add_format(
        out,
        "<span class=\"vh\">، استمع</span></button><span class=\"sure\" title=\"الثقة\">"
        "<meter min=\"0\" max=\"100\" low=\"40\" high=\"70\" optimum=\"100\" value=\"%.0f\" "
        "aria-label=\"الثقة\"></meter> %.0f%%</span><input dir=\"rtl\" aria-label=\"القراءة\" value=\"",
        doubt->confidence * 100, doubt->confidence * 100);
    nashra_proof_escape(doubt->reading, strlen(doubt->reading), out);
    nashra_buffer_add_format(out,
                             "\"><button type=\"button\" class=\"quiet copy\">انسخ السطر</button>"
                             "<span class=\"why\">%s · ",
                             reasons[doubt->reason]);
    add_file(doubt->file, out);
    nashra_buffer_add_format(out, " · سطر %zu</span></li>\n", doubt->line);
}

int nashra_proof_doubts(struct nashra_bulletin *bulletin, struct nashra_buffer *out) {
    for (size_t i = 0; i < bulletin->doubts.count; i++)
        if (is_heard(bulletin, &bulletin->doubts.list[i]))
            add_doubt(bulletin, &bulletin->doubts.list[i], out);
    return verdict(out);
}
