"""Several processes settle dues of one person at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from conference import membership, people
from conference.kernel import Money, transaction
from tests.membership.cast import a_person, a_type

TODAY = date(2026, 11, 23)


def test_eight_orders_paid_at_once_give_eight_terms_in_a_row_and_one_number(context, now):
    ada, active = a_person(now, "Ada"), a_type()

    _settle_at_once(context, ada.id, [f"LINE{number}" for number in range(8)], now)

    terms = membership.terms_of(membership.member_of(ada))[::-1]
    assert len(terms) == 8
    assert [later.starts for later in terms[1:]] == [term.ends + timedelta(days=1) for term in terms[:-1]]
    assert membership.type_by_code("active").id == active.id


def test_one_line_settled_eight_times_at_once_gives_one_term(context, now):
    ada = a_person(now, "Ada")
    a_type()

    _settle_at_once(context, ada.id, ["LINE1"] * 8, now)

    assert len(membership.terms_of(membership.member_of(ada))) == 1


def _settle_at_once(app, person_id, lines, now):
    def settle(line):
        with app.app_context(), transaction():
            membership.grant_term(
                person=people.by_id(person_id),
                type=membership.type_by_code("active"),
                starts=TODAY,
                ends=date(2027, 11, 22),
                order_line_ref=line,
                paid=Money(22500, "USD"),
                now=now,
            )

    with ThreadPoolExecutor(len(lines)) as threads:
        list(threads.map(settle, lines))
