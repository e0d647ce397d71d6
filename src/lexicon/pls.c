/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W3C Pronunciation Lexicon Specification 1.0 through libxml2, which gets no network, no entities, and its own limits
 * on depth and size. */
#include "entry.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

static const char NAMESPACE[] = "http://www.w3.org/2005/01/pronunciation-lexicon";
static const char OWN_NAMESPACE[] = "urn:nashra:lexicon";

struct reader {
    struct nashra_lexicon *lexicon;
    const xmlChar *alphabet; /* of the whole lexicon, NULL for none */
};

static void report(void *user, xmlErrorPtr error) {
    struct nashra_lexicon *lexicon = user;
    size_t length = error->message ? strcspn(error->message, "\n") : 0;
    /* What follows the first error of a broken file is its echo. */
    if (error->level >= XML_ERR_ERROR && lexicon->errors++ == 0)
        nashra_log(NASHRA_LOG_WARNING, "%s:%d: %.*s", lexicon->name, error->line, (int)length,
                   error->message ? error->message : "");
}

/* A document type is where entities come from. No lexicon needs one. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    xmlParserCtxtPtr parser = context;
    struct nashra_lexicon *lexicon = parser->_private;
    (void)name;
    (void)external;
    (void)system;
    if (lexicon->errors++ == 0)
        nashra_log(NASHRA_LOG_WARNING, "%s:%d: a DOCTYPE: lexicons with one are not read", lexicon->name,
                   parser->input ? parser->input->line : 0);
    xmlStopParser(parser);
}

static bool is_element(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static size_t line_of(const xmlNode *node) {
    long line = xmlGetLineNo((xmlNodePtr)node);
    return line > 0 ? (size_t)line : 1;
}

/* The preferred child of that name: the one with prefer="true", else the first. NULL for none. */
static xmlNode *preferred(xmlNode *lexeme, const char *name) {
    xmlNode *first = NULL;
    for (xmlNode *child = lexeme->children; child; child = child->next) {
        if (!is_element(child, name))
            continue;
        xmlChar *prefer = xmlGetNoNsProp(child, BAD_CAST "prefer");
        bool wanted = prefer && strcmp((const char *)prefer, "true") == 0;
        xmlFree(prefer);
        if (wanted)
            return child;
        first = first ? first : child;
    }
    return first;
}

/* The element's text on one line, in the lexicon's arena; NULL when out of memory. */
static char *text_of(struct nashra_lexicon *lexicon, const xmlNode *node) {
    xmlChar *content = xmlNodeGetContent(node);
    if (!content)
        return NULL;
    const char *text = (const char *)content;
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    char *copy = nashra_arena_copy(lexicon->arena, text, length);
    for (char *at = copy; at && *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    xmlFree(content);
    return copy;
}

/* True and the kind, or the alphabet is reported. */
static bool read_alphabet(const struct reader *reader, const xmlNode *phoneme, enum nashra_lex_kind *kind) {
    xmlChar *own = xmlGetNoNsProp((xmlNodePtr)phoneme, BAD_CAST "alphabet");
    const char *alphabet = own ? (const char *)own : (const char *)reader->alphabet;
    bool ipa = alphabet && strcmp(alphabet, "ipa") == 0, espeak = alphabet && strcmp(alphabet, "x-espeak") == 0;
    if (!alphabet)
        nashra_lex_left_out(reader->lexicon, line_of(phoneme), "no alphabet: it must be ipa or x-espeak");
    else if (!ipa && !espeak)
        nashra_lex_left_out(reader->lexicon, line_of(phoneme), "the alphabet \"%.40s\": it must be ipa or x-espeak",
                            alphabet);
    *kind = ipa ? NASHRA_LEX_IPA : NASHRA_LEX_PHONEMES;
    xmlFree(own);
    return ipa || espeak;
}

/* role="nashra:exact nashra:case" is how our own flags travel. */
static void read_role(const xmlNode *lexeme, struct nashra_lex_source *source) {
    xmlChar *role = xmlGetNoNsProp((xmlNodePtr)lexeme, BAD_CAST "role");
    source->exact = role && strstr((const char *)role, "nashra:exact");
    source->cased = role && strstr((const char *)role, "nashra:case");
    xmlFree(role);
}

/* 1 and the value of all the lexeme's entries; 0 when it was reported; NASHRA_ENOMEM. */
static int read_value(const struct reader *reader, xmlNode *lexeme, struct nashra_lex_source *source) {
    const xmlNode *phoneme = preferred(lexeme, "phoneme"), *alias = preferred(lexeme, "alias");
    if (!phoneme && !alias) {
        nashra_lex_left_out(reader->lexicon, line_of(lexeme), "a lexeme without phoneme and alias");
        return 0;
    }
    source->kind = NASHRA_LEX_READING;
    if (phoneme && !read_alphabet(reader, phoneme, &source->kind))
        return 0;
    source->value = text_of(reader->lexicon, phoneme ? phoneme : alias);
    return source->value ? 1 : NASHRA_ENOMEM;
}

static int read_lexeme(const struct reader *reader, xmlNode *lexeme) {
    struct nashra_lex_source source = {0};
    bool named = false;
    int status = read_value(reader, lexeme, &source);
    if (status != 1)
        return status;
    read_role(lexeme, &source);
    status = NASHRA_OK;
    for (xmlNode *child = lexeme->children; child && status >= 0; child = child->next) {
        if (!is_element(child, "grapheme"))
            continue;
        named = true;
        source.line = line_of(child);
        source.written = text_of(reader->lexicon, child);
        status = source.written ? nashra_lex_add(reader->lexicon, &source) : NASHRA_ENOMEM;
    }
    if (!named)
        nashra_lex_left_out(reader->lexicon, line_of(lexeme), "a lexeme without grapheme");
    return status;
}

static int read_tree(struct nashra_lexicon *lexicon, xmlDocPtr document) {
    xmlNode *root = xmlDocGetRootElement(document);
    if (!root || !is_element(root, "lexicon"))
        return nashra_fail(NASHRA_EDATA, "%s: not a pronunciation lexicon: its root must be <lexicon>", lexicon->name);
    xmlChar *alphabet = xmlGetNoNsProp(root, BAD_CAST "alphabet");
    struct reader reader = {lexicon, alphabet};
    int status = NASHRA_OK;
    for (xmlNode *child = root->children; child && status >= 0; child = child->next)
        if (is_element(child, "lexeme"))
            status = read_lexeme(&reader, child);
    xmlFree(alphabet);
    return status;
}

int nashra_lex_read_pls(struct nashra_lexicon *lexicon, const char *bytes, size_t length) {
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        return NASHRA_ENOMEM;
    parser->_private = lexicon;
    parser->sax->internalSubset = refuse_doctype;
    xmlSetStructuredErrorFunc(lexicon, report);
    xmlDocPtr document = xmlCtxtReadMemory(parser, bytes, (int)length, lexicon->name, NULL,
                                           XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOCDATA);
    xmlSetStructuredErrorFunc(NULL, NULL);
    int status = NASHRA_OK;
    if (parser->errNo == XML_ERR_NO_MEMORY)
        status = NASHRA_ENOMEM;
    else if (!document || !parser->wellFormed || lexicon->errors > 0)
        status = nashra_fail(NASHRA_EDATA, "%s: not a lexicon in PLS", lexicon->name);
    else
        status = read_tree(lexicon, document);
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    return status;
}

static bool add_lexeme(xmlNodePtr root, const struct nashra_lex_entry *entry) {
    xmlNodePtr lexeme = xmlNewChild(root, NULL, BAD_CAST "lexeme", NULL);
    if (!lexeme || !xmlNewTextChild(lexeme, NULL, BAD_CAST "grapheme", BAD_CAST entry->written))
        return false;
    if ((entry->exact || entry->cased) && !xmlNewProp(lexeme, BAD_CAST "role",
                                                      BAD_CAST(!entry->cased   ? "nashra:exact"
                                                               : !entry->exact ? "nashra:case"
                                                                               : "nashra:exact nashra:case")))
        return false;
    bool alias = entry->kind == NASHRA_LEX_READING;
    xmlNodePtr value = xmlNewTextChild(lexeme, NULL, BAD_CAST(alias ? "alias" : "phoneme"), BAD_CAST entry->value);
    return value && (alias || xmlNewProp(value, BAD_CAST "alphabet",
                                         BAD_CAST(entry->kind == NASHRA_LEX_IPA ? "ipa" : "x-espeak")));
}

static bool fill(xmlDocPtr document, const struct nashra_lexicon *lexicon) {
    xmlNodePtr root = xmlNewNode(NULL, BAD_CAST "lexicon");
    if (!root)
        return false;
    xmlDocSetRootElement(document, root);
    xmlNsPtr own = xmlNewNs(root, BAD_CAST NAMESPACE, NULL);
    xmlSetNs(root, own);
    bool good = own && xmlNewNs(root, BAD_CAST OWN_NAMESPACE, BAD_CAST "nashra") &&
                xmlNewProp(root, BAD_CAST "version", BAD_CAST "1.0") &&
                xmlNewProp(root, BAD_CAST "alphabet", BAD_CAST "ipa") &&
                xmlNewProp(root, BAD_CAST "xml:lang", BAD_CAST "ar");
    for (size_t i = 0; i < lexicon->count && good; i++)
        good = add_lexeme(root, lexicon->entries[i]);
    return good;
}

int nashra_lexicon_write_pls(const struct nashra_lexicon *lexicon, struct nashra_buffer *out) {
    xmlChar *text = NULL;
    int length = 0;
    xmlDocPtr document = xmlNewDoc(BAD_CAST "1.0");
    if (document && fill(document, lexicon))
        xmlDocDumpFormatMemoryEnc(document, &text, &length, "UTF-8", 1);
    int status = text ? nashra_buffer_add(out, (const char *)text, (size_t)length) : NASHRA_ENOMEM;
    xmlFree(text);
    xmlFreeDoc(document);
    return status;
}
