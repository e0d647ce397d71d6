/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "selftest_checks.h"

#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include <nashra/table.h>

static const char help[] = "Usage: nashra selftest [OPTION…] en301549\n"
                           "\n"
                           "Tries what software can answer of EN 301 549 (accessible devices) with a nashrad\n"
                           "of its own: keys and plugs go in as from the kernel, and what is heard is looked\n"
                           "at. Prints a verdict for each clause, and what is left to who builds the\n"
                           "device. It takes about two minutes and makes no sound.\n"
                           "\n"
                           "  --layout NAME          what the keys mean: a layout of data/layouts, or a path\n"
                           "                         (default kiosk)\n"
                           "  --nashrad PATH         (default: beside this program)\n"
                           "  --clause N             only this clause; may be given more than once\n"
                           "  --break NAME           break a behaviour on purpose: its clause must fail\n"
                           "  --list                 the clauses, what tries them, and what breaks them\n"
                           "  --format plain|jsonl   a line or an object a clause\n"
                           "  --keep                 leave what each nashrad wrote in /tmp/nashra-selftest-*\n"
                           "\n"
                           "Exit code: 0 when no clause fails, 70 when one does.\n";

enum { CLAUSES_MAX = 64 };

struct request {
    const char *layout, *nashrad, *fault;
    const char *clauses[CLAUSES_MAX];
    size_t clause_count;
    bool list, json, help;
    char found[PATH_MAX];
};

struct tester {
    const struct request *request;
    const struct nashra_selftest_check *done; /* the last check, whose answer two clauses share */
    const char *answer;
    size_t failed, passed, left;
    int status;
};

static const struct nashra_selftest_check *find_check(const char *name) {
    for (size_t i = 0; i < nashra_selftest_check_count; i++)
        if (strcmp(nashra_selftest_checks[i].name, name) == 0)
            return &nashra_selftest_checks[i];
    return NULL;
}

static bool is_wanted(const struct request *request, const char *clause) {
    for (size_t i = 0; i < request->clause_count; i++)
        if (strcmp(request->clauses[i], clause) == 0)
            return true;
    return request->clause_count == 0;
}

static void print_verdict(const struct request *request, const struct nashra_row *row, const char *verdict,
                          const char *reason) {
    const char *note = row->count > 3 && strcmp(row->fields[3], "-") != 0 ? row->fields[3] : "";
    if (request->json) {
        json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s}", "clause", row->fields[0], "title", row->fields[2],
                                   "verdict", verdict, "reason", reason ? reason : "", "integrator", note);
        json_dumpf(object, stdout, JSON_COMPACT);
        json_decref(object);
        putchar('\n');
    } else {
        printf("%-9s %-10s %s%s%s%s%s\n", row->fields[0], verdict, row->fields[2], reason ? ": " : "",
               reason ? reason : "", *note ? ". Left to you: " : "", note);
    }
    fflush(stdout);
}

/* "pairs" is a layout that asks for two keys at once. */
static const char *layout_of(const struct request *request) {
    return request->fault && strcmp(request->fault, "pairs") == 0 ? "five" : request->layout;
}

static const char *run_check(struct tester *tester, const struct nashra_selftest_check *check) {
    struct nashra_selftest_box box;
    struct nashra_buffer kiosk = {0};
    const char *fault = tester->request->fault;
    nashra_buffer_add_string(&kiosk, check->kiosk);
    if (fault)
        nashra_buffer_add_format(&kiosk, "fault = %s\n", fault);
    tester->status =
        kiosk.failed ? NASHRA_ENOMEM
                     : nashra_selftest_start(&box, tester->request->nashrad, layout_of(tester->request), kiosk.data);
    const char *answer = tester->status < 0 ? "nashrad doesn't start" : check->run(&box);
    nashra_selftest_stop(&box);
    nashra_buffer_finish(&kiosk);
    return answer;
}

static int take_clause(const struct nashra_row *row, void *user) {
    struct tester *tester = user;
    const struct nashra_selftest_check *check = find_check(row->fields[1]);
    if (!is_wanted(tester->request, row->fields[0]) || nashra_cli_signal())
        return NASHRA_OK;
    if (!check && strcmp(row->fields[1], "-") != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: there is no check \"%s\"", row->file, row->line, row->fields[1]);
    if (tester->request->list) {
        printf("%-9s %-15s %s\n", row->fields[0], row->fields[1], check ? check->faults : "");
        return NASHRA_OK;
    }
    if (!check) {
        tester->left++;
        print_verdict(tester->request, row, "integrator", NULL);
        return NASHRA_OK;
    }
    if (check != tester->done)
        tester->answer = run_check(tester, check);
    tester->done = check;
    tester->failed += tester->answer != NULL;
    tester->passed += tester->answer == NULL;
    print_verdict(tester->request, row, tester->answer ? "FAIL" : "pass", tester->answer);
    return NASHRA_OK;
}

static int test(const struct request *request) {
    struct tester tester = {.request = request};
    struct nashra_buffer path = {0};
    struct nashra_table *table = NULL;
    int status = nashra_data_path("en301549.tsv", &path);
    if (status >= 0)
        status = nashra_table_load(path.data, 3, take_clause, &tester, &table);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
    if (status < 0 || request->list)
        return status;
    if (tester.passed + tester.failed + tester.left == 0)
        return nashra_fail(NASHRA_EUSAGE, "selftest: there is no such clause; --list names them");
    if (!request->json)
        printf("%zu pass, %zu fail, %zu left to the integrator\n", tester.passed, tester.failed, tester.left);
    return tester.failed ? nashra_fail(NASHRA_EINTERNAL, "selftest: %zu clauses fail", tester.failed) : NASHRA_OK;
}

/* nashrad beside nashra, as they are built and installed. */
static void find_nashrad(struct request *request) {
    const ssize_t length = readlink("/proc/self/exe", request->found, sizeof request->found - 2);
    if (request->nashrad || length < 0)
        return;
    request->found[length] = 'd';
    request->found[length + 1] = '\0';
    request->nashrad = request->found;
}

static int parse(int argc, char **argv, struct request *request) {
    enum { LAYOUT = 256, NASHRAD, CLAUSE, BREAK, LIST, FORMAT, KEEP };
    static const struct option options[] = {
        {"layout", 1, NULL, LAYOUT}, {"nashrad", 1, NULL, NASHRAD}, {"clause", 1, NULL, CLAUSE},
        {"break", 1, NULL, BREAK},   {"keep", 0, NULL, KEEP},       {"list", 0, NULL, LIST},
        {"format", 1, NULL, FORMAT}, {"help", 0, NULL, 'h'},        {NULL, 0, NULL, 0}};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (option == ':' || option == '?')
            return nashra_fail(NASHRA_EUSAGE, "selftest: %s is not understood; `nashra selftest --help` tells more",
                               argv[optind - 1]);
        if (option == LAYOUT)
            request->layout = optarg;
        else if (option == NASHRAD)
            request->nashrad = optarg;
        else if (option == KEEP)
            setenv("NASHRA_SELFTEST_KEEP", "yes", 1);
        else if (option == BREAK)
            request->fault = optarg;
        else if (option == CLAUSE && request->clause_count < CLAUSES_MAX)
            request->clauses[request->clause_count++] = optarg;
        else if (option == FORMAT && strcmp(optarg, "jsonl") != 0 && strcmp(optarg, "plain") != 0)
            return nashra_fail(NASHRA_EUSAGE, "selftest: --format %s: it must be plain or jsonl", optarg);
        request->json = request->json || (option == FORMAT && strcmp(optarg, "jsonl") == 0);
        request->list = request->list || option == LIST;
        request->help = request->help || option == 'h';
    }
    if (request->help || (optind + 1 == argc && strcmp(argv[optind], "en301549") == 0))
        return NASHRA_OK;
    return nashra_fail(NASHRA_EUSAGE, "selftest: which one? There is `nashra selftest en301549`");
}

int nashra_cmd_selftest(int argc, char **argv) {
    struct request request = {.layout = "kiosk"};
    int status = parse(argc, argv, &request);
    if (status < 0)
        return nashra_exit_code(status);
    if (request.help) {
        fputs(help, stdout);
        return nashra_cli_finish(NASHRA_OK);
    }
    find_nashrad(&request);
    nashra_cli_catch_signals();
    return nashra_cli_finish(test(&request));
}
