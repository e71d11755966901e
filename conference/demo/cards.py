"""A member whose dues renew with a saved card: announced for three weeks from now. Person and card are fictional; the stand-in for Stripe does not know it."""

from datetime import timedelta

from conference import checkout, membership, people
from conference.kernel import transaction
from conference.payments import cards

MEMBER = "member@example.org"
DAYS_LEFT = timedelta(days=30)


def build_card(now):
    """Somebody's membership ends in a month, and they have agreed that it renews: the SavedCard."""
    person, type_ = people.by_email(MEMBER), membership.type_by_code("active")
    ends = membership.local_day(now) + DAYS_LEFT
    with transaction():
        facts = {"starts": ends - timedelta(days=364), "ends": ends, "paid": type_.price}
        membership.grant_term(person=person, type=type_, now=now, **facts)
        begun = checkout.renewals.begin(person, renews=True, now=now)
        seen = cards.CardSeen(
            begun.ref, f"cs_demo_{begun.ref}", "complete", is_saved=True, customer=f"cus_demo_{person.ref}",
            method=f"pm_demo_{begun.ref}", brand="visa", last4="4242", exp_month=12, exp_year=now.year + 3,
        )  # fmt: skip
        checkout.renewals.kept(seen, now)
        checkout.renewals.look(person.id, now=now)
    return cards.card_of(person.id)
