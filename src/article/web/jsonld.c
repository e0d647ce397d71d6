/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON-LD with the vocabulary of schema.org. */
#include <string.h>

#include "../json.h"
#include "../walk.h"
#include "facts.h"

static const struct {
    const char *key;
    enum nashra_fact fact;
} keys[] = {
    {"headline", NASHRA_FACT_HEADLINE},
    {"datePublished", NASHRA_FACT_PUBLISHED},
    {"dateModified", NASHRA_FACT_UPDATED},
    {"articleSection", NASHRA_FACT_SECTION},
    {"inLanguage", NASHRA_FACT_LANGUAGE},
    {"publisher", NASHRA_FACT_SITE},
    {"url", NASHRA_FACT_LINK},
    {"description", NASHRA_FACT_DESCRIPTION},
    {"articleBody", NASHRA_FACT_BODY},
};

/* "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "Report" … */
static bool is_article(const json_t *object) {
    const json_t *type = json_object_get(object, "@type");
    for (size_t i = 0; i < (json_is_array(type) ? json_array_size(type) : 1); i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        if (name && (strstr(name, "Article") || strstr(name, "Posting") || strcmp(name, "Report") == 0))
            return true;
    }
    return false;
}

static void set(struct nashra_facts *facts, enum nashra_fact fact, struct nashra_json_locator *locator,
                const char *value) {
    struct nashra_tracked found = {0}, plain = {0};
    struct nashra_html page;
    nashra_json_locate(locator, value, &found);
    /* Some write HTML into their values. */
    if (fact != NASHRA_FACT_BODY && strpbrk(value, "<&") && nashra_html_init(&page, &found, "JSON-LD") == 0) {
        nashra_html_text(&page, 0, &plain);
        nashra_facts_set(facts, fact, &plain, (struct nashra_span){0, plain.text.length});
        nashra_html_finish(&page);
    } else if (fact == NASHRA_FACT_BODY && facts->of[fact].to == 0) {
        /* Its line ends are its paragraphs. */
        size_t before = facts->text.text.length;
        nashra_tracked_copy(&facts->text, &found, (struct nashra_span){0, found.text.length});
        facts->of[fact] = (struct nashra_span){before, facts->text.text.length};
    } else {
        nashra_facts_set(facts, fact, &found, (struct nashra_span){0, found.text.length});
    }
    facts->text.text.failed |= found.text.failed | plain.text.failed;
    nashra_tracked_finish(&found);
    nashra_tracked_finish(&plain);
}

/* One author or several: "سامر الحلبي، هدى". */
static void set_authors(struct nashra_facts *facts, struct nashra_json_locator *locator, const json_t *author) {
    enum { MOST = 4 };
    struct nashra_tracked names = {0};
    size_t count = json_is_array(author) ? json_array_size(author) : 1;
    for (size_t i = 0; i < count && i < MOST; i++) {
        const json_t *one = json_is_array(author) ? json_array_get(author, i) : author;
        const char *name = json_is_object(one) ? nashra_json_string(one, "name") : json_string_value(one);
        if (!name || !*name)
            continue;
        if (names.text.length > 0)
            nashra_tracked_write(&names, "، ");
        nashra_json_locate(locator, name, &names);
    }
    nashra_facts_set(facts, NASHRA_FACT_AUTHOR, &names, (struct nashra_span){0, names.text.length});
    facts->text.text.failed |= names.text.failed;
    nashra_tracked_finish(&names);
}

static void read_article(struct nashra_facts *facts, struct nashra_json_locator *locator, const json_t *object) {
    const json_t *free_of_charge = json_object_get(object, "isAccessibleForFree");
    const char *word = json_string_value(free_of_charge);
    if (json_is_false(free_of_charge) || (word && (strcmp(word, "False") == 0 || strcmp(word, "false") == 0)))
        facts->is_partial = true;
    if (!nashra_json_string(object, "headline") && nashra_json_string(object, "name"))
        set(facts, NASHRA_FACT_HEADLINE, locator, nashra_json_string(object, "name"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = nashra_json_string(object, keys[i].key);
        if (value && *value)
            set(facts, keys[i].fact, locator, value);
    }
    if (json_object_get(object, "author"))
        set_authors(facts, locator, json_object_get(object, "author"));
}

static void read_value(struct nashra_facts *facts, struct nashra_json_locator *locator, const json_t *value) {
    const json_t *graph = json_object_get(value, "@graph");
    const json_t *list = json_is_array(value) ? value : json_is_array(graph) ? graph : NULL;
    const json_t *article = is_article(value) ? value : json_object_get(value, "mainEntity");
    for (size_t i = 0; i < json_array_size(list) && !is_article(article); i++)
        article = json_array_get(list, i);
    if (is_article(article))
        read_article(facts, locator, article);
}

/* Line ends and tabs inside strings are common, and no JSON. */
static void mend(const struct nashra_tracked *from, struct nashra_span script, struct nashra_tracked *out) {
    const char *text = from->text.data;
    while (script.from < script.to && text[script.from] != '{' && text[script.from] != '[')
        script.from++;
    size_t begin = script.from;
    for (size_t at = script.from; at < script.to; at++)
        if ((unsigned char)text[at] < ' ') {
            nashra_tracked_copy(out, from, (struct nashra_span){begin, at});
            nashra_tracked_replace(out, from, (struct nashra_span){at, at + 1}, " ", 1);
            begin = at + 1;
        }
    nashra_tracked_copy(out, from, (struct nashra_span){begin, script.to});
}

void nashra_jsonld_read(struct nashra_facts *facts, const struct nashra_tracked *from, struct nashra_span script) {
    struct nashra_tracked text = {0};
    char why[200];
    mend(from, script, &text);
    json_t *root = text.text.failed || text.text.length == 0 ? NULL : nashra_json_load(&text, why, sizeof why);
    struct nashra_json_locator locator = {.source = &text};
    if (root)
        read_value(facts, &locator, root);
    facts->text.text.failed |= text.text.failed;
    json_decref(root);
    nashra_tracked_finish(&text);
}
