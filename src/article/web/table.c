/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of data: a row becomes a sentence in which each cell follows the header of its column. */
#include <stdlib.h>
#include <string.h>

#include "../walk.h"
#include "stretch.h"

enum { COLUMNS = 32, LONG_CELL = 12, FEWEST_ROWS = 2 };

/* What a table is made of; a cell that spans columns counts as many. */
struct table {
    const struct nashra_html *page;
    size_t node;
    size_t rows;
    size_t columns;
    size_t headers; /* <th> */
    size_t cells;
    size_t words;           /* in all cells */
    size_t header[COLUMNS]; /* node of each column's header, 0 for none */
};

static bool is_cell(const struct nashra_node *node) {
    return !node->is_text && (node->tag == NASHRA_TAG_TD || node->tag == NASHRA_TAG_TH);
}

static size_t span_of(const struct nashra_node *cell) {
    long span = strtol(nashra_node_value(cell, NASHRA_ATTRIBUTE_COLSPAN), NULL, 10);
    return span > 1 && span < COLUMNS ? (size_t)span : 1;
}

static unsigned words_of(const struct nashra_html *page, size_t node) {
    unsigned words = 0;
    for (size_t i = node; i < page->nodes[node].end; i++)
        if (page->nodes[i].is_text)
            words +=
                nashra_draft_words(page->text.text.data, (struct nashra_span){page->nodes[i].from, page->nodes[i].to});
    return words;
}

static void measure_row(struct table *table, size_t row) {
    const struct nashra_node *nodes = table->page->nodes;
    size_t column = 0, headers = 0, first[COLUMNS] = {0};
    for (size_t i = row + 1; i < nodes[row].end; i++) {
        if (!is_cell(&nodes[i]))
            continue;
        table->cells++;
        headers += nodes[i].tag == NASHRA_TAG_TH;
        if (column < COLUMNS)
            first[column] = i;
        column += span_of(&nodes[i]);
        table->words += words_of(table->page, i);
        i = nodes[i].end - 1;
    }
    table->rows++;
    table->headers += headers;
    table->columns = column > table->columns ? column : table->columns;
    bool is_header = headers > 1 && headers == column;
    if (is_header && table->rows == 1)
        memcpy(table->header, first, sizeof first);
}

static bool holds_table(const struct nashra_html *page, size_t node) {
    for (size_t i = node + 1; i < page->nodes[node].end; i++)
        if (!page->nodes[i].is_text && page->nodes[i].tag == NASHRA_TAG_TABLE)
            return true;
    return false;
}

static void measure(struct table *table) {
    const struct nashra_node *nodes = table->page->nodes;
    for (size_t i = table->node + 1; i < nodes[table->node].end; i++)
        if (!nodes[i].is_text && nodes[i].tag == NASHRA_TAG_TR)
            measure_row(table, i);
}

/* Old pages are laid out by tables: those have long cells, or tables in their cells. */
static bool is_data(const struct table *table) {
    return table->rows >= FEWEST_ROWS && table->columns >= 2 && table->columns <= COLUMNS &&
           (table->headers > 1 || table->words <= table->cells * LONG_CELL / 3) &&
           table->words <= table->cells * LONG_CELL;
}

static void add_separated(struct nashra_draft *draft, size_t from, const char *separator, size_t node) {
    size_t before = draft->text.text.length;
    struct nashra_tracked cell = {0};
    nashra_html_text(draft->page, node, &cell);
    struct nashra_span span = nashra_walk_trim(nashra_tracked_string(&cell), (struct nashra_span){0, cell.text.length});
    if (span.from < span.to) {
        if (before > from)
            nashra_tracked_write(&draft->text, separator);
        nashra_tracked_copy(&draft->text, &cell, span);
    }
    draft->text.text.failed |= cell.text.failed;
    nashra_tracked_finish(&cell);
}

static void read_row(struct nashra_draft *draft, const struct table *table, size_t row, const char *language) {
    const struct nashra_node *nodes = table->page->nodes;
    struct nashra_stretch stretch = {.node = (uint32_t)row, .role = NASHRA_ROLE_ROW, .language = language};
    size_t column = 0;
    stretch.span.from = draft->text.text.length;
    for (size_t i = row + 1; i < nodes[row].end; i++) {
        if (!is_cell(&nodes[i]))
            continue;
        size_t header = column > 0 && column < COLUMNS ? table->header[column] : 0;
        bool is_empty = words_of(table->page, i) == 0;
        if (header && !is_empty && header != i && words_of(table->page, header) > 0) {
            add_separated(draft, stretch.span.from, "، ", header);
            add_separated(draft, stretch.span.from, ": ", i);
        } else {
            add_separated(draft, stretch.span.from, "، ", i);
        }
        column += span_of(&nodes[i]);
        i = nodes[i].end - 1;
    }
    if (draft->text.text.length > stretch.span.from)
        nashra_tracked_write(&draft->text, ".");
    nashra_draft_add(draft, stretch);
}

bool nashra_table_read(struct nashra_draft *draft, size_t node, const char *language) {
    struct table table = {.page = draft->page, .node = node};
    const struct nashra_node *nodes = draft->page->nodes;
    if (holds_table(draft->page, node))
        return false;
    measure(&table);
    if (!is_data(&table))
        return false;
    for (size_t i = node + 1, row = 0; i < nodes[node].end; i++) {
        if (nodes[i].is_text)
            continue;
        if (nodes[i].tag == NASHRA_TAG_CAPTION) {
            struct nashra_stretch caption = {.node = (uint32_t)i, .language = language};
            caption.span.from = draft->text.text.length;
            nashra_html_text(draft->page, i, &draft->text);
            nashra_draft_add(draft, caption);
        }
        if (nodes[i].tag != NASHRA_TAG_TR)
            continue;
        /* The headers are said with the cells. */
        if (row++ > 0 || !(table.header[0] || table.header[1]))
            read_row(draft, &table, i, language);
    }
    return true;
}
