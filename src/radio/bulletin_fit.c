/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slot: pauses first, then the rate, then whole items, the least important first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bulletin_plan.h"
#include "slot.h"

enum { TRIES = 10 };

/* What became of one choice of items. */
struct attempt {
    struct nashra_slot slot; /* as it was measured last */
    int compared;            /* of nashra_slot_compare() */
};

static uint64_t wanted_frames(const struct nashra_bulletin *bulletin) {
    return (uint64_t)llround(bulletin->script.slot * NASHRA_AIR_RATE);
}

static uint64_t frames_of(const struct nashra_timeline *timeline, enum nashra_piece_kind kind) {
    uint64_t sum = 0;
    for (size_t i = 0; i < timeline->count; i++)
        sum += timeline->pieces[i].kind == kind ? timeline->pieces[i].frames : 0;
    return sum;
}

static int try_rate(struct nashra_bulletin *bulletin, struct nashra_studio *studio, double rate,
                    struct attempt *attempt) {
    const struct nashra_script *script = &bulletin->script;
    int status = nashra_plan_lay_out(bulletin, studio, rate);
    attempt->slot = nashra_slot_measure(&bulletin->timeline, script->pause_least, script->pause_most);
    attempt->compared = nashra_slot_compare(&attempt->slot, wanted_frames(bulletin));
    return status;
}

/* The rate at which speech leaves just room for the shortest pauses, or takes what the longest leave. The little more
 * is for lengths that don't follow the rate exactly. */
static double guess_rate(const struct nashra_bulletin *bulletin, const struct attempt *attempt) {
    const double speech = (double)frames_of(&bulletin->timeline, NASHRA_PIECE_SPEECH);
    const double other = (double)attempt->slot.fixed - speech;
    const double pauses = (double)(attempt->compared < 0 ? attempt->slot.least : attempt->slot.most);
    const double room = (double)wanted_frames(bulletin) - other - pauses;
    if (room <= 0)
        return HUGE_VAL;
    return bulletin->rate * speech / room * (attempt->compared < 0 ? 1.004 : 0.996);
}

/* Tries rates within the script's limits, until one fits or none can. `compared` tells which. */
static int search_rate(struct nashra_bulletin *bulletin, struct nashra_studio *studio, struct attempt *attempt) {
    const struct nashra_script *script = &bulletin->script;
    double low = script->rate_least, high = script->rate_most;
    int status = try_rate(bulletin, studio, 100, attempt);
    for (int i = 0; i < TRIES && status == NASHRA_OK && attempt->compared != 0; i++) {
        const double limit = attempt->compared < 0 ? high : low;
        const bool at_limit = attempt->compared < 0 ? bulletin->rate >= high : bulletin->rate <= low;
        if (at_limit || low >= high)
            break;
        if (attempt->compared < 0)
            low = fmax(low, bulletin->rate);
        else
            high = fmin(high, bulletin->rate);
        double rate = guess_rate(bulletin, attempt);
        if (!(rate > low && rate < high)) /* a guess beyond what is known: the limit, or half way to it */
            rate = limit == script->rate_least || limit == script->rate_most ? limit : (low + high) / 2;
        status = try_rate(bulletin, studio, rate, attempt);
    }
    return status;
}

/* The least important of the items that are left and may go, the last one of equals; SIZE_MAX when there is none. */
static size_t least_important(const struct nashra_bulletin *bulletin) {
    size_t found = SIZE_MAX, left = 0;
    int priority = 2;
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        if (section->kind != NASHRA_SECTION_ITEM || section->dropped)
            continue;
        left++;
        if (section->item->priority >= priority) {
            priority = section->item->priority;
            found = i;
        }
    }
    return left > 1 ? found : SIZE_MAX;
}

static void write_time(char *text, size_t size, double seconds) {
    const long ms = lround(seconds * 1000);
    snprintf(text, size, "%ld:%02ld.%03ld", ms / 60000, ms / 1000 % 60, ms % 1000);
}

static int refuse(const struct nashra_bulletin *bulletin, const struct attempt *attempt, bool dropped) {
    const struct nashra_script *script = &bulletin->script;
    char slot[32], length[32], jingles[64] = "";
    const uint64_t clips = frames_of(&bulletin->timeline, NASHRA_PIECE_CLIP);
    const bool is_long = attempt->compared < 0;
    const uint64_t frames = attempt->slot.fixed + (is_long ? attempt->slot.least : attempt->slot.most);
    write_time(slot, sizeof slot, script->slot);
    write_time(length, sizeof length, (double)frames / NASHRA_AIR_RATE);
    if (clips > 0) {
        memcpy(jingles, ", of which jingles take ", sizeof ", of which jingles take ");
        write_time(jingles + strlen(jingles), 32, (double)clips / NASHRA_AIR_RATE);
    }
    if (is_long)
        return nashra_fail(
            NASHRA_EDATA,
            "slot %s: too long by what can't be left out: with pauses at %.0f %% and the rate at %.0f %% "
            "it is still %s%s. Give more items a priority from 2 to 9, or raise rate-most",
            slot, script->pause_least, bulletin->rate, length, jingles);
    return nashra_fail(NASHRA_EDATA,
                       "slot %s: too short%s: with pauses at %.0f %% and the rate at %.0f %% it is %s. Add an item, or "
                       "change pause-most or rate-least",
                       slot, dropped ? " without the item that is too much" : "", script->pause_most, bulletin->rate,
                       length);
}

static bool may_return(const struct nashra_bulletin *bulletin, size_t item, int priority, size_t dropped) {
    const struct nashra_section *section = &bulletin->sections[item];
    return section->dropped && item != dropped && section->item->priority == priority;
}

/* Where a long item had to go, a short one that went before it may find room again: the most important first.
 * @param dropped the last that went; with it, nothing fitted. */
static int put_back(struct nashra_bulletin *bulletin, struct nashra_studio *studio, size_t dropped,
                    struct attempt *attempt) {
    int status = NASHRA_OK;
    bool stale = false;
    for (int priority = 2; priority <= 9; priority++)
        for (size_t i = 0; i < bulletin->count && status == NASHRA_OK; i++) {
            if (!may_return(bulletin, i, priority, dropped))
                continue;
            bulletin->sections[i].dropped = false;
            status = search_rate(bulletin, studio, attempt);
            stale = attempt->compared < 0;
            bulletin->sections[i].dropped = stale;
        }
    return status == NASHRA_OK && stale ? search_rate(bulletin, studio, attempt) : status;
}

/* An item less can be too much: then each other one that may go is tried in its place, from the least important on. */
static int swap_items(struct nashra_bulletin *bulletin, struct nashra_studio *studio, size_t dropped,
                      struct attempt *attempt) {
    int status = NASHRA_OK;
    bulletin->sections[dropped].dropped = false;
    for (int priority = 9; priority > 1 && status == NASHRA_OK; priority--)
        for (size_t i = bulletin->count; i-- > 0 && status == NASHRA_OK;) {
            struct nashra_section *section = &bulletin->sections[i];
            if (section->kind != NASHRA_SECTION_ITEM || section->dropped || section->item->priority != priority ||
                i == dropped)
                continue;
            section->dropped = true;
            status = search_rate(bulletin, studio, attempt);
            if (status < 0 || attempt->compared == 0)
                return status;
            section->dropped = false;
        }
    bulletin->sections[dropped].dropped = true;
    return status;
}

static void report(struct nashra_bulletin *bulletin) {
    char slot[32];
    struct nashra_buffer *to = &bulletin->report;
    write_time(slot, sizeof slot, bulletin->script.slot);
    nashra_buffer_add_format(to, "slot %s: pauses at %.1f %%, rate at %.1f %%", slot, bulletin->pauses, bulletin->rate);
    for (size_t i = 0; i < bulletin->count; i++)
        if (bulletin->sections[i].dropped)
            nashra_buffer_add_format(to, "\nleft out: %s (priority %d)", bulletin->sections[i].title,
                                     bulletin->sections[i].item->priority);
}

int nashra_plan_fit(struct nashra_bulletin *bulletin, struct nashra_studio *studio) {
    const uint64_t wanted = wanted_frames(bulletin);
    struct attempt attempt;
    size_t dropped = SIZE_MAX;
    int status = search_rate(bulletin, studio, &attempt);
    while (status == NASHRA_OK && attempt.compared < 0) {
        dropped = least_important(bulletin);
        if (dropped == SIZE_MAX)
            return refuse(bulletin, &attempt, false);
        bulletin->sections[dropped].dropped = true;
        status = search_rate(bulletin, studio, &attempt);
    }
    if (status == NASHRA_OK && dropped != SIZE_MAX)
        status = put_back(bulletin, studio, dropped, &attempt);
    if (status == NASHRA_OK && attempt.compared > 0 && dropped != SIZE_MAX)
        status = swap_items(bulletin, studio, dropped, &attempt);
    if (status == NASHRA_OK && attempt.compared != 0)
        return refuse(bulletin, &attempt, dropped != SIZE_MAX);
    if (status < 0)
        return status;
    const double pauses = (double)(wanted - attempt.slot.fixed);
    bulletin->pauses = attempt.slot.elastic ? 100 * pauses / (double)attempt.slot.elastic : 100;
    nashra_slot_fit(&bulletin->timeline, &attempt.slot, wanted);
    report(bulletin);
    return bulletin->report.failed ? NASHRA_ENOMEM : NASHRA_OK;
}
