# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of newspapers, channels and agencies with systems of their own."""
import json

from noise import *
from page import Page, page


def jsonld(s, n, **more):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": s.date,
            "author": [{"@type": "Person", "name": s.author}], "publisher": {"@type": "Organization", "name": n.site},
            "articleSection": s.section, **more}
    return f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"


@page(10, 0)
def channel_wysiwyg(s, n):
    more = f"<div class='more-on'><h2 class='more-on__heading'>مواضيع متعلقة</h2><ul class='more-on__list'>{n.links(3)}</ul></div>"
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}{jsonld(s, n)}</head><body>
<div id="root"><div class="app-container no-header-ad"><div class="bypass-block-links-container"><a href="#main">تجاوز إلى المحتوى</a></div>
<div class="container--header"><header class="site-header container"><div class="header-menu"><nav><ul>{n.menu("<li class='menu__item'><a>{t}</a></li>")}</ul></nav></div></header></div>
<div class="container__inner"><main id="main-content-area" class="main-content-area"><div class="container--grid"><div class="topics"><a>{s.section}</a></div>
<header class="article-header"><h1>{esc(s.title)}</h1></header>{figure(s, 'article-featured-image')}
<div class="article-info-block"><div class="article-b-l"><div class="article-author-name"><a class="author-link">{esc(s.author)}</a></div>
<div class="article-dates"><div class="date-simple"><span aria-hidden="true">21/11/2026</span></div></div><div class="article__share"><button>مشاركة</button></div></div></div>
<div class="wysiwyg wysiwyg--all-content" aria-live="polite">{body(s, between=lambda i: more if i == 1 else '')}</div>
<div class="article-source">المصدر : وكالات</div></div></main>
<div class="sidebar"><div class="trending-articles"><h2>الأكثر قراءة</h2><ol>{n.links(5)}</ol></div></div></div>
<footer class="site-footer"><p>{FOOTER}</p></footer></div></div></body></html>""", s, ignored=["المصدر وكالات"])


@page(7, 6)
def broadcaster_hashed(s, n):
    wrap = "<div dir='rtl' class='bbc-19j92fr ebmt73l0'>{}</div>"
    text = body(s, h="h2 class='bbc-x' tabindex='-1'", p=wrap.format("<p dir='rtl' class='bbc-1gjryo4 e17g058b0'>{}</p>"),
                ul=wrap.format("<ul class='bbc-l'>{}</ul>")).replace("</h2 class='bbc-x' tabindex='-1'>", "</h2>")
    skip = (f"<section role='region' aria-labelledby='rec' class='bbc-1k4bfc1'><a href='#end-of-recommendations' class='focusIndicatorRemove'>تخطى قصص مقترحة وواصل القراءة</a>"
            f"<strong id='rec' class='bbc-w4f'>قصص مقترحة</strong><ul class='bbc-14n'>{n.links(3)}</ul><p id='end-of-recommendations' class='bbc-1y32'>قصص مقترحة نهاية</p></section>")
    half = text.index("</p></div>") + len("</p></div>")
    return Page(f"""<!doctype html><html lang="ar" dir="rtl" class="no-js"><head><meta charset="utf-8">{og(s, n, suffix=False)}{jsonld(s, n)}</head><body>
<div id="root"><div class="bbc-a"><div id="consent-banner" dir="rtl" class="bbc-cc"><section><h2>دعنا نعرف موافقتك</h2><p>{COOKIE}</p><button>نعم، أوافق</button></section></div>
<header role="banner" class="bbc-h"><nav role="navigation"><ul>{n.menu("<li class='bbc-m'><a>{t}</a></li>")}</ul></nav></header>
<div class="bbc-1cvxiy9"><main role="main" class="bbc-fa0wmp"><div class="bbc-1151pbn"><h1 class="bbc-14gqcmb" id="content" tabindex="-1">{esc(s.title)}</h1></div>
<figure class="bbc-1qn0xuy"><div><img alt="{attr(s.caption)}" src="a.jpg"></div><figcaption class="bbc-9k"><span class="visually-hidden">التعليق على الصورة، </span><p>{esc(s.caption)}</p></figcaption></figure>
<section role="region" aria-labelledby="article-byline" class="bbc-by"><ul class="bbc-u"><li><span class="visually-hidden">Author, </span><span class="bbc-1p92jtu">{esc(s.author)}</span></li><li><span>Role, </span><span>مراسل الشؤون المحلية</span></li></ul></section>
<div class="bbc-19j92fr"><time class="bbc-14xtggo" datetime="2026-11-15">15 نوفمبر/ تشرين الثاني 2026</time></div>
{text[:half]}{skip}{text[half:]}</main>
<section class="bbc-rel" data-e2e="related-content-heading"><h2>مواضيع ذات صلة</h2><ul>{n.links(4)}</ul></section></div>
<footer role="contentinfo" class="bbc-f"><p>{FOOTER} بي بي سي ليست مسؤولة عن محتوى المواقع الخارجية.</p></footer></div></div></body></html>""", s,
                ignored=["المراسل مراسل الشؤون المحلية Role " + s.author])


@page(1, 5)
def angular_app(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body>
<app-root ng-version="14"><app-header><div class="navbar"><div class="logo"><a>{n.site}</a></div>{n.menu("<div class='nav-item'><a>{t}</a></div>")}</div></app-header>
<app-article-page><section class="article-page"><div class="row"><div class="col-8"><app-article-head><h1 class="sna_content_heading">{esc(s.title)}</h1>
<div class="sub-info"><span class="author-name">{esc(s.author)}</span> <span class="date">19 نوفمبر 2026 - 14:05 بتوقيت الخليج</span></div></app-article-head>
<app-share><div class="share-icons"><span>شارك</span><a>X</a><a>FB</a></div></app-share>
<app-article-body><div class="article-body" id="firstBodyDiv">{body(s, h='h3')}</div></app-article-body>
<app-keywords><div class="keywords"><span>الكلمات المفتاحية</span><a>أسواق</a><a>أخبار</a></div></app-keywords></div>
<div class="col-4"><app-most-read><h4>الأكثر قراءة</h4>{n.cards(4, "<div class='mini'><a>{t}</a></div>")}</app-most-read></div></div></section>
<app-more><h3>المزيد من الأخبار</h3><div class="grid">{n.cards(6)}</div></app-more></app-article-page>
<app-footer><p>{FOOTER}</p></app-footer></app-root></body></html>""", s)


@page(4, 12)
def opinion_column(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n, suffix=True)}</head><body>
<div class="top"><div class="brand"><h1><a href="/">{n.site}</a></h1></div><ul class="menu">{n.menu()}</ul></div>
<div class="columnist-page"><div class="columnist-card"><img src="w.jpg" alt="{attr(s.author)}"><div class="columnist-name"><a>{esc(s.author)}</a></div><p class="columnist-bio">{BIO}</p></div>
<div class="opinion"><div class="kicker">زاوية</div><h2 class="headline">{esc(s.title)}</h2><div class="issue">العدد 11432 - الثلاثاء 17 نوفمبر 2026</div>
<div class="opinion-text">{body(s)}</div><div class="opinion-mail">samia@example.org</div></div>
<div class="other-opinions"><h3>مقالات أخرى للكاتب</h3><ul>{n.links(5)}</ul></div></div>
<div class="bottom">{FOOTER}</div></body></html>""", s, author=False, ignored=["samia@example.org"], date=False)


@page(5, 10)
def agency_wire(s, n):
    return Page(f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>{n.site} : {esc(s.title)}</title></head><body>
<table width="100%" class="layout"><tr><td colspan="3" class="hdr">{n.menu("<a href='{i}'>{t}</a> | ")}</td></tr>
<tr><td class="left" width="160"><b>خدمات الوكالة</b><br>{n.links(5, "<a href='{i}'>{t}</a><br>")}</td>
<td class="mid"><div class="newsTitle">{esc(s.title)}</div><div class="newsDate">الأحد 22/11/2026 الساعة 03:20</div>
<div id="newsDetails">{body(s, h='b', p='<p align="justify">{}</p>')}</div><div class="newsCode">(رقم: 77/ع.م)</div></td>
<td class="right" width="200">{n.cards(3, "<div><a>{t}</a></div>")}</td></tr>
<tr><td colspan="3">{FOOTER}</td></tr></table></body></html>""", s, author=False, ignored=["رقم 77 ع م"], date=False)


@page(8, 11)
def mobile_site(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{og(s, n)}</head><body class="m">
<div class="app-download sticky"><p>حمل تطبيقنا واقرأ الأخبار أولا بأول من دون إعلانات مزعجة</p><a>تحميل</a></div>
<div class="hamburger" role="navigation"><ul>{n.menu()}</ul></div>
<div class="m-article"><div class="m-cat">{s.section}</div><h1>{esc(s.title)}</h1><p class="m-author">{esc(s.author)}</p><p class="m-time">منذ 4 ساعات</p>
<img class="lazy" data-src="x.jpg" src="data:image/gif;base64,R0lGODlh" alt="{attr(s.caption)}">
<div class="m-text" data-component="text" data-props='{{"html":"<p>لا يقرأ</p>","n":3}}'>{body(s, between=lambda i: "<div class='ad-slot' id='div-gpt-ad-" + str(i) + "'><script>googletag.cmd.push(function(){})</script></div>")}</div></div>
<div class="swipe-next"><span>الخبر التالي</span><a>{n.headlines(1)[0]}</a></div>
<div class="bottom-bar"><a>الرئيسية</a><a>عاجل</a><a>بحث</a></div><div class="m-footer"><p>{FOOTER}</p></div></body></html>""", s, author=False)


@page(2, 13)
def sports_portal(s, n):
    fixtures = make_table([["المباراة", "التوقيت", "القناة"], ["الشباب - الهلال", "18:00", "الرياضية 1"], ["الساحل - الوحدة", "20:30", "الرياضية 2"]], "matches")
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}{jsonld(s, n)}</head><body>
<div class="match-ticker"><div class="m">الشباب 1 - 1 الهلال</div><div class="m">الاتحاد 0 - 2 النصر</div></div><nav>{n.menu("<a>{t}</a>")}</nav>
<div class="layout"><div class="main-col"><article class="news-post"><h1 class="news-title">{esc(s.title)}</h1>
<div class="writer">كتب - {esc(s.author)}</div><time class="news-time">الجمعة 20 نوفمبر 2026 - 22:40</time>
<section class="newsText">{body(s)}</section>
<div class="scoreboard-widget"><h4>ترتيب الهدافين</h4><ul><li><a>أنس كمال (9)</a></li><li><a>يوسف حداد (7)</a></li></ul></div></article>
<div class="also-see"><h3>طالع أيضا</h3>{n.cards(3)}</div></div>
<div class="side-col"><h3>مباريات اليوم</h3>{fixtures}</div></div><footer>{FOOTER}</footer></body></html>""", s)


@page(9, 15)
def react_css_modules(s, n):
    def p(text):
        return f"<div class='sc-a1b2c3 kXyZab'><div class='sc-d4 inner'><p class='sc-e5f6 hJkLmn'>{text}</p></div></div>"
    return Page(f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{og(s, n)}</head><body><div id="__next"><div class="sc-hdr aQw"><div class="sc-nv">{n.menu("<a class='sc-l'>{t}</a>")}</div></div>
<div class="sc-1m"><div class="sc-2m"><div class="sc-ttl"><h1 class="sc-h1 bNm">{esc(s.title)}</h1></div><div class="sc-inf"><span class="sc-au">{esc(s.author)}</span><span class="sc-dt">13 نوفمبر 2026</span></div>
<div class="sc-bd">{body(s, h='h2', p=p('{}'))}</div></div><div class="sc-3m">{n.cards(4, "<div class='sc-c'><a class='sc-t'>{t}</a><p class='sc-s'>{s}</p></div>")}</div></div>
<div class="sc-ftr"><p class="sc-p">{ABOUT}</p><p class="sc-p">{FOOTER}</p></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"body":"<p>نص مكرر داخل بيانات التطبيق</p>"}}}}</script></body></html>""", s, author=False)


@page(0, 7)
def split_by_ads(s, n):
    text = body(s, p="</div><div class='ad-inline'><span>إعلان</span></div><div class='txt'><p>{}</p>")
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><div class="wrapper"><div class="hd">{n.menu("<a>{t}</a> ")}</div>
<div class="hero"><div class="hero-inner"><span class="cat"><a>{s.section}</a></span><h1>{esc(s.title)}</h1><div class="by-line">{esc(s.author)}</div></div></div>
<div class="cols"><div class="col-main"><div class="txt">{text}</div></div><div class="col-side"><h3>آخر الأخبار</h3>{n.cards(5)}</div></div>
<div class="ft">{FOOTER}</div></div></body></html>""", s)


@page(1, 8)
def comments_without_names(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)} - {n.site}</title></head><body><div class="a"><div class="b">{n.menu("<a>{t}</a> ", 8)}</div>
<div class="c"><div class="d"><h1>{esc(s.title)}</h1><div class="e">بقلم: {esc(s.author)}</div><div class="f">{body(s, h='h3')}</div></div>
<div class="g"><h3>التعليقات</h3>{n.comments("<div class='h'><div class='i'>{a}</div><div class='j'>{c}</div></div>")}{n.comments("<div class='h'><div class='i'>{a}</div><div class='j'>{c}</div></div>")}</div></div>
<div class="k">{FOOTER}</div></div></body></html>""", s, date=False)


@page(6, 14)
def service_piece(s, n):
    aside = f"<aside class='factbox-related'><h4>قد يهمك أيضا</h4><p><a>{n.headlines(1)[0]}</a></p></aside>"
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><div class="cookie-consent-banner"><p>{COOKIE}</p><button>موافق</button></div>
<header class="page-header"><nav>{n.menu("<a>{t}</a>")}</nav></header><main><article><div class="article__header"><p class="article__kicker">دليل القارئ</p><h1>{esc(s.title)}</h1>
<p class="article__meta"><span>{esc(s.author)}</span> · <span>3 دقائق قراءة</span></p></div><div class="article__body">{body(s, between=lambda i: aside if i == 1 else '')}
<div class="newsletter-signup"><h4>{NEWSLETTER}</h4><form><input type="email"><button>اشتراك</button></form></div></div></article></main>
<footer><p>{FOOTER}</p></footer></body></html>""", s, author=False)
