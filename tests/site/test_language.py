"""Every visible word can be translated: in a language whose every message stands in brackets, nothing stands outside.

The content of the site is Greek and so are the days and countries, so a Latin word outside of brackets is the program's.
"""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import time_machine
from babel.messages import mofile, pofile
from sqlalchemy import select

from conference import mail
from conference.app import create_app
from conference.audit.words import VERBS
from conference.kernel import db
from tests.conftest import NOW, empty_tables
from tests.site.building import build
from tests.site.conftest import once
from tests.site.content import QUESTIONS
from tests.site.filling import by_endpoint
from tests.site.hostile import post
from tests.site.reading import Page
from tests.site.walking import walk

pytestmark = once
ROOT = Path(__file__).parents[2]
WHO = ("stranger", "ada", "ben", "dov", "registration", "programme", "finance", "door", "administrator")
LEFT, RIGHT = "⟦", "⟧"
# Names, units and signs that are the same in every language, and what is no word: addresses, keys, versions.
# The codes that staff gave to things.
CODES = {
    "full",
    "guest",
    "along",
    "boat",
    "expo",
    "spare",
    "vectors",
    "dinner",
    "care",
    *(question["code"] for question in QUESTIONS),
}
SAME = CODES | {
    "Plenary",
    "plenary",
    "ORCID",
    "OpenStreetMap",
    "Foundation",
    "PDF",
    "CSV",
    "Excel",
    "XML",
    "JSON",
    "PhD",
    "EDT",
    "EST",
    "UTC",
    "Visa",
    "USD",
    "MB",
    "kB",
    "iD",
}
NO_WORD = re.compile(r"\S*[@/_\d:=]\S*|\S+\.\w\S*|\b[A-Z0-9]{2,}\b")
UNSHOWN = ("script", "style", "template")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# A page for those who build the site, in their language; what is printed on a badge, in that of the meeting; cities as the time zone database has them.
APART = ("/design/", "/meetings/T1/badge", "/meetings/T1/guests/", "/meetings/T1/schedule/zone")
TELLING = {"Refusal", "flash", "ValidationError"}


pytestmark = pytest.mark.on("sqlite")  # words come from templates


@pytest.fixture(scope="module")
def bracketed(app, tmp_path_factory):
    """A site like the others, of which every message is written in brackets."""
    folder = tmp_path_factory.mktemp("translations")
    _bracket_everything(folder)
    settings = {
        "LANGUAGES": ["el"],
        "DOCUMENT_LANGUAGES": ["el"],
        "BABEL_DEFAULT_LOCALE": "el",
        "BABEL_TRANSLATION_DIRECTORIES": str(folder),
    }
    application = create_app({**app.config, **settings, "MODE": "demo"})
    with time_machine.travel(NOW), application.app_context():
        empty_tables()
        yield build(application)
        db.session.remove()


@pytest.mark.parametrize("name", WHO)
def test_every_visible_word_of_every_page_is_a_message(bracketed, name):
    pages = [each.page for each in walk(bracketed, name).values() if each.page and not each.path.startswith(APART)]

    bare = {page.path: words for page in pages if (words := bare_words(page))}

    assert len(pages) > 15
    assert not bare, "\n".join(f"{path}: {words}" for path, words in bare.items())


def test_every_visible_word_of_a_refused_form_is_a_message(bracketed):
    pages = [each.page for name in ("ben", "administrator") for each in walk(bracketed, name).values() if each.page]
    bare = {}
    forms = by_endpoint(bracketed, pages).items()
    for endpoint, form in ((endpoint, form) for endpoint, form in forms if not form.path.startswith(APART)):
        name = "administrator" if "staff" in endpoint or "door" in endpoint else "ben"
        for sent in ([], [(field, "x") for field, _value in form.fields]):
            answer = post(bracketed.browser(name), form.path, sent)
            if answer.mimetype == "text/html" and answer.status_code in (409, 422):
                words = bare_words(Page(form.path, answer.text))
                bare |= {form.path: words} if words else {}

    assert not bare, "\n".join(f"{path}: {words}" for path, words in bare.items())


def test_every_word_of_a_letter_is_a_message(bracketed):
    letters = list(db.session.scalars(select(mail.Letter)))

    bare = {each.kind: words for each in letters if (words := latin(f"{each.subject}\n{each.body}"))}

    assert letters
    assert bare == {}


def test_nobody_is_refused_in_words_that_cannot_be_translated():
    trees = {path: ast.parse(path.read_text()) for path in _sources()}
    telling = TELLING | _children(trees.values(), "Refusal")

    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in trees.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in telling and call.args and _is_text(call.args[0])
    ]

    assert not bare, "\n".join(bare)


def test_the_trail_has_words_for_every_verb():
    text = "\n".join(path.read_text() for path in _sources())
    verbs = set(re.findall(r'verb="([^"]+)"', text)) | {"hid"}

    assert verbs - VERBS.keys() == set()


def bare_words(page):
    """The Latin words of a page that stand outside of brackets."""
    texts = []
    for each in page.elements:
        if each.tag in UNSHOWN:
            continue
        texts += [each.text or ""] + [each.get(name) or "" for name in SPOKEN]
        texts += [each.get("value", "")] if each.tag == "input" and each.get("type") in ("submit", "button") else []
        texts += [child.tail or "" for child in each]
    return sorted({word for text in texts for word in latin(text)} - _inside(page))


def latin(text):
    """The Latin words of a text that stand outside of brackets."""
    while (found := re.sub(rf"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}", " ", text)) != text:
        text = found
    return [word for word in re.findall(r"[A-Za-z]{2,}", NO_WORD.sub(" ", text)) if word not in SAME]


def _inside(page):
    """Words of messages that hold markup, so that their brackets stand in other elements."""
    whole = "".join(page.tree.itertext())
    return set(re.findall(r"[A-Za-z]{2,}", " ".join(re.findall(rf"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}", whole))))


def _bracket_everything(folder):
    """A catalogue in which each message is itself, in brackets."""
    pot = folder / "messages.pot"
    subprocess.run([ROOT / "bin/messages", "to", pot], check=True, capture_output=True)
    with pot.open("rb") as file:
        catalog = pofile.read_po(file, locale="el")
    for message in catalog:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            shown = tuple(f"{LEFT}{each}{RIGHT}" for each in ids)
            message.string = shown if len(shown) > 1 else shown[0]
            message.flags.discard("fuzzy")
    (folder / "el/LC_MESSAGES").mkdir(parents=True)
    with (folder / "el/LC_MESSAGES/messages.mo").open("wb") as file:
        mofile.write_mo(file, catalog)


def _sources():
    """The program's files, without the stand-in for Stripe, which speaks to nobody."""
    return [path for path in (ROOT / "conference").rglob("*.py") if "stripe" not in path.parts]


def _children(trees, name):
    """The names of all classes below `name`."""
    classes = [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.ClassDef)]
    found = {name}
    for _round in range(4):
        found |= {each.name for each in classes if found & {_name(base) for base in each.bases}}
    return found


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_text(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
