"""The desk's cast: Cleo keeps registrations, Fay the money, Dov may see nothing of anybody's."""

from dataclasses import replace
from datetime import timedelta

from babel.dates import format_date

from conference import checkout, mail, membership, payments, registration
from conference.kernel import clock, db, transaction
from conference.payments import RefundState, Seen, refunds
from conference.payments.rules import RefundSeen
from conference.registration import Pool
from tests.cast import a_draft, a_person, a_society


def a_meeting(*, code="T1", places=5, amount=44000, member_amount=22000):
    """An open meeting next year: `full` drawing from `places`, a day of it, virtual; a dinner for two; two questions."""
    today = clock.now().date()
    with transaction():
        a_society()
        meeting = registration.new_meeting(
            code=code,
            title=f"Meeting {code}",
            starts=today + timedelta(days=200),
            ends=today + timedelta(days=202),
            timezone="America/New_York",
            currency="USD",
        )
        pool = registration.add_pool(meeting, name="Venue", places=places)
        category = registration.add_category(meeting, code="full", name="Full", pool=pool, position=1)
        window = meeting.windows[0]
        registration.set_price(category, window, amount_minor=amount)
        registration.set_price(category, window, amount_minor=member_amount, member=True)
        registration.set_price(category, window, amount_minor=amount // 4, span=meeting.starts.isoformat())
        registration.set_price(category, window, amount_minor=amount // 2, mode="virtual")
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=2)
        registration.ask(meeting, code="diet", label="What do you eat?", kind="text", position=1)
        registration.ask(meeting, code="first", label="First time?", kind="yes_no", position=2)
    return meeting


def today():
    """The society's day, as a reason of a price names it: "3 Jan 2027"."""
    return format_date(membership.local_day(clock.now()), "d MMM y", locale="en")


def somebody(name, **known):
    """A person complete enough to register."""
    with transaction():
        return a_person(name, clock.now(), **known)


def an_order(meeting, person, *, diet="", **wishes):
    """An unpaid order of this person, with its places held; their registration, the order."""
    now = clock.now()
    with transaction():
        draft = a_draft(meeting, person, now, **wishes)
        if diet:
            question = next(each for each in registration.questions_of(meeting) if each.code == "diet")
            registration.answer(draft, answers={question.id: diet}, conduct_code=None, now=now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
    return registration.registration_in(meeting, person), order


def paid(order, **changes):
    """Stripe saying that the order was paid."""
    facts = Seen("cs_1", order.ref, "complete", "paid", order.total_minor, order.currency, f"pi_{order.ref}")
    return replace(facts, **changes)


def settle(order, **changes):
    """Let Stripe's word about the order be acted on; the order as it stands then."""
    with transaction():
        return checkout.settle(order.id, paid(order, **changes), now=clock.now())


def a_registration(meeting, name, *, known=None, **wishes):
    """Somebody registered and paid; their registration, the order."""
    entry, order = an_order(meeting, somebody(name, **(known or {})), **wishes)
    settle(order)
    return registration.by_ref(entry.ref), payments.order_by_ref(order.ref)


def a_failed_refund(order, amount, by):
    """Money promised back that Stripe could not send in the end; the refund."""
    with transaction():
        (refund,) = checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[], amount=amount, reason="ill", by=by, now=clock.now()
        )
    with transaction():
        for state in (RefundState.PENDING, RefundState.FAILED):
            facts = RefundSeen("re_failed_one", refund.ref, state, "no such card", "", refund.amount_minor, "USD")
            refunds.note(facts, now=clock.now())
    return refund


def page(answer):
    """The text of an answer."""
    return answer.get_data(as_text=True)


def follow(client, answer):
    """What the browser shows after a post that went through."""
    assert answer.status_code == 303, page(answer)
    text = page(client.get(answer.headers["Location"]))
    db.session.expire_all()  # the test looks again rather than at what it read before
    return text


def state_of(order):
    """The order's state as it stands now."""
    return payments.order_by_ref(order.ref).state


def entry_state(entry):
    """The registration's state as it stands now."""
    return registration.by_ref(entry.ref).state


def taken(name="Venue"):
    """How many of these places are taken."""
    return db.session.query(Pool).filter_by(name=name).one().taken


def letters():
    """The kinds of all letters, in order of their names."""
    return sorted(each.kind for each in db.session.query(mail.Letter))


def lines_of(order):
    """Keys of the order's lines."""
    return [line.id for line in order.lines]


def lapse(order):
    """Let the time to pay be over."""
    with transaction():
        checkout.lapse_if_due(order.id, now=clock.now() + timedelta(hours=3))
