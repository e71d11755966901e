"""What nobody should send, sent as raw bytes, and what no answer to it may show."""

import re
from urllib.parse import quote_from_bytes

MARK = "x7q"
PRODUCT = str(1337 * 7331)
SUM = "{{1337*7331}} ${1337*7331} #{1337*7331} <%= 1337*7331 %> {% print(1337*7331) %}"
VALUES = {
    "nothing": "",
    "NUL": "a\0b",
    "a lone surrogate": "a\ud800b",
    "no UTF-8": b"a\xff\xfe\xc0\x80b",
    "more than 64 bits": "9223372036854775808",
    "far more than 64 bits": "9" * 400,
    "below zero": "-1",
    "more than a float": "1e999",
    "not a number": "NaN",
    "digits of another script": "٣²",
    "300 letters": "x" * 300,
    "20,000 letters": "ä" * 20_000,
    "a script": f"\"'></title></textarea></script><script>{MARK}</script>",
    "an attribute": f"\" onmouseover='{MARK}' x=\"' autofocus onfocus={MARK} y='",
    "Markdown with a script": f"[a](javascript:{MARK}) ![b](x) <img src=x onerror={MARK}>",
    "a template": SUM,
    "formats": "%s %n %(x)s %d {0} {x} %",
    "text from right to left": "\u202e\u2066abc\u200f\u061c",
    "emoji": "👩🏽\u200d🔬🇺🇳\u20e3",
    "no characters": "\uffff\ufffe\U0010ffff\ufdd0",
    "new lines": "a\r\nSet-Cookie: x=1\r\n\r\nb\u2028\u0085",
    "SQL": "' OR 1=1; --\\ %_",
    "a path": "../../../../etc/passwd",
    "another site": "//evil.example/\\@localhost",
    "a date before time": "0000-00-00",
    "a date after time": "99999-12-31",
    "the last date": "9999-12-31",
    "the first date": "0001-01-01",
}
HEADERS = {
    "Accept": "*/*;q=0,\x7f;;;q=ä",
    "Accept-Encoding": "gzip;q=nan, \xff",
    "Accept-Language": "xx-\xff;q=-1, " + "de," * 500,
    "Authorization": "Basic \xff\xff==",
    "Cookie": "plenary=\xff.x; consent=%00%ff; stars=\x01; remember_token=1|2; =; ;;",
    "If-Match": '"\xff',
    "If-Modified-Since": "Thu, 99 Foo 99999999999 99:99:99 GMT",
    "If-None-Match": 'W/"\xff", *',
    "Origin": "null\xff",
    "Range": "bytes=9-1,-99999999999999999999",
    "Referer": "http://[::1\xff",
    "Sec-GPC": "\xff",
    "User-Agent": "\xff" * 3000,
    "X-Forwarded-For": "\xff, ::, 999.999.999.999",
    "X-Forwarded-Proto": "javascript",
}
_REFLECTED = re.compile(
    rf"<script>{MARK}|<img[^>]*onerror=[\"']?{MARK}|<[^>]*\shref=[\"']?javascript:{MARK}"
    rf"|<[a-z]+(?:\s+[a-z-]+(?:=\"[^\"]*\")?)*\s+on(?:mouseover|focus)="
)


def turn(kinds, start, count):
    """`count` of the values in turn, from the `start`th on: neighbours get others, so that all are sent somewhere."""
    names = list(kinds)
    return [kinds[names[(start + step) % len(names)]] for step in range(count)]


def raw(value):
    """A value as the bytes that a client would send."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def encoded(pairs):
    """[(name, value)] as a query string or the body of a plain form."""
    return "&".join(f"{quote_from_bytes(raw(name))}={quote_from_bytes(raw(value))}" for name, value in pairs)


def get(browser, path, query=""):
    """A GET of a path given as bytes, as a server would hand it on."""
    overrides = {"PATH_INFO": raw(path).decode("latin-1"), "QUERY_STRING": query}
    return browser.get("/", environ_overrides=overrides)


def post(browser, path, pairs):
    """A POST of a plain form."""
    return browser.post(path, data=encoded(pairs), content_type="application/x-www-form-urlencoded")


def faults(answer):
    """What is wrong with an answer, in words; nothing when it stands."""
    text = "" if answer.is_streamed and answer.mimetype == "application/pdf" else answer.get_data().decode("latin-1")
    is_broken = answer.status_code >= 500 and answer.request.path != "/readyz"
    found = [f"{answer.status_code}"] if is_broken else []
    if answer.mimetype == "text/html" and (shown := _REFLECTED.search(text)):
        found.append(f"unescaped: {shown[0][:80]}")
    if PRODUCT in text:
        found.append("a template in it was carried out")
    if answer.location and not answer.location.startswith(("/", "http://localhost/", "http://127.0.0.1:")):
        found.append(f"leads to {answer.location[:80]}")
    if answer.location and answer.location.startswith(("//", "/\\")):
        found.append(f"leads to {answer.location[:80]}")
    return found
