# SPDX-License-Identifier: GPL-3.0-or-later
"""A news site on this machine, with everything that can go wrong on the way. `Site` is used by the tests; run by itself it
serves until it is stopped: python3 tests/news/server.py PORT."""
import gzip
import html
import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib

FIRST_PORT, LAST_PORT = 7500, 7549

STORY = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head>
<body><article><h1>{title}</h1><p>{body}</p><p>وقال الناطق باسم الوزارة في مؤتمر صحفي إن الأعمال ستبدأ في الشهر المقبل.</p>
</article></body></html>"""


def page(title="افتتاح جسر جديد في المدينة", body="افتتحت الحكومة اليوم جسرا جديدا فوق النهر بعد أعمال دامت عامين."):
    return STORY.format(title=title, body=body).encode()


def stamp(when):
    return time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(when))


def rss(items, title="قناة مثال", ttl=None):
    """A feed of dictionaries: title, link, guid, when (seconds), summary, content (HTML)."""
    out = ['<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
           "<channel><title>%s</title><link>https://news.example/</link><description>أخبار</description>" % title]
    if ttl:
        out.append("<ttl>%d</ttl>" % ttl)
    for item in items:
        out.append("<item><title>%s</title>" % html.escape(item["title"]))
        if "link" in item:
            out.append("<link>%s</link>" % html.escape(item["link"]))
        if "guid" in item:
            out.append('<guid isPermaLink="false">%s</guid>' % html.escape(item["guid"]))
        if "when" in item:
            out.append("<pubDate>%s</pubDate>" % stamp(item["when"]))
        if "summary" in item:
            out.append("<description>%s</description>" % html.escape(item["summary"]))
        if "content" in item:
            out.append("<content:encoded><![CDATA[%s]]></content:encoded>" % item["content"])
        out.append("</item>")
    return "".join(out + ["</channel></rss>"]).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def log_message(self, *_):
        pass

    def answer(self, body=b"", code=200, **headers):
        self.send_response(code)
        headers.setdefault("Content_Type", "text/html; charset=utf-8")
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        site = self.server.site
        path = self.path.split("?")[0]
        site.note(self.path, dict(self.headers))
        try:
            if path in site.pages:
                self.serve(site.pages[path])
            elif hasattr(self, "fault_" + path.strip("/").replace("-", "_").split("/")[0]):
                getattr(self, "fault_" + path.strip("/").replace("-", "_").split("/")[0])()
            else:
                self.answer(b"<p>not here</p>", 404)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError, TimeoutError):
            self.close_connection = True

    def serve(self, page):
        if callable(page):
            page(self)
        elif isinstance(page, dict):
            self.conditional(**page)
        else:
            self.answer(page)

    def conditional(self, body, etag=None, modified=None, code=200, **headers):
        """A page that knows whether it has changed."""
        if etag:
            headers["ETag"] = etag
        if modified:
            headers["Last_Modified"] = modified
        if (etag and self.headers.get("If-None-Match") == etag) or (
                modified and not etag and self.headers.get("If-Modified-Since") == modified):
            self.answer(code=304, **headers)
        else:
            self.answer(body, code, **headers)

    # Faults: the path names one -----------------------------------------------------------------------------------

    def fault_slow(self):
        """Drop by drop: never finished."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(200):
            if self.server.site.stopped.wait(0.25):
                return
            self.wfile.write(b"<p>")
            self.wfile.flush()

    def fault_slow_head(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200):
            if self.server.site.stopped.wait(0.25):
                return
            self.wfile.write(b"X-Drop-%d: 1\r\n" % number)
            self.wfile.flush()

    def fault_silent(self):
        self.server.site.stopped.wait(60)
        self.close_connection = True

    def fault_cut_off(self):
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(page())
        self.close_connection = True

    def fault_cut_chunk(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"1000\r\n" + page()[:300])
        self.close_connection = True

    def fault_bad_chunk(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"zzzz\r\n" + page())
        self.close_connection = True

    def fault_nothing(self):
        self.close_connection = True

    def fault_garbage(self):
        self.wfile.write(b"\x00\x01\x02 this is no HTTP \xff\r\n\r\n")
        self.close_connection = True

    def fault_short_length(self):
        """The length says less than there is."""
        body = page()
        self.answer(body, Content_Length=str(len(body) - 40))
        self.close_connection = True

    def fault_gzip(self):
        self.answer(gzip.compress(page()), Content_Encoding="gzip")

    def fault_gzip_bad(self):
        body = bytearray(gzip.compress(page() * 50))
        body[40:60] = b"\xff" * 20
        self.answer(bytes(body), Content_Encoding="gzip")

    def fault_gzip_cut(self):
        self.answer(gzip.compress(page() * 50)[:-30], Content_Encoding="gzip")

    def fault_gzip_not(self):
        self.answer(page(), Content_Encoding="gzip")

    def fault_gzip_bomb(self):
        """A gigabyte in a megabyte."""
        self.answer(self.server.site.bomb(), Content_Encoding="gzip")

    def fault_endless(self):
        """A page of a gigabyte, without a length."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        block = b"<p>" + "خبر ".encode() * 8192 + b"</p>"
        for _ in range((1 << 30) // len(block)):
            self.wfile.write(block)
        self.close_connection = True

    def fault_large(self):
        """Its length says so already."""
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()
        self.close_connection = True

    def fault_loop(self):
        self.answer(code=302, Location="/loop")

    def fault_chain(self):
        """/chain/N leads on N times."""
        left = int(self.path.rsplit("/", 1)[1])
        if left == 0:
            self.answer(page())
        else:
            self.answer(code=301, Location="/chain/%d" % (left - 1))

    def fault_to(self):
        """/to?URL leads to URL."""
        self.answer(code=302, Location=self.path.split("?", 1)[1])

    def fault_too_many(self):
        self.answer(b"later", 429, Retry_After="120")

    def fault_broken(self):
        self.answer(b"oops", 500)

    def fault_busy(self):
        self.answer(b"busy", 503, Retry_After=time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 600)))

    def fault_forbidden(self):
        self.answer(b"no", 403)

    def fault_head_flood(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200000):
            self.wfile.write(b"X-Flood-%d: %s\r\n" % (number, b"x" * 200))
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass  # what a client that leaves causes is no news


class Site:
    """A running server. `pages` maps a path to bytes, to the arguments of Handler.conditional, or to a function."""

    def __init__(self, tls=None, port=None):
        self.pages = {"/": page()}
        self.requests = []
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.packed = None
        self.server = self.bind(port)
        self.server.site = self
        self.scheme = "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    @staticmethod
    def bind(port):
        last = None
        for number in [port] if port else range(FIRST_PORT + os.getpid() % 25, LAST_PORT + 1):
            try:
                return Server(("127.0.0.1", number), Handler)
            except OSError as error:
                last = error
        raise last

    @property
    def port(self):
        return self.server.server_address[1]

    def url(self, path="/", host="127.0.0.1"):
        return "%s://%s:%d%s" % (self.scheme, host, self.port, path)

    def note(self, path, headers):
        with self.lock:
            self.requests.append((path, headers))

    def asked(self, path):
        """The headers of each request for a path."""
        with self.lock:
            return [headers for asked, headers in self.requests if asked == path]

    def bomb(self):
        with self.lock:
            if self.packed is None:
                packer = zlib.compressobj(9, zlib.DEFLATED, 31)
                head = packer.compress(b"<p>") + packer.flush(zlib.Z_FULL_FLUSH)
                block = packer.compress(b" " * (1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
                self.packed = head + block * 64  # after a full flush the same bytes may follow again
            return self.packed

    def close(self):
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


def certificate(folder, host="localhost", days=2):
    """(certificate, key) of a throw-away authority of its own."""
    names = os.path.join(folder, host + ".pem"), os.path.join(folder, host + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(days), "-out", names[0],
                    "-keyout", names[1], "-subj", "/CN=" + host, "-addext",
                    "subjectAltName=DNS:%s,IP:127.0.0.1" % host], check=True, capture_output=True)
    return names


if __name__ == "__main__":
    site = Site(port=int(sys.argv[1]))
    print(site.url(), flush=True)
    try:
        while True:
            time.sleep(60)
    except KeyboardInterrupt:
        site.close()
