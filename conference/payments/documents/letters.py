"""Letters by which documents go to their payers: wanted when a document is issued, written once its bytes are there."""

from sqlalchemy import select, update

from conference import jobs
from conference.kernel import claimed, db
from conference.payments.documents.models import DocumentLetter

JOB = "document-letters"


def want(document):
    """A letter is to be written about it."""
    db.session.add(DocumentLetter(document_id=document.id))
    jobs.soon(JOB)


def wanted(limit):
    """Keys of documents whose letter is still to be written, the oldest first."""
    asked = select(DocumentLetter.document_id).where(DocumentLetter.written_at.is_(None))
    return list(db.session.scalars(asked.order_by(DocumentLetter.document_id).limit(limit)))


def take(document, *, now):
    """Whether the letter about a document is the caller's to write: one gets it, in whose transaction it is written."""
    mine = update(DocumentLetter).where(DocumentLetter.document_id == document.id, DocumentLetter.written_at.is_(None))
    return claimed(mine.values(written_at=now))


def of_document(document):
    """The DocumentLetter of a document, or None when none was wanted."""
    return db.session.get(DocumentLetter, document.id)
