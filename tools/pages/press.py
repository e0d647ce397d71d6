# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages in the ways of large newspapers' and agencies' systems, written after the weights as well."""
from noise import *
from page import Page, page
from sites import jsonld


@page(5, 9)
def evening_paper(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{esc(s.title)} - {n.site}</title>{og(s, n, suffix=False)}</head><body>
<div class="topBar"><div class="container"><div class="socialTop"><a>facebook</a><a>twitter</a></div><span class="todayDate">الأحد، 22 نوفمبر 2026 03:20 ص</span></div></div>
<div class="mainMenu"><ul>{n.menu()}</ul></div><div class="news-dev"><div class="col-xs-12 bigBlk"><div class="articleHeader"><h1>{esc(s.title)}</h1><div class="newsStory"><span class="writeBy">كتب {esc(s.author)}</span>
<span class="newsStoryDate">الأحد، 22 نوفمبر 2026 03:20 ص</span></div></div><div class="img-cont"><img src="a.jpg" alt="{attr(s.caption or 'صورة')}"><p class="img-cap">صورة أرشيفية</p></div>
<div id="articleBody">{body(s, p="<p>{}</p><p>&nbsp;</p>", between=lambda i: "<p style='text-align:center'><img src='b.jpg' alt='1'></p><p>&nbsp;</p>" if i == 2 else "")}</div>
<div class="paragraph-list-related"><h3>موضوعات متعلقة</h3><ul>{n.links(3)}</ul></div><div class="tags"><h3>الكلمات المفتاحية</h3><a>مصر</a> <a>أخبار</a></div>
<div class="share-bottom"><a>شارك</a></div></div><div class="col-xs-12 smallBlk"><div class="mostRead"><h2>الأكثر قراءة</h2>{n.cards(4)}</div></div></div><div class="footer"><p>{FOOTER}</p></div></body></html>""", s, ignored=["صورة أرشيفية"])


@page(10, 3)
def world_channel(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}{jsonld(s, n)}</head><body class="page page_article"><div class="layout"><div class="layout__header"><div class="header"><div class="header__nav"><ul class="nav__list">{n.menu("<li class='nav__item'><a class='nav__link'>{t}</a></li>")}</ul></div></div></div>
<div class="layout__content"><div class="article article_article-page"><a class="article__rubric">{s.section}</a><h1 class="article__heading">{esc(s.title)}</h1><div class="article__date-autor-shortcode"><div class="article__date"><span class="date date_article-header">تاريخ النشر: 21.11.2026 | 21:10 GMT</span></div></div>
<div class="article__summary article__summary_article-page">{esc(s.paragraphs[0])}</div><div class="media"><img alt="{attr(s.caption)}"><div class="media__footer">{esc(s.caption)} / Getty</div></div>
<div class="article__text text text_article-page">{body(s).split('</p>', 1)[1]}<p><strong>المصدر: وكالات</strong></p>
<div class="read-more"><a class="read-more__link" href="/z"><span>إقرأ المزيد</span><h3>{n.headlines(1)[0]}</h3></a></div></div>
<div class="article__share"><span>شارك</span></div><div class="news-tags"><a>#مناخ</a></div></div>
<div class="columns__sidebar"><div class="card-list"><h2 class="card-list__title">الأكثر قراءة</h2>{n.cards(5, "<div class='card'><a class='card__link'>{t}</a></div>")}</div></div></div><div class="layout__footer">{FOOTER}</div></div></body></html>""", s, author=True,
                ignored=["المصدر: وكالات", "Getty"])


@page(1, 7)
def gulf_channel(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}{jsonld(s, n)}</head><body><div class="latest-strip"><span>آخر الأخبار</span><marquee>{n.links(3, "<a>{t}</a> | ")}</marquee></div>
<main class="article-layout"><section class="article-head"><h1 class="headingInfo_title">{esc(s.title)}</h1><h2 class="headingInfo_subTitle">{esc(s.paragraphs[-1][:60])}</h2></section>
<div class="caption-wrap"><figure><img><figcaption class="article_caption">{esc(s.caption)}</figcaption></figure></div>
<div class="article-meta-row"><div class="source"><span>المصدر:</span> <span class="author_name">{esc(s.author)}</span></div><div class="timeDate_element"><time datetime="{s.date}">نشر في: 19 نوفمبر ,2026: 02:05 م GST</time></div><div class="reading">3 دقائق للقراءة</div></div>
<div class="body-1 paragraph">{body(s, h='h3')}</div><div class="teaser-inline" data-type="related"><div class="teaser-title"><a>{n.headlines(1)[0]}</a></div></div></main>
<section class="more-from"><h2>مادة إعلانية</h2></section><section class="popular-stories"><h2>الأكثر قراءة</h2><ol>{n.links(5)}</ol></section><footer class="site-foot"><nav>{n.menu("<a>{t}</a>")}</nav><p>{FOOTER}</p></footer></body></html>""", s,
                ignored=[s.paragraphs[-1][:60], "مادة إعلانية"])


@page(6, 11)
def maghreb_daily(s, n):
    return Page(f"""<!doctype html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">{og(s, n)}</head><body class="rtl single"><header class="site-header"><nav class="navbar">{n.menu("<a class='nav-link'>{t}</a>")}</nav></header>
<section class="single"><div class="box-news"><h1 class="post-title">{esc(s.title)}</h1><div class="header-post-date row"><div class="author"><span class="author"><img class="avatar" alt=""> <a class="fn">{esc(s.author)}</a></span></div><small class="text-muted time"><span class="date-post">الإثنين 16 نونبر 2026 - 11:00</span></small></div>
<div class="post-thumbnail"><figure><img alt=""><figcaption>{esc(s.caption or "الصورة من الأرشيف")}</figcaption></figure></div><article class="article-content">{body(s)}
<div class="a2a_kit"><a>Facebook</a></div></article><section class="box-tags">كلمات مفتاحية <a>تعليم</a> <a>مدرسة</a></section></div>
<section class="comments-area"><div class="box-comment-form"><p>النشرة الإخبارية: اشترك الآن في النشرة البريدية لتصلك آخر الأخبار يوميا</p></div><h3>تعليقات الزوار</h3><ul class="comment-list">{n.comments("<li class='comment even'><div class='comment-body'><div class='comment-text'>{c}</div></div></li>")}</ul></section></section>
<aside class="related"><div class="heading">مقالات ذات صلة</div>{n.cards(3)}</aside><footer>{FOOTER}</footer></body></html>""", s, ignored=["الصورة من الأرشيف"])


@page(3, 8)
def state_agency(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)}</title></head><body><div id="divHeader"><img alt="شعار الوكالة"><ul id="menu">{n.menu()}</ul></div><div id="breadcrumb"><a>الرئيسية</a> &gt; <a>{s.section}</a></div>
<div class="newsDetailsPage"><div class="divNewsDetailsTitle"><h3>{esc(s.title)}</h3></div><div class="divNewsDetailsDate">الأربعاء 1448/6/8 هـ الموافق 2026/11/18 م واس</div><div class="divNewsDetailsText"><span>المرج 08 جمادى الآخرة 1448 هـ الموافق 18 نوفمبر 2026 م</span><br/>
{"<br/>".join(esc(t) for t in s.expected())}<br/>// انتهى //<br/>10:45 ت م<br/>0032</div><div class="newsTools"><a>إرسال</a><a>طباعة</a></div></div><div class="otherNews"><h4>أخبار أخرى</h4>{n.links(8, "<div><a>{t}</a></div>")}</div><div id="divFooter">{FOOTER}</div></body></html>""", s, author=False, date=False,
                ignored=["المرج 08 جمادى الآخرة 1448 هـ الموافق 18 نوفمبر 2026 م انتهى 10:45 ت م 0032"])


@page(12, 15)
def review_quarterly(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><div class="masthead"><div class="logo">{n.site}</div></div><div class="issue-toc"><h4>في هذا العدد</h4><ol>{n.links(6)}</ol></div>
<div class="essay"><div class="essay-head"><h1>{esc(s.title)}</h1><p class="by">{esc(s.author)}</p></div><div class="dropcap-wrap">{body(s)}</div><div class="endnotes"><h4>هوامش</h4><ol><li>انظر: مجلة الضفة، العدد الثالث، ص 14.</li></ol></div></div>
<div class="about-box"><h4>عن الكاتب</h4><p>{BIO}</p></div><div class="subscribe-row"><p>{NEWSLETTER}</p></div><footer>{FOOTER}</footer></body></html>""", s, ignored=["هوامش انظر: مجلة الضفة، العدد الثالث، ص 14."])
