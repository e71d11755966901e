"""All orders of a group on one paper, for the accounts office of whoever pays: what was ordered, cancelled, paid, paid back and is still due."""

from typing import Any, NamedTuple

from flask import render_template

from conference import payments, pdf, people, society
from conference.checkout import documents
from conference.checkout.kept_papers import kept
from conference.checkout.paper_rules import PaperKind
from conference.kernel import Money, db
from conference.payments import OrderState
from conference.registration import groups


class Row(NamedTuple):
    """An order of a group: `gone` is what stands no more, `kept` a fee (or, below zero, goodwill), `back` what was paid back or pays in other orders now.

    ordered - gone + kept = paid - back + due.
    """

    order: Any
    account: documents.Account
    ordered: Money
    gone: Money
    kept: Money
    paid: Money
    back: Money
    due: Money


def statement_of_all(group):
    """The statement of all orders of a group that stand or brought money: PDF bytes; None before there is one."""
    db.session.expire_all()
    rows = rows_of(group)
    if not rows:
        return None
    newest = rows[-1].order
    person, ours, meeting = people.by_id(newest.person_id), society.current(), group.meeting
    with documents.language_of(person):
        html = render_template(
            "checkout/group_account.html",
            rows=rows,
            sums=sums_of(rows),
            person=person,
            group=group,
            meeting=meeting,
            society=ours,
            zone=meeting.timezone,
            paper=pdf.paper_for(person.country),
            **documents.said(),
        )
        return kept(newest, PaperKind.ACCOUNT, html)


def rows_of(group):
    """[Row] of a group, the oldest order first; what lapsed without any money is left out."""
    found = [_row(order) for order in reversed(groups.orders_of(group))]
    return [row for row in found if row.order.state != OrderState.LAPSED or row.paid]


def _row(order):
    account = documents.account_of(order)
    gone, due = order.total - _standing(order), _due(order)
    back = account.received - account.kept
    kept = account.received - back + due - (order.total - gone)
    return Row(order, account, order.total, gone, kept, account.received, back, due)


def _standing(order):
    """What of an order stands: nothing of one that was given up."""
    given_up = order.state in (OrderState.LAPSED, OrderState.RETURNED)
    lines = [] if given_up else [line.amount for line in order.lines if not line.ended_at]
    return Money.total(lines, order.currency)


def _due(order):
    missing, nothing = payments.missing(order), Money(0, order.currency)
    waits = order.state in (OrderState.OPEN, OrderState.ONGOING)
    is_owed = waits or (missing.minor > 0 and order.state != OrderState.LAPSED)
    return missing if is_owed else nothing


def sums_of(rows):
    """[Row without an order] that add the rows up, one for each currency."""
    found = []
    for currency in dict.fromkeys(row.order.currency for row in rows):
        mine = [row for row in rows if row.order.currency == currency]
        amounts = (Money.total([row[place] for row in mine], currency) for place in range(2, len(Row._fields)))
        found.append(Row(None, None, *amounts))
    return found
