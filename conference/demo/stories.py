"""What happens to a few registrations of any meeting, so that desk, finance and door show each state at a first look."""

from datetime import timedelta

from conference import checkout, payments, people, registration
from conference.demo.attendees import Crowd
from conference.kernel import Money, transaction
from conference.payments import Seen

# Whose hands: see sign_ins.
DESK, FINANCE, DOOR = "desk@example.org", "finance@example.org", "door@example.org"
DAY = timedelta(days=1)


def build_stories(meeting, cast, now):
    """One registration in each state for the first people of `cast`, who have none: how many stories were told."""
    with transaction():
        tell = Teller(meeting, now)
    for story, person in zip(STORIES, cast, strict=False):
        with transaction():
            story(tell, person)
    with transaction():
        _too_late(tell, cast[len(STORIES)], cast[len(STORIES) + 1])
    return len(STORIES) + 1


class Teller:
    """The words in which the stories are told: everything goes through the actions that pages call."""

    def __init__(self, meeting, now):
        self.meeting = meeting
        self.now = now
        self.crowd = Crowd(meeting)
        self.desk, self.finance = people.by_email(DESK), people.by_email(FINANCE)

    def drafted(self, person, *extras, days_ago, category="full"):
        """A draft from some days ago."""
        wish = registration.Wish(category, extras=extras)
        return self.crowd.draft(person, wish, "", self.now - days_ago * DAY)

    def placed(self, person, *extras, days_ago, category="full"):
        """An order that waits for its money."""
        at = self.now - days_ago * DAY
        draft = self.drafted(person, *extras, days_ago=days_ago, category=category)
        return checkout.place(draft=draft, meeting=self.meeting, person=person, now=at)

    def paid(self, person, *extras, days_ago, category="full"):
        """An order paid by bank transfer."""
        order = self.placed(person, *extras, days_ago=days_ago, category=category)
        return self.pay(order, days_ago)

    def pay(self, order, days_ago):
        """The transfer has come."""
        at = self.now - days_ago * DAY
        return checkout.settle_paid_by_hand(order.id, reference="bank transfer", by=self.finance, now=at, letter=False)

    def refund(self, order, lines, amount, reason, days_ago):
        """Finance takes lines back."""
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[line.id for line in lines], amount=amount, reason=reason, by=self.finance,
            now=self.now - days_ago * DAY,
        )  # fmt: skip

    def seen(self, order, **changes):
        """What Stripe would say of the order."""
        facts = {
            "session_id": "", "order_ref": order.ref, "status": "complete", "payment_status": "paid",
            "amount": order.total_minor, "currency": order.currency, "payment_intent": f"pi_demo_{order.ref}",
        }  # fmt: skip
        return Seen(**{**facts, **changes})


def _left_unfinished(tell, person):
    tell.drafted(person, days_ago=2)


def _being_paid_now(tell, person):
    tell.placed(person, "writing", days_ago=0)


def _asked_to_pay(tell, person):
    """Registered by the desk, who wrote them how to pay: the places wait two weeks."""
    wish = registration.Wish("trainee")
    facts = {"email": person.email, **dict.fromkeys(checkout.PERSON_COLUMNS, "")}
    at = tell.now - DAY
    offer = checkout.foretell_entry(wish, email=person.email, meeting=tell.meeting, now=at)
    checkout.enter_one(
        meeting=tell.meeting, wish=wish, values=facts, paid_as="", seen_total=offer.total.minor, letter=True, by=tell.desk,
        now=at,
    )  # fmt: skip


def _debit_on_its_way(tell, person):
    order = tell.placed(person, days_ago=1)
    checkout.settle(order.id, tell.seen(order, payment_status="unpaid", intent_status="processing"), now=tell.now - DAY)


def _paid_in_another_currency(tell, person):
    order = tell.placed(person, days_ago=2, category="trainee")
    checkout.settle(order.id, tell.seen(order, currency="EUR"), now=tell.now - 2 * DAY)


def _given_back_unpaid(tell, person):
    order = tell.placed(person, "writing", days_ago=3)
    checkout.lapse_if_due(order.id, now=tell.now - 3 * DAY, at_once=True)


def _cancelled_and_refunded(tell, person):
    order = tell.paid(person, "dinner", days_ago=6)
    tell.refund(order, order.lines, order.total, "Cannot travel", days_ago=3)


def _cancelled_for_a_fee(tell, person):
    order = tell.paid(person, days_ago=5, category="nurse")
    tell.refund(
        order, order.lines, order.total - Money(5000, order.currency), "Cancelled; a fee of 50 is kept", days_ago=1
    )


def _dinner_taken_back(tell, person):
    order = tell.paid(person, "dinner", days_ago=5, category="advocate")
    dinner = [line for line in order.lines if line.kind == "add_on"]
    tell.refund(order, dinner, checkout.price_of(dinner, order.currency), "Leaves before the dinner", days_ago=2)


def _disputed(tell, person):
    """Paid by card, and two weeks later the bank wants the money back: finance has nine days to answer."""
    order = tell.placed(person, "dinner", days_ago=16)
    checkout.settle(order.id, tell.seen(order), now=tell.now - 16 * DAY)
    opened = tell.now - 2 * DAY
    taken = payments.dispute_rules.Movement(f"txn_demo_{order.ref}", -order.total_minor, 1500)
    seen = payments.DisputeSeen(
        dispute_id=f"du_demo_{order.ref}", payment_intent=f"pi_demo_{order.ref}", amount=order.total_minor,
        currency=order.currency, reason="unrecognized", state="needs_response", opened_at=opened,
        evidence_due_at=opened + 11 * DAY, is_refundable=False, fee_currency=order.currency, movements=(taken,),
    )  # fmt: skip
    checkout.disputes.note(seen, now=opened)


def _too_late(tell, slow, quick):
    """The last place of a workshop lapses, somebody else takes it, and then the money comes: it goes back by itself."""
    order = tell.placed(slow, "trials", days_ago=6)
    checkout.lapse_if_due(order.id, now=tell.now - 5 * DAY, at_once=True)
    tell.paid(quick, "trials", days_ago=4)
    tell.pay(order, days_ago=3)


STORIES = (
    _left_unfinished,
    _being_paid_now,
    _asked_to_pay,
    _debit_on_its_way,
    _paid_in_another_currency,
    _given_back_unpaid,
    _cancelled_and_refunded,
    _cancelled_for_a_fee,
    _dinner_taken_back,
    _disputed,
)
CAST = len(STORIES) + 2  # people whom the stories need
