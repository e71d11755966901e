"""The laws of templates: nothing inline, nothing unescaped, one layout, one macro a component."""

import re

import pytest

from tests.architecture.trees import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Not pages of the site: what a printer gets, and what a mail program gets. Their styles travel with them.
APART = {"badges", "pdf", "mail"}
PRINTED = {"society/plan.html", "layouts/document.html"}
# Shown when the database is away: it asks nobody for anything.
ALONE = {"web/bare_error.html"}
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*(?:\bsrc=|application/ld\+json))|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:",
    re.IGNORECASE,
)


def name_of(path):
    return str(path.relative_to(ROOT / "templates"))


def is_apart(path):
    parts = path.relative_to(ROOT / "templates").parts
    return name_of(path) in PRINTED | ALONE or (parts[0] in APART and "staff" not in parts)


def is_part(path):
    return path.name.startswith("_") or path.parent.name in ("components", "layouts")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_unescaped(path):
    text = path.read_text()

    assert re.findall(r"\|\s*safe\b|autoescape\s+false", text) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not is_apart(path)], ids=name_of)
def test_nothing_is_inline(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not is_apart(path) and not is_part(path)], ids=name_of)
def test_a_page_extends_a_layout_or_is_a_piece_of_one(path):
    text = path.read_text()

    assert "{% extends" in text or "<html" not in text


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "components").glob("*.html")), ids=name_of)
def test_a_component_is_one_macro_of_the_name_of_its_file(path):
    macros = re.findall(r"{%-?\s*macro\s+([a-z_]\w*)\(", path.read_text())

    assert [name for name in macros if not name.startswith("_")] == [path.stem]
