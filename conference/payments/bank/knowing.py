"""Until which day a bank account is known, and which orders wait for money that is there but not given to them yet."""

from collections import defaultdict
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from conference import audit, society
from conference.kernel import Refusal, claimed, db
from conference.payments.bank.models import Account, Statement, StatementLine
from conference.payments.bank.rules import LineState


def known_until():
    """{account id: the last day of which everything is known}: as statements tell, or as staff said; None when nothing is.

    A statement tells until its latest line, also one that was known before, but never of the day on which it was brought in, as more
    may have come in the afternoon.
    """
    latest = select(Statement.account_id, Statement.imported_at, Statement.report["to"].as_string())
    days, zone = defaultdict(list), society.timezone()
    for key, imported_at, day in db.session.execute(latest.where(Statement.imported_at.is_not(None))):
        if day:  # else nothing was booked
            before = society.local_day(imported_at, zone=zone) - timedelta(days=1)
            days[key].append(min(date.fromisoformat(day), before))
    said = db.session.execute(select(Account.id, Account.complete_until)).all()
    return {key: max(filter(None, (day, *days[key])), default=None) for key, day in said}


def say_complete(account, *, until, today, by, now):
    """Keep staff's word that nothing more was booked on an account until a day; Refusal when it is not over, or known already."""
    if until >= today:
        raise Refusal(_("That day is not over yet: more may still come."), field="until")
    earlier = or_(Account.complete_until.is_(None), Account.complete_until < until)
    if not claimed(update(Account).where(Account.id == account.id, earlier).values(complete_until=until)):
        raise Refusal(_("That much is known already."), field="until")
    before = account.complete_until.isoformat() if account.complete_until else None
    facts = {"before": {"complete_until": before}, "after": {"complete_until": until.isoformat()}}
    audit.record(by=by, verb="knows a bank account until", subject=account, now=now, **facts)
    db.session.refresh(account, ["complete_until"])


def waited_for(order_ids):
    """Those of these orders that a waiting line most likely pays."""
    waits = (StatementLine.state == LineState.OPEN, StatementLine.amount_minor > 0)
    wanted = select(StatementLine.suggested_id).where(*waits, StatementLine.suggested_id.in_(order_ids))
    return set(db.session.scalars(wanted))
