"""A new meeting by copying the last: set up alike, moved to its days, with nobody in it; and nothing is forgotten."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from conference import meetings, registration
from conference.kernel import Base, Refusal, db, transaction
from conference.registration import Pool, Wish, copying, extras, form
from tests.cast import a_meeting, a_person
from tests.checkout.acting import paid, place, settle
from tests.checkout.changing.conftest import steps
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor
from tests.registration.form.cast import a_form

# What belongs to people, to orders, or to the programme: a copy begins without it.
LEFT = {
    "attending_evaluation", "attending_recording", "attending_seat", "attending_sign_up",
    "badges_run", "checkout_dunning_case", "registration", "registration_group", "registration_proof", "registration_wait", "schedule_abstract", "schedule_contributor",
    "schedule_look", "schedule_paper", "schedule_presentation", "schedule_release", "schedule_session", "schedule_set_aside", "schedule_share", "schedule_star",
    "schedule_upload", "staff_bulk",
    "staff_upload", "staff_view", "staff_walk_in", "registration_booking", "registration_place", "registration_code_use", "registration_answer",
    "registration_past_answer", "registration_group_seat", "registration_visa_request", "registration_visa_refusal",
    "registration_exhibitor", "registration_exhibitor_file",
    "registration_invitation", "registration_invitation_list",
}  # fmt: skip
ZONES = [ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland")]


@pytest.fixture
def old(context, now):
    """A meeting with a bit of everything, and Ben, who has paid for it."""
    with transaction():
        meeting = a_meeting(now, places=3)
        registration.offer_add_on(
            meeting, code="dinner", title="Dinner", amount_minor=9000, places=2, sold_until=now + timedelta(days=9)
        )
        registration.changes.set_steps(meeting, steps(now), by=None, now=now)
        registration.add_code(meeting, code="PRESS", effect="comp", scope="all", reason="Press")
        registration.add_code(
            meeting, code="ADA", effect="comp", scope="all", reason="A guest", email="ada@example.org"
        )
        ben = a_person("Ben", now)
    a_form(meeting)
    with transaction():
        dinner, full = registration.add_ons_of(meeting)[0], registration.category_by_code(meeting, "full")
        window = meeting.windows[0]
        named = {"categories": {full.id: full}, "windows": {window.id: window}}
        extras.set_prices(
            dinner, {(full.id, window.id): 700}, seen=extras.version_of(dinner), by=None, now=now, **named
        )
    order = place(meeting, ben, now, extras=["dinner"])
    settle(order, paid(order), now)
    return meetings.by_code("T1")


def copied(old, now, **facts):
    with transaction():
        return copying.copy(
            old, **{"code": "T2", "title": "Next", "starts": date(2028, 5, 9), "by": None, "now": now, **facts}
        )


def test_it_sells_the_same_at_the_same_prices_a_year_later_to_nobody_yet(old, now):
    made = copied(old, now)

    person, later = a_person("Ada", now), now + timedelta(days=364)
    wish = Wish("full", extras=("dinner",))
    category = registration.category_by_code(made, "full")
    offer = registration.price_of(wish, category, "", meeting=made, person=person, now=later)
    day = registration.price_of(Wish("full", "2028-05-10"), category, "", meeting=made, person=person, now=later)
    taken = list(db.session.scalars(select(Pool.taken).where(Pool.meeting_id == made.id)))
    assert [line.amount.minor for line in offer.lines] == [44000, 700]
    assert (day.total.minor, taken, made.is_public, made.ends) == (11000, [0, 0], False, date(2028, 5, 13))


def test_form_changes_and_deadlines_come_along_and_codes_only_when_asked_for(old, now):
    made, with_codes = copied(old, now), copied(old, now, code="T3", with_codes=True)

    whole = copying.counts_of(old) | {"registration_discount_code": 0}
    assert copying.counts_of(made) == whole
    assert copying.counts_of(with_codes) == whole | {"registration_discount_code": 1}
    asked = [[field.code for block in form.form_of(each) for field in block.fields] for each in (old, made)]
    assert asked[0] == asked[1] and len(asked[0]) > 2
    kept = [step.until for step in registration.changes.steps_of(old)]
    assert [step.until for step in registration.changes.steps_of(made)] == [at + timedelta(days=364) for at in kept]


def test_kinds_of_booths_come_along_with_their_day_of_names_and_no_exhibitor(old, now):
    with transaction():
        until = now + timedelta(days=30)
        inline = a_kind(old, now, category="full", names_until=until)
        an_exhibitor(old, inline, now)

    (kind,) = registration.exhibitors.queries.kinds_of(copied(old, now))

    assert (kind.code, kind.rule, kind.names_until) == ("inline", inline.rule, until + timedelta(days=364))
    assert kind.category.meeting_id == kind.meeting_id != old.id
    assert registration.exhibitors.queries.of_kind(kind) == []


def test_the_old_meeting_is_not_touched(old, now):
    before = copying.counts_of(old), copying.dates_of(old, starts=old.starts), registration.miscounted()

    copied(old, now)

    assert (copying.counts_of(old), copying.dates_of(old, starts=old.starts), registration.miscounted()) == before


def test_a_code_in_use_is_refused_and_nothing_is_made(old, now):
    with pytest.raises(Refusal, match="already"):
        copied(old, now, code="t1")

    assert len(meetings.all_meetings()) == 1


def test_every_table_of_a_meeting_is_copied_or_left_on_purpose():
    known = {*copying.COPIED, copying.CODES}
    touching = {
        table.name
        for table in Base.metadata.sorted_tables
        if {key.column.table.name for key in table.foreign_keys} & {"meeting", *known}
    }

    assert touching - known - LEFT == set()
    assert known - touching == set()


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(-400, 800),
    st.sampled_from(ZONES), st.sampled_from(ZONES),
)  # fmt: skip
def test_an_instant_keeps_its_wall_clock_over_summer_time_and_zones(naive, days, old, new):
    instant = naive.replace(tzinfo=UTC)

    then = copying.moved(instant, days=days, old=old, new=new)

    wall, expected = then.astimezone(new).replace(tzinfo=None), instant.astimezone(old).replace(tzinfo=None)
    assert abs(wall - expected - timedelta(days=days)) <= timedelta(
        hours=1
    )  # an hour that a clock skips does not exist
    if (then - timedelta(hours=2)).astimezone(new).utcoffset() == (then + timedelta(hours=2)).astimezone(
        new
    ).utcoffset():
        assert wall == expected + timedelta(days=days)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(-400, 800))
def test_days_and_their_texts_move_alike(day, days):
    forth = [copying.moved(each, days=days, old=ZONES[0], new=ZONES[1]) for each in (day, day.isoformat())]

    assert forth[0].isoformat() == forth[1]
    assert copying.moved(forth[0], days=-days, old=ZONES[1], new=ZONES[0]) == day
