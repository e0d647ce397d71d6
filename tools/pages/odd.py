# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that are odd: old ones, AMP, paywalls, live blogs, galleries, pages without markup and with too much of it."""
import json

from noise import *
from page import Page, page
from sites import jsonld


@page(0, 11)
def windows_table_soup(s, n):
    lines = "<BR><BR>\n".join(esc(text) for text in s.expected())
    return Page(f"""<HTML DIR=RTL><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256"><TITLE>{n.site} - {esc(s.title)}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF TOPMARGIN=0><TABLE WIDTH=780 ALIGN=CENTER><TR><TD COLSPAN=3><FONT FACE="Arabic Transparent" SIZE=5><B>{n.site}</B></FONT></TD></TR>
<TR><TD WIDTH=130 VALIGN=TOP BGCOLOR=#DDDDDD>{n.menu("<A HREF=sec{i}.asp><FONT SIZE=2>{t}</FONT></A><BR>")}</TD>
<TD WIDTH=500 VALIGN=TOP><CENTER><FONT SIZE=4 COLOR=navy><B>{esc(s.title)}</B></FONT></CENTER><BR>
<FONT FACE="Simplified Arabic" SIZE=3>{lines}</FONT><BR><BR><A HREF="javascript:print()">اطبع</A> | <A HREF=mailto.asp>أرسل لصديق</A></TD>
<TD WIDTH=150 VALIGN=TOP>{n.links(4, "<A HREF=n{i}.asp>{t}</A><HR>")}</TD></TR>
<TR><TD COLSPAN=3 ALIGN=CENTER><FONT SIZE=1>جميع الحقوق محفوظة 2003</FONT></TD></TR></TABLE></BODY></HTML>""", s, charset="cp1256", author=False, date=False)


@page(12, 8)
def single_breaks(s, n):
    lines = "<br />\n".join(esc(text) for text in s.expected())
    return Page(f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)} | {n.site}</title></head><body><div id="w"><div id="m">{n.menu("<a>{t}</a> - ")}</div>
<div id="n"><h2>{esc(s.title)}</h2><div id="t">{lines}</div></div><div id="r">{n.links(5, "<div><a>{t}</a></div>")}</div><div id="z">{FOOTER}</div></div></body></html>""", s, author=False, date=False)


@page(7, 1)
def amp(s, n):
    return Page(f"""<!doctype html><html ⚡ lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)}</title><link rel="canonical" href="https://example.org/a/77">
{jsonld(s, n)}<style amp-custom>p{{margin:0}}</style><style amp-boilerplate>body{{visibility:hidden}}</style><noscript><style amp-boilerplate>body{{visibility:visible}}</style></noscript>
<script async src="https://cdn.ampproject.org/v0.js"></script></head><body>
<amp-sidebar id="sidebar1" layout="nodisplay" side="right"><ul>{n.menu()}</ul></amp-sidebar><header class="amp-header"><button on="tap:sidebar1.toggle">☰</button><a>{n.site}</a></header>
<article class="amp-article"><h1 class="amp-title">{esc(s.title)}</h1><div class="amp-meta"><span class="amp-author">{esc(s.author)}</span><time datetime="{s.date}">15 نوفمبر</time></div>
<amp-img src="x.jpg" width="600" height="300" layout="responsive" alt="{attr(s.caption)}"></amp-img>
<div class="amp-content">{body(s, between=lambda i: "<amp-ad width=300 height=250 type='doubleclick'><div placeholder>إعلان</div></amp-ad>" if i % 2 else "")}</div>
<amp-social-share type="twitter"></amp-social-share><amp-list src="/related.json"><template type="amp-mustache"><a>{{{{title}}}} نص قالب لا يقرأ</a></template></amp-list></article>
<section class="amp-related"><h3>مواضيع ذات صلة</h3><ul>{n.links(3)}</ul></section><footer class="amp-footer"><p>{FOOTER}</p></footer><amp-consent id="c" layout="nodisplay"><p>{COOKIE}</p></amp-consent></body></html>""", s)


@page(3, 9)
def jsonld_only(s, n):
    text = "\n\n".join(s.expected())
    return Page(f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{n.site}</title>
{jsonld(s, n, articleBody=text, isAccessibleForFree=True)}</head><body><div id="app"><div class="loader">جار التحميل...</div></div><noscript>يجب تفعيل جافاسكربت لعرض هذه الصفحة.</noscript>
<script src="/app.js"></script></body></html>""", s)


@page(10, 5)
def noscript_only(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><div id="root"></div>
<noscript><div class="static"><h1>{esc(s.title)}</h1>{body(s)}</div></noscript><script>render(document.getElementById("root"))</script></body></html>""", s, author=False)


@page(12, 4)
def microdata(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)} — {n.site}</title></head><body><div class="nav-bar">{n.menu("<a>{t}</a>")}</div>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{esc(s.title)}</h1><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{esc(s.author)}</span></span>
<meta itemprop="datePublished" content="{s.date}"><div itemprop="articleBody">{body(s)}</div></div>
<div class="x">{n.cards(4)}</div><p>{ABOUT}</p><p>{FOOTER}</p></body></html>""", s)


@page(8, 12)
def paywall_stub(s, n):
    first = s.blocks[:2]
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}{jsonld(s, n, isAccessibleForFree=False, articleBody="نص كامل لا يتاح إلا للمشتركين. " * 40)}</head><body>
<header><nav>{n.menu("<a>{t}</a>")}</nav></header><main><article><h1>{esc(s.title)}</h1><div class="meta-author">{esc(s.author)}</div><div class="article-body">{"".join(f"<p>{esc(t)}</p>" for _, t in first)}<p class="fade-out"></p></div>
<div class="subscribe-box"><h3>لإكمال القراءة اشترك الآن</h3><p>احصل على وصول غير محدود إلى جميع المقالات والتحليلات والنشرات الخاصة بأقل من ثمن فنجان قهوة في الأسبوع.</p><a>اشترك</a><a>سجل الدخول</a></div></article></main>
<footer>{FOOTER}</footer></body></html>""", s, blocks=first)


@page(10, 2)
def live_blog(s, n):
    times = ["21:10", "20:45", "19:30", "18:05", "17:50", "16:20", "15:00", "14:40"]
    posts = "".join(f"<li class='live-post' id='p{i}'><div class='live-time'><time datetime='2026-11-21T{times[i]}:00Z'>{times[i]}</time></div><div class='live-text'><p>{esc(t)}</p></div>"
                    f"<div class='live-share'><a>شارك</a></div></li>" for i, t in enumerate(s.paragraphs))
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": s.title}, ensure_ascii=False)}</script></head><body>
<header class="hdr"><nav>{n.menu("<a>{t}</a>")}</nav></header><main><div class="live-header"><span class="live-badge">مباشر</span><h1>{esc(s.title)}</h1></div><ul class="live-feed">{posts}</ul></main>
<aside><h3>الأكثر قراءة</h3><ul>{n.links(5)}</ul></aside><footer>{FOOTER}</footer></body></html>""", s, blocks=[("p", t) for t in s.paragraphs], author=False,
                ignored=times)


@page(0, 13)
def gallery(s, n):
    slides = "".join(f"<div class='slide'><figure><img src='{i}.jpg' alt='صورة {i + 1}'><figcaption><p>{esc(t)}</p></figcaption></figure></div>" for i, t in enumerate(s.paragraphs))
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><nav>{n.menu("<a>{t}</a>")}</nav><article class="photo-story"><h1>{esc(s.title)}</h1>
<div class="gallery">{slides}</div></article><section class="more-galleries"><h2>ألبومات أخرى</h2>{n.cards(3, "<a>{t}</a>")}</section><footer>{FOOTER}</footer></body></html>""", s, blocks=[("p", t) for t in s.paragraphs], author=False)


@page(3, 12)
def two_languages(s, n):
    extra = "The study appears in the journal Thin Films and was reviewed by three independent laboratories."
    text = body(s).replace("</p>", "</p>\n", 1)
    head, tail = text.split("\n", 1)
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><header><div lang="en" dir="ltr" class="lang-switch"><a>English</a> <a>Français</a></div><nav>{n.menu("<a>{t}</a>")}</nav></header>
<article><h1>{esc(s.title)}</h1><p class="author">{esc(s.author)}</p>{head}<p lang="en" dir="ltr">{extra}</p>{tail}<p>ويحمل المشروع اسم <span lang="en" dir="ltr">Light &amp; Leaf</span> منذ عام 2024.</p></article><footer>{FOOTER}</footer></body></html>""", s,
                extra=[extra, "ويحمل المشروع اسم Light & Leaf منذ عام 2024."])


@page(15, 6)
def unclosed_old(s, n):
    text = "\n".join(f"<P ALIGN=right>{esc(t)}" if k != "h" else f"<H3>{esc(t)}</H3>" for k, t in s.blocks)
    return Page(f"""<html><head><title>{esc(s.title)}</title><meta http-equiv=content-type content="text/html; charset=utf-8"><body dir=rtl bgcolor=white text=black>
<center><h1>{esc(s.title)}</h1><i>{esc(s.author)}</i></center><hr>{text}
<hr><a href=index.html>عودة إلى الصفحة الرئيسية</a><p><small>صفحة من إعداد الهواة</small>""", s, author=False, ignored=["عودة إلى الصفحة الرئيسية صفحة من إعداد الهواة " + s.author], date=False)


@page(9, 1)
def entities(s, n):
    def numeric(text):
        return "".join(f"&#x{ord(c):x};" if c in "أإآ" else f"&#{ord(c)};" if c in "ىة" else c for c in esc(text)).replace(" و", "&nbsp;و").replace('"', "&quot;")
    text = "\n".join(f"<p>{numeric(t)}</p>" if k != "h" else f"<h2>{numeric(t)}</h2>" for k, t in s.blocks)
    return Page(f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" lang="ar" dir="rtl">
<head><title>{numeric(s.title)} &raquo; {n.site}</title><script type="text/javascript">//<![CDATA[
document.write("<p>لا يقرأ</p>");
//]]></script></head><body><div id="nav">{n.menu("<a href='/{i}'>{t}</a> &middot; ")}</div><div id="story"><h1>{numeric(s.title)}</h1><div class="author">{numeric(s.author)}</div>{text}</div><div id="foot">{FOOTER}</div></body></html>""", s, date=False)


@page(11, 7)
def hidden_twins(s, n):
    text = body(s)
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><div class="desktop-header"><nav>{n.menu("<a>{t}</a>")}</nav></div>
<div class="article-desktop"><h1>{esc(s.title)}</h1><div class="txt-area">{text}</div></div><div class="article-mobile" style="display: none"><h1>{esc(s.title)}</h1><div>{text}</div></div>
<div hidden><p>{TEASERS[0]}</p></div><div aria-hidden="true"><p>{TEASERS[1]}</p></div><footer>{FOOTER}</footer></body></html>""", s, author=False)


@page(14, 2)
def careful_markup(s, n):
    text = body(s)
    extra = "<p>وأعلنت <abbr title='منظمة الصحة العالمية'>م ص ع</abbr> أن <q>النوم حق للجميع</q>، كما ورد في تقريرها<sup><a href='#n1'>[1]</a></sup> <del>العام الماضي</del> <ins>هذا العام</ins>.</p>"
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><header><nav>{n.menu("<a>{t}</a>")}</nav></header><main><article><header><h1>{esc(s.title)}</h1><p class="byline">إعداد: {esc(s.author)}</p></header>{text}{extra}
<footer><small>نشر في {s.section}</small></footer></article></main><footer>{FOOTER}</footer></body></html>""", s, extra=["وأعلنت منظمة الصحة العالمية أن «النوم حق للجميع»، كما ورد في تقريرها هذا العام."])


@page(4, 5)
def print_view(s, n):
    return Page(f"""<html dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)}</title></head><body onload="window.print()"><h1>{esc(s.title)}</h1><p>{esc(s.author)}</p>{body(s)}<p>http://example.org/news/77</p></body></html>""", s,
                ignored=["http://example.org/news/77"], date=False)


@page(13, 9)
def plain_divs_deep(s, n):
    inner = body(s, p="<div>{}</div>", h="div", li="<div>{}</div>", ul="<div>{}</div>", quote="<div>{}</div>", table=bare_table)
    for _ in range(14):
        inner = f"<div><div>{inner}</div></div>"
    return Page(f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{esc(s.title)} | {n.site}</title></head><body><div><div>{n.menu("<div><div><a>{t}</a></div></div>")}</div><div><div><div>{esc(s.title)}</div>{inner}</div>
<div>{n.cards(5, "<div><div><a>{t}</a></div><div>{s}</div></div>")}</div></div><div><div>{FOOTER}</div></div></div></body></html>""", s, author=False, date=False)


@page(6, 14)
def utf16_export(s, n):
    text = f"<html dir='rtl'><head><title>{esc(s.title)}</title></head><body><h1>{esc(s.title)}</h1><p class='author'>{esc(s.author)}</p>{body(s)}</body></html>"
    return Page(("\ufeff" + text).encode("utf-16-le"), s, charset="utf-16", date=False)


@page(11, 5)
def iso_8859_6(s, n):
    text = f"<html><head><meta charset='iso-8859-6'><title>{esc(s.title)}</title></head><body><div class='m'>{n.menu('<a>{t}</a> ')}</div><div class='s'><h2>{esc(s.title)}</h2>{body(s)}</div><div>جميع الحقوق محفوظة</div></body></html>"
    return Page(text, s, charset="iso-8859-6", author=False, date=False)
