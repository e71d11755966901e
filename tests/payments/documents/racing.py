"""What the racing processes run: each issues invoices for orders of its own, all from one series, and gives some numbers back."""

from sqlalchemy import select, text

from conference import payments
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import documents
from conference.payments.documents import Series, numbering
from tests.checkout import racing
from tests.payments.documents.selling import ABOUT, BUYER


class GivenUp(Exception):
    """A transaction that fails after it has taken a number."""


def issue(settings, share):
    """One after the other: (order id, whether it fails in the end); the numbers that were kept."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [number for each in share if (number := _issue_one(*each))]


def issue_unguarded(settings, share):
    """As `issue`, with the number taken as many systems do: look at the last one, add one, in a transaction before the document's."""
    with racing.application(settings).app_context():
        numbers = {}
        numbering.take = lambda code: numbers[code]
        racing._together()
        series_id, number = db.session.execute(select(Series.id, Series.next_number)).one()
        racing._together()
        numbers["INV-2026-{number}"] = numbers["INV-2027-{number}"] = (series_id, number)
        return [kept for each in share if (kept := _issue_one(*each))]


def correct(settings, share):
    """Each tries to have the same invoices made out anew: the numbers of those that it was let."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [number for each in share if (number := _correct_one(each))]


def _issue_one(order_id, fails):
    try:
        with transaction():
            made = documents.issue(order_id, buyer=BUYER, about=ABOUT, told={}, now=clock.now())
            if fails:
                raise GivenUp
        return made.number
    except GivenUp:
        return None
    except Exception as error:
        return f"failed: {type(error).__name__}"
    finally:
        db.session.remove()


def _correct_one(document_id):
    try:
        with transaction():
            payments.locked(documents.queries.by_id(document_id).order_id)
            _note, made = documents.correct(documents.queries.by_id(document_id), buyer=BUYER, now=clock.now(), by=None)
        return made.number
    except Refusal:
        return None
    finally:
        db.session.remove()
