"""Receipts and statements are kept as they were rendered: whoever asks again for a paper that says the same gets the same bytes.

What an order's paper says changes with its account: a refund, another address, another language. Then it is rendered anew, and the older ones stay
for whoever has to know what was handed out.
"""

import hashlib

from flask_babel import get_locale
from sqlalchemy import select

from conference import pdf
from conference.checkout.models import KeptPaper
from conference.kernel import clock, db, end_read, insert_once, transaction


def kept(order, kind, html):
    """The bytes of an order's paper that says what `html` does; rendered and written now if nobody has yet, in a transaction of its own."""
    said = _digest_of_what_it_says(html)
    found = _bytes(order, kind, said)
    if found is None:
        language = str(get_locale() or "en")
        end_read()  # no transaction stands open while it is rendered
        made = pdf.render(html)
        with transaction():
            facts = {
                "language": language,
                "kept_at": clock.now(),
                "sha256": hashlib.sha256(made).hexdigest(),
                "pdf": made,
            }
            insert_once(KeptPaper.__table__, {"order_id": order.id, "kind": kind, "said": said, **facts})
        found = _bytes(order, kind, said)  # of whoever was first
    return found


def kept_of(order):
    """Every KeptPaper of an order, the oldest first, without its bytes."""
    mine = select(KeptPaper).where(KeptPaper.order_id == order.id)
    return list(db.session.scalars(mine.order_by(KeptPaper.kept_at, KeptPaper.id)))


def kept_by_ref(order, ref):
    """The KeptPaper of that reference, or None when the order has none."""
    mine = select(KeptPaper).where(KeptPaper.order_id == order.id, KeptPaper.ref == ref)
    return db.session.scalar(mine)


def _digest_of_what_it_says(html):
    """SHA-256 of a paper from its body on: another style sheet does not make another paper."""
    _head, _tag, body = html.partition("<body>")
    return hashlib.sha256(body.encode()).hexdigest()


def _bytes(order, kind, said):
    same = (KeptPaper.order_id == order.id, KeptPaper.kind == kind, KeptPaper.said == said)
    return db.session.scalar(select(KeptPaper.pdf).where(*same))
