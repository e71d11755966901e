"""Paying by bank transfer: whom a meeting lets, until when, and what is promised. The money itself comes by a statement (banking)."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, payments, registration
from conference.checkout import dunning, mails
from conference.checkout.models import TransferTerms
from conference.checkout.queries import meeting_in
from conference.checkout.transfer_rules import Whom, pay_until
from conference.kernel import Refusal, claimed, db
from conference.payments import OrderState, bank

BROKEN_WITHIN = timedelta(days=90)


def terms_of(meeting):
    """The meeting's terms; those of nobody where it has none."""
    found = db.session.get(TransferTerms, meeting.id)
    return found or TransferTerms(
        meeting_id=meeting.id, whom=Whom.NOBODY, days=14, days_before=14, grace_days=3, version=0
    )


def set_terms(meeting, *, by, version, now, **facts):
    """Decide how a meeting takes transfers; Refusal when somebody else has decided since `version`."""
    found = db.session.get(TransferTerms, meeting.id)
    if found is None:
        db.session.add(TransferTerms(meeting_id=meeting.id, **facts))
        db.session.flush()
        before, after = None, facts
    else:
        before, after = audit.changes(found, facts)
        mine = update(TransferTerms).where(TransferTerms.meeting_id == meeting.id, TransferTerms.version == version)
        if before and not claimed(mine.values(version=version + 1, **facts)):
            raise Refusal(_("Somebody else has saved this since you opened it. Look at it again."))
    audit.record(by=by, verb="decided on transfers for", subject=meeting, now=now, before=before, after=after)


def offer(order, now):
    """Until when an open order could be paid by transfer (the instant at which its last day is over), or None.

    Once for an order, never for a change that waits, and not for whoever let such an order lapse within the last months.
    """
    meeting = meeting_in(order)
    if order.state != OrderState.OPEN or order.expires_at <= now or meeting is None or account_for(order) is None:
        return None
    if not _is_for(order, terms_of(meeting)) or registration.changes.change_of(order.id) is not None:
        return None
    if bank.promise_of(order) or bank.broken_by(order.person_id, since=now - BROKEN_WITHIN):
        return None
    facts = {"today": now.astimezone(meeting.zone).date(), "starts": meeting.starts, "zone": meeting.zone}
    until = pay_until(terms_of(meeting), **facts)
    return until if until and until + timedelta(days=terms_of(meeting).grace_days) > order.expires_at else None


def choose(order_id, *, po_number, by, now):
    """Promise a transfer for one's own order: its places are held until its day and some days of grace, and a letter says how to pay.

    The Promise; Refusal, to be rolled back, when it is not offered.
    """
    order = payments.locked(order_id)
    until = offer(order, now)
    if until is None:
        raise Refusal(_("This order cannot be paid by bank transfer any more. Pay by card, or write to the office."))
    held_until = until + timedelta(days=terms_of(meeting_in(order)).grace_days)
    facts = {
        "account": account_for(order),
        "until": until,
        "held_until": held_until,
        "po_number": po_number,
        "now": now,
    }
    if not bank.promise(order, **facts):
        raise Refusal(_("This order cannot be paid by bank transfer any more. Pay by card, or write to the office."))
    db.session.refresh(order, ["expires_at"])
    after = {"until": until.isoformat(timespec="minutes"), "po_number": po_number}
    audit.record(by=by, verb="chose to pay by transfer", subject=order, now=now, after=after)
    promised = bank.promise_of(order)
    dunning.begin(order, now=now)
    mails.by_transfer(order, promised, now=now)
    return promised


def account_for(order):
    """The account into which an order is paid: the first open one of its currency, or None."""
    return bank.account_for(order.currency)


def _is_for(order, terms):
    if terms.whom == Whom.GROUPS:
        return registration.groups.group_of_orders([order.id]) is not None
    return terms.whom == Whom.ALL
