"""Steps are sent on their days to whoever has not paid, once, and to nobody else; then the places go to others."""

import time_machine

from conference import checkout, jobs, membership, payments, registration
from conference.checkout import dunning
from conference.kernel import db, transaction
from conference.payments import bank
from tests.cast import a_draft, a_membership_type
from tests.checkout.acting import letters as kinds
from tests.checkout.acting import paid, place, settle, state_of, taken
from tests.checkout.banking.acting import came, lines, match, paying
from tests.checkout.dunning.acting import (
    DAY,
    decide,
    letters,
    night,
    nights,
    sent,
    standing,
)
from tests.payments.documents.selling import BUYER, a_rate, a_seller

ALL = [("friendly", 5), ("first", 17), ("second", 31), ("last", 45)]


def test_whoever_never_pays_gets_every_step_and_then_loses_the_place(meeting, order, now):
    decide(meeting, now)

    nights(now, 58)
    assert (sent(order), state_of(order), taken()) == (ALL, "open", 1)

    nights(now + 58 * DAY, 3)
    assert (sent(order), state_of(order), taken()) == (ALL, "lapsed", 0)
    assert "lapsed" in kinds()


def test_a_letter_says_what_is_open_where_to_send_it_and_what_happens(meeting, order, account, now):
    with transaction():
        a_rate(now)
        a_seller(now)
    with transaction():
        facts = {"buyer": BUYER, "by": None, "now": now, "due_on": (now + 10 * DAY).date()}
        invoice = checkout.invoicing.invoice(payments.order_by_ref(order.ref), **facts)
    decide(meeting, now, texts={"last": ("Act now, please", "Write to office@example.org.")})

    nights(now, 50)

    *_others, last = letters()
    assert last.subject == "Act now, please"
    wanted = ("440.00 USD", bank.reference_of(order), account.iban, invoice.number, "PO-4711", "Write to office@")
    wanted += (f"/orders/{order.ref}", "given to others", "can still be paid until Sun 17 Jan 2027")
    assert [each for each in wanted if each not in last.body] == []
    assert [each.subject for each in letters()][:3] == [
        "Soon to be paid: Meeting T1",
        "Not paid yet: Meeting T1",
        "Second reminder, not paid yet: Meeting T1",
    ]


def test_dues_that_are_had_another_way_are_dunned_no_more(context, account, ada, now):
    with transaction():
        type_ = a_membership_type()
        a_rate(now)
        a_seller(now)
        dues = checkout.place_dues(type_code=type_.code, person=ada, now=now, held_for=90 * DAY)
    with transaction():
        checkout.invoicing.invoice(dues, buyer=BUYER, by=None, now=now, due_on=(now + 10 * DAY).date())
    decide(None, now)
    nights(now + 20 * DAY, 2)
    assert [step for step, _day in sent(dues)] == ["first"]

    with transaction():
        offer = membership.offer_for(ada, type_, now.date())
        days = {"starts": offer.starts, "ends": offer.ends}
        membership.add_by_hand(person=ada, type=type_, **days, reason="paid at the desk", by=ada, now=now)
    nights(now + 35 * DAY, 30)

    assert ([step for step, _day in sent(dues)], standing(dues, now)) == (["first"], None)


def test_a_missed_month_is_caught_up_one_step_a_time(meeting, order, now):
    decide(meeting, now)

    nights(now, 3)
    nights(now + 50 * DAY, 40)

    assert sent(order) == [("first", 50), ("second", 64), ("last", 78)]
    assert state_of(order) == "open"


def test_sweeps_of_one_day_send_one_letter(meeting, order, now):
    decide(meeting, now)

    assert [night(now + 17 * DAY) for _sweep in range(3)] == [1, 0, 0]
    assert len(letters()) == 1


def test_who_has_paid_gets_nothing_more(meeting, order, now):
    decide(meeting, now)
    nights(now, 20)

    settle(order, paid(order), now + 21 * DAY)
    nights(now + 21 * DAY, 60)

    assert ([step for step, _day in sent(order)], state_of(order)) == (["friendly", "first"], "paid")


def test_what_came_in_part_is_said_and_lowers_what_is_open(meeting, order, account, now):
    decide(meeting, now)
    came(account, now, paying(order, 10000))
    line = lines()[0]
    if line.left.minor:
        match(line, order, now, 10000)

    nights(now, 20)

    assert "340.00 USD" in letters()[-1].body and "100.00 USD has come" in letters()[-1].body
    nights(now + 20 * DAY, 50)
    assert (state_of(order), taken()) == ("parked", 1)


def test_where_staff_release_nothing_goes_by_itself(meeting, order, now):
    decide(meeting, now, release="staff")

    nights(now, 120)

    found = standing(order, now + 120 * DAY)
    assert (sent(order), state_of(order), found.is_over) == (ALL, "open", True)


def test_where_staff_send_nothing_goes_by_itself(meeting, order, now):
    decide(meeting, now, by_hand=True)
    nights(now, 30)
    assert (sent(order), state_of(order)) == ([], "open")

    with transaction():
        assert dunning.send_next(order.id, now=now + 30 * DAY, only="second") is None
        assert dunning.send_next(order.id, now=now + 30 * DAY, only="first") is not None

    assert sent(order) == [("first", 30)]


def test_without_a_policy_it_lapses_as_before(meeting, order, now):
    nights(now, 16)

    assert (sent(order), state_of(order)) == ([], "lapsed")


def test_switched_on_while_it_waits_it_is_not_lost(meeting, order, now):
    nights(now, 12)
    decide(meeting, now + 12 * DAY)

    nights(now + 16 * DAY, 3)

    assert (sent(order), state_of(order)) == ([("first", 17)], "open")


def test_the_societys_policy_holds_where_a_meeting_has_none(meeting, order, now):
    decide(None, now, only=["first"])
    nights(now, 20)
    assert sent(order) == [("first", 17)]

    decide(meeting, now + 20 * DAY, is_on=False)
    nights(now + 20 * DAY, 20)

    assert sent(order) == [("first", 17)]


def test_an_open_invoice_is_dunned_after_its_own_day(meeting, ada, now):
    """The office holds the places and makes an invoice to be paid within thirty days: no transfer was promised."""
    with transaction():
        a_rate(now)
        a_seller(now)
    made = place(meeting, ada, now)
    with transaction():
        facts = {"buyer": BUYER, "by": None, "now": now, "due_on": (now + 30 * DAY).date()}
        checkout.invoicing.invoice(made, **facts)
    decide(meeting, now, only=["first", "last"])

    night(now)
    nights(now + DAY, 70)

    assert (sent(made), state_of(made)) == ([("first", 37), ("last", 51)], "lapsed")
    invoice, credit = payments.documents.queries.of_order(made)
    assert (str(credit.kind), credit.corrects_id) == ("credit_note", invoice.id)


def test_whoever_waits_is_offered_the_place(meeting, order, ben, now):
    decide(meeting, now)
    with transaction():
        draft = a_draft(meeting, ben, now)
        registration.waiting.join(draft, category=draft.category, now=now)

    nights(now, 62)
    with time_machine.travel(now + 62 * DAY, tick=False):
        jobs.run("waiting")

    db.session.rollback()
    (wait,) = db.session.scalars(db.select(registration.waiting.Wait))
    assert (state_of(order), str(wait.state)) == ("lapsed", "offered")


def test_a_copy_has_the_policy_and_its_letters(meeting, now):
    decide(meeting, now, texts={"first": ("Hello", "A note")})
    with transaction():
        made = registration.copying.copy(
            meeting, code="T2", title="Two", starts=meeting.starts + 365 * DAY, by=None, now=now
        )

    own, copied = (dunning.policies.kept_policy(each) for each in (meeting, made))

    def told(policy):
        steps = [(each.step, each.is_on, each.days, each.subject, each.note) for each in policy.steps]
        return policy.is_on, policy.release, policy.days_to_pay, steps

    assert own.id != copied.id and told(own) == told(copied)
