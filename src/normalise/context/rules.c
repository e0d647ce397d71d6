/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/rules.h"

#include <string.h>

#include "context/agree.h"
#include "context/argument.h"
#include "context/clause.h"
#include "context/masdar.h"
#include "context/object.h"
#include "context/participle.h"
#include "context/subject.h"
#include "context/valency.h"
#include "number/letters.h"
#include "quantity.h"

enum { MAX_QUOTES = 3, MAX_ADVERBS = 2, LONGEST_TOPIC = 2 /* words: عدد القتلى 20 */ };

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

/* Where nothing tells, broadcasters say the oblique form. */
static struct nashra_case_guess oblique(float confidence) {
    return guess(NASHRA_GENITIVE, confidence);
}

static struct nashra_case_guess after_except(const struct nashra_scan *scan, size_t at) {
    struct nashra_clause clause = nashra_clause_look_left(scan, at - 1);
    if (!clause.negated)
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    bool subject = clause.found && nashra_argument_find(scan, clause.verb, at - 1) < at - 1; /* لم تنقذ الفرق إلا 3 */
    bool object =
        clause.found && (clause.governor == NASHRA_GOVERNS_TRANSITIVE || clause.governor == NASHRA_GOVERNS_MEASURE ||
                         (clause.governor == NASHRA_GOVERNS_EITHER && subject));
    return guess(object ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.8f);
}

/* عدد تلاميذها 130, مجموع كنائسها 30: a sentence of its own. */
static bool after_long_topic(const struct nashra_scan *scan, size_t at) {
    if (at < 2 || !nashra_word_has_pronoun(&scan->tokens[at - 1]) || !nashra_clause_begins(scan, at - 2))
        return false;
    return (nashra_scan_cues(scan, at - 2) & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT)) != 0 &&
           nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_NOUN;
}

/* عددهم 20: a predicate, unless كان or بلغ makes it an object. */
struct nashra_case_guess nashra_case_after_topic(const struct nashra_scan *scan, size_t at) {
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    bool governed = (scan->tokens[at - 1].proclitics & NASHRA_PROCLITIC_GENITIVE) != 0; /* بعرضه 40 صورة */
    if (governed || (at >= 2 && nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_PREPOSITION))
        return guess(NASHRA_GENITIVE, 0.7f);                                     /* في عددها 35 */
    bool joined = (scan->tokens[at - 1].proclitics & NASHRA_PROCLITIC_AND) != 0; /* توفي وعمره 90 */
    bool object = !joined && clause.found && clause.verb + 2 == at && clause.governor != NASHRA_GOVERNS_INNA &&
                  clause.governor != NASHRA_GOVERNS_NOTHING; /* وصل عددهم 20 */
    return object ? guess(NASHRA_ACCUSATIVE, 0.9f) : guess(NASHRA_NOMINATIVE, 0.85f);
}

/* فيها 20: the verb before it reaches over it. */
static struct nashra_case_guess after_pronoun(const struct nashra_scan *scan, size_t at) {
    enum nashra_governor second = at >= 2 ? nashra_word_governs(&scan->tokens[at - 2]) : NASHRA_GOVERNS_NOTHING;
    bool verb = second == NASHRA_GOVERNS_MEASURE ||
                (second >= NASHRA_GOVERNS_PASSIVE && second <= NASHRA_GOVERNS_TRANSITIVE); /* وقع بينهم 20 اتفاقا */
    bool among = !verb && !nashra_counts_time(scan, at) &&
                 strncmp(scan->tokens[at - 1].text + scan->tokens[at - 1].stem, "بين", 6) == 0;
    if (among)
        return guess(NASHRA_NOMINATIVE, 0.85f); /* من بينها 24 حوضا, على الأقل بينهم 3 أطفال */
    if (at >= 2 && nashra_clause_is_relative(scan, at - 1))
        return guess(NASHRA_NOMINATIVE, 0.85f); /* التي بها 80 ألف شمعة */
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    if (clause.found && scan->has_last && scan->last_end > clause.verb)
        return guess(NASHRA_NOMINATIVE, 0.8f); /* 28 اسما بينها 12: a sentence of its own */
    if (strncmp(scan->tokens[at - 1].text, "و", 2) == 0 && scan->tokens[at - 1].stem != 0)
        return guess(NASHRA_NOMINATIVE, 0.75f); /* ومعه 30, but وراءه */
    if (!clause.whole && nashra_counts_time(scan, at))
        return guess(NASHRA_ACCUSATIVE, clause.found ? 0.7f : 0.6f); /* وأقام فيها 40 يوما */
    return clause.found ? nashra_case_by_verb(scan, &clause, at) : guess(NASHRA_NOMINATIVE, 0.7f);
}

/* What stands before the phrase may be a verb though no table knows it: then the verdict. */
static bool after_likely_verb(const struct nashra_scan *scan, size_t at, struct nashra_case_guess *verdict) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    bool time = nashra_counts_time(scan, at);
    if (nashra_clause_holds_object(scan, at - 1)) {
        bool accusative = nashra_word_holds_subject(before) || time || nashra_counts_money(scan); /* غرمه 20 دينارا */
        *verdict = guess(accusative ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.7f);
        return true;
    }
    bool ours = nashra_word_is_our_verb(before) && nashra_clause_begins(scan, at - 1);
    bool likely = nashra_clause_may_be_verb(scan, at - 1);
    if (nashra_word_is_plural_verb(before) || ours || (likely && nashra_clause_is_relative(scan, at - 1))) {
        *verdict = guess(NASHRA_ACCUSATIVE, 0.7f);
        return true;
    }
    /* In the middle of a sentence a verb behind و goes on with the subject of the one before; the first word is a verb
     * or a topic, either way. */
    bool object = at > 1 && (strncmp(before->text, "و", 2) == 0 || strncmp(before->text, "ف", 2) == 0);
    *verdict = object || time ? oblique(0.6f) : guess(NASHRA_NOMINATIVE, at == 1 ? 0.7f : 0.6f);
    return likely;
}

/* No verb is in sight: a sentence of its own, a topic, or nothing that tells. */
static struct nashra_case_guess without_verb(const struct nashra_scan *scan, const struct nashra_clause *clause,
                                             size_t at) {
    bool share = scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_PERCENT;
    if (share && !clause->whole && clause->start + LONGEST_TOPIC == at &&
        nashra_word_has_article(&scan->tokens[clause->start]))
        return guess(NASHRA_NOMINATIVE, 0.7f); /* النتائج: الحزب الحاكم 48% */
    if (clause->whole && at > LONGEST_TOPIC && nashra_counts_time(scan, at) &&
        nashra_word_governs(&scan->tokens[0]) == NASHRA_GOVERNS_NOTHING)
        return guess(NASHRA_ACCUSATIVE, 0.6f); /* درس في القاهرة 20 عاما */
    bool joined =
        !clause->whole && clause->start + LONGEST_TOPIC >= at && nashra_clause_begins_with_and(scan, clause->start);
    if (joined) /* ، وقيمة الزوج 200 */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    bool span =
        at == LONGEST_TOPIC && nashra_counts_time(scan, at) &&
        (nashra_scan_cues(scan, 0) & (NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT) | NASHRA_CUE_BIT(NASHRA_CUE_SPAN))) == 0 &&
        nashra_word_governs(&scan->tokens[0]) == NASHRA_GOVERNS_NOTHING;
    if (span) /* توقف القطار 20 دقيقة */
        return guess(NASHRA_ACCUSATIVE, 0.55f);
    if (clause->whole && at <= LONGEST_TOPIC)
        return guess(NASHRA_NOMINATIVE, 0.7f); /* سعر التذكرة 35 دولارا */
    return clause->whole && nashra_clause_begins_with_noun(scan, 0) ? guess(NASHRA_NOMINATIVE, 0.6f) : oblique(0.5f);
}

/* تقوم مقام 28 صوتا, يجتمع وزراء 12 دولة, انتشلت جثث 8 غرقى: what has no article and is no single person is in
 * construct. */
static bool is_thing(const struct nashra_scan *scan, const struct nashra_token *token) {
    struct nashra_noun_match match;
    return token->lexeme == NULL && nashra_word_may_be_construct(scan, token) &&
           nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.known &&
           (match.construct || !match.noun.human || match.number == NASHRA_PLURAL);
}

/* من بيروت 20, من لبنان 20: a name, or what would be a dual that the preposition before it has left in the nominative.
 */
static bool closes_place(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    bool dual = token->lexeme == NULL &&
                nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
                match.number == NASHRA_DUAL && !match.oblique;
    return dual || nashra_word_is_name(scan, at);
}

/* مطار بيروت 20, مدينة غزة 20: the name closes the construct. */
static bool names_place(const struct nashra_scan *scan, size_t at) {
    return (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_PLACE)) != 0;
}

/* على نقاشات دافوس 20, في حراج بريدة 20: a name in construct to a noun is in construct to nothing. */
static bool is_name_behind_noun(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    if (at < 2 || !nashra_word_is_name(scan, at) ||
        nashra_word_governs(&scan->tokens[at - 2]) != NASHRA_GOVERNS_PREPOSITION)
        return false;
    const struct nashra_token *noun = &scan->tokens[at - 1];
    return nashra_word_may_be_construct(scan, noun) &&
           nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, &match) == 0 && match.noun.known;
}

/* نسبة البطالة 22% ومعدل الفقر 32%: the second clause is built as the first. */
static bool runs_parallel(const struct nashra_scan *scan, size_t at) {
    return scan->has_last && scan->last_end + LONGEST_TOPIC == at && scan->last_case != NASHRA_GENITIVE &&
           nashra_clause_begins_with_and(scan, at - LONGEST_TOPIC) && nashra_word_has_article(&scan->tokens[at - 1]);
}

/* وفي كل شهر 30 يوما, الذي في كل شهوره 30 يوما: the predicate stands in front. */
static bool is_each(const struct nashra_scan *scan, size_t noun) {
    return noun >= 2 && nashra_scan_is_word(scan, noun - 1, "كل") &&
           (nashra_clause_begins(scan, noun - 2) || nashra_clause_is_relative(scan, noun - 2)) &&
           nashra_word_governs(&scan->tokens[noun - 2]) == NASHRA_GOVERNS_PREPOSITION;
}

/* بين القتلى 12 طفلا, ومن بين الجرحى 3 نساء: the predicate stands in front. */
static bool is_among(const struct nashra_scan *scan, size_t at) {
    if (at < 2 || strcmp(scan->tokens[at - 2].text + scan->tokens[at - 2].stem, "بين") != 0)
        return false;
    size_t start =
        at >= 3 && strcmp(scan->tokens[at - 3].text + scan->tokens[at - 3].stem, "من") == 0 ? at - 3 : at - 2;
    return nashra_clause_begins(scan, start);
}

/* في حديقة حيوان أمريكية 70 قطعة: what is told of an indefinite noun is not in construct. */
static bool is_adjective(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (at < 2 || token->lexeme != NULL || !nashra_ends_with(token->text, token->length, "ية"))
        return false;
    const struct nashra_token *before = &scan->tokens[at - 1];
    return before->kind == NASHRA_TOKEN_WORD && !nashra_word_has_article(before) &&
           nashra_word_governs(before) == NASHRA_GOVERNS_NOTHING &&
           nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && !match.noun.known;
}

/* أهداف تناوب على تسجيلها 6 لاعبين: people are no object of the verbal noun, and the verb has no other subject. */
static bool is_shared_work(const struct nashra_scan *scan, size_t at) {
    if (at < 2 || !nashra_word_has_pronoun(&scan->tokens[at - 1]) || !nashra_counts_humans(scan))
        return false;
    struct nashra_clause clause = nashra_clause_look_left(scan, at - 1);
    return clause.found && clause.verb + 3 == at &&
           (clause.governor == NASHRA_GOVERNS_INTRANSITIVE || clause.governor == NASHRA_GOVERNS_KANA) &&
           (nashra_scan_is_word(scan, at - 2, "على") || nashra_scan_is_word(scan, at - 2, "في")); /* not بعد استقباله */
}

static struct nashra_case_guess after_noun(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    struct nashra_case_guess verdict;
    if (nashra_participle_governs(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.85f);
    if (nashra_word_is_verbal_noun(scan, at - 1))
        return is_shared_work(scan, at) ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_ACCUSATIVE, 0.75f);
    if (is_each(scan, at - 1))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    if (after_likely_verb(scan, at, &verdict))
        return verdict;
    if (after_long_topic(scan, at))
        return guess(NASHRA_NOMINATIVE, 0.75f);
    if (runs_parallel(scan, at))
        return guess(scan->last_case, 0.7f);
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    bool abbreviation = strchr(before->text, '.') != NULL;
    bool definite = nashra_word_has_article(before) || nashra_word_has_pronoun(before) || abbreviation;
    bool argument_of_verb = clause.found && clause.verb + 2 == at && clause.governor != NASHRA_GOVERNS_INNA &&
                            !nashra_word_is_noun_behind_bi(scan, before) && !is_thing(scan, before);
    bool placed = at >= 2 && nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_PREPOSITION;
    bool named = clause.found && ((placed && closes_place(scan, at - 1)) ||
                                  (clause.governor == NASHRA_GOVERNS_MEASURE && nashra_word_is_name(scan, at - 1)));
    named = named || (clause.found && is_name_behind_noun(scan, at - 1));
    named = named || (at >= 2 && names_place(scan, at - 2) && !nashra_word_has_article(before) &&
                      !nashra_word_is_noun_behind_bi(scan, before)); /* في الميناء بسبب 20 إضرابا */
    bool month = (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_MONTH)) != 0; /* في مايو 20 سياسيا */
    named = named || (month && scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN);
    if (!definite && !argument_of_verb && !named && !is_adjective(scan, at - 1))
        return oblique(0.7f); /* in construct: اكتشاف 20 */
    bool share = scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_PERCENT;
    if (nashra_word_has_article(before) && nashra_clause_begins(scan, at - 1) &&
        (nashra_counts_nothing(scan) || share)) /* والصغرى 22, – المعارضة 45% */
        return guess(NASHRA_NOMINATIVE, 0.7f);
    bool takes_number =
        clause.found && (clause.governor == NASHRA_GOVERNS_MEASURE || clause.governor == NASHRA_GOVERNS_KANA);
    if (!takes_number && at > LONGEST_TOPIC && nashra_counts_nothing(scan))
        return oblique(0.66f); /* a name, which takes no case: الوعاء 1 */
    bool fronted = at >= 2 && nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_PREPOSITION &&
                   nashra_clause_begins(scan, at - 2);
    if (is_among(scan, at))
        return guess(NASHRA_NOMINATIVE, 0.75f);
    if (fronted && (!clause.found || clause.governor == NASHRA_GOVERNS_NOTHING)) /* وعلى متنها 150 راكبا */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    bool adverbial =
        nashra_counts_time(scan, at) && at > LONGEST_TOPIC &&
        !(clause.found && (clause.governor == NASHRA_GOVERNS_INNA || nashra_verb_passes(&scan->tokens[clause.verb])));
    if (adverbial && !fronted && !(nashra_clause_begins_with_noun(scan, 0) && clause.whole && !clause.found))
        return guess(NASHRA_ACCUSATIVE, clause.found ? 0.7f : 0.6f);
    return clause.found ? nashra_case_by_verb(scan, &clause, at) : without_verb(scan, &clause, at);
}

/* What is spelt as the verb is, but is a noun here. */
static bool is_noun_here(const struct nashra_scan *scan, size_t at) {
    const uint64_t width = NASHRA_CUE_BIT(NASHRA_CUE_DISTANCE); /* عرض: a verb and a noun; دائرة عرض 32 */
    bool measure = (nashra_scan_cues(scan, at) & width) != 0 && !nashra_clause_begins(scan, at);
    bool done = at != 0 && nashra_clause_is_done(scan, at - 1);
    bool headline = at != 0 || !nashra_object_follows(scan); /* not دعم 62% من المشاركين الخروج */
    return measure || done || nashra_masdar_is_governed(scan, at) || nashra_masdar_is_joined(scan, at) ||
           (headline && nashra_masdar_looks_like_verb(scan, at));
}

static struct nashra_case_guess after_transitive(const struct nashra_scan *scan, size_t at) {
    if (is_noun_here(scan, at - 1))
        return guess(NASHRA_GENITIVE, 0.85f);
    bool goes_on = nashra_clause_is_relative(scan, at - 1) || (at > 1 && nashra_subject_goes_on(scan, at - 1));
    bool begins = nashra_clause_begins(scan, at - 1) || nashra_subject_is_absent(scan, at - 1);
    bool people = nashra_object_is_no_share_of_people(scan) || nashra_counts_people(scan); /* قدم 18 طالبا أبحاثهم */
    if (!goes_on && (nashra_object_follows(scan) || nashra_object_clause_follows(scan)))
        return guess(NASHRA_NOMINATIVE, 0.8f);
    return !goes_on && begins && people ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_ACCUSATIVE, 0.85f);
}

/* A second verb after و goes the way of the first: دمرت 12 منزلا وأحرقت 3. */
static bool joins_object(const struct nashra_scan *scan, size_t at) {
    return strncmp(scan->tokens[at].text, "و", 2) == 0 && scan->has_last && scan->last_case == NASHRA_ACCUSATIVE;
}

/* إن روسيا أطلقت 120 صاروخا: active, with its subject before it. */
static bool has_subject_in_front(const struct nashra_scan *scan, size_t verb) {
    static const char plain_passive[] = "أصيب"; /* nothing else can be read in it */
    if (verb < 2 || nashra_word_governs(&scan->tokens[verb - 2]) != NASHRA_GOVERNS_INNA ||
        strncmp(scan->tokens[verb].text, plain_passive, sizeof plain_passive - 1) == 0)
        return false;
    const struct nashra_token *subject = &scan->tokens[verb - 1];
    return subject->kind == NASHRA_TOKEN_WORD && nashra_word_governs(subject) == NASHRA_GOVERNS_NOTHING &&
           !nashra_word_is_governed(subject);
}

/* جرح, عبر are a noun and a preposition as well: verbs where a clause begins, عبر only if people are counted. */
static struct nashra_case_guess after_passive(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = &scan->tokens[at - 1];
    bool also_noun = nashra_verb_is_also_noun(verb);
    bool joined = strncmp(verb->text, "و", 2) == 0 && scan->has_last;
    bool is_noun =
        joined ? scan->last_case == NASHRA_GENITIVE
               : !nashra_clause_begins(scan, at - 1) || (nashra_verb_passes(verb) && !nashra_counts_humans(scan));
    if (nashra_clause_is_relative(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (nashra_masdar_is_governed(scan, at - 1) || nashra_masdar_follows_subject(scan, at - 1) ||
        nashra_masdar_is_joined(scan, at - 1))
        return guess(NASHRA_GENITIVE, 0.8f);
    if (also_noun && is_noun)
        return guess(NASHRA_GENITIVE, 0.7f);
    if (joins_object(scan, at - 1) || has_subject_in_front(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.6f);
    if (nashra_verb_may_be_active(verb) &&
        (nashra_subject_in_front(scan, at - 1) || nashra_agree_bars_phrase(scan, at - 1) ||
         nashra_subject_is_shared(scan, at - 1) || nashra_agree_shows_oblique(scan)))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (nashra_counts_time(scan, at) && !nashra_verb_passes(verb))
        return guess(NASHRA_ACCUSATIVE, 0.8f); /* فأوقف 4 سنوات */
    return guess(NASHRA_NOMINATIVE, 0.9f);
}

/* افتتح 1971 */
static bool may_be_year(const struct nashra_scan *scan) {
    return nashra_counts_nothing(scan) && scan->tokens[scan->amount->first].length == strlen("1971");
}

/* Active or passive: by the subject in front, by the object behind; and a sentence that begins with it has no other
 * subject than the phrase. */
static struct nashra_case_guess after_either(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = &scan->tokens[at - 1];
    if (is_noun_here(scan, at - 1))
        return guess(NASHRA_GENITIVE, 0.85f);
    if (nashra_clause_is_relative(scan, at - 1) || nashra_subject_in_front(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.75f);
    bool begins = nashra_clause_begins(scan, at - 1);
    if (nashra_verb_is_noun_here(scan, at - 1))
        return guess(NASHRA_GENITIVE, 0.75f);
    if ((nashra_counts_time(scan, at) && !nashra_verb_passes(verb)) || may_be_year(scan) ||
        nashra_agree_bars_phrase(scan, at - 1) || nashra_agree_shows_oblique(scan))
        return guess(NASHRA_ACCUSATIVE, 0.75f);
    if (nashra_object_follows(scan) || nashra_object_clause_follows(scan))
        return guess(NASHRA_NOMINATIVE, 0.8f);
    if (nashra_subject_changes(scan, at - 1))
        return guess(NASHRA_NOMINATIVE, 0.66f);
    if (nashra_subject_goes_on(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    bool also = at >= 2 && nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_FUNCTION; /* كما قدم 3 عروض */
    if (also && !nashra_counts_people(scan))
        return guess(NASHRA_ACCUSATIVE, 0.55f);
    if (!begins && (nashra_subject_is_absent(scan, at - 1) || nashra_subject_is_awaited(scan, at - 1)))
        return guess(NASHRA_NOMINATIVE, 0.66f);
    return begins ? guess(NASHRA_NOMINATIVE, 0.8f) : guess(NASHRA_ACCUSATIVE, 0.6f);
}

/* فتح 3 مسلحين النار, فجر انتحاري: a noun that is a verb too, where people do it. */
static bool is_verb_of_people(const struct nashra_scan *scan, size_t at) {
    return scan->tokens[at].verb != NULL && nashra_clause_begins(scan, at) && !nashra_subject_goes_on(scan, at) &&
           nashra_counts_humans(scan);
}

/* بعد أن رصد 20, قد فتح 20, لم يمنح 20 */
static bool only_verb_follows(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    return nashra_scan_is_word(scan, at, "أن") || strcmp(token->text + token->stem, "قد") == 0 ||
           nashra_word_governs(&scan->tokens[at]) == NASHRA_GOVERNS_RELATIVE;
}

/* كان 20 شخصا: the phrase is its noun where the clause begins; elsewhere the subject is in the verb (كانوا 20, لتصبح
 * 20). */
static struct nashra_case_guess after_kana(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = &scan->tokens[at - 1];
    bool plural = strncmp(verb->text + verb->stem, "ن", 2) == 0 /* نكون */ ||
                  (verb->length > 4 && (nashra_ends_with(verb->text, verb->length, "وا") || /* كانوا, كنا */
                                        nashra_ends_with(verb->text, verb->length, "نا")));
    enum nashra_governor particle = at >= 2 ? nashra_word_governs(&scan->tokens[at - 2]) : NASHRA_GOVERNS_NOTHING;
    bool negated = particle == NASHRA_GOVERNS_NEGATION;
    bool opens = particle == NASHRA_GOVERNS_INNA && !nashra_counts_nothing(scan); /* أن يكون 20 نائبا قد استقالوا */
    if (!plural && (nashra_clause_begins(scan, at - 1) || negated || opens))
        return guess(NASHRA_NOMINATIVE, opens && !nashra_counts_people(scan) ? 0.6f : 0.7f);
    return guess(NASHRA_ACCUSATIVE, 0.85f);
}

/* له من العمر 30 عاما, البالغ من العمر 30 عاما */
static bool follows_age(const struct nashra_scan *scan, size_t at) {
    return at >= 3 && nashra_scan_is_word(scan, at - 1, "العمر") && nashra_scan_is_word(scan, at - 2, "من");
}

static struct nashra_case_guess after_age(const struct nashra_scan *scan, size_t at) {
    bool topic = nashra_word_governs(&scan->tokens[at - 3]) == NASHRA_GOVERNS_PRONOUN;
    return guess(topic ? NASHRA_NOMINATIVE : NASHRA_ACCUSATIVE, 0.85f);
}

/* تقع 60 كيلومترا شمال المدينة, ركض 20 كيلومترا */
static bool counts_distance(const struct nashra_scan *scan, const struct nashra_token *verb) {
    const struct nashra_amount *amount = scan->amount;
    return verb->verb != NULL && amount != NULL &&
           (amount->kind == NASHRA_COUNTS_UNIT || nashra_amount_is_unit_name(scan, amount)) &&
           (nashra_scan_cues(scan, amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_DISTANCE)) != 0;
}

/* ويضاف إلى ذلك 20: the verb before it reaches over it. */
static bool is_pointed_at(const struct nashra_scan *scan, size_t at) {
    return at > 1 && nashra_scan_is_word(scan, at, "ذلك") &&
           nashra_word_governs(&scan->tokens[at - 1]) == NASHRA_GOVERNS_PREPOSITION;
}

static struct nashra_case_guess after_governor(const struct nashra_scan *scan, size_t at,
                                               enum nashra_governor governor) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    switch (governor) {
    case NASHRA_GOVERNS_PREPOSITION:
    case NASHRA_GOVERNS_NOUN:
        if ((governor == NASHRA_GOVERNS_NOUN || nashra_verb_takes_thing(before)) && is_verb_of_people(scan, at - 1))
            return guess(NASHRA_NOMINATIVE, 0.7f); /* قبل 200 طالب في كلية الطب */
        if (governor == NASHRA_GOVERNS_NOUN && before->verb != NULL && at >= 2 && only_verb_follows(scan, at - 2))
            return after_either(scan, at);
        return is_each(scan, at - 1) ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_GENITIVE, 0.98f);
    case NASHRA_GOVERNS_MEASURE:
        if (is_shared_work(scan, at))
            return guess(NASHRA_NOMINATIVE, 0.7f);
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    case NASHRA_GOVERNS_INNA:
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    case NASHRA_GOVERNS_KANA:
        return after_kana(scan, at);
    case NASHRA_GOVERNS_EXCEPT:
        return after_except(scan, at);
    case NASHRA_GOVERNS_PASSIVE:
        return after_passive(scan, at);
    case NASHRA_GOVERNS_NOMINATIVE:
        return guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        if (at >= 2 && nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_INNA &&
            nashra_scan_is_word(scan, at - 1, "هناك"))
            return guess(NASHRA_ACCUSATIVE, 0.85f); /* إن هناك 20 مدينة */
        if (nashra_verb_is_noun_here(scan, at - 1))
            return guess(NASHRA_GENITIVE, 0.7f); /* ظاهرة تعاقب 20 جيلا */
        if (nashra_verb_takes_thing(before) && !nashra_counts_people(scan) &&
            (nashra_clause_is_relative(scan, at - 1) || nashra_subject_in_front(scan, at - 1)))
            return guess(NASHRA_ACCUSATIVE, 0.75f); /* كانت الحشود تغادر 20 معبدا */
        return (nashra_counts_time(scan, at) || counts_distance(scan, before)) && !nashra_verb_passes(before)
                   ? guess(NASHRA_ACCUSATIVE, 0.75f)
                   : guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_EITHER:
        return after_either(scan, at);
    case NASHRA_GOVERNS_TRANSITIVE:
        return after_transitive(scan, at);
    case NASHRA_GOVERNS_TOPIC:
        return nashra_case_after_topic(scan, at);
    case NASHRA_GOVERNS_PRONOUN:
        return after_pronoun(scan, at);
    case NASHRA_GOVERNS_NOTHING:
    case NASHRA_GOVERNS_ADVERB: /* ذلك اليوم */
        return after_noun(scan, at);
    case NASHRA_GOVERNS_FUNCTION:
        if (nashra_scan_is_word(scan, at - 1, "حيث") && !nashra_counts_nothing(scan))
            return guess(NASHRA_NOMINATIVE, 0.8f); /* a sentence of its own: حيث 20 ألف نازح */
        return is_pointed_at(scan, at - 1) ? after_pronoun(scan, at) : oblique(0.5f);
    default:
        return oblique(0.5f);
    }
}

/* تمر كل عام 25 ألف سفينة */
static bool is_every_time(const struct nashra_scan *scan, size_t at) {
    return at >= 3 && nashra_scan_is_word(scan, at - 2, "كل") &&
           (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) != 0 &&
           nashra_word_governs(&scan->tokens[at - 3]) != NASHRA_GOVERNS_PREPOSITION;
}

static size_t skip_adverbs(const struct nashra_scan *scan, size_t at) {
    if (is_every_time(scan, at))
        at -= 2;
    for (size_t steps = 0; steps < MAX_ADVERBS && at > 0; steps++) {
        if (nashra_word_governs(&scan->tokens[at - 1]) != NASHRA_GOVERNS_ADVERB)
            break;
        enum nashra_governor before = at >= 2 ? nashra_word_governs(&scan->tokens[at - 2]) : NASHRA_GOVERNS_NOTHING;
        if (before == NASHRA_GOVERNS_FUNCTION || before == NASHRA_GOVERNS_NOMINATIVE)
            break; /* ذلك اليوم is a noun */
        bool part = before == NASHRA_GOVERNS_NOUN && nashra_argument_is_time(scan, at - 2); /* صباح اليوم */
        at -= before == NASHRA_GOVERNS_PREPOSITION || part ? 2 : 1;                         /* حتى الآن */
    }
    return at;
}

static bool is_quote(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role >= NASHRA_SYMBOL_QUOTE && symbol->role <= NASHRA_SYMBOL_QUOTE_CLOSE;
}

size_t nashra_case_skip_quotes(const struct nashra_scan *scan, size_t at) {
    for (size_t steps = 0; steps < MAX_QUOTES && at > 0 && is_quote(scan, at - 1); steps++)
        at--;
    return at;
}

/* خسر مؤشر "نيكاي 225" 1%: the number before is part of a name, and counts nothing. */
static bool is_behind_named_number(const struct nashra_scan *scan, size_t at) {
    bool bare = scan->last_class == NASHRA_CLASS_LABEL || scan->last_class == NASHRA_CLASS_CODE ||
                (scan->last_class == NASHRA_CLASS_CARDINAL && scan->last_kind == NASHRA_COUNTS_NOTHING);
    const struct nashra_amount *amount = scan->amount;
    if (!bare || at == 0 || scan->tokens[at - 1].kind != NASHRA_TOKEN_NUMBER || amount == NULL)
        return false;
    return amount->kind == NASHRA_COUNTS_PERCENT || amount->kind == NASHRA_COUNTS_CURRENCY ||
           (nashra_scan_cues(scan, amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_CHANGE)) != 0;
}

static struct nashra_case_guess after_named_number(const struct nashra_scan *scan, size_t at) {
    struct nashra_clause clause = nashra_clause_look_left(scan, at - 1);
    return clause.found ? nashra_case_by_verb(scan, &clause, at) : without_verb(scan, &clause, at);
}

/* تتألف من المدينة القديمة و34 بلدية, بالوزير و12 نائبا */
static bool joins_governed_noun(const struct nashra_scan *scan, size_t at) {
    enum { LONGEST_PHRASE = 4 };
    for (size_t i = 1; i <= LONGEST_PHRASE && i <= at; i++) {
        const struct nashra_token *token = &scan->tokens[at - i];
        enum nashra_governor governor = nashra_word_governs(token);
        if (governor == NASHRA_GOVERNS_PREPOSITION ||
            (token->kind == NASHRA_TOKEN_WORD && nashra_word_is_governed(token)))
            return i > 1 || governor != NASHRA_GOVERNS_PREPOSITION;
        if (token->kind != NASHRA_TOKEN_WORD || governor != NASHRA_GOVERNS_NOTHING || token->verb != NULL)
            return false;
    }
    return false;
}

struct nashra_case_guess nashra_case_by_rules(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    if (nashra_word_is_governed(token))
        return guess(NASHRA_GENITIVE, 1.0f);
    at = skip_adverbs(scan, nashra_case_skip_quotes(scan, at));
    if (at == 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if ((token->proclitics & NASHRA_PROCLITIC_AND) != 0 && scan->has_last)
        return guess(scan->last_case, scan->last_end == at ? 0.9f : 0.7f);
    if ((token->proclitics & NASHRA_PROCLITIC_AND) != 0 && joins_governed_noun(scan, at))
        return guess(NASHRA_GENITIVE, 0.8f);
    if (nashra_scan_is_word(scan, at - 1, "أو") && scan->has_last && scan->last_end == at - 1)
        return guess(scan->last_case, 0.9f);
    bool directly = scan->has_last && scan->last_end == at; /* 33 عضوا 20 منهم */
    if (directly && scan->amount != NULL && nashra_counts_share(scan))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    if (directly && is_behind_named_number(scan, at))
        return after_named_number(scan, at);
    if (follows_age(scan, at))
        return after_age(scan, at);
    if (nashra_agree_shows_nominative(scan) && nashra_word_governs(&scan->tokens[at - 1]) > NASHRA_GOVERNS_INNA)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if (scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD)
        return after_governor(scan, at, nashra_word_governs(&scan->tokens[at - 1]));
    return nashra_case_after_symbol(scan, at);
}
