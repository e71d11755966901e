"""What follows when a proof is decided or its time is over: the letter, the credit, the balance, the purge."""

import logging

from flask_babel import gettext as _

from conference import jobs, payments, registration
from conference.checkout import balances
from conference.checkout.changing.asking import reprice
from conference.kernel import Refusal, clock, db, transaction
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
        balances.close_page(provision_id)
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
    if provision.state == eligibility.ProvisionState.OPEN:
        _settle_open(provision, now)
    elif provision.order_id is not None:
        balances.look(provision, now)


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
            balances.ask(provision, entry, provisions.resold(line, provision, cleared=False), now)
