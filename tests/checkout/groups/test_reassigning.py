"""A paid seat goes to somebody else: the place stays taken, the former attendee's answers stay theirs, the books tie out."""

import pytest
from sqlalchemy import select

from conference import checkout, mail, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import groups
from conference.registration.groups import SeatState
from tests.cast import a_membership, a_person
from tests.checkout.acting import paid, settle, taken
from tests.checkout.groups.acting import entry_of, order, seat, states


@pytest.fixture
def seated(group, ben, now):
    """Ben's paid seat with a dinner."""
    seat(group, "ben@example.org", now, extras=("dinner",))
    made = order(group, now)
    settle(made, paid(made), now)
    return groups.seats_of(group)[0]


def give(group, seated, email, now):
    with transaction():
        return checkout.reassign(group, seated, email=email, by=group.coordinator, now=now)


def test_the_place_is_never_free_and_the_new_attendee_has_it_whole(meeting, group, seated, now):
    before = taken()

    give(group, seated, "cleo@example.org", now)

    old, new = entry_of(meeting, "ben@example.org"), entry_of(meeting, "cleo@example.org")
    assert (old.state, new.state, new.category.code) == ("cancelled", "confirmed", "full")
    assert (taken(), registration.miscounted(), payments.differences()) == (before, [], [])
    assert [each.add_on.code for each in registration.by_id(new.id).bookings] == ["dinner"]
    assert [(each.seat.email, each.state) for each in groups.seats_of(group)] == [("cleo@example.org", SeatState.PAID)]


def test_answers_and_the_badge_stay_behind(meeting, group, seated, now):
    old = entry_of(meeting, "ben@example.org")
    badge, _done = old.badge_code, registration.answer(old, answers={}, conduct_code=None, now=now)
    db.session.commit()

    give(group, seated, "cleo@example.org", now)

    assert registration.by_badge_code(badge) is None
    assert entry_of(meeting, "ben@example.org").questions_done_at == now
    assert entry_of(meeting, "cleo@example.org").questions_done_at is None


def test_both_are_written_to(group, seated, now):
    give(group, seated, "cleo@example.org", now)

    letters = db.session.execute(select(mail.Letter.kind, mail.Letter.to_email)).all()
    assert ("seat", "cleo@example.org") in letters and ("seat_gone", "ben@example.org") in letters


def test_the_second_to_give_the_same_seat_away_is_told(group, seated, now):
    give(group, seated, "cleo@example.org", now)

    with pytest.raises(Refusal):
        give(group, seated, "dov@example.org", now)

    assert states(group) == [SeatState.PAID]


def test_it_can_be_given_on_again_and_taken_back_in_the_end(group, seated, ada, now):
    give(group, seated, "cleo@example.org", now)

    last = give(group, groups.seats_of(group)[0], "dov@example.org", now)

    assert (payments.locked(last.id).state, taken(), payments.differences()) == ("paid", 2, [])


def test_who_pays_another_price_is_for_the_office(group, seated, now):
    with transaction():
        a_membership(a_person("Cleo", now), now)

    with pytest.raises(Refusal, match="because of their membership"):
        give(group, seated, "cleo@example.org", now)


def test_nobody_gets_a_second_place(group, seated, now):
    seat(group, "dov@example.org", now)

    with pytest.raises(Refusal, match="in this group already"):
        give(group, seated, "dov@example.org", now)


def test_an_unpaid_seat_is_not_given_away(group, ben, now):
    seat(group, "ben@example.org", now)

    with pytest.raises(Refusal, match="Only a paid seat"):
        give(group, groups.seats_of(group)[0], "cleo@example.org", now)
