# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that were written after the weights, to see whether these hold."""
import json

from noise import *
from page import Page, page


@page(1, 9)
def ghost_blog(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n, suffix=False)}<meta name="generator" content="Ghost 5.0"></head><body class="post-template">
<div class="gh-viewport"><header id="gh-head" class="gh-head outer"><nav class="gh-head-menu"><ul class="nav">{n.menu()}</ul></nav></header>
<main id="site-main" class="site-main"><article class="article post tag-news"><header class="article-header gh-canvas"><section class="article-tag"><a href="/tag/x">{s.section}</a></section>
<h1 class="article-title">{esc(s.title)}</h1><div class="article-byline"><section class="article-byline-content"><ul class="author-list"><li class="author-list-item"><a>صورة</a></li></ul>
<div class="article-byline-meta"><h4 class="author-name"><a href="/author/x/">{esc(s.author)}</a></h4><div class="byline-meta-content"><time class="byline-meta-date" datetime="2026-11-19">19 نوفمبر 2026</time><span class="byline-reading-time">3 دقائق للقراءة</span></div></div></section></div></header>
<section class="gh-content gh-canvas">{body(s)}<div class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/z"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{n.headlines(1)[0]}</div></div></a></div></section>
<section class="article-comments gh-canvas"><h3>انضم إلى النقاش</h3></section></article></main>
<section class="footer-cta outer"><div class="inner"><h2 class="footer-cta-title">اشترك في {n.site}</h2><a class="footer-cta-button">عنوان بريدك</a></div></section>
<aside class="read-more-wrap outer"><div class="read-more inner">{n.cards(3, "<article class='post-card'><a class='post-card-content-link'><h2 class='post-card-title'>{t}</h2><p class='post-card-excerpt'>{s}</p></a></article>")}</div></aside>
<footer class="site-footer outer"><div class="inner"><section class="copyright">{FOOTER}</section></div></footer></div></body></html>""", s)


@page(2, 10)
def tailwind_magazine(s, n):
    p = "<p class='mb-6 text-lg leading-9 text-gray-800'>{}</p>"
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body class="bg-white antialiased">
<div class="sticky top-0 z-50 flex items-center justify-between px-4"><a class="text-2xl font-bold">{n.site}</a><div class="hidden md:flex gap-4">{n.menu("<a class='px-2'>{t}</a>")}</div></div>
<div class="container mx-auto grid grid-cols-12 gap-8"><div class="col-span-12 lg:col-span-8"><span class="rounded bg-red-600 px-2 text-white">{s.section}</span>
<h1 class="mt-2 text-4xl font-extrabold">{esc(s.title)}</h1><div class="my-4 flex items-center gap-3 text-sm text-gray-500"><span>{esc(s.author)}</span><span>•</span><span>20 نوفمبر 2026</span></div>
<div class="prose prose-lg max-w-none">{body(s, h='h2', p=p)}</div>
<div class="mt-8 flex flex-wrap gap-2">{"".join(f"<a class='rounded-full bg-gray-100 px-3'>#{t}</a>" for t in ["رياضة", "الدوري", "كرة_القدم"])}</div></div>
<div class="col-span-12 lg:col-span-4"><div class="border-b text-xl font-bold">الأكثر قراءة</div>{n.cards(5, "<div class='flex gap-2 py-3'><span>{i}</span><a class='font-medium'>{t}</a></div>")}</div></div>
<div class="bg-gray-900 text-gray-300 p-8"><p>{ABOUT}</p><p>{FOOTER}</p></div></body></html>""", s, author=False)


@page(5, 11)
def aspnet_portal(s, n):
    return Page(f"""<!DOCTYPE html><html dir="rtl"><head id="Head1"><meta charset="utf-8"/><title>
	{n.site} | {esc(s.title)}
</title></head><body><form method="post" action="./NewsDetails.aspx?id=77" id="form1"><div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" value="{'dDwtMTA4' * 60}" /></div>
<div id="ctl00_Header"><table><tr>{n.menu("<td><a id='ctl00_m{i}'>{t}</a></td>")}</tr></table></div>
<div id="ctl00_MainContent_UpdatePanel1"><span id="ctl00_MainContent_lblTitle" class="NewsTitle">{esc(s.title)}</span><br /><span id="ctl00_MainContent_lblDate" class="NewsDate">22/11/2026 03:20 ص</span>
<div id="ctl00_MainContent_divDetails" class="NewsDetailsText">{body(s, p='<div align="justify"><span lang="AR-SA" style="font-family:Arial">{}</span></div>', h='div')}</div>
<div id="ctl00_MainContent_tools"><a>طباعة</a> <a>إرسال</a> <a>حفظ</a></div>
<table id="ctl00_MainContent_dlRelated"><tr><td>أخبار ذات صلة</td></tr>{n.links(4, "<tr><td><a>{t}</a></td></tr>")}</table></div>
<div id="ctl00_Footer"><span>{FOOTER}</span></div></form></body></html>""", s, author=False, date=False)


@page(8, 15)
def longform_interactive(s, n):
    sections = "".join(f"<section class='scene' data-scene='{i}'><div class='scene__bg' style='background-image:url(x{i}.jpg)'></div><div class='scene__copy'>{part}</div></section>"
                       for i, part in enumerate(body(s).split("\n")))
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body class="longform"><div class="progress"></div><div class="cover"><h1 class="cover__title">{esc(s.title)}</h1><p class="cover__byline">نص وصور: {esc(s.author)}</p><div class="scroll-hint">مرر للأسفل</div></div>
<div class="story-scroller">{sections}</div><div class="credits"><p>تصميم: قسم الوسائط المتعددة</p></div><div class="site-links">{n.menu("<a>{t}</a>")}</div><div class="legal">{FOOTER}</div></body></html>""", s, author=False,
                ignored=["تصميم: قسم الوسائط المتعددة", "مرر للأسفل", "نص وصور: " + s.author])


@page(7, 12)
def podcast_episode(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}</head><body><header class="pod-header"><a>{n.site}</a>{n.menu("<a>{t}</a>", 5)}</header><main class="episode"><h1>{esc(s.title)}</h1>
<div class="audio-player"><button>تشغيل</button><span>00:00 / 24:31</span><a>تحميل الحلقة</a></div><div class="episode-notes">{body(s)}</div><div class="platforms"><h4>استمع عبر</h4><a>آبل بودكاست</a><a>سبوتيفاي</a></div></main>
<section class="episodes"><h3>حلقات أخرى</h3>{n.cards(4)}</section><footer>{FOOTER}</footer></body></html>""", s, author=False)


@page(0, 13)
def municipality(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>بلدية الرملة - {esc(s.title)}</title></head><body><div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-header"><div class="ms-core-navigation">{n.menu("<span class='menu-item-text'><a>{t}</a></span>")}</div></div>
<div id="contentBox"><div class="welcome blank-wp"><div id="pageTitle"><span>{esc(s.title)}</span></div><div class="ms-rte-layoutszone-inner"><div id="ctl00_PlaceHolderMain_RichHtmlField" class="ms-rtestate-field"><div class="ExternalClassA1B2">{body(s, p='<p dir="RTL"><span>{}</span></p>')}</div></div></div></div>
<div class="quick-links"><h3>روابط سريعة</h3><ul>{n.links(6)}</ul></div></div><div class="gov-footer"><p>{FOOTER}</p><p>آخر تحديث للصفحة: 23/11/2026</p></div></div></div></body></html>""", s, author=False, date=False)


@page(4, 14)
def newsletter_archive(s, n):
    def cell(inner):
        return f"<table width='100%' cellpadding='0' role='presentation'><tr><td style='padding:20px' align='right'>{inner}</td></tr></table>"
    rows = "".join(cell(part) for part in body(s, p="<p style='margin:0'>{}</p>").split("\n"))
    return Page(f"""<html dir="rtl"><head><meta charset="utf-8"><title>{esc(s.title)}</title></head><body><div style="display:none;max-height:0">نص تمهيدي لا يظهر</div><table width="600" align="center" role="presentation"><tr><td>{cell(f"<a>عرض في المتصفح</a>")}{cell(f"<h1>{esc(s.title)}</h1>")}{rows}
{cell("<a href='u'>إلغاء الاشتراك</a> | <a href='p'>تعديل التفضيلات</a>")}{cell(f"<p style='font-size:11px'>وصلتك هذه الرسالة لأنك مشترك في نشرة {n.site}. {FOOTER}</p>")}</td></tr></table></body></html>""", s, author=False, date=False)


@page(3, 6)
def question_answer_site(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">{og(s, n)}<script type="application/ld+json">{json.dumps([{"@context": "https://schema.org", "@type": "BreadcrumbList"}, {"@context": "https://schema.org", "@graph": []}, {"@type": ["Article", "NewsArticle"], "headline": s.title, "author": s.author, "datePublished": s.date}], ensure_ascii=False)}</script></head><body>
<header class="top-nav">{n.menu("<a>{t}</a>")}</header><div class="page"><div class="page__left"><div class="toc"><p>محتويات</p><ol><li><a href="#1">أولا</a></li><li><a href="#2">ثانيا</a></li></ol></div>
<div class="post"><h1>{esc(s.title)}</h1><div class="post-info">كتب {esc(s.author)}، آخر تحديث 3 أيام</div><div id="postBody">{body(s)}</div><div class="was-helpful"><span>هل كان المقال مفيدا؟</span> <a>نعم</a> <a>لا</a></div><div class="refs"><h5>المراجع</h5><ol><li><a>موقع أول</a></li><li><a>موقع ثان</a></li></ol></div></div></div>
<div class="page__right">{n.cards(4)}</div></div><div class="bottom-nav">{FOOTER}</div></body></html>""", s, ignored=["هل كان المقال مفيدا"])
