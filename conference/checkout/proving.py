"""What follows when a proof is decided or its time is over: the letter, the credit, the balance, the purge."""

import logging
from datetime import timedelta

from flask_babel import gettext as _

from conference import jobs, payments, registration
from conference.checkout import mails
from conference.checkout.changing.asking import reprice
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import OrderState
from conference.registration import State, eligibility

log = logging.getLogger(__name__)
proofs, provisions = eligibility.proofs, eligibility.provisions


@jobs.job("proofs")
def follow_decisions():
    """Write the letters about what staff decided, settle prices that waited for it, purge documents; how many."""
    now, done = clock.now(), 0
    for proof_id in proofs.due_to_follow(now):
        with transaction():
            done += proofs.follow(proof_id, now=now)
    for provision_id in provisions.due(now):
        done += _settle_one(provision_id, now)
    with transaction():
        return done + proofs.purge(now)


def _settle_one(provision_id, now):
    """One price that waits; what cannot be done now is said at the desk and tried again, and stops no other."""
    try:
        with transaction():
            settle_provision(provision_id, now=now)
    except Refusal as refusal:
        with transaction():
            provisions.look_later(provisions.locked(provision_id), now, trouble=str(refusal))
    except Exception as error:
        log.exception("the price %s that waits for a proof could not be settled; the others are", provision_id)
        jobs.trouble(f"the price {provision_id} that waits for a proof could not be settled: {error!r}")
        db.session.rollback()
        return 0
    return 1


def settle_provision(provision_id, *, now):
    """Make of a price that waits what its proof and its deadline say now. Refusal when its registration cannot be repriced yet."""
    provision = provisions.locked(provision_id)
    if provision.state == eligibility.ProvisionState.ASKED:
        _look_at_balance(provision, now)
    elif provision.state == eligibility.ProvisionState.OPEN:
        _settle_open(provision, now)


def _settle_open(provision, now):
    (line,) = payments.lines_by_id([provision.line_id])
    entry = registration.by_id(provision.registration_id)
    if line.ended_at or entry.state != State.CONFIRMED:
        provisions.move(provision, eligibility.ProvisionState.MOOT, now=now)
        return
    match provisions.outcome_of(provision, now):
        case eligibility.Outcome.WAIT:
            provisions.look_later(provision, now)
        case eligibility.Outcome.KEEP:
            provisions.move(provision, eligibility.ProvisionState.KEPT, now=now)
        case eligibility.Outcome.CREDIT:
            new = provisions.resold(line, provision, cleared=True)
            reprice(entry, line=new, reason=_("Your proof is cleared"), by=None, now=now)
            provisions.move(provision, eligibility.ProvisionState.CREDITED, now=now)
        case eligibility.Outcome.ASK:
            _ask_balance(provision, entry, provisions.resold(line, provision, cleared=False), now)


def _ask_balance(provision, entry, line, now):
    until, reason = now + timedelta(days=provision.pay_days), _("No proof was cleared in time")
    change = reprice(entry, line=line, reason=reason, by=None, now=now, expires_at=until)
    if change.order_id is None or payments.order_by_id(change.order_id).state == OrderState.PAID:
        provisions.move(
            provision, eligibility.ProvisionState.KEPT, now=now
        )  # a code takes the whole of it: there is no balance
        return
    provisions.move(provision, eligibility.ProvisionState.ASKED, now=now, order_id=change.order_id)
    mails.balance_due(payments.order_by_id(change.order_id), entry, now=now)


def _look_at_balance(provision, now):
    match payments.order_by_id(provision.order_id).state:
        case OrderState.PAID:
            provisions.move(provision, eligibility.ProvisionState.PAID, now=now)
        case OrderState.LAPSED | OrderState.RETURNED:
            provisions.move(provision, eligibility.ProvisionState.UNPAID, now=now)
        case _:
            provisions.look_later(provision, now)
