"""What the documents name exists: files, links, commands, addresses."""

import re

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.architecture.trees import ROOT

DOCS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
FOLDERS = "bench|bin|conference|deploy|docs|migrations|static|templates|tests|translations"
# Made when it is wanted: a catalogue of a language, the folder of an installation.
MADE_LATER = re.compile(r"translations/|instance/|<|…")
# Stand for an address of the reader's own, or belong to the stand-in for Stripe, a server of its own.
NOT_OURS = re.compile(r"^/(etc|srv|var|_faults|v1)\b|^/schedule/sessions/|<")


def name_of(path):
    return str(path.relative_to(ROOT))


def quoted(text):
    """What stands between backticks, and every indented line of commands."""
    return re.findall(r"`([^`\n]+)`", text) + re.findall(r"^    (\S.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_file_named_exists(path):
    named = set(re.findall(rf"(?<![\w/.])(?:{FOLDERS})/[\w./-]*[\w/]", " ".join(quoted(path.read_text()))))

    assert [each for each in sorted(named) if not MADE_LATER.search(each) and not (ROOT / each).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_link_leads_to_a_file(path):
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_command_named_exists(app, path):
    named = re.findall(r"\b(?:flask|as_plenary) ([a-z]+)(?: ([a-z]+)\b)?", "\n".join(quoted(path.read_text())))

    assert [" ".join(words).strip() for words in named if not is_command(app, *words)] == []


def is_command(app, group, command):
    found = app.cli.commands.get(group)
    return found is not None and (not command or command in getattr(found, "commands", {}))


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_address_named_is_served(app, path):
    named = {
        each for each in quoted(path.read_text()) if re.fullmatch(r"/[\w./-]*", each) and not NOT_OURS.search(each)
    }

    assert [address for address in sorted(named) if not is_served(app, address)] == []


def is_served(app, address):
    try:
        app.url_map.bind("localhost").match(address.replace("CODE", "AM28"))
    except NotFound:
        return False
    except (MethodNotAllowed, RequestRedirect):
        return True
    return True


def test_what_is_not_there_would_be_seen(app):
    assert not is_served(app, "/no/such/page")
    assert not is_command(app, "ledger", "burn")
    assert is_command(app, "ledger", "check")
