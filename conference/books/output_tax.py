"""The tax of documents in the journal: each share of it is booked on the day of the document, out of what was sold or kept.

What was issued in a month that was closed before the journal had tax is not booked (`Period.taxed_from`): accounting has done so out of the reports.
"""

from typing import NamedTuple

from sqlalchemy import and_, case, false, func, not_, select, true

from conference.books import rules, selecting
from conference.books.rules import Role
from conference.books.taxes import issued_in
from conference.kernel import db
from conference.payments import Order, documents

Document, TaxShare = documents.Document, documents.TaxShare
_IS_NOTE = Document.kind == documents.DocumentKind.CREDIT_NOTE
_MINOR = case((_IS_NOTE, -TaxShare.tax_minor), else_=TaxShare.tax_minor)


class Taxed(NamedTuple):
    """Tax of documents of one sign for a scope, and the account that it comes out of; minor units, below zero when it is credited."""

    scope: str | None
    currency: str
    against: Role
    minor: int

    @property
    def is_fee(self):
        """Whether it is that of fees which were kept, not of what was sold."""
        return self.against is Role.FEES


def booked(*where):
    """A SELECT of what is booked: (id, at, document's kind, number and reference, minor, currency, (country, category, hundredths), scope, is_fee, order)."""
    columns = (
        TaxShare.id, Document.issued_at, Document.kind, Document.number, Document.ref, _MINOR, Document.currency,
        TaxShare.country, TaxShare.category, TaxShare.hundredths, TaxShare.scope, TaxShare.is_fee, Order.ref,
    )  # fmt: skip
    return _joined(*columns).join(Order, Order.id == Document.order_id).where(*where)


def of_period(period):
    """The clause that the tax of a document is booked in a period."""
    return and_(issued_in(period), _is_booked(period.taxed_from))


def touching(role, known):
    """The clause that what is booked posts to the account of a role; `known` as selecting.delivered tells."""
    at_once = selecting.at_once(known, scope=TaxShare.scope, at=Document.issued_at)
    clauses = {
        Role.TAX: true(),
        Role.FEES: TaxShare.is_fee,
        Role.REVENUE: and_(not_(TaxShare.is_fee), at_once),
        Role.DEFERRED: and_(not_(TaxShare.is_fee), not_(at_once)),
    }
    return clauses.get(role, false())


def sums(period, known):
    """[Taxed] of a period: what its documents book, by sign."""
    late = selecting.late(known, period.ends_at, scope=TaxShare.scope, at=Document.issued_at).label("late")
    keys = (TaxShare.scope, Document.currency, TaxShare.is_fee, late, (_MINOR < 0).label("is_credited"))
    asked = _joined(*keys, func.sum(_MINOR)).where(of_period(period))
    rows = db.session.execute(asked.group_by(*keys[:3], "late", "is_credited"))
    return [
        Taxed(
            scope,
            currency,
            rules.taxed_role(is_fee, selecting.comes_at_once(scope, is_late, period, known)),
            int(minor),
        )
        for scope, currency, is_fee, is_late, _is_credited, minor in rows
    ]


def of_sold(until, taxed_from):
    """{(scope, currency): minor units of tax on what was sold} that documents book before an instant, of all time."""
    asked = _joined(TaxShare.scope, Document.currency, func.sum(_MINOR))
    asked = asked.where(Document.issued_at < until, _is_booked(taxed_from), not_(TaxShare.is_fee))
    rows = db.session.execute(asked.group_by(TaxShare.scope, Document.currency))
    return {(scope, currency): int(minor) for scope, currency, minor in rows}


def _joined(*columns):
    return select(*columns).select_from(TaxShare).join(Document, Document.id == TaxShare.document_id)


def _is_booked(taxed_from):
    return true() if taxed_from is None else Document.issued_at >= taxed_from
