"""Whatever category, window, standing and policy something was sold under, no later edit of the rules changes the line, its reason or an answer."""

import re
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from conference import checkout, meetings, payments, registration
from conference.kernel import db, transaction
from conference.registration import pricing
from tests.cast import EARLY_ENDS, a_draft, a_meeting, a_membership, a_membership_type, a_person
from tests.checkout import editing_rules
from tests.checkout.acting import paid, settle
from tests.checkout.test_receipt import printed
from tests.conftest import NOW, empty_tables
from tests.signing_in import signed_in
from tests.trying import tries

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
        "code": st.sampled_from(["", "THIRD"]),
    }
)
moments = st.sampled_from([NOW, EARLY_ENDS - timedelta(minutes=1), EARLY_ENDS, EARLY_ENDS + timedelta(days=9)])
edits = st.lists(st.sampled_from(editing_rules.NAMES), min_size=1, max_size=4)


def a_whole_meeting(policy):
    with transaction():
        meeting = a_meeting(NOW)
        a_membership_type(price=9000)
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=9)
        registration.add_category(meeting, code="trainee", name="Trainee")
        registration.add_code(meeting, code="THIRD", effect="percent", percent=33, scope="all", reason="Speakers")
        choices = [{"code": "a", "label": "Meat"}, {"code": "b", "label": "None"}]
        registration.form.ask(meeting, code="food", label="What do you eat?", kind="choice", choices=choices)
    editing_rules.set_windows(meeting, EARLY_ENDS)
    meeting = meetings.by_code("T1")
    with transaction():
        for number, window in enumerate(meeting.windows):
            for code, amount in (("full", 44000), ("trainee", 11000)):
                category = registration.category_by_code(meeting, code)
                registration.set_price(category, window, amount_minor=amount * (number + 2))
                registration.set_price(category, window, amount_minor=amount * (number + 1), member=True)
        registration.pricing.set_policy(meeting, seen=0, by=None, now=NOW, **policy)
    return meeting


def stored():
    """What was sold, with its reasons and the rules it was sold under, and what was answered: every column as the database has it."""
    db.session.rollback()
    lines, uses = (
        "SELECT * FROM payments_line",
        "SELECT id, code_id, registration_id, off_minor FROM registration_code_use",
    )
    asked = (lines, uses, "SELECT * FROM registration_answer", "SELECT * FROM registration_provision")
    return [db.session.execute(text(f"{each} ORDER BY id")).all() for each in asked]


def shown(browser, order):
    """What the order's page says of its lines, and what the page of one's answers says of what was answered."""
    page, answered = (browser.get(f"/orders/{order.ref}"), registration.form.told(entry_of(order)))
    (lines,) = re.findall(r'<section[^>]*id="lines".*?</section>', page.text, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", lines).split()), [(each.label, each.words) for each in answered]


def entry_of(order):
    return registration.by_id(order.lines[0].reference)


@settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.generate],  # what fails is small as it is
)
@given(policy=policies, wish=wishes, is_member=st.booleans(), at=moments, early=edits, late=edits)
def test_a_sold_line_never_changes_after_any_later_edit_of_rules(context, policy, wish, is_member, at, early, late):
    empty_tables()
    order = sold(a_whole_meeting(policy), wish, is_member, at)
    before = stored()

    for number, what in enumerate(early):
        editing_rules.edit(what, number)
    settle(order, paid(order), at)
    browser = signed_in(context, "ada@example.org")
    seen = shown(browser, order)
    for number, what in enumerate(late, start=len(early)):
        editing_rules.edit(what, number)

    assert stored() == before
    assert shown(browser, order) == seen
    settled = payments.order_by_ref(order.ref)
    assert (settled.state, settled.total_minor) == ("paid", sum(line.amount_minor for line in settled.lines))


def test_every_edit_together_leaves_page_receipt_and_answer_as_they_were(context):
    order = sold(
        a_whole_meeting({}), {"category": "full", "extras": ("dinner",), "dues": "active", "code": "THIRD"}, False, NOW
    )
    settle(order, paid(order), NOW)
    browser = signed_in(context, "ada@example.org")
    before = stored(), shown(browser, order), printed(order)[0]
    assert before[1][1] == [("What do you eat?", "Meat")]
    assert all(words in before[1][0] for words in ("Dinner", "THIRD", "Early"))

    for number, what in enumerate(editing_rules.NAMES):
        editing_rules.edit(what, number)

    assert (stored(), shown(browser, order), printed(order)[0]) == before


def sold(meeting, wish, is_member, at):
    """Ada's order, not paid yet: what she wishes, with her answer and the code that she typed."""
    facts = dict(wish)
    code = facts.pop("code")
    with transaction():
        ada = a_person("Ada", NOW)
        if is_member:
            a_membership(ada, NOW - timedelta(days=300), price=9000)
        draft = a_draft(meeting, ada, at, **facts)
        (food,) = [each for block in registration.form.form_of(meeting) for each in block.fields]
        conduct = registration.conduct_code_of(meeting)
        registration.answer(draft, answers={food.id: "a"}, conduct_code=conduct, now=at)
        checkout.redeem(draft, code, meeting=meeting, person=ada, now=at)
    with transaction():
        return checkout.place(draft=draft, meeting=meeting, person=ada, now=at)
