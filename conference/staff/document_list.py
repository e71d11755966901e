"""Documents of money found for the desk: what is wished for in the address, the list, and the table for spreadsheets."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _
from sqlalchemy import or_, select

from conference import society
from conference.kernel import Money, begin_of, clean_line, db, end_of, fold
from conference.payments import Order, amount_is, bank, documents, purchase_orders
from conference.web import Sorted

Document, Series = documents.Document, documents.Series
SORTS = {
    "issued": (Document.issued_at, Document.id),
    "number": (Document.number,),
    "buyer": (Document.buyer_folded,),
    "gross": (Document.gross_minor,),
}


AT_ONCE = 500  # documents with all that they say, of which a table holds no more in memory


@dataclass(frozen=True)
class Wish(Sorted):
    """Which documents are wished for, and in which order; empty means any."""

    q: str = ""
    kind: str = ""
    series: str = ""
    first: str = ""
    last: str = ""
    sort: str = "-issued"


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in vars(Wish())}
    known = {"kind": list(documents.DocumentKind), "series": [each.code for each in documents.queries.all_series()]}
    for name, values in known.items():
        asked[name] = asked[name] if asked[name] in values else ""
    for name in ("first", "last"):
        asked[name] = asked[name] if _day(asked[name]) else ""
    if asked["sort"].removeprefix("-") not in SORTS:
        asked["sort"] = Wish.sort
    return Wish(**asked)


def listed(wish):
    """An ordered SELECT of (document, reference of its order)."""
    statement = select(Document, Order.ref).join(Order, Document.order_id == Order.id).where(*_clauses(wish))
    columns = SORTS[wish.column]
    return statement.order_by(*(each.desc() if wish.is_descending else each.asc() for each in columns), Document.id)


def table(wish):
    """(header, rows of values) of everything that is wished for.

    So that columns sum by currency, amounts of credit notes are below zero, and a pro-forma, which only asks, has its total in a
    column of its own.
    """
    header = [
        *(_("Number"), _("Kind"), _("Issued"), _("Order"), _("Bill to"), _("Country"), _("Tax number")),
        *(_("Purchase order"), _("Without tax"), _("Tax"), _("Rounding"), _("Total"), _("Credits invoice")),
        *(_("Currency"), _("Pro-forma total")),
    ]
    found = db.session.execute(listed(wish).execution_options(yield_per=AT_ONCE))
    return header, (_row(document, order_ref) for document, order_ref in found)


def _row(document, order_ref):
    buyer, corrects = document.content["buyer"], document.content["corrects"]
    return [
        *(
            document.number,
            str(documents.words.KINDS[document.kind]),
            date.fromisoformat(document.content["issued_on"]),
        ),
        *(order_ref, document.buyer, buyer["country"], buyer["tax_id"], buyer["po_number"]),
        *_amounts(document, -1 if corrects else 1),
        *(corrects["number"] if corrects else "", document.currency),
        document.gross if document.kind == documents.DocumentKind.PRO_FORMA else None,
    ]


def _amounts(document, sign):
    """Without tax, tax, rounding and total; none of a pro-forma."""
    if document.kind == documents.DocumentKind.PRO_FORMA:
        return [None] * 4
    rounding = Money(document.rounding_minor, document.currency)
    return [each * sign for each in (document.net, document.tax, rounding, document.gross)]


def _clauses(wish):
    if wish.kind:
        yield Document.kind == wish.kind
    if wish.series:
        yield Document.series_id == select(Series.id).where(Series.code == wish.series).scalar_subquery()
    if wish.first:
        yield Document.issued_at >= begin_of(_day(wish.first), society.zone())
    if wish.last:
        yield Document.issued_at < end_of(_day(wish.last), society.zone())
    if wish.q:
        yield _matches(wish.q)


def _matches(text):
    """By a part of the number or of a name, by the order's reference, its purchase order, or the amount."""
    found = [
        Document.number.icontains(text, autoescape=True),
        Document.buyer_folded.contains(fold(text), autoescape=True),
        Order.ref.in_(bank.refs_said(text)),
        Document.order_id.in_(purchase_orders.numbered(text)),
    ]
    return or_(*found, *amount_is(text, Document.gross_minor, Document.currency))


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None  # beyond, days have no neighbours that can be reckoned with
