"""Fifty people at once, each in a process of their own, with a code that ten may use: exactly ten use it, and the others are told."""

import pytest
from sqlalchemy import func, select

from conference import checkout, registration
from conference.kernel import db, transaction
from conference.registration import CodeUse, DiscountCode, Effect
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout import racing
from tests.checkout.test_races import FIFTY, settings, shares

__all__ = ["settings"]
USES = 10


@pytest.fixture
def crowd(context, now):
    """The addresses of fifty people with the same code in their drafts; virtual, so that no place makes them queue."""
    with transaction():
        meeting = a_meeting(now, code="R1")
        registration.add_code(meeting, code="HALF", effect=Effect.PERCENT, percent=50, reason="Press", most_uses=USES)
        people = [a_person(f"Buyer{number}", now) for number in range(FIFTY)]
        for person in people:
            draft = a_draft(meeting, person, now, mode="virtual")
            checkout.redeem(draft, "HALF", meeting=meeting, person=person, now=now)
    return [person.email for person in people]


def uses():
    """(uses counted, rows of uses)."""
    db.session.rollback()
    return db.session.scalar(select(DiscountCode.used)), db.session.scalar(select(func.count()).select_from(CodeUse))


def test_a_code_is_used_exactly_as_often_as_it_may_be(crowd, settings):
    results = racing.in_processes(racing.buy, settings, shares(crowd, FIFTY))

    assert sum(ref is not None for _, ref in results) == USES
    assert uses() == (USES, USES)
    assert registration.miscounted() == []


def test_without_the_guard_the_same_race_uses_it_too_often(crowd, settings):
    """The control; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    results = racing.in_processes(racing.use_unguarded, settings, shares(crowd, FIFTY))

    assert sum(ref is not None for _, ref in results) == FIFTY
