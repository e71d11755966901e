"""Numbers without gaps: taken in the transaction that writes the document, so that one that is rolled back gives its number back."""

from sqlalchemy import select, update

from conference.kernel import db, insert_once
from conference.payments.documents.models import Document, Series


def take(code):
    """(series id, number): the next number of the series `code`, which begins with 1. Taken after every other lock.

    The row of a series stays locked until the transaction ends: who comes next waits, and gets the number after it, or the same one
    when it was rolled back. All series are locked together, in the order of their keys, so that nobody waits for each other.
    """
    db.session.execute(select(Series.id).order_by(Series.id).with_for_update())
    insert_once(Series.__table__, {"code": code, "next_number": 1})
    raised = update(Series).where(Series.code == code).values(next_number=Series.next_number + 1)
    taken = raised.returning(Series.id, Series.next_number - 1)
    return tuple(db.session.execute(taken, execution_options={"synchronize_session": False}).one())


def gaps():
    """In words, every series whose documents are not numbered from 1 to the last one taken, each once."""
    found = []
    for series in db.session.scalars(select(Series).order_by(Series.code).execution_options(populate_existing=True)):
        used = select(Document.number_in_series).where(Document.series_id == series.id)
        missing = set(range(1, series.next_number)) ^ set(db.session.scalars(used))
        if missing:
            told = ", ".join(str(each) for each in sorted(missing)[:10])
            found.append(f"series {series.code}: numbers {told} are missing or beyond the last one")
    return found
