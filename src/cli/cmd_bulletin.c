/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <nashra/bulletin.h>
#include <nashra/encode.h>

#include "progress.h"

static const char help[] = "Usage: nashra bulletin [OPTION…] SCRIPT.ini|FILE… -o OUT\n"
                           "\n"
                           "Makes an air-ready bulletin of articles: at its loudness, exactly as long as its\n"
                           "slot. Transcripts, chapters and a report are written beside it.\n"
                           "\n"
                           "  -o, --output OUT       .wav (broadcast WAV), .flac, .opus or .mp3; or several\n"
                           "  --slot M:SS            exactly so long: by pauses, then rate, then items\n"
                           "  --loudness LUFS        -23 (default), -16 for podcasts; --peak DBTP: -1\n"
                           "  --at YYYY-MM-DDTHH:MM  the time that is told, and written into the file\n"
                           "                         (default: now, and not written)\n"
                           "  --intro, --outro TEXT  none (default), standard, or a text with {weekday}\n"
                           "                         {date} {time} {station} {title}\n"
                           "  --title, --station, --category, --cut TEXT\n"
                           "  --opening, --closing, --sting, --bed SOUND   before, after and between the\n"
                           "                         items, and under them\n"
                           "  --rate 80…450, --pitch 1…99, --volume 1…200, --region NAME,\n"
                           "  --endings full|sure|none, --lexicon FILE\n"
                           "  --proof                a page for the editor: hear it, see how words were read\n"
                           "  --strict               refuse doubtful readings, print lines for the lexicon\n"
                           "  --beside all|none|vtt,srt,txt,chapters,qc,meta   (default all)\n"
                           "  --KEY VALUE            any key of a script's [bulletin]: see docs/RADIO.md\n";

enum { MOST_OUTPUTS = 8 };

struct bulletin_call {
    struct nashra_bulletin *bulletin;
    const char *outputs[MOST_OUTPUTS];
    size_t output_count;
    bool help;
    bool any; /* script or article */
};

static int missing_value(const char *option) {
    return nashra_fail(NASHRA_EUSAGE,
                       "bulletin: %s needs a value, or is no option; `nashra bulletin --help` lists them", option);
}

/* Told now rather than after all is spoken. */
static int check_folder(const char *path) {
    struct nashra_buffer folder = {0};
    const char *slash = strrchr(path, '/');
    nashra_buffer_add(&folder, slash ? path : "./", slash ? (size_t)(slash - path) + 1 : 2);
    int status = folder.failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (status == NASHRA_OK && access(nashra_buffer_string(&folder), W_OK | X_OK) != 0)
        status = nashra_fail(NASHRA_ECANTCREATE, "%s: can't be created: %s", path, strerror(errno));
    nashra_buffer_finish(&folder);
    return status;
}

static int add_output(struct bulletin_call *call, const char *path) {
    if (call->output_count == MOST_OUTPUTS)
        return nashra_fail(NASHRA_EUSAGE, "bulletin: more than %d outputs", MOST_OUTPUTS);
    call->outputs[call->output_count++] = path;
    int status = nashra_encoder_is_lossy(path);
    return status < 0 ? status : check_folder(path);
}

static bool is_switch(const char *key) {
    return strcmp(key, "strict") == 0 || strcmp(key, "proof") == 0;
}

/* --key value, --key=value, --switch. Returns the arguments that it took, or a status. */
static int take_option(struct bulletin_call *call, char **arguments) {
    const char *name = arguments[0] + 2, *equals = strchr(name, '=');
    const char *value = equals ? equals + 1 : is_switch(name) ? "yes" : arguments[1];
    char key[64];
    const size_t length = equals ? (size_t)(equals - name) : strlen(name);
    if (length == 0 || length >= sizeof key)
        return nashra_fail(NASHRA_EUSAGE, "bulletin: there is no option %s; `nashra bulletin --help` lists them",
                           arguments[0]);
    memcpy(key, name, length);
    key[length] = '\0';
    if (!value)
        return missing_value(arguments[0]);
    int status = strcmp(key, "output") == 0 ? add_output(call, value) : nashra_bulletin_set(call->bulletin, key, value);
    return status < 0 ? status : equals || is_switch(name) ? 1 : 2;
}

static bool is_script(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ".ini") == 0;
}

static int take_operand(struct bulletin_call *call, const char *path) {
    call->any = true;
    return is_script(path) ? nashra_bulletin_load(call->bulletin, path) : nashra_bulletin_add(call->bulletin, path);
}

/* Returns the arguments that it took, or a status. */
static int take(struct bulletin_call *call, char **arguments) {
    const char *first = arguments[0];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        call->help = true;
        return 1;
    }
    if (strncmp(first, "--", 2) == 0)
        return take_option(call, arguments);
    if (first[0] == '-' && first[1] == 'o') {
        const char *path = first[2] ? first + 2 : arguments[1];
        int status = path ? add_output(call, path) : missing_value("-o");
        return status < 0 ? status : first[2] ? 1 : 2;
    }
    if (first[0] == '-' && first[1])
        return nashra_fail(NASHRA_EUSAGE, "bulletin: there is no option %s; `nashra bulletin --help` lists them",
                           first);
    int status = take_operand(call, first);
    return status < 0 ? status : 1;
}

static int parse(int argc, char **argv, struct bulletin_call *call) {
    for (int i = 1, taken; i < argc && !call->help; i += taken)
        if ((taken = take(call, argv + i)) < 0)
            return taken;
    if (call->help)
        return NASHRA_OK;
    if (!call->any)
        return nashra_fail(NASHRA_EUSAGE, "bulletin: of what? `nashra bulletin SCRIPT.ini -o OUT.wav`, or articles");
    if (call->output_count == 0)
        return nashra_fail(NASHRA_EUSAGE, "bulletin: into which file? Add -o OUT.wav (or .flac, .opus, .mp3)");
    return NASHRA_OK;
}

static int set_user_lexicon(struct nashra_bulletin *bulletin) {
    struct nashra_buffer path = {0};
    int status = nashra_lexicon_user_path(&path);
    if (status == 1)
        status = nashra_bulletin_set_default(bulletin, "lexicon", path.data);
    nashra_buffer_finish(&path);
    return status < 0 ? status : NASHRA_OK;
}

static int show_progress(size_t done, size_t all, void *user) {
    (void)user;
    nashra_progress_count(done, all, "sentences");
    return nashra_cli_signal();
}

static void summarise(const struct bulletin_call *call) {
    struct nashra_bulletin_figures f;
    nashra_bulletin_figures(call->bulletin, &f);
    const double seconds = (double)f.frames / f.rate;
    const char *report = nashra_bulletin_report(call->bulletin);
    fprintf(stderr, "%s: %d:%06.3f, %zu item%s, %s%.1f LUFS, true peak %.1f dBTP\n", call->outputs[0],
            (int)seconds / 60, fmod(seconds, 60), f.items, f.items == 1 ? "" : "s", f.channels == 2 ? "stereo, " : "",
            f.loudness, f.true_peak);
    if (*report)
        fprintf(stderr, "%s\n", report);
    if (f.doubtful > 0)
        fprintf(stderr, "%zu doubtful words; the report and --proof show them\n", f.doubtful);
}

/* What stands beside the sound is written once, beside the first. */
static int render_all(const struct bulletin_call *call) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < call->output_count && status == NASHRA_OK; i++) {
        if (i == 1)
            status = nashra_bulletin_set(call->bulletin, "beside", "none");
        if (i == 1 && status == NASHRA_OK)
            status = nashra_bulletin_set(call->bulletin, "proof", "no");
        if (status == NASHRA_OK)
            status = nashra_bulletin_render(call->bulletin, call->outputs[i]);
        if (i == 0 && status == NASHRA_OK)
            summarise(call);
    }
    return status;
}

static void print_decisions(const struct bulletin_call *call) {
    const char *lines = nashra_bulletin_decisions(call->bulletin);
    if (lines)
        fputs(lines, stdout);
}

static int make(const struct bulletin_call *call) {
    struct nashra_studio *studio = NULL;
    struct nashra_bulletin_figures figures;
    int status = nashra_studio_create(NULL, &studio);
    nashra_bulletin_set_progress(call->bulletin, show_progress, NULL);
    if (status == NASHRA_OK)
        status = nashra_bulletin_plan(call->bulletin, studio);
    nashra_progress_end();
    nashra_bulletin_figures(call->bulletin, &figures);
    if (figures.refused)
        print_decisions(call);
    if (status == NASHRA_OK)
        status = render_all(call);
    nashra_studio_destroy(studio);
    return status;
}

int nashra_cmd_bulletin(int argc, char **argv) {
    struct bulletin_call call = {0};
    int status = nashra_bulletin_create(&call.bulletin);
    if (status == NASHRA_OK)
        status = set_user_lexicon(call.bulletin);
    if (status == NASHRA_OK)
        status = parse(argc, argv, &call);
    if (status == NASHRA_OK && call.help) {
        fputs(help, stdout);
    } else if (status == NASHRA_OK) {
        nashra_cli_catch_signals();
        status = make(&call);
    }
    nashra_bulletin_destroy(call.bulletin);
    return nashra_cli_finish(status);
}
