"""The report on money: its sums are those of the lists, and tie out with the ledger whatever has happened."""

import re
from urllib.parse import parse_qsl, urlsplit

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from conference import checkout, payments, registration
from conference.kernel import Money, Refusal, clock, db, transaction
from conference.meetings import Window
from conference.payments import LedgerEntry, Payment, Refund, RefundState, refunds
from conference.payments.rules import RefundSeen
from conference.staff import gathering, reporting_money
from conference.staff.listing import Listing
from tests.cast import a_membership_type
from tests.checkout.changing.acting import change
from tests.conftest import empty_tables
from tests.staff.cast import a_meeting, a_registration, an_order, page, settle, somebody
from tests.trying import tries

REPORT = "/staff/reports/T1/money"


def sums_of_list(meeting, asked):
    """(paid, owed) in minor units over the whole list of a filter."""
    keys = Listing(meeting, MultiDict(asked), with_answers=False).keys()
    told = gathering.sums().subquery()
    both = select(func.coalesce(func.sum(told.c.paid), 0), func.coalesce(func.sum(told.c.owed), 0))
    return tuple(map(int, db.session.execute(both.where(told.c.entry_id.in_(keys))).one()))


def check(meeting):
    """Everything that must be true of the report."""
    db.session.expire_all()
    tied = reporting_money.tied(meeting)
    for rows in (reporting_money.by_category(meeting), reporting_money.by_window(meeting)):
        together = reporting_money.together(meeting, rows)
        assert (together.paid, together.kept) == (tied.standing, tied.kept)
        for row in rows:
            if row.asked is not None:
                assert sums_of_list(meeting, row.asked) == (row.paid.minor, row.owed.minor), row
    days = reporting_money.by_day(meeting)
    assert sum(each.received.minor for each in days) == tied.received.minor == total(Payment.amount_minor)
    accepted = (RefundState.PENDING, RefundState.SUCCEEDED)
    gone = total(Refund.amount_minor, Refund.state.in_(accepted))
    assert sum(each.refunded.minor for each in days) == tied.refunded.minor == gone
    assert tied.open.minor == total(LedgerEntry.amount_minor)
    assert payments.differences() == []
    return tied


def total(column, *clauses):
    return int(db.session.scalar(select(func.coalesce(func.sum(column), 0)).where(*clauses)))


def take_back(order, line_ids, amount):
    with transaction():
        return checkout.end_lines_and_refund(
            order_id=order.id, line_ids=line_ids, amount=Money(amount, "USD"), reason="ill", by=None, now=clock.now()
        )


def accept(refund, state=RefundState.SUCCEEDED):
    seen = RefundSeen(f"re_{refund.ref}", refund.ref, state, "", "", refund.amount_minor, refund.currency)
    with transaction():
        refunds.accepted(refund.id, seen, now=clock.now())


def a_later_price(meeting):
    """From now on another window holds."""
    first = meeting.windows[0]
    with transaction() as session:
        late = Window(meeting_id=meeting.id, code="late", name="Late", ends_at=first.ends_at)
        first.ends_at = clock.now()
        session.flush()
        session.add(late)
        session.flush()
        registration.set_price(registration.category_by_code(meeting, "full"), late, amount_minor=50000)
    db.session.expire_all()


def test_a_story_of_every_kind_ties_out(meeting, cleo):
    with transaction():
        a_membership_type()
    _entry, ada = a_registration(meeting, "Ada", extras=("dinner",))
    _entry, ben = a_registration(meeting, "Ben")
    a_later_price(meeting)
    a_registration(meeting, "Gus", dues="active")
    an_order(meeting, somebody("Eve"))
    dinner = next(line.id for line in ada.lines if line.kind == "add_on")
    (refund,) = take_back(ada, [dinner], 5000)  # 35.00 is kept
    waiting = check(meeting).open

    accept(refund)
    (other,) = take_back(ben, [line.id for line in ben.lines], 44000)
    accept(other)

    assert waiting == Money(5000, "USD")
    tied = check(meeting)
    assert (tied.kept, tied.dues, tied.open) == (Money(3500, "USD"), Money(22500, "USD"), Money(0, "USD"))
    shown = page(cleo.get(REPORT))
    assert "35.00 USD" in shown and "225.00 USD" in shown
    links = re.findall(r'<a href="(/staff/registrations/T1\?[^"]*columns[^"]*)">([\d,.]+) USD</a>', shown)
    for href, amount in links:
        asked = dict(parse_qsl(urlsplit(href.replace("&amp;", "&")).query))
        assert Money(int(amount.replace(",", "").replace(".", "")), "USD").minor in sums_of_list(meeting, asked)
    assert len(links) == 5
    assert [row.label for row in reporting_money.by_window(meeting)] == ["Regular", "Late"]
    assert "Full," in page(cleo.get("/staff/reports/T1/money-by-category.csv"))


steps = st.lists(
    st.tuples(st.sampled_from(["buy", "hold", "change", "take back", "goodwill", "accept"]), st.integers(0, 99)),
    max_size=9,
)


@settings(max_examples=tries(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=steps)
@example(story=[("buy", 0), ("change", 2), ("change", 1), ("take back", 40), ("accept", 0)])
def test_whatever_is_bought_changed_and_taken_back_it_ties_out(context, story):
    empty_tables()
    meeting, entries, waiting = a_meeting(places=50), [], []
    for number, (step, chosen) in enumerate(story):
        if step in ("buy", "hold"):
            wishes = [{}, {"mode": "virtual"}, {"span": meeting.starts.isoformat()}]
            entry, order = an_order(meeting, somebody(f"P{number}"), **wishes[chosen % 3])
            entries += [entry] if step == "buy" and settle(order) else []
        elif step == "accept" and waiting:
            accept(waiting.pop(chosen % len(waiting)))
        elif entries:
            waiting += act(step, registration.by_ref(entries[chosen % len(entries)].ref), chosen)
    check(meeting)


def act(step, entry, chosen):
    """One change of somebody's registration; the refunds that it promised."""
    order = payments.orders_of(entry.person)[0]
    before = set(db.session.scalars(select(Refund.id)))
    try:
        if step == "change":
            wishes = [{"mode": "virtual", "extras": ()}, {"mode": "in_person"}, {"extras": ("dinner",)}, {"extras": ()}]
            asked = change(entry, clock.now(), waived=True, **wishes[chosen % 4])
            settle(payments.order_by_id(asked.order_id))
        elif step == "take back":
            lines = payments.returnable_lines(order)
            take_back(order, [line.id for line in lines], checkout.price_of(lines, "USD").minor * chosen // 100)
        else:
            take_back(order, [], min(chosen + 1, payments.returnable(order).minor))
    except Refusal:
        pass  # sold out, nothing to change, more than is left: as a person is told
    return list(db.session.scalars(select(Refund).where(Refund.id.not_in(before))))
