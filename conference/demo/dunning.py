"""Orders that somebody promised to pay by transfer and has not: one of each age, from not due yet to a last day that is over."""

from datetime import timedelta

from conference import checkout, people, registration
from conference.checkout import dunning
from conference.demo.stories import FINANCE, Teller
from conference.kernel import transaction

DAY = timedelta(days=1)
NOTES = {
    dunning.Step.LAST: "If a purchase order is on its way through your institution, write to us and we wait for it.",
}
# Days ago that it was promised; the days ago on which each letter went out. It is to be paid within 14 days.
PROMISED = (
    (62, (53, 41, 27, 13)),  # the last day is over: staff decide
    (50, (41, 29, 14)),  # the last notice is due
    (34, (25, 13)),  # paused
    (24, ()),  # the first reminder is due
    (12, (3,)),  # a friendly word was sent
    (2, ()),
)
PAUSED = 2


def build_dunning(meeting, cast, now):
    """The society's policy, by which staff send the letters; and the orders, by people who have no registration yet."""
    finance = people.by_email(FINANCE)
    steps = {
        step: {"is_on": True, "days": days, "subject": "", "note": NOTES.get(step, "")}
        for step, days in dunning.policies.DAYS.items()
    }
    facts = {"is_on": True, "by_hand": True, "release": "staff", "days_to_pay": 10, "bank_days": 3}
    with transaction():
        dunning.policies.save(None, steps=steps, version=0, by=finance, now=now - 90 * DAY, **facts)
    free = [each for each in cast if registration.registration_in(meeting, each) is None]
    found = [_promised(meeting, person, days_ago, sent, finance, now) for person, (days_ago, sent) in zip(free, PROMISED, strict=False)]  # fmt: skip
    if len(found) > PAUSED:
        with transaction():
            facts = {"until": (now + 20 * DAY).date(), "reason": "Their library changes its bank; wait until then"}
            dunning.pause(found[PAUSED].id, by=finance, now=now - 5 * DAY, **facts)


def _promised(meeting, person, days_ago, sent, finance, now):
    with transaction():
        order = Teller(meeting, now).placed(person, days_ago=days_ago)
    with transaction():
        number = f"PO-{4700 + days_ago}"
        checkout.transferring.choose(order.id, po_number=number, by=person, now=now - days_ago * DAY)
    for ago in sent:
        with transaction():
            at = now - ago * DAY
            step, _day = dunning.standing_of(order, now=at).next
            dunning.send_next(order.id, now=at, by=finance, only=step)
    return order
