"""Receipts and statements are kept as they were rendered: whoever asks again for a paper that says the same gets the same bytes.

What an order's paper says changes with its account: a refund, another address, another language. Then it is rendered anew, and the older ones stay
for whoever has to know what was handed out. A paper with letters that no font here has is not kept: it will be better once there is one.
"""

import hashlib
from datetime import timedelta

from flask_babel import get_locale
from sqlalchemy import func, select

from conference import pdf
from conference.checkout.models import KeptPaper
from conference.kernel import clock, db, end_read, insert_once, transaction

# Whoever changes their address back and forth fills no disk: more of one order in a day are rendered and not kept. Each line may be
# somebody's seat, with a receipt of its own.
MOST_A_DAY, MORE_FOR_A_LINE = 20, 3


def kept(order, kind, html):
    """The bytes of an order's paper that says what `html` does; rendered and written now if nobody has yet, in a transaction of its own."""
    said = _digest_of_what_it_says(html)
    found = _bytes(order, kind, said)
    if found is not None:
        return found
    language, is_full = str(get_locale() or "en"), _is_full(order)
    end_read()  # no transaction stands open while it is rendered
    made = pdf.render_reported(html)
    pdf.warn_of(made.missing)
    if is_full or made.missing:
        return made.pdf
    facts = {"language": language, "sha256": hashlib.sha256(made.pdf).hexdigest(), "pdf": made.pdf}
    with transaction():
        values = {"order_id": order.id, "kind": kind, "said": said, "kept_at": clock.now(), **facts}
        insert_once(KeptPaper.__table__, values)
    return _bytes(order, kind, said)  # of whoever was first


def kept_of(order):
    """Every KeptPaper of an order, the oldest first, without its bytes."""
    mine = select(KeptPaper).where(KeptPaper.order_id == order.id)
    return list(db.session.scalars(mine.order_by(KeptPaper.kept_at, KeptPaper.id)))


def kept_by_ref(order, ref):
    """The KeptPaper of that reference, or None when the order has none."""
    mine = select(KeptPaper).where(KeptPaper.order_id == order.id, KeptPaper.ref == ref)
    return db.session.scalar(mine)


def _digest_of_what_it_says(html):
    """SHA-256 of a paper without its style: another style sheet does not make another paper, another size or direction does."""
    before, _tag, rest = html.partition("<style>")
    return hashlib.sha256((before + rest.partition("</style>")[2]).encode()).hexdigest()


def _is_full(order):
    """Whether as many papers of an order were kept within a day as may be."""
    counted = select(func.count()).where(
        KeptPaper.order_id == order.id, KeptPaper.kept_at > clock.now() - timedelta(days=1)
    )
    return db.session.scalar(counted) >= MOST_A_DAY + MORE_FOR_A_LINE * len(order.lines)


def _bytes(order, kind, said):
    same = (KeptPaper.order_id == order.id, KeptPaper.kind == kind, KeptPaper.said == said)
    return db.session.scalar(select(KeptPaper.pdf).where(*same))
