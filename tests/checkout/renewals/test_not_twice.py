"""What may be paid already, or was stopped: no card is charged before that is known, and nothing is bought twice."""

from sqlalchemy import select, update

from conference import checkout, payments
from conference.kernel import clock, db, transaction
from conference.payments import OrderState, cards
from tests.cast import a_person
from tests.checkout.renewals.acting import PRICE, charges, days_later, letters, order_of, renewal_of, sweep, taken


def test_dues_that_are_on_their_way_are_not_bought_twice_and_charged_if_they_do_not_clear(member, stripe):
    sweep()
    with transaction():
        order = checkout.place_dues(type_code="active", person=member, now=clock.now())
        payments.locked(order.id).state = OrderState.ONGOING  # a bank debit takes days
    for day in (30, 31):
        days_later(day, "renewals", "charges")
    assert (charges(), str(renewal_of(member).state), renewal_of(member).order_id) == ([], "told", None)

    with transaction():
        payments.lapse(payments.locked(order.id))
    days_later(32, "renewals", "charges")

    assert charges() == [(1, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_whoever_stops_after_a_try_that_stripe_did_not_take_is_not_charged_by_the_next(member, stripe):
    sweep()
    days_later(30, "renewals")
    with transaction():  # a try was put off: Stripe was away
        db.session.execute(update(cards.Charge).values(attempts=1))
        checkout.renewals.withdraw(member, now=clock.now())

    days_later(31, "charges")

    assert charges() == [(1, "called_off")]
    assert taken(stripe, member) == []


def test_an_order_that_was_marked_as_paid_is_not_charged_before_that_is_declined(member, stripe):
    sweep()
    days_later(30, "renewals")
    order = order_of(member)
    with transaction():
        facts = {"provider": payments.Provider.HAND, "amount": order.total, "note": "cheque"}
        payments.marks.ask(order, **facts, by=member, now=clock.now())
    days_later(30, "charges")
    days_later(30, "renewals", "charges")
    assert (charges(), str(renewal_of(member).state)) == ([(1, "called_off")], "trying")

    with transaction():
        mark = db.session.scalars(select(payments.marks.Mark)).one()
        payments.marks.decide(
            mark,
            payments.marks.MarkState.DECLINED,
            reason="none came",
            by=a_person("Ben", clock.now()),
            now=clock.now(),
        )
    days_later(31, "renewals", "charges")

    assert charges() == [(1, "called_off"), (2, "succeeded")]
    assert taken(stripe, member) == [PRICE]


def test_what_stripe_refuses_for_its_own_reasons_ends_with_a_letter(member, stripe):
    sweep()
    days_later(30, "renewals")
    other = stripe.client().v1.customers.create({"email": "other@example.org"})
    with transaction():
        db.session.execute(update(cards.SavedCard).values(customer_ref=other.id))  # the card is not this customer's
    days_later(30, "charges")
    assert charges() == [(1, "requested")]

    with transaction():
        db.session.execute(update(cards.Charge).values(attempts=20))
    days_later(31, "charges")

    assert charges() == [(1, "declined")]
    assert letters(member)[-1] == "renewal_declined"
