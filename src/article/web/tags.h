/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements of HTML that a reader treats in a way of their own. */
#ifndef NASHRA_ARTICLE_TAGS_H
#define NASHRA_ARTICLE_TAGS_H

#include <stdbool.h>

/* name, what it does to the text: INLINE runs on, BLOCK begins a line, SKIPPED has nothing to read. In order of the
 * alphabet: nashra_tag_find() searches. */
#define NASHRA_TAGS(X)                                                                                                 \
    X(A, a, INLINE)                                                                                                    \
    X(ABBR, abbr, INLINE)                                                                                              \
    X(ACRONYM, acronym, INLINE)                                                                                        \
    X(ADDRESS, address, BLOCK)                                                                                         \
    X(APPLET, applet, SKIPPED)                                                                                         \
    X(ARTICLE, article, BLOCK)                                                                                         \
    X(ASIDE, aside, BLOCK)                                                                                             \
    X(AUDIO, audio, SKIPPED)                                                                                           \
    X(BLOCKQUOTE, blockquote, BLOCK)                                                                                   \
    X(BODY, body, BLOCK)                                                                                               \
    X(BR, br, INLINE)                                                                                                  \
    X(BUTTON, button, SKIPPED)                                                                                         \
    X(CANVAS, canvas, SKIPPED)                                                                                         \
    X(CAPTION, caption, BLOCK)                                                                                         \
    X(CENTER, center, BLOCK)                                                                                           \
    X(DATALIST, datalist, SKIPPED)                                                                                     \
    X(DD, dd, BLOCK)                                                                                                   \
    X(DEL, del, SKIPPED)                                                                                               \
    X(DETAILS, details, BLOCK)                                                                                         \
    X(DIALOG, dialog, SKIPPED)                                                                                         \
    X(DIR, dir, BLOCK)                                                                                                 \
    X(DIV, div, BLOCK)                                                                                                 \
    X(DL, dl, BLOCK)                                                                                                   \
    X(DT, dt, BLOCK)                                                                                                   \
    X(EMBED, embed, SKIPPED)                                                                                           \
    X(FIELDSET, fieldset, BLOCK)                                                                                       \
    X(FIGCAPTION, figcaption, BLOCK)                                                                                   \
    X(FIGURE, figure, BLOCK)                                                                                           \
    X(FOOTER, footer, BLOCK)                                                                                           \
    X(FORM, form, BLOCK)                                                                                               \
    X(FRAMESET, frameset, SKIPPED)                                                                                     \
    X(H1, h1, BLOCK)                                                                                                   \
    X(H2, h2, BLOCK)                                                                                                   \
    X(H3, h3, BLOCK)                                                                                                   \
    X(H4, h4, BLOCK)                                                                                                   \
    X(H5, h5, BLOCK)                                                                                                   \
    X(H6, h6, BLOCK)                                                                                                   \
    X(HEAD, head, BLOCK)                                                                                               \
    X(HEADER, header, BLOCK)                                                                                           \
    X(HGROUP, hgroup, BLOCK)                                                                                           \
    X(HR, hr, BLOCK)                                                                                                   \
    X(HTML, html, BLOCK)                                                                                               \
    X(IFRAME, iframe, SKIPPED)                                                                                         \
    X(IMG, img, INLINE)                                                                                                \
    X(INPUT, input, SKIPPED)                                                                                           \
    X(LEGEND, legend, BLOCK)                                                                                           \
    X(LI, li, BLOCK)                                                                                                   \
    X(LINK, link, SKIPPED)                                                                                             \
    X(MAIN, main, BLOCK)                                                                                               \
    X(MAP, map, SKIPPED)                                                                                               \
    X(MENU, menu, BLOCK)                                                                                               \
    X(META, meta, SKIPPED)                                                                                             \
    X(NAV, nav, BLOCK)                                                                                                 \
    X(NOFRAMES, noframes, SKIPPED)                                                                                     \
    X(NOSCRIPT, noscript, SKIPPED)                                                                                     \
    X(OBJECT, object, SKIPPED)                                                                                         \
    X(OL, ol, BLOCK)                                                                                                   \
    X(OPTION, option, SKIPPED)                                                                                         \
    X(P, p, BLOCK)                                                                                                     \
    X(PRE, pre, BLOCK)                                                                                                 \
    X(Q, q, INLINE)                                                                                                    \
    X(RP, rp, SKIPPED)                                                                                                 \
    X(RT, rt, SKIPPED)                                                                                                 \
    X(RTC, rtc, SKIPPED)                                                                                               \
    X(S, s, SKIPPED)                                                                                                   \
    X(SCRIPT, script, SKIPPED)                                                                                         \
    X(SECTION, section, BLOCK)                                                                                         \
    X(SELECT, select, SKIPPED)                                                                                         \
    X(STRIKE, strike, SKIPPED)                                                                                         \
    X(STYLE, style, SKIPPED)                                                                                           \
    X(SUMMARY, summary, BLOCK)                                                                                         \
    X(SUP, sup, INLINE)                                                                                                \
    X(SVG, svg, SKIPPED)                                                                                               \
    X(TABLE, table, BLOCK)                                                                                             \
    X(TBODY, tbody, BLOCK)                                                                                             \
    X(TD, td, BLOCK)                                                                                                   \
    X(TEMPLATE, template, SKIPPED)                                                                                     \
    X(TEXTAREA, textarea, SKIPPED)                                                                                     \
    X(TFOOT, tfoot, BLOCK)                                                                                             \
    X(TH, th, BLOCK)                                                                                                   \
    X(THEAD, thead, BLOCK)                                                                                             \
    X(TIME, time, INLINE)                                                                                              \
    X(TITLE, title, SKIPPED)                                                                                           \
    X(TR, tr, BLOCK)                                                                                                   \
    X(UL, ul, BLOCK)                                                                                                   \
    X(VIDEO, video, SKIPPED)

enum nashra_tag_flow { NASHRA_FLOW_INLINE, NASHRA_FLOW_BLOCK, NASHRA_FLOW_SKIPPED };

#define NASHRA_TAG_ENUM(upper, lower, flow) NASHRA_TAG_##upper,
enum nashra_tag { NASHRA_TAGS(NASHRA_TAG_ENUM) NASHRA_TAG_OTHER };
#undef NASHRA_TAG_ENUM

/* Case doesn't matter, nor a namespace prefix; NASHRA_TAG_OTHER for one that isn't listed: it is inline. */
enum nashra_tag nashra_tag_find(const char *name);
enum nashra_tag_flow nashra_tag_flow(enum nashra_tag tag);

#endif
