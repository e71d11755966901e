"""A sold ticket at the other price that stood beside it on its day: decided from the frozen line alone."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from conference.kernel import Money
from conference.payments import NewLine
from conference.registration import discounts
from conference.registration.pricing import words
from conference.web import money


@dataclass(frozen=True)
class Repriced:
    """The line to be sold instead, and by how much it is dearer (below zero: cheaper) than the one that was sold."""

    line: NewLine
    difference: Money


def as_member(line, facts, why):
    """A ticket sold at the non-member price, at the member price of its day; `facts` are those of the membership by now."""
    return _at(
        line, -line.rule["member_less_minor"], {"member": True, "standing": "member", "standing_facts": facts}, why
    )


def as_other(line, facts, why):
    """A ticket sold at the member price, at the price of its day for others."""
    return _at(
        line, line.rule["member_less_minor"], {"member": False, "standing": "lapsed", "standing_facts": facts}, why
    )


def credit_until(line, paid_at):
    """The moment before which joining still counts for a sold ticket, or None."""
    days, less = line.rule.get("credit_days", 0), line.rule.get("member_less_minor", 0)
    if line.kind != "registration" or line.ended_at or line.rule.get("member") or not days or not less:
        return None
    return paid_at + timedelta(days=days)


def credit_in_words(order, meeting, now):
    """The promise of a paid order while it can still be had: until when joining gives how much back; None otherwise."""
    for line in order.lines if order.settled_at else ():
        until = credit_until(line, order.settled_at)
        if until is None or until <= now:
            continue
        back = -as_member(line, {}, "").difference
        if back.minor > 0:
            facts = {"when": words.last_minute(until, meeting), "back": money(back)}
            return _("Join or renew by %(when)s, and %(back)s of this come back by themselves.", **facts)
    return None


def joined_why(line):
    """The reason of a ticket that was made cheaper because its person joined in time."""
    return _("Member price: you joined or renewed within %(days)s days after you paid", days=line.rule["credit_days"])


def lapsed_why(line, on):
    """The reason of a ticket that became dearer because the membership had ended when it was checked."""
    return _(
        "Non-member price: no membership was valid when it was checked on %(day)s", day=words.day_of(on.isoformat())
    )


def bought_before(line, paid_at, joined_at):
    """Whether a membership that was paid at `joined_at` came in time for a ticket paid at `paid_at`."""
    until = credit_until(line, paid_at)
    return until is not None and paid_at < joined_at < until


def _at(line, more, standing, why):
    full = Money(line.rule.get("list_minor", line.amount_minor) + more, line.currency)
    off = discounts.off_of(full, line.rule)
    rule = {**line.rule, **standing, "price_until": None, "instead_of": line.id}
    if "code" in rule:
        rule |= {"list_minor": full.minor, "off_minor": off.minor}
    sold = NewLine(line.kind, line.reference, line.title, full - off, (why, *line.why[1:]), rule)
    return Repriced(sold, sold.amount - line.amount)
