"""Questions about documents: who sells, rates, what was issued."""

from datetime import date

from sqlalchemy import exists, select

from conference.kernel import db
from conference.payments.documents.models import BillTo, Document, DocumentPdf, Invoiced, Seller, Series, TaxRate
from conference.payments.documents.rules import DocumentKind, spelled


def seller():
    """Who sells, as it was last saved; None before."""
    return db.session.scalar(select(Seller).order_by(Seller.id.desc()).limit(1))


def rates():
    """All rates of tax, as they stand in the list: by kind and country, the newest first."""
    return list(
        db.session.scalars(select(TaxRate).order_by(TaxRate.kind, TaxRate.country, TaxRate.starts.desc(), TaxRate.id))
    )


def rate_rows():
    """The rates as values."""
    return [rate.row for rate in rates()]


def rate(rate_id):
    """The rate with this key, or None."""
    return db.session.get(TaxRate, rate_id)


def as_day(text):
    """A day of a content, which holds it in ISO 8601."""
    return date.fromisoformat(text)


def by_ref(ref):
    """The document with this reference, or None."""
    return db.session.scalar(select(Document).where(Document.ref == ref))


def by_id(document_id):
    """The document with this key, or None."""
    return db.session.get(Document, document_id)


def numbered(number):
    """A SELECT of the key of the order of the document with this number, however its letters are typed."""
    of_series = (spelled(code, number) for code in db.session.scalars(select(Series.code)))
    return select(Document.order_id).where(Document.number.in_({number, number.upper(), *filter(None, of_series)}))


def of_order(order):
    """The documents of an order, in the order of issue."""
    return list(db.session.scalars(select(Document).where(Document.order_id == order.id).order_by(Document.id)))


def due_invoices(order_ids=None):
    """A SELECT of invoices that were to be paid until a day when they were made, and of which something stands; of these orders, or all."""
    due = Document.content["due_on"].as_string().is_not(None)
    stand = exists().where(Invoiced.invoice_id == Document.id)
    wanted = select(Document).where(Document.kind == DocumentKind.INVOICE, due, stand).order_by(Document.id)
    return wanted if order_ids is None else wanted.where(Document.order_id.in_(order_ids))


def in_order(order, ref):
    """The document of this order with that reference, or None."""
    return db.session.scalar(select(Document).where(Document.ref == ref, Document.order_id == order.id))


def notes_on(invoice):
    """The credit notes that name an invoice, in the order of issue."""
    return list(db.session.scalars(select(Document).where(Document.corrects_id == invoice.id).order_by(Document.id)))


def lines_of(invoice, sources):
    """Lines of an invoice as they were issued, fees that credit notes have kept of it among them, without their net."""
    known = {line["source"]: line for line in invoice.content["lines"]}
    for note in notes_on(invoice):
        kept = (line for line in note.content["lines"] if line["source"] not in known)
        known |= {line["source"]: {**line, "gross": -line["gross"]} for line in kept}
    return [{name: value for name, value in known[source].items() if name != "net"} for source in sources]


def all_series():
    """Every series, by its code."""
    return list(db.session.scalars(select(Series).order_by(Series.code).execution_options(populate_existing=True)))


def unrendered(limit):
    """Keys of documents that have no bytes yet, the oldest first."""
    missing = select(Document.id).outerjoin(DocumentPdf, DocumentPdf.document_id == Document.id)
    return list(db.session.scalars(missing.where(DocumentPdf.document_id.is_(None)).order_by(Document.id).limit(limit)))


def bill_to(person):
    """What a person had their last document made out to, or None."""
    return db.session.get(BillTo, person.id)


def language_of(person):
    """The language of a person's papers: that of the last document that they asked for, else of whoever sells; "" when neither is known."""
    chosen, ours = bill_to(person), seller()
    return (chosen.language if chosen else "") or (ours.language if ours else "")


def corrected_by(order, person):
    """Whether a person has had an invoice of an order corrected before."""
    mine = (Document.order_id == order.id, Document.issued_by == person.id)
    notes = select(Document.content).where(*mine, Document.kind == DocumentKind.CREDIT_NOTE)
    return any(content["reason"] == "corrected" for content in db.session.scalars(notes))


def stands(document):
    """Whether anything in an invoice is not credited."""
    return bool(db.session.scalar(select(exists().where(Invoiced.invoice_id == document.id))))
