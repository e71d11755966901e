"""What must hold of documents and the rows that name them, asked without the rule by which they are found."""

from sqlalchemy import select

from conference.kernel import db
from conference.payments import LedgerEntry, Order, OrderState
from conference.payments.documents import Document, DocumentKind, Invoiced, entry_documents


def kept():
    """{(key of an entry, key of a document)} of all that is kept."""
    asked = select(entry_documents.EntryDocument.entry_id, entry_documents.EntryDocument.document_id)
    return {tuple(row) for row in db.session.execute(asked)}


def unnamed():
    """[(source of an entry, number)] of what stands in an invoice and was booked, but does not name it; a fee, nor the credit note that kept it there."""
    stands = select(Invoiced.source, Document.id, Document.number).join(Document, Document.id == Invoiced.invoice_id)
    settled = stands.join(Order, Order.id == Invoiced.order_id).where(Order.state == OrderState.PAID)
    booked = {_booked_as(each): each for each in db.session.scalars(select(LedgerEntry))}
    pairs, keeping = kept(), _keeping()
    return [
        (source, number)
        for source, document_id, number in db.session.execute(settled)
        if source in booked and not {(booked[source].id, key) for key in (document_id, keeping.get(source))} & pairs
    ]


def _keeping():
    """{source of a fee: key of the credit note that has it}."""
    notes = db.session.scalars(select(Document).where(Document.kind == DocumentKind.CREDIT_NOTE))
    sources = ((line["source"], note.id) for note in notes for line in note.content["lines"])
    return {source: key for source, key in sources if source.startswith("ledger:")}


def strangers():
    """Pairs of an entry and a document of two orders, or of something that changes no document."""
    asked = select(LedgerEntry.source, Document.number).join(
        entry_documents.EntryDocument, entry_documents.EntryDocument.entry_id == LedgerEntry.id
    )
    asked = asked.join(Document, Document.id == entry_documents.EntryDocument.document_id)
    odd = (
        (LedgerEntry.order_id != Document.order_id) | (LedgerEntry.kind == "goodwill") | (Document.kind == "pro_forma")
    )
    return list(db.session.execute(asked.where(odd)))


def _booked_as(entry):
    return f"ledger:{entry.id}" if entry.kind == "fee" else entry.source
