"""A society with one page, and somebody who edits it."""

import io

import pikepdf
import pytest

from conference import society
from conference.kernel import transaction
from tests.signing_in import signed_in


@pytest.fixture
def page(context, now):
    """The page "Goals" of the strategic plan."""
    with transaction():
        society.found(now=now, name="Society of Tests", short_name="SoT", timezone="America/New_York")
        return society.add_page(
            by=None,
            now=now,
            title="Goals",
            slug="goals",
            summary="What we want.",
            body="## One\n\nFirst words.",
            section="plan",
        )


@pytest.fixture
def editor(context):
    """An administrator's browser."""
    return signed_in(context, "cleo@example.org", roles=("administrator",), given_name="Cleo", family_name="Demo")


def a_pdf(text="one page", *, password=None):
    """A real PDF with one page."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.docinfo["/Title"] = text
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(out, encryption=encryption)
    return out.getvalue()
