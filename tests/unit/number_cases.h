/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two number tests share: the tables, and cases that are counted. */
#ifndef NASHRA_TEST_NUMBER_CASES_H
#define NASHRA_TEST_NUMBER_CASES_H

#include <stdlib.h>
#include <string.h>

#include <nashra/number.h>
#include <nashra/table.h>

struct state {
    struct nashra_numbers *numbers;
    size_t cases;
    size_t failures;
};

static int set_up(void **state) {
    struct state *s = calloc(1, sizeof *s);
    *state = s;
    return nashra_numbers_create(&s->numbers);
}

static int tear_down(void **state) {
    struct state *s = *state;
    nashra_numbers_destroy(s->numbers);
    free(s);
    return 0;
}

static void expect(struct state *s, const struct nashra_row *row, const char *got, const char *wanted) {
    if (strcmp(got, wanted) == 0)
        return;
    s->failures++;
    print_error("%s:%zu: %s %s\n  wanted %s\n  got    %s\n", row->file, row->line, row->fields[0], row->fields[1],
                wanted, got);
}

#endif
