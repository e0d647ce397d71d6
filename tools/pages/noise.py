# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on a newspaper's page beside the story."""
import html
import random

SITES = ["صحيفة الساحل", "موقع الواحة الإخباري", "جريدة المرج", "بوابة الضفة", "شبكة الرملة الإعلامية"]
MENU = ["الرئيسية", "محليات", "سياسة", "اقتصاد", "رياضة", "ثقافة وفنون", "علوم وتكنولوجيا", "صحة", "آراء", "منوعات",
        "فيديو", "صور", "بودكاست", "وفيات", "اتصل بنا", "من نحن"]
HEADLINES = ["وزير النقل يتفقد أعمال توسعة المطار الدولي", "أسعار الذهب تسجل أعلى مستوى لها منذ شهرين",
             "المنتخب يستدعي ثلاثة وجوه جديدة للمعسكر المقبل", "افتتاح معرض الكتاب بمشاركة مئتي دار نشر",
             "انقطاع المياه عن أحياء في العاصمة غدا", "دراسة: المشي نصف ساعة يوميا يحسن الذاكرة",
             "القبض على عصابة لسرقة الكابلات الكهربائية", "مجلس النواب يناقش قانون الإيجارات الجديد",
             "شركة طيران تدشن خطا مباشرا إلى الدار البيضاء", "تأجيل مباراة القمة بسبب الأمطار",
             "حملة لتنظيف الشواطئ يشارك فيها ألف متطوع", "ارتفاع حجوزات الفنادق قبل عطلة نهاية العام",
             "طبيب يجيب عن أكثر أسئلة الصيام شيوعا", "مخترعة شابة تفوز بجائزة الابتكار العربي"]
TEASERS = ["تعرف على تفاصيل القرار الذي أثار جدلا واسعا خلال الساعات الماضية على مواقع التواصل.",
           "تقرير مصور من قلب الحدث يكشف ما لم تنقله عدسات الهواتف.",
           "خبراء يشرحون أسباب الظاهرة وكيف يمكن الوقاية منها قبل فوات الأوان.",
           "في هذا الملف نستعرض أبرز المحطات بالأرقام والرسوم البيانية."]
COMMENTS = [("أبو خالد", "الله يعطيكم العافية على هذا الخبر المهم، كنا ننتظر مثل هذه الخطوة منذ زمن طويل، ونتمنى أن تستمر."),
            ("مواطن", "كلام جميل لكن على أرض الواقع لا نرى شيئا، كل سنة نسمع الوعود نفسها ثم ننسى."),
            ("Samira", "شكرا للكاتب، مقال موضوعي ومتوازن، وأتفق معه في معظم ما قال إلا في الفقرة الأخيرة."),
            ("زائر", "هل من مصدر لهذه الأرقام؟ لأن ما قرأته في مكان آخر مختلف تماما، وأرجو التصحيح إن كان هناك خطأ.")]
COOKIE = ("نستخدم ملفات تعريف الارتباط وتقنيات مشابهة لتحسين تجربتك على موقعنا، ولتخصيص المحتوى والإعلانات، ولتحليل حركة "
          "الزوار. بمتابعتك التصفح فإنك توافق على سياسة الخصوصية وشروط الاستخدام الخاصة بنا، ويمكنك تغيير إعداداتك متى شئت.")
NEWSLETTER = "اشترك في نشرتنا البريدية لتصلك أهم أخبار اليوم كل صباح."
FOOTER = "جميع الحقوق محفوظة © 2026. لا يجوز نشر أي مادة من هذا الموقع أو إعادة بثها من دون إذن خطي مسبق."
BIO = ("كاتب وصحفي من أسرة التحرير، عمل في عدد من الصحف العربية قبل انضمامه إلى الموقع عام 2015، وصدرت له مجموعتان قصصيتان "
       "وكتاب في أدب الرحلة.")
ABOUT = "موقع إخباري مستقل يقدم تغطية على مدار الساعة لأخبار البلاد والعالم، بأقلام نخبة من الصحفيين."
SCRIPT = """<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments);}
if(a<b&&c>d){document.write("<div class='ad'>"+x+"</div>");}var s="<p>نص داخل برنامج لا يقرأ</p>";</script>"""
STYLE = "<style>.content{direction:rtl} .content > p:before{content:'نص من ورقة الأنماط'}</style>"


def esc(text):
    return html.escape(text, quote=False)


def attr(text):
    return html.escape(text)


class Noise:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.site = self.random.choice(SITES)

    def headlines(self, count):
        return self.random.sample(HEADLINES, count)

    def links(self, count, wrap="<li><a href='/n/{i}'>{t}</a></li>"):
        return "\n".join(wrap.format(i=1000 + i, t=t) for i, t in enumerate(self.headlines(count)))

    def cards(self, count, wrap="<div class='card'><a href='/n/{i}'><img src='/{i}.jpg' alt='{t}'><h3>{t}</h3></a>"
                                "<p>{s}</p><span class='time'>قبل {i} دقائق</span></div>"):
        return "\n".join(wrap.format(i=3 + i, t=t, s=TEASERS[i % len(TEASERS)]) for i, t in enumerate(self.headlines(count)))

    def menu(self, wrap="<li><a href='/s/{i}'>{t}</a></li>", count=12):
        return "\n".join(wrap.format(i=i, t=t) for i, t in enumerate(MENU[:count]))

    def comments(self, wrap="<li class='comment'><b>{a}</b><p>{c}</p><a href='#r'>رد</a></li>"):
        return "\n".join(wrap.format(a=a, c=c) for a, c in COMMENTS)


def body(story, h="h2", p="<p>{}</p>", li="<li>{}</li>", ul="<ul>{}</ul>", quote="<blockquote><p>{}</p></blockquote>",
         table=None, between=None):
    """The story's blocks as HTML; between(i) comes behind the i-th paragraph."""
    out, items, paragraphs = [], [], 0

    def end_list():
        if items:
            out.append(ul.format("\n".join(items)))
            items.clear()

    for kind, value in story.blocks:
        if kind != "li":
            end_list()
        if kind == "h":
            out.append(f"<{h}>{esc(value)}</{h}>")
        elif kind == "p":
            out.append(p.format(esc(value)))
            paragraphs += 1
            if between:
                out.append(between(paragraphs))
        elif kind == "quote":
            out.append(quote.format(esc(value)))
        elif kind == "li":
            items.append(li.format(esc(value)))
        else:
            out.append((table or make_table)(value))
    end_list()
    return "\n".join(out)


def make_table(rows, classes="table"):
    head = "".join(f"<th>{esc(cell)}</th>" for cell in rows[0])
    lines = "".join("<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>\n" for row in rows[1:])
    return f"<table class='{classes}'><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def bare_table(rows):
    """Without <th>."""
    return "<table border=1>" + "".join("<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"


def figure(story, classes="featured"):
    if not story.caption:
        return ""
    return (f"<figure class='{classes}'><img src='/img/1.jpg' alt='صورة: {attr(story.caption)}'>"
            f"<figcaption>{esc(story.caption)}</figcaption></figure>")


def og(story, noise, suffix=True, **more):
    title = f"{story.title} | {noise.site}" if suffix else story.title
    tags = {"og:title": story.title, "og:site_name": noise.site, "og:type": "article", "article:section": story.section,
            "article:published_time": story.date, "og:url": "https://example.org/news/77", **more}
    metas = "\n".join(f'<meta property="{key}" content="{attr(value)}">' for key, value in tags.items() if value)
    return f"<title>{esc(title)}</title>\n{metas}\n<link rel='canonical' href='https://example.org/news/77'>"
