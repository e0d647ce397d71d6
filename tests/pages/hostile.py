#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages, feeds, books and notes that nobody should have to read.

  hostile.py NASHRA [--count N] [--scale N] [--only PART] [--keep FOLDER] [--seconds S] [--mebibytes M]

Makes them (the same ones each time), gives each to `NASHRA text`, and fails when one makes it crash, run for longer than
S seconds of CPU (10), or take more than M MiB (128) of memory; or when it ends with another code than success or
"input that can't be read"."""
import argparse
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools", "pages"))
MIB = 1 << 20
P = "<p>عاد الصيادون أمس إلى الميناء بعد أسبوع من العواصف، وقال النقيب إن الموسم بدأ.</p>"
RSS = "<rss version='2.0'><channel><title>نشرة</title>{}</channel></rss>"
ITEM = "<item><title>خبر</title><description>{}</description></item>"
FILES = []  # (name, make)




def add(name, make):
    FILES.append((name, make))


def epub(files, mimetype=True, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as book:
        if mimetype:
            book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            book.writestr(name, content)
    return out.getvalue()


CONTAINER = "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>"


def opf(items, extra=""):
    manifest = "".join(f"<item id='i{i}' href='{name}' media-type='application/xhtml+xml'/>" for i, name in enumerate(items))
    spine = "".join(f"<itemref idref='i{i}'/>" for i in range(len(items)))
    return f"<package><metadata><title>كتاب</title></metadata><manifest>{manifest}</manifest><spine>{spine}</spine>{extra}</package>"


def book(chapters, **more):
    return epub({"META-INF/container.xml": CONTAINER, "c.opf": opf(list(chapters)), **chapters}, **more)


# ---- large, deep and long ----

for tag in ("div", "p", "b", "table", "ul", "blockquote", "font", "span", "svg", "section", "a", "q", "li", "td"):
    add(f"deep-{tag}.html", lambda t=tag: f"<{t}>" * 200000 + "نص" + P)
    add(f"closed-{tag}.html", lambda t=tag: "<html>" + P + f"</{t}>" * 400000 + P)
    add(f"many-{tag}.html", lambda t=tag: P + f"<{t}>كلمة</{t}>" * 300000)
for tag in ("h1", "nav", "img alt='صورة'", "br", "meta name='author' content='كاتب'", "sup", "abbr title='كلمة'"):
    add(f"many-{tag.split()[0]}.html", lambda t=tag: P + f"<{t}>كلمة و" * 200000)
for name, piece in (("amp", "&amp;"), ("nbsp", "&nbsp;"), ("numeric", "&#1575;"), ("bare", "&"), ("unknown", "&xyzzy;"), ("lt", "<"),
                    ("comment", "<!-- "), ("doctype", "<!DOCTYPE html>"), ("cdata", "<![CDATA["), ("pi", "<?x "), ("script", "<script>"),
                    ("style", "<style>"), ("zwj", "\u200d"), ("bidi", "\u202e"), ("mark", "ا\u064e"), ("spaces", " \n\t"), ("slash", "</"), ("quote", "\"'")):
    add(f"flood-{name}.html", lambda x=piece: "<html><body>" + P + x * (7 * MIB // max(5, len(x.encode()))))
    add(f"flood-{name}.txt", lambda x=piece: "خبر قصير.\n\n" + x * (2 * MIB // len(x.encode())))
    add(f"flood-{name}.xml", lambda x=piece: RSS.format(ITEM.format(x * (3 * MIB // len(x.encode())))))
add("attributes.html", lambda: "<html><body><p " + " ".join(f"a{i}=1" for i in range(400000)) + ">" + P)
add("attributes-quoted.html", lambda: "<body><p " + "".join(f"a{i}=\"x\"" for i in range(400000)) + ">" + P)
add("attributes-many.html", lambda: "<body>" + ("<p " + " ".join(f"a{i}=1" for i in range(990)) + ">نص</p>") * 900)
add("attribute-long.html", lambda: "<body><img alt='" + "كلمة " * 800000 + "'>" + P)
add("attribute-open.html", lambda: "<body>" + P + "<a href=\"" + "x " * 3000000)
add("class-long.html", lambda: "<body><div class='" + "menu content " * 300000 + "'>" + P)
add("word-long.html", lambda: "<p>" + "ا" * 3000000 + "</p>")
add("sentence-long.html", lambda: "<p>" + "كلمة " * 600000 + "</p>")
add("huge.html", lambda: "<body>" + P * 110000)
add("too-large.html", lambda: "<body>" + P * 200000)
add("lines.html", lambda: "<body>" + "كلمة<br>" * 400000)
add("table-wide.html", lambda: "<table>" + "<tr>" + "<td>1" * 200000)
add("table-nested.html", lambda: "<table><tr><td>" * 190 + P + "كلمة " * 200000)
add("table-headers.html", lambda: "<table><tr>" + "<th>عنوان طويل للعمود</th>" * 30 + "</tr>" + ("<tr>" + "<td>5</td>" * 30 + "</tr>") * 8000)
add("sup-nested.html", lambda: "<sup><a>1" * 300 + "كلمة " * 300000)
add("titles.html", lambda: "<title>" + "عنوان " * 200000 + "</title>" + "<h1>عنوان عنوان</h1>" * 100000)
add("jsonld-deep.html", lambda: "<script type='application/ld+json'>" + "[" * 1000000 + "</script>" + P)
add("jsonld-values.html", lambda: "<script type='application/ld+json'>[" + "0," * 2000000 + "0]</script>" + P)
add("jsonld-many.html", lambda: ("<script type='application/ld+json'>" + json.dumps({"@type": "Article", "headline": "ع" * 50}) + "</script>") * 20000 + P)
add("jsonld-body.html", lambda: "<script type='application/ld+json'>" + json.dumps({"@type": "Article", "articleBody": "سطر.\n" * 200000}) + "</script>")
add("jsonld-escapes.html", lambda: "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"" + "\\u0627\\ud800" * 100000 + "\"}</script>" + P)
add("xxe.html", lambda: "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x; " + P)
add("named-nested.html", lambda: "<div class='header'>" * 590 + "<i>كلمة </i>" * 180000 + "<h1>عنوان</h1>" + P)
add("box-nested.html", lambda: "<div class='widget'>" * 590 + (P + "<i>كلمة </i>") * 30000)
add("byline-nested.html", lambda: "<div class='author'>" * 590 + "<i>كلمة </i>" * 180000)
add("nul.html", lambda: b"<html>\0<body>" + P.encode() + b"\0" * 100000)

# ---- feeds ----

LOL = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '" + f"&a{i - 1};" * 10 + "'>" for i in range(1, 12)) + "]>"
add("laughs.xml", lambda: LOL + RSS.format(ITEM.format("&a11;")))
add("laughs-attribute.xml", lambda: LOL + "<rss><channel><item a='&a11;'><title>خبر</title></item></channel></rss>")
add("quadratic.xml", lambda: "<!DOCTYPE rss [<!ENTITY a '" + "ha" * 100000 + "'>]>" + RSS.format(ITEM.format("&a;" * 10000)))
add("parameter.xml", lambda: "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'>%p;]>" + RSS.format(ITEM.format("نص")))
add("external.xml", lambda: "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:1/x'>" + RSS.format(ITEM.format("نص")))
add("xinclude.xml", lambda: RSS.format("<item><title>خبر</title><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/></item>"))
add("items.xml", lambda: RSS.format(ITEM.format("نص") * 60000))
add("deep.xml", lambda: "<rss><channel>" + "<a>" * 500000)
add("deep-item.xml", lambda: RSS.format("<item><title>خبر" + "<b>" * 300000))
add("categories.xml", lambda: RSS.format("<item><title>خبر</title>" + "<category>x</category>" * 300000 + "</item>"))
add("titles.xml", lambda: RSS.format("<item>" + "<title>&amp;amp;خبر</title>" * 200000 + "</item>"))
add("namespaces.xml", lambda: "<rss " + " ".join(f"xmlns:n{i}='u{i}'" for i in range(100000)) + "><channel><item><title>خبر</title></item></channel></rss>")
add("long-title.xml", lambda: RSS.format("<item><title>" + "خبر " * 1500000 + "</title></item>"))
add("html-bombs.xml", lambda: RSS.format(ITEM.format("&lt;div&gt;" * 20000) * 30))
add("cut-cdata.xml", lambda: RSS.format("<item><title>خبر</title><description><![CDATA[" + P * 1000))
add("atom-xhtml.xml", lambda: "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>خبر</title><content type='xhtml'>" + "<div>" * 100000)
add("deep.json", lambda: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 500000)
add("values.json", lambda: '{"version":"https://jsonfeed.org/version/1","items":[' + "{}," * 900000 + "{}]}")
add("items.json", lambda: '{"version":"https://jsonfeed.org/version/1","items":[' + ",".join('{"id":"%d","title":"خبر","content_text":"نص"}' % i for i in range(30000)) + "]}")
add("escapes.json", lambda: '{"version":"https://jsonfeed.org/version/1","items":[{"title":"' + "\\u0627" * 500000 + '"}]}')
add("strings.json", lambda: '{"version":"https://jsonfeed.org/version/1","items":[{"a":"' + "x" * 3000000 + '","title":"خبر"}]}')

# ---- books ----

add("bomb.epub", lambda: book({"a.xhtml": "<p>" + " " * (200 * MIB)}))
add("bomb-words.epub", lambda: book({"a.xhtml": "كلمة " * (3 * MIB)}))
add("many-files.epub", lambda: book({f"{i}.xhtml": P for i in range(4000)}))
add("chapters.epub", lambda: book({f"{i}.xhtml": P * 20 for i in range(1500)}))
add("large.epub", lambda: book({f"{i}.xhtml": P * 6000 for i in range(10)}, method=zipfile.ZIP_STORED))
add("deep.epub", lambda: book({"a.xhtml": "<div>" * 200000 + P}))
add("no-container.epub", lambda: epub({"a.xhtml": P}))
add("container-junk.epub", lambda: epub({"META-INF/container.xml": "<" * 100000}))
add("no-package.epub", lambda: epub({"META-INF/container.xml": CONTAINER}))
add("package-junk.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": "\0" * 100}))
add("package-bomb.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": LOL + "<package>&a11;</package>"}))
add("spine-empty.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": opf([])}))
add("spine-missing.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": opf(["a.xhtml", "b.xhtml"])}))
add("spine-long.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": opf(["a.xhtml"] * 50000), "a.xhtml": P}))
add("climb.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": opf(["../../../../etc/passwd", "/etc/passwd", "a.xhtml"]), "../../etc/passwd": P, "a.xhtml": P}))
add("percent.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "c.opf": opf(["%", "%d8", "%zz.xhtml", "%00"]), "%": P}))
add("drm.epub", lambda: epub({"META-INF/container.xml": CONTAINER, "META-INF/encryption.xml": "<CipherReference URI='a.xhtml'/>", "c.opf": opf(["a.xhtml"]), "a.xhtml": os.urandom(0) + b"x" * 100}))
add("self.epub", lambda: epub({"META-INF/container.xml": CONTAINER.replace("c.opf", "META-INF/container.xml")}))
add("only-mimetype.epub", lambda: epub({}))

# ---- Markdown ----

for name, piece in (("brackets", "["), ("links", "[a]("), ("stars", "**a "), ("quotes", "> "), ("hashes", "# "), ("bars", "|a|b|\n|-|-|\n"), ("fences", "```\n"),
                    ("images", "!["), ("escapes", "\\*"), ("entities", "&#x627;"), ("items", "- a\n"), ("setext", "a\n-\n"), ("tags", "<a")):
    add(f"{name}.md", lambda x=piece: "# عنوان\n\nنص.\n\n" + x * (2 * MIB // len(x.encode())))
add("front.md", lambda: "---\n" + "title: عنوان\n" * 200000)


# ---- mutations of sound files ----

def mutate(seed, data):
    chance = random.Random(seed)
    data = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        elif kind == 1:
            del data[at:at + chance.randint(1, 400)]
        elif kind == 2:
            data[at:at] = data[chance.randrange(len(data) + 1):][:chance.randint(1, 4000)]
        elif kind == 3 and at < len(data):
            data[at] = chance.randrange(256)
        elif kind == 4:
            data[at:at] = chance.choice([b"<", b">", b"\"", b"</div>", b"<!--", b"]]>", b"<script>", b"&", b"\xff\xfe", b"\0", b"<table>", b"</html>"])
        else:
            del data[at + chance.randint(1, max(1, len(data))):]
    return bytes(data)


def add_mutations(count):
    from make import make_all, load
    pages = [page.encode() for page in make_all(load())]
    feed = RSS.format("".join(ITEM.format(f"<![CDATA[{P}]]>") for _ in range(5))).encode()
    atom = ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>خبر &amp;amp;</title><content type='xhtml'><div>" + P + "</div></content></entry></feed>").encode()
    json_feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "خبر", "content_html": P}]}).encode()
    sound = [(f"page-{i}.html", data) for i, data in enumerate(pages)] + [("rss.xml", feed), ("atom.xml", atom), ("feed.json", json_feed), ("book.epub", book({"a.xhtml": P * 5, "b.xhtml": P}))]
    for i in range(count):
        name, data = sound[i * 7 % len(sound)] if i % 3 else sound[-1 - i % 4]
        add(f"mutation-{i}-{name}", lambda s=i, d=data: mutate(s, d))


# ---- the runs ----

def limits(seconds):
    def set_limits():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * MIB, 64 * MIB))
    return set_limits


def run(program, path, seconds):
    """(exit code or -signal, CPU seconds, MiB at the most, the last message)."""
    with tempfile.TemporaryFile() as messages:
        child = subprocess.Popen([program, "text", path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=messages,
                                 preexec_fn=limits(seconds))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        text = messages.read(4 * MIB).decode("utf-8", "replace").strip().splitlines()
    return child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text[-1] if text else ""


def write(make, path, scale):
    """In a child of its own: what it takes of memory would count as the next child's."""
    maker = os.fork()
    if maker == 0:
        data = make()
        data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        if len(data) > 256 * 1024 and not data.startswith(b"PK"):
            data = data[:max(256 * 1024, len(data) // scale)]
        with open(path, "wb") as out:
            out.write(data)
        os._exit(0)
    if os.waitpid(maker, 0)[1] != 0:
        raise OSError("can't write " + path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nashra")
    parser.add_argument("--count", type=int, default=200, help="mutations of sound files")
    parser.add_argument("--keep")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--mebibytes", type=int, default=128)
    parser.add_argument("--only", default="", help="files whose names hold this")
    parser.add_argument("--scale", type=int, default=1, help="large files are cut to a part of their size")
    args = parser.parse_args()
    add_mutations(args.count)
    worst, failures, codes = [(0.0, ""), (0.0, "")], [], {}
    with tempfile.TemporaryDirectory(prefix="nashra-hostile-") as folder:
        for name, make in FILES:
            if args.only not in name:
                continue
            path = os.path.join(args.keep or folder, name)
            write(make, path, args.scale)
            code, seconds, mebibytes, message = run(args.nashra, path, args.seconds)
            codes[code] = codes.get(code, 0) + 1
            worst = [max(worst[0], (seconds, name)), max(worst[1], (mebibytes, name))]
            if code not in (0, 65) or mebibytes > args.mebibytes:
                failures.append(f"{name}: exit {code}, {seconds:.1f} s, {mebibytes:.0f} MiB: {message[:200]}")
                print("FAIL", failures[-1], flush=True)
            elif args.only:
                print(f"{name}: exit {code}, {seconds:.1f} s, {mebibytes:.0f} MiB: {message[:200]}")
            if not args.keep:
                os.unlink(path)
    print(f"{sum(codes.values())} files; exit codes {codes}; at worst {worst[0][0]:.2f} s ({worst[0][1]}) and "
          f"{worst[1][0]:.0f} MiB ({worst[1][1]}); {len(failures)} failed")
    return 1 if failures or not codes else 0


if __name__ == "__main__":
    sys.exit(main())
