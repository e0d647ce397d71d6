# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages as the common content management systems and their themes build them."""
from noise import *
from page import Page, page


@page(0, 4)
def wordpress_classic(s, n):
    return Page(f"""<!DOCTYPE html>
<html dir="rtl" lang="ar"><head><meta charset="UTF-8">{og(s, n)}
<link rel="alternate" type="application/rss+xml" href="https://example.org/feed/">{STYLE}{SCRIPT}</head>
<body class="rtl post-template-default single single-post has-sidebar">
<a class="skip-link screen-reader-text" href="#content">تخط إلى المحتوى</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">{n.site}</a></p><p class="site-description">{ABOUT}</p>
<nav id="site-navigation" class="main-navigation"><ul class="menu">{n.menu()}</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-77" class="post-77 post type-post status-publish hentry category-news tag-sea">
<header class="entry-header"><h1 class="entry-title">{esc(s.title)}</h1>
<div class="entry-meta"><span class="posted-on">نشر في <time class="entry-date published" datetime="{s.date}">21 نوفمبر 2026</time></span>
<span class="byline"> بواسطة <span class="author vcard"><a class="url fn n" href="/author/x">{esc(s.author)}</a></span></span></div></header>
{figure(s, 'post-thumbnail')}
<div class="entry-content">
{body(s)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">شارك هذا الموضوع:</h3><ul><li><a>تويتر</a></li><li><a>فيس بوك</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>ذات صلة</h3>{n.links(3, "<p><a href='{i}'>{t}</a></p>")}</div>
</div>
<footer class="entry-footer"><span class="cat-links">نشر في <a>{s.section}</a></span><span class="tags-links">موسوم <a>البحر</a>، <a>الصيد</a></span></footer>
</article>
<nav class="navigation post-navigation"><div class="nav-links"><a rel="prev">{n.headlines(1)[0]}</a></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">رأيان حول “{esc(s.title)}”</h2><ol class="comment-list">{n.comments()}</ol>
<div id="respond" class="comment-respond"><h3>اترك تعليقاً</h3><form><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p>
<textarea></textarea></form></div></div>
</main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>أحدث المقالات</h2><ul>{n.links(5)}</ul></section></aside></div>
<footer id="colophon" class="site-footer"><p>{FOOTER}</p></footer></body></html>""", s)


@page(1, 10)
def wordpress_newspaper(s, n):
    return Page(f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"/>{og(s, n)}
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{s.title}",
"datePublished":"{s.date}","author":{{"@type":"Person","name":"{s.author}"}},"articleSection":"{s.section}"}}</script></head>
<body class="td-standard-pack single-post global-block-template-1">
<div id="td-outer-wrap"><div class="td-header-wrap"><div class="td-header-top-menu">{n.menu("<a href='{i}'>{t}</a> ")}</div>
<div class="td-header-rec-wrap td-a-rec">إعلان</div></div>
<article class="td-post-template-1"><div class="td-container"><div class="td-pb-row"><div class="td-pb-span8 td-main-content" role="main">
<div class="td-crumb-container"><span><a class="entry-crumb">الرئيسية</a></span> / <span>{s.section}</span></div>
<div class="td-post-header"><ul class="td-category"><li class="entry-category"><a>{s.section}</a></li></ul>
<h1 class="entry-title">{esc(s.title)}</h1><div class="td-module-meta-info"><div class="td-post-author-name">بقلم <a>{esc(s.author)}</a><div class="td-author-line"> - </div></div>
<span class="td-post-date"><time datetime="{s.date}">نوفمبر 19, 2026</time></span><div class="td-post-views">1742</div></div></div>
<div class="td-post-sharing-top"><span class="td-social-share-text">شارك</span><a>Facebook</a><a>Twitter</a><a>WhatsApp</a></div>
<div class="td-post-content tagdiv-type"><div class="td-post-featured-image">{figure(s, 'wp-caption')}</div>
{body(s, h='h3', between=lambda i: "<div class='td-a-rec td-a-rec-id-content_inline'><span class='td-adspot-title'>- إعلان -</span></div>" if i == 2 else "")}
</div>
<footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>الوسوم</span></li><li><a>أخبار</a></li></ul></div>
<div class="td-author-box"><div class="td-author-name">{esc(s.author)}</div><div class="td-author-description">{BIO}</div></div></footer>
<div class="td_block_wrap td_block_related_posts"><h4>مقالات ذات صلة</h4>{n.cards(3)}</div>
</div><div class="td-pb-span4 td-main-sidebar"><div class="td_block_wrap">{n.cards(4)}</div></div></div></div></article>
<div class="td-footer-wrapper"><div class="footer-text-wrap">{ABOUT}</div><div class="td-sub-footer-copy">{FOOTER}</div></div></div></body></html>""", s)


@page(2, 8)
def wordpress_magazine(s, n):
    inline = (f"<div class='related-posts-box inline-related'><h4>اقرأ أيضاً</h4><ul>{n.links(2)}</ul></div>")
    return Page(f"""<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8>{og(s, n)}</head><body id="tie-body">
<div id="tie-container"><div class="breaking"><span class="breaking-title">عاجل</span><ul>{n.links(3)}</ul></div>
<div id="content" class="container"><div class="main-content">
<article id="the-post" class="container-wrapper post-content tie-standard">
<header class="entry-header-outer"><nav id="breadcrumb"><a>الرئيسية</a>/<a>{s.section}</a></nav><div class="entry-header">
<h1 class="post-title entry-title">{esc(s.title)}</h1><div class="post-meta clearfix"><span class="author-meta"><a>{esc(s.author)}</a></span>
<span class="date meta-item">نوفمبر 20, 2026</span><span class="meta-comment">0</span><span class="meta-views">853</span><span class="meta-reading-time">دقيقة واحدة</span></div></div></header>
<div id="share-buttons-top" class="share-buttons"><a>فيسبوك</a><a>تويتر</a><a>مشاركة عبر البريد</a><a>طباعة</a></div>
<div class="entry-content entry clearfix">
{body(s, h='h2', between=lambda i: inline if i == 2 else '')}
<p class="read-more-inline"><strong>اقرأ أيضا: <a href='/x'>{n.headlines(1)[0]}</a></strong></p>
</div>
<div class="post-bottom-meta"><span>الوسوم</span> <a>خبر</a> <a>جديد</a></div>
</article>
<div class="about-author container-wrapper"><h3>{esc(s.author)}</h3><div class="author-bio">{BIO}</div></div>
<div id="related-posts"><h3>مقالات ذات صلة</h3>{n.cards(3)}</div>
<div id="comments"><h3 id="comments-title">4 تعليقات</h3><ol>{n.comments()}</ol></div>
</div><aside class="sidebar"><div class="widget"><div class="widget-title">الأكثر قراءة</div><ol>{n.links(5)}</ol></div></aside></div>
<footer id="footer"><div class="footer-widget">{ABOUT}</div><div id="site-info">{FOOTER}</div></footer></div></body></html>""", s)


@page(6, 9)
def wordpress_elementor(s, n):
    def wrap(inner, kind, depth=3):
        for level in range(depth):
            inner = f"<div class='elementor-element elementor-element-{level}a{level} elementor-widget-wrap'>{inner}</div>"
        return f"<section class='elementor-section elementor-top-section'><div class='elementor-widget elementor-widget-{kind}'>{inner}</div></section>"
    parts = [wrap(f"<nav class='elementor-nav-menu--main'><ul class='elementor-nav-menu'>{n.menu()}</ul></nav>", "nav-menu"),
             wrap(f"<h1 class='elementor-heading-title elementor-size-default'>{esc(s.title)}</h1>", "heading"),
             wrap(f"<ul class='elementor-post-info'><li><span class='elementor-post-info__item--type-author'>{esc(s.author)}</span></li>"
                  f"<li><span class='elementor-post-info__item--type-date'>16 نوفمبر، 2026</span></li></ul>", "post-info"),
             wrap(body(s), "theme-post-content"),
             wrap("<div class='elementor-share-buttons'><div class='elementor-share-btn'>Facebook</div><div class='elementor-share-btn'>WhatsApp</div></div>", "share-buttons"),
             wrap(f"<div class='elementor-posts'>{n.cards(4)}</div>", "posts"),
             wrap(f"<div class='elementor-author-box'><h4>{esc(s.author)}</h4><div class='elementor-author-box__bio'>{BIO}</div></div>", "author-box"),
             wrap(f"<p>{FOOTER}</p>", "text-editor")]
    return Page(f"<!DOCTYPE html><html dir='rtl' lang='ar'><head><meta charset='UTF-8'>{og(s, n)}</head><body class='elementor-page'>"
                f"<div class='elementor elementor-12'>{''.join(parts[:-1])}</div><footer class='elementor-location-footer'>{parts[-1]}</footer></body></html>", s)


@page(7, 12)
def wordpress_blocks(s, n):
    content = body(s, h='h2 class="wp-block-heading"', p="<p class='wp-block-paragraph'>{}</p>",
                   quote="<blockquote class='wp-block-quote'><p>{}</p></blockquote>", ul="<ul class='wp-block-list'>{}</ul>").replace('</h2 class="wp-block-heading">', "</h2>")
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="UTF-8">{og(s, n)}<meta name="author" content="{attr(s.author)}"></head>
<body class="wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group is-layout-flex">
<p class="wp-block-site-title"><a href="/">{n.site}</a></p><nav class="wp-block-navigation"><ul class="wp-block-navigation__container">{n.menu()}</ul></nav></div></header>
<main class="wp-block-group is-layout-flow"><div class="wp-block-group has-global-padding"><h1 class="wp-block-post-title">{esc(s.title)}</h1>
<div class="wp-block-post-date"><time datetime="{s.date}">15 نوفمبر 2026</time></div></div>
<div class="entry-content wp-block-post-content has-global-padding is-layout-constrained">
<figure class="wp-block-image size-large"><img alt="" src="x.jpg"/><figcaption class="wp-element-caption">{esc(s.caption)}</figcaption></figure>
{content}
<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link">اشترك الآن</a></div></div></div>
<div class="wp-block-group"><div class="wp-block-template-part"><h2>التعليقات</h2><ol class="wp-block-comment-template">{n.comments()}</ol></div></div></main>
<footer class="wp-block-template-part"><p>بدعم من ووردبريس</p><p>{FOOTER}</p></footer></div></body></html>""", s)


@page(3, 11)
def drupal_seven(s, n):
    return Page(f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.0//EN" "http://www.w3.org/MarkUp/DTD/xhtml-rdfa-1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{esc(s.title)} | {n.site}</title><meta name="Generator" content="Drupal 7 (http://drupal.org)" /></head>
<body class="html not-front not-logged-in two-sidebars page-node node-type-article"><div id="page-wrapper"><div id="page">
<div id="header"><div class="section clearfix"><div id="name-and-slogan"><div id="site-name"><strong><a href="/">{n.site}</a></strong></div></div></div></div>
<div id="navigation"><ul id="main-menu" class="links inline clearfix">{n.menu()}</ul></div>
<div id="main"><div id="content" class="column"><div class="section"><div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/s">{s.section}</a></div>
<h1 class="title" id="page-title">{esc(s.title)}</h1><div class="tabs"></div><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content">
<div id="node-77" class="node node-article node-promoted clearfix" about="/node/77"><div class="meta submitted">أرسل بواسطة <span class="username" property="foaf:name">{esc(s.author)}</span> يوم الأربعاء, 18/11/2026 - 10:00</div>
<div class="content clearfix"><div class="field field-name-field-image field-type-image"><div class="field-items"><div class="field-item even"><img src="a.jpg" alt="{attr(s.caption)}" /></div></div></div>
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">
{body(s, h='h3')}
</div></div></div>
<div class="field field-name-field-tags field-type-taxonomy-term-reference"><div class="field-label">الكلمات المفتاحية:&nbsp;</div><div class="field-items"><a>طاقة</a><a>بحث</a></div></div></div>
<div class="link-wrapper"><ul class="links inline"><li class="comment-add"><a>أضف تعليق جديد</a></li><li class="statistics_counter"><span>341 قراءة</span></li></ul></div></div>
</div></div></div></div></div>
<div id="sidebar-first" class="column sidebar"><div class="block block-views"><h2>آخر الأخبار</h2><div class="content"><ul>{n.links(6)}</ul></div></div></div>
<div id="sidebar-second" class="column sidebar"><div class="block block-poll"><h2>استطلاع</h2><div class="content"><p>هل تؤيد تخفيض ساعات العمل في شهر رمضان إلى خمس ساعات يوميا؟</p><ul><li>نعم</li><li>لا</li></ul></div></div></div></div>
<div id="footer-wrapper"><div id="footer"><p>{FOOTER}</p></div></div></div></div></body></html>""", s, author=False, date=False)


@page(5, 14)
def drupal_ten(s, n):
    return Page(f"""<!DOCTYPE html><html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" />{og(s, n)}</head>
<body class="path-node page-node-type-article"><a href="#main-content" class="visually-hidden focusable skip-link">تجاوز إلى المحتوى الرئيسي</a>
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><header role="banner"><nav role="navigation" class="block block-menu"><h2 class="visually-hidden">القائمة</h2><ul>{n.menu()}</ul></nav></header>
<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content">
<div class="block block-page-title-block"><h1 class="page-header"><span class="field field--name-title">{esc(s.title)}</span></h1></div>
<article data-history-node-id="77" class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">
<span class="field field--name-uid">{esc(s.author)}</span> <span class="field field--name-created">أحد, 22/11/2026 - 03:20</span></div></footer>
<div class="node__content"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{body(s, h='h2')}</div>
<section class="field field--name-comment comment-wrapper"><h2>إضافة تعليق جديد</h2><form class="comment-form"><label>اسمك</label><input></form>{n.comments("<article class='comment'><p>{a}</p><div class='comment__content'>{c}</div></article>")}</section></div></article></div>
<aside class="layout-sidebar-second" role="complementary"><div class="views-element-container"><h2>الأكثر مشاهدة</h2>{n.cards(3)}</div></aside></main>
<footer role="contentinfo"><p>{FOOTER}</p></footer></div></body></html>""", s, author=False)


@page(13, 3)
def joomla(s, n):
    return Page(f"""<!DOCTYPE html><html xml:lang="ar-aa" lang="ar-aa" dir="rtl"><head><meta charset="utf-8" /><title>{esc(s.title)}</title>
<meta name="author" content="{attr(s.author)}" /><meta name="generator" content="Joomla! - Open Source Content Management" /></head>
<body class="site com_content view-article"><div class="body"><div class="container"><header class="header" role="banner"><a class="brand pull-left">{n.site}</a></header>
<nav class="navigation" role="navigation"><ul class="nav menu">{n.menu()}</ul></nav><div class="row-fluid"><main id="content" role="main" class="span9">
<div class="item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="ar-AA" />
<div class="page-header"><h2 itemprop="headline">{esc(s.title)}</h2></div>
<div class="icons"><div class="btn-group"><ul class="dropdown-menu"><li class="print-icon"><a>طباعة</a></li><li class="email-icon"><a>البريد الإلكتروني</a></li></ul></div></div>
<dl class="article-info muted"><dt class="article-info-term">التفاصيل</dt><dd class="createdby" itemprop="author">كتب بواسطة: <span itemprop="name">{esc(s.author)}</span></dd>
<dd class="category-name">المجموعة: <a>{s.section}</a></dd><dd class="published">نشر بتاريخ: <time datetime="{s.date}" itemprop="datePublished">23 نوفمبر 2026</time></dd><dd class="hits">الزيارات: 221</dd></dl>
<div itemprop="articleBody">{body(s, h='h4')}</div>
<ul class="pager pagenav"><li class="previous"><a>السابق</a></li><li class="next"><a>التالي</a></li></ul></div></main>
<div id="aside" class="span3"><div class="well"><h3 class="page-header">الأكثر قراءة</h3><ul class="mostread">{n.links(5)}</ul></div></div></div></div></div>
<footer class="footer"><p>{FOOTER}</p></footer></body></html>""", s)


@page(4, 15)
def blogger(s, n):
    text = body(s, h="h3", p='<div style="text-align: right;"><span style="font-size: large;">{}</span></div><div><br /></div>',
                quote='<div style="text-align: right;">{}</div>', li="<div>{}</div>", ul="{}")
    return Page(f"""<!DOCTYPE html><html dir='rtl' xmlns='http://www.w3.org/1999/xhtml'><head><meta charset='UTF-8'/><title>{n.site}: {esc(s.title)}</title></head>
<body class='loading'><div class='content'><div class='content-outer'><header><div class='header section' id='header'><div class='widget Header'><h1 class='title'><a href='/'>{n.site}</a></h1>
<p class='description'><span>مدونة تهتم بالأدب والحياة</span></p></div></div></header><div class='tabs-outer'><div class='widget PageList'><ul>{n.menu(count=5)}</ul></div></div>
<div class='main-outer'><div class='column-center-inner'><div class='main section' id='main'><div class='widget Blog'><div class='blog-posts hfeed'><div class='date-outer'><h2 class='date-header'><span>الثلاثاء، 17 نوفمبر 2026</span></h2>
<div class='date-posts'><div class='post-outer'><div class='post hentry'><h3 class='post-title entry-title'>{esc(s.title)}</h3>
<div class='post-body entry-content' id='post-body-77'><div dir="rtl" style="text-align: right;" trbidi="on">{text}</div></div>
<div class='post-footer'><div class='post-footer-line'><span class='post-author vcard'>مرسلة بواسطة <span class='fn'>{esc(s.author)}</span></span> <span class='post-timestamp'>في <a class='timestamp-link'>6:15 ص</a></span></div></div></div>
<div class='comments' id='comments'><h4>هناك 4 تعليقات:</h4><dl>{n.comments("<dt>{a}</dt><dd><p>{c}</p></dd>")}</dl></div></div></div></div></div></div></div></div>
<div class='column-right-outer'><aside><div class='sidebar section'><div class='widget BlogArchive'><h2>أرشيف المدونة</h2><ul>{n.links(6)}</ul></div><div class='widget Profile'><h2>من أنا</h2><p>{BIO}</p></div></div></aside></div></div></div></div></body></html>""", s, date=False)
