"""The recount of documents: they say what they said, they agree with the orders and the ledger, and no series has a gap."""

from sqlalchemy import func, select

from conference.kernel import db
from conference.payments.documents import named_recount, numbering, standing, taxes
from conference.payments.documents.composing import digest
from conference.payments.documents.models import Document, DocumentTax, Invoiced, TaxShare
from conference.payments.documents.rules import DocumentKind
from conference.payments.models import Line, Order


def differences():
    """Every place where documents do not agree with each other or with the orders, in words; empty when all is well."""
    found = [*numbering.gaps(), *_contents(), *_taxes(), *_shares(), *_invoices(), *_lines(), *_behind()]
    return [*found, *named_recount.differences()]


def _contents():
    """The content of each document is what was issued, and its sums are those of the row."""
    told = select(Document).order_by(Document.id).execution_options(yield_per=500)
    found = []
    for document in db.session.scalars(told):
        sums = tuple(document.content[name] for name in ("net", "tax", "rounding", "gross"))
        row = (document.net_minor, document.tax_minor, document.rounding_minor, document.gross_minor)
        lines = sum(line["gross"] for line in document.content["lines"])
        if digest(document.content) != document.sha256 or sums != row or lines != document.gross_minor:
            found.append(f"document {document.number}: it does not say any more what was issued")
    return found


def _taxes():
    """What is kept of a document's tax for reports is what its content says."""
    sums = {}
    names = [getattr(DocumentTax, name) for name in ("net_minor", "tax_minor", "rounding_minor", "gross_minor")]
    keys = (DocumentTax.document_id, DocumentTax.country, DocumentTax.category, DocumentTax.hundredths)
    for document_id, *part in db.session.execute(select(*keys, *names)):
        sums.setdefault(document_id, set()).add(tuple(part))
    told = select(Document.id, Document.number, Document.content).order_by(Document.id)
    return [
        f"document {number}: its tax by country and rate is not what it says"
        for document_id, number, content in db.session.execute(told.execution_options(yield_per=500))
        if {tuple(part) for part in taxes.parts_of(content)} != sums.get(document_id, set())
    ]


def _shares():
    """What is kept of a document's tax for the journal is its tax by country and rate."""
    both = [
        getattr(DocumentTax, name) == getattr(TaxShare, name)
        for name in ("document_id", "country", "category", "hundredths")
    ]
    booked = (
        select(func.coalesce(func.sum(TaxShare.tax_minor), 0)).where(*both).correlate(DocumentTax).scalar_subquery()
    )
    asked = select(Document.number, DocumentTax.tax_minor, booked).join(
        Document, Document.id == DocumentTax.document_id
    )
    rows = db.session.execute(asked.where(DocumentTax.tax_minor != booked).order_by(Document.id))
    return [f"document {number}: its tax is {tax}, the journal books {minor}" for number, tax, minor in rows]


def _invoices():
    """An invoice less its credit notes is what stands in it."""
    notes = (
        select(Document.corrects_id, func.sum(Document.gross_minor).label("sum"))
        .group_by(Document.corrects_id)
        .subquery()
    )
    stands = (
        select(Invoiced.invoice_id, func.sum(Invoiced.amount_minor).label("sum"))
        .group_by(Invoiced.invoice_id)
        .subquery()
    )
    left = Document.gross_minor - func.coalesce(notes.c.sum, 0)
    kept = func.coalesce(stands.c.sum, 0)
    asked = select(Document.number, left, kept).outerjoin(notes, notes.c.corrects_id == Document.id)
    asked = asked.outerjoin(stands, stands.c.invoice_id == Document.id)
    rows = db.session.execute(asked.where(Document.kind == DocumentKind.INVOICE, left != kept).order_by(Document.id))
    return [f"invoice {number}: {a} left of it, {b} stands in it" for number, a, b in rows]


def _lines():
    """What stands in an invoice has the amount of its line."""
    asked = select(Invoiced.source, Invoiced.amount_minor, Line.amount_minor).join(Line, Invoiced.line_id == Line.id)
    rows = db.session.execute(asked.where(Invoiced.amount_minor != Line.amount_minor).order_by(Invoiced.source))
    return [f"{source}: invoiced as {a}, sold as {b}" for source, a, b in rows]


def _behind():
    """What ended is credited."""
    ids = {order_id for order_id, _invoice, _source in standing.outlived()}
    refs = db.session.scalars(select(Order.ref).where(Order.id.in_(ids)).order_by(Order.id)) if ids else []
    return [f"order {ref}: something that ended still stands in an invoice" for ref in refs]
