"""Looking at disputes at Stripe."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice

import stripe

from conference.payments.catching_up import MOST, all_since
from conference.payments.dispute_rules import DisputeSeen, DisputeState, Movement
from conference.payments.stripe_client import client


def dispute_seen(dispute_id):
    """What Stripe says now of a dispute, as DisputeSeen. Raises Unreachable."""
    return _as_seen(client().v1.disputes.retrieve(dispute_id))


def disputes_since(instant, most=MOST):
    """What Stripe says of every dispute that was opened since `instant`, oldest first, as DisputeSeen. Raises Unreachable."""

    def ask(since, until, limit):
        wanted = {"created": {"gte": since, "lt": until}, "limit": 100}
        return [_as_seen(each) for each in islice(client().v1.disputes.list(wanted).auto_paging_iter(), limit)]

    return all_since(ask, instant, most=most)


def still_there(dispute_ids):
    """What Stripe says now of these disputes, as DisputeSeen; those that it does not know are left out. Raises Unreachable."""
    found = []
    for dispute_id in dispute_ids:
        with suppress(stripe.InvalidRequestError):
            found.append(dispute_seen(dispute_id))
    return found


def _as_seen(made):
    due, rows = made.evidence_details.due_by, made.balance_transactions or []
    return DisputeSeen(
        dispute_id=made.id,
        payment_intent=_id_of(made.payment_intent),
        amount=made.amount,
        currency=made.currency.upper(),
        reason=made.reason,
        state=made.status if made.status in set(DisputeState) else DisputeState.UNDER_REVIEW,
        opened_at=datetime.fromtimestamp(made.created, UTC),
        evidence_due_at=datetime.fromtimestamp(due, UTC) if due else None,
        is_refundable=bool(made.is_charge_refundable),
        fee_currency=rows[0].currency.upper() if rows else "",
        movements=tuple(_movement(row, made) for row in rows),
    )


def _movement(row, dispute):
    """A row of Stripe's balance is in the currency of the account: the whole amount of the dispute moved when that is another one."""
    same = row.currency == dispute.currency
    amount = row.amount if same else (dispute.amount if row.amount > 0 else -dispute.amount if row.amount else 0)
    return Movement(row.id, amount, row.fee)


def _id_of(named):
    return named if isinstance(named, str) or named is None else named.id
