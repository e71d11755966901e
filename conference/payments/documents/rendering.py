"""A document as PDF: rendered once from its frozen content, and kept byte by byte."""

import hashlib

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select

from conference import pdf
from conference.kernel import Money, clock, db, end_read, insert_once, transaction
from conference.payments.documents import facturx, queries
from conference.payments.documents.composing import legible
from conference.payments.documents.facturx_metadata import METADATA
from conference.payments.documents.models import DocumentPdf
from conference.payments.documents.rules import DocumentKind
from conference.payments.documents.told import in_town
from conference.payments.documents.words import noted, rate_in_words, tax_number, words_of


def kept(document):
    """The bytes of a document; rendered and written now if nobody has yet. Opens a transaction of its own for that."""
    found = _bytes(document)
    if found is None:
        end_read()  # no transaction stands open while it is rendered
        made = render(document.content)
        with transaction():
            values = {"document_id": document.id, "rendered_at": clock.now(), "pdf": made}
            insert_once(DocumentPdf.__table__, {**values, "sha256": hashlib.sha256(made).hexdigest()})
        found = _bytes(document)  # of whoever was first
    return found


def render(content):
    """The PDF of a content, with the invoice for machines in it where the seller asks for that."""
    content = legible(content)
    with force_locale(content["language"]):
        html = render_template("payments/document.html", **_values(content))
    return pdf.render_archived(html, _enclosed(content))


def is_readable_by_machines(content):
    """Whether a document has its XML with it: the kinds that EN 16931 knows, for a seller who asks for it."""
    return bool(content["facturx"]) and content["kind"] != DocumentKind.PRO_FORMA


def _bytes(document):
    return db.session.scalar(select(DocumentPdf.pdf).where(DocumentPdf.document_id == document.id))


def _enclosed(content):
    if not is_readable_by_machines(content):
        return None
    return pdf.Enclosed(
        name=facturx.FILE_NAME,
        content=facturx.xml_of(content),
        description="Factur-X",
        relationship="Alternative",
        metadata=METADATA,
    )


def _values(content):
    """What the template shows beside the content itself."""
    grants = {}
    for line in content["lines"]:
        grants[line["grant"]] = grants.get(line["grant"], 0) + line["gross"]
    return {
        "document": content,
        "words": words_of(content),
        "amount": lambda minor: Money(minor, content["currency"]),
        "as_day": queries.as_day,
        "rate": rate_in_words,
        "noted": noted,
        "tax_number": tax_number,
        "town": in_town,
        "grants": grants if any(grants) else {},
        "for_others": any(line["name"] for line in content["lines"]),
        "is_exclusive": content["style"] == "exclusive",
    }
