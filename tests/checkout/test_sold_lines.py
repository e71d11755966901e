"""Whatever category, window, standing and policy something was sold under, no later edit of the rules changes the line."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference import checkout, meetings, membership, payments, registration
from conference.kernel import transaction
from conference.registration import pricing
from tests.cast import EARLY_ENDS, a_draft, a_meeting, a_membership, a_membership_type, a_person
from tests.checkout.acting import paid, settle
from tests.conftest import NOW, empty_tables

policies = st.fixed_dictionaries(
    {
        "needs": st.sampled_from(pricing.Needs),
        "order_counts": st.booleans(),
        "recheck_on": st.none() | st.dates(date(2026, 12, 1), date(2027, 5, 1)),
        "lapse": st.sampled_from(pricing.Lapse),
        "grace_days": st.integers(0, 30),
        "credit_days": st.integers(0, 30),
        "price_date": st.sampled_from(pricing.PriceDate),
        "pay_days": st.integers(0, 30),
        "hard_at": st.none() | st.just(EARLY_ENDS),
    }
)
wishes = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["full", "trainee"]),
        "extras": st.sampled_from([(), ("dinner",)]),
        "dues": st.sampled_from(["", "active"]),
    }
)
moments = st.sampled_from([NOW, EARLY_ENDS - timedelta(minutes=1), EARLY_ENDS, EARLY_ENDS + timedelta(days=9)])
edits = st.lists(st.sampled_from(["prices", "policy", "windows", "category", "add_on", "dues"]), min_size=1, max_size=4)


def a_whole_meeting(policy):
    with transaction():
        meeting = a_meeting(NOW)
        a_membership_type(price=9000)
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=9)
        registration.add_category(meeting, code="trainee", name="Trainee")
    set_windows(meeting, EARLY_ENDS)
    meeting = meetings.by_code("T1")
    with transaction():
        for number, window in enumerate(meeting.windows):
            for code, amount in (("full", 44000), ("trainee", 11000)):
                category = registration.category_by_code(meeting, code)
                registration.set_price(category, window, amount_minor=amount * (number + 2))
                registration.set_price(category, window, amount_minor=amount * (number + 1), member=True)
        registration.pricing.set_policy(meeting, seen=0, by=None, now=NOW, **policy)
    return meeting


def set_windows(meeting, early_ends):
    last = meeting.windows[-1]
    windows = [("early", "Early", early_ends), (last.code, last.name, last.ends_at)]
    with transaction():
        meetings.set_dates(
            meeting, opens_at=None, windows=windows, deadlines=[], by=None, version=meeting.version, now=NOW
        )


def edit(meeting, what, number):
    if what == "windows":
        return set_windows(meetings.by_code("T1"), EARLY_ENDS + timedelta(days=number + 1))
    with transaction():
        _edit_row(meetings.by_code("T1"), what, number)


def _edit_row(meeting, what, number):
    full = registration.category_by_code(meeting, "full")
    match what:
        case "prices":
            for window in meeting.windows:
                registration.set_price(full, window, amount_minor=100 + number, member=bool(number % 2))
        case "policy":
            seen = registration.pricing.policy_of(meeting).version
            facts = {
                "needs": pricing.Needs.END,
                "lapse": pricing.Lapse.BALANCE,
                "price_date": pricing.PriceDate.PAYMENT,
                "credit_days": number,
            }
            registration.pricing.set_policy(meeting, seen=seen, by=None, now=NOW, **facts)
        case "category":
            registration.change(full, by=None, now=NOW, name=f"Other {number}", is_on_offer=False)
        case "add_on":
            dinner = registration.add_ons_of(meeting, all_of_them=True)[0]
            registration.change(dinner, by=None, now=NOW, amount_minor=number, title=f"Supper {number}")
        case "dues":
            registration.change(a_type(), by=None, now=NOW, price_minor=number)


def a_type():
    return membership.type_by_code("active")


def frozen(order):
    lines = payments.order_by_ref(order.ref).lines
    return [(each.kind, each.title, each.amount_minor, list(each.why), dict(each.rule)) for each in lines]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(policy=policies, wish=wishes, is_member=st.booleans(), at=moments, edits=edits)
def test_a_sold_line_never_changes_after_any_later_edit_of_rules(context, policy, wish, is_member, at, edits):
    empty_tables()
    meeting = a_whole_meeting(policy)
    with transaction():
        ada = a_person("Ada", NOW)
        if is_member:
            a_membership(ada, NOW - timedelta(days=300), price=9000)
        draft = a_draft(meeting, ada, at, **wish)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=at)
    before = frozen(order)

    for number, what in enumerate(edits):
        edit(meeting, what, number)
    settle(order, paid(order), at)

    assert frozen(order) == before
    settled = payments.order_by_ref(order.ref)
    assert (settled.state, settled.total_minor) == ("paid", sum(line[2] for line in before))
