"""Asking what a meeting has decided, and what that means for one person now."""

from datetime import timedelta

from sqlalchemy import bindparam, select

from conference import membership, payments
from conference.kernel import db
from conference.registration.models import Registration
from conference.registration.pricing import rules
from conference.registration.pricing.models import PricePolicy
from conference.registration.pricing.rules import Policy, PriceDate

_MINE = select(Registration.id).where(
    Registration.meeting_id == bindparam("meeting"), Registration.person_id == bindparam("person")
)


def policy_of(meeting):
    """The meeting's Policy."""
    row = policy_row(meeting)
    return row.policy if row else Policy()


def policy_row(meeting):
    """The row of a meeting's policy as it is now, or None."""
    statement = select(PricePolicy).where(PricePolicy.meeting_id == meeting.id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def standing_for(person, dues, today, *, meeting, policy):
    """Whether the member price of a meeting holds for a person who buys today, with `dues` (or None) in the same order."""
    return rules.member_standing(
        membership.standing_of(person, today),
        membership.standing_with(person, dues, today) if dues else None,
        dues is not None and dues.kind is membership.OfferKind.JOIN,
        through=policy.through(meeting.starts, meeting.ends),
        order_counts=policy.order_counts,
    )


def is_member_for(person, meeting, today):
    """Whether the member price of a meeting holds for a person today, by what they have paid already."""
    return standing_for(person, None, today, meeting=meeting, policy=policy_of(meeting)).member


def submitted_at(policy, meeting, person, now, reference=None):
    """When a person first submitted what they have not paid yet; None when that was too long ago, or does not matter.

    `reference` is the key of their registration, 0 when they have none; looked up where it is not known.
    """
    if policy.price_date is not PriceDate.GRACE or person is None:
        return None
    if reference is None:
        reference = db.session.scalar(_MINE, {"meeting": meeting.id, "person": person.id})
    since = now - timedelta(days=policy.pay_days)
    return payments.first_unpaid("registration", reference, since=since) if reference else None


def submissions(policy, meeting, person_ids, now):
    """{person id: as `submitted_at`} of many people, for those who have submitted something; empty where that does not matter."""
    if policy.price_date is not PriceDate.GRACE or not person_ids:
        return {}
    rows = select(Registration.id, Registration.person_id).where(Registration.meeting_id == meeting.id)
    theirs = dict(db.session.execute(rows.where(Registration.person_id.in_(person_ids))).all())
    since = now - timedelta(days=policy.pay_days)
    first = payments.first_unpaid_of("registration", list(theirs), since=since)
    return {theirs[key]: placed_at for key, placed_at in first.items()}


def window_for(policy, meeting, person, now, reference=None):
    """(the price window that counts for a person who buys now, when they submitted); None for the window once registration is over."""
    first = submitted_at(policy, meeting, person, now, reference)
    if meeting.window_at(now) is None:
        return None, now
    return meeting.window_at(rules.priced_at(policy, submitted_at=first, now=now)), first or now
