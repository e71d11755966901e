"""The catalogues of documents: whatever a paper of money or its letter can say is said in every language that has one."""

import re
import subprocess
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog, mofile, pofile
from flask_babel import force_locale
from jinja2 import nodes

import config
from conference.app import create_app
from conference.payments.documents.words import KINDS

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "translations/documents"
SHIPPED = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
PAPERS = (
    "payments/document.html",
    "checkout/receipt.html",
    "checkout/statement.html",
    "checkout/group_account.html",
    "checkout/mail/document.txt",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """{(context, message)} of all that papers and their letters can say, collected as `bin/messages` does it."""
    pot = tmp_path_factory.mktemp("messages") / "documents.pot"
    subprocess.run([ROOT / "bin/messages", "documents-to", pot], check=True, capture_output=True)
    return set(_messages(pot, None))


def test_there_is_a_catalogue_for_each_language_that_is_offered_by_default():
    chosen = config.load({"SECRET_KEY": "for-tests-only-0123456789-abcdefghij"})

    assert sorted({*SHIPPED, "en"}) == sorted(chosen["DOCUMENT_LANGUAGES"])


@pytest.mark.parametrize("language", SHIPPED)
def test_all_that_a_document_can_say_is_translated(said, language):
    found = _messages(FOLDER / language / "LC_MESSAGES/messages.po", language)

    assert len(said) > 100
    assert said - {key for key, message in found.items() if message.string and not message.fuzzy} == set()


@pytest.mark.parametrize("language", SHIPPED)
def test_what_stands_for_a_value_stands_in_the_translation(language):
    found = _messages(FOLDER / language / "LC_MESSAGES/messages.po", language)
    wrong = {
        key
        for key, message in found.items()
        if sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string))
    }

    assert wrong == set()


@pytest.mark.parametrize("language", SHIPPED)
def test_sentences_end_as_they_do_in_english(language):
    found = _messages(FOLDER / language / "LC_MESSAGES/messages.po", language)

    assert {key for key, each in found.items() if each.id.endswith(".") != each.string.endswith(".")} == set()


def test_every_template_that_papers_are_made_of_is_collected(app):
    """What they extend, include and import; the translator who adds one finds it in babel-documents.cfg."""
    told = (ROOT / "babel-documents.cfg").read_text()

    assert {name for name in _with_parts(app, PAPERS) if not name.endswith(".css")} == set(
        re.findall(r"\[jinja2: templates/(\S+)\]", told)
    )


def test_a_compiled_catalogue_is_found_where_the_settings_say_and_without_one_words_are_english(app, tmp_path):
    subprocess.run([ROOT / "bin/messages", "compile"], check=True, capture_output=True)
    default = config.load({"SECRET_KEY": "for-tests-only-0123456789-abcdefghij"})["BABEL_TRANSLATION_DIRECTORIES"]

    assert [_invoice_in("de", app, folders) for folders in (default, str(tmp_path))] == ["Rechnung", "Invoice"]


def test_a_catalogue_of_pages_goes_before_that_of_documents(app, tmp_path):
    written = tmp_path / "de/LC_MESSAGES/messages.mo"
    written.parent.mkdir(parents=True)
    catalog = Catalog("de")
    catalog.add("Invoice", "Faktura")
    with written.open("wb") as file:
        mofile.write_mo(file, catalog)

    assert _invoice_in("de", app, f"translations/documents;{tmp_path}") == "Faktura"


def _invoice_in(language, app, folders):
    with create_app({**app.config, "BABEL_TRANSLATION_DIRECTORIES": folders}).app_context(), force_locale(language):
        return str(KINDS["invoice"])


def _with_parts(app, names):
    """The templates of these names and all that they are made of."""
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        tree = app.jinja_env.parse(app.jinja_env.loader.get_source(app.jinja_env, name)[0])
        parts = tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
        left += [part.template.value for part in parts]
    return found


def _messages(path, language):
    with path.open("rb") as file:
        catalog = pofile.read_po(file, locale=Locale.parse(language) if language else None)
    return {(message.context, message.id): message for message in catalog if message.id}
