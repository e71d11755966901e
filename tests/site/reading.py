"""Reads a page as strictly as a browser never would, and names what is wrong with it."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import html5lib
from lxml import html

SITE = "http://localhost"
CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button", "reset", "image")


@dataclass
class Page:
    """One HTML answer at the path at which it was found."""

    path: str
    text: str

    @cached_property
    def tree(self):
        """The page as a tree, read swiftly: a walk through the site reads thousands of pages, and asks few of them for their markup."""
        return html.document_fromstring(self.text.encode(), parser=html.HTMLParser(encoding="utf-8"))

    def errors(self):
        """What the strict parser of the HTML standard finds wrong: [((line, column), code, values)]."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(self.text)
        return parser.errors

    @cached_property
    def elements(self):
        """Every element in order."""
        return [each for each in self.tree.iter() if isinstance(each.tag, str)]

    @cached_property
    def ids(self):
        """Every id in order, repeated ones too."""
        return [each.get("id") for each in self.elements if each.get("id") is not None]

    def named(self, *tags):
        """The elements of these names."""
        return [each for each in self.elements if each.tag in tags]

    def address(self, reference):
        """A reference of this page as path and query on this site; None when it leads elsewhere."""
        parts = urlsplit(urljoin(SITE + self.path, reference.strip()))
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def links(self):
        """The addresses on this site that the page refers to."""
        found = [each.get("href") for each in self.named("a", "link", "area")]
        found += [each.get("src") for each in self.named("img", "script", "iframe", "source")]
        found += [form.get("action") for form in self.named("form") if form.get("method", "get").lower() == "get"]
        found = [self.address(each) for each in found if each and not each.startswith("#")]
        return list(dict.fromkeys(each for each in found if each))

    def forms(self):
        """(address, method) of every form."""
        return [
            (self.address(each.get("action") or ""), each.get("method", "get").upper()) for each in self.named("form")
        ]


def faults(page):
    """All that is wrong with a page, in words."""
    checks = (_markup, _frame, _ids, _inline, _labels, _words, _images)
    return [f"{page.path}: {fault}" for check in checks for fault in check(page)]


def _markup(page):
    for (line, _column), code, values in page.errors():
        yield f"line {line}: {code} {values or ''}"


def _frame(page):
    if len(page.named("h1")) != 1:
        yield f"{len(page.named('h1'))} h1"
    if not [each for each in page.named("title") if _text(each)]:
        yield "no title"
    if not page.tree.get("lang"):
        yield "no language"
    if len(page.named("main")) != 1:
        yield f"{len(page.named('main'))} main"


def _ids(page):
    for name in {name for name in page.ids if page.ids.count(name) > 1}:
        yield f"id {name} stands {page.ids.count(name)} times"
    for each in page.elements:
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list"):
            for target in (each.get(name) or "").split():
                if target not in page.ids:
                    yield f"<{each.tag} {name}={target}> points nowhere"
    for each in page.named("a"):
        if (each.get("href") or "").startswith("#") and each.get("href")[1:] not in page.ids:
            yield f"link to {each.get('href')} leads nowhere"


def _inline(page):
    for each in page.elements:
        inline = [name for name in each.attrib if name == "style" or re.match(r"on[a-z]", str(name))]
        if inline or each.tag == "style":
            yield f"<{each.tag}> with {inline or 'style'} inline"
        if each.tag == "script" and not each.get("src") and each.get("type") != "application/ld+json":
            yield "inline script"
        if (each.get("href") or "").lower().strip().startswith(("javascript:", "data:")):
            yield f"link to {each.get('href')[:30]}"


def _labels(page):
    labelled = {each.get("for") for each in page.named("label") if _text(each)}
    wrapped = {control for label in page.named("label") if _text(label) for control in label.iter()}
    for each in page.named(*CONTROLS):
        if each.get("type") in UNLABELLED or each.get("aria-hidden") == "true":
            continue
        if not (each.get("id") in labelled or each in wrapped or each.get("aria-label") or each.get("aria-labelledby")):
            yield f"<{each.tag} name={each.get('name')}> has no label"


def _words(page):
    for each in page.named("a", "button", "h1", "h2", "h3", "th", "legend", "summary", "caption"):
        if not (_text(each) or each.get("aria-label")):
            yield f"<{each.tag} {dict(each.attrib)}> without words"


def _images(page):
    for each in page.named("img"):
        if each.get("alt") is None:
            yield f"image {each.get('src')} without alt"


def _text(element):
    return " ".join("".join(element.itertext()).split()) or " ".join(
        each.get("alt") or "" for each in element.iter("img")
    )
