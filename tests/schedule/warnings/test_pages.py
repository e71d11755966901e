"""Warnings at the desk: listed, filtered, exported, set aside with a reason and back again when the facts change."""

import csv
import io
from datetime import timedelta

from sqlalchemy import select

from conference import people, registration, schedule
from conference.kernel import db, transaction
from conference.schedule import draft
from conference.schedule.models import Contributor, Itinerary, Session, Star
from conference.schedule.warnings import gathering
from tests.schedule.abstracts.filled import fields_of
from tests.schedule.warnings.looking import told

DESK = "/staff/schedule/EX27"
WARNINGS = f"{DESK}/warnings"


def the_key(meeting, kind="room"):
    return next(each.key for each in schedule.warnings.look(meeting).stand if each.kind == kind)


def test_the_draft_is_read_as_the_rules_want_it(crowded):
    assert told(crowded, frozenset())[:2] == [
        ("room", [], ["More talks", "Talks"]),
        ("chair", ["Ben B. Muster"], ["More talks", "Talks"]),
    ]


def test_what_is_read_in_columns_is_what_the_draft_holds(released):
    read, whole = gathering.known(released).programme, draft.load(released)

    assert [_as_read(each) for each in read.sessions] == [_as_read(each) for each in whole.sessions]
    assert read.kinds == whole.kinds
    assert [(each.guid, each.status) for each in read.abstracts] == [
        (each.guid, each.status) for each in whole.abstracts
    ]
    assert [(each.guid, each.disclosure) for each in read.people] == [
        (each.guid, each.disclosure) for each in whole.people
    ]


def _as_read(session):
    talks = [
        (talk.guid, talk.title, talk.kind, talk.minutes, talk.starts, talk.submission, talk.withdrawn,
         [(author.person, author.presenting) for author in talk.authors])
        for talk in session.presentations
    ]  # fmt: skip
    facts = (session.guid, session.title, session.kind, session.room, session.starts, session.ends, session.parent)
    return (*facts, session.withdrawn, session.capacity, session.people, talks)


def test_stars_of_a_session_and_its_talks_count_each_person_once(released, now):
    with transaction():
        talks = db.session.scalar(select(Session).where(Session.number == 40))
        talks.capacity = 1
        inside = released_talks(talks)
        for number in range(2):
            who = Itinerary(visitor=str(number), created_at=now)
            db.session.add(who)
            db.session.flush()
            for item in (talks.guid, *inside):
                db.session.add(Star(itinerary_id=who.id, meeting_id=released.id, item=item, at=now))

    (found,) = [each for each in schedule.warnings.look(released).stand if each.kind == "capacity"]

    assert found.numbers == (1, 2)


def released_talks(session):
    return db.session.scalars(
        select(schedule.Presentation.guid).where(schedule.Presentation.session_id == session.id)
    ).all()


def test_a_presenter_who_registers_is_warned_of_no_more(context, released, now):
    kinds = {"unregistered", "unknown"}
    with transaction():
        ben = people.enter(now=now, email="ben@example.org", given_name="Ben", family_name="Muster")
        schedule.recognise(released, contributor("Ben B. Muster").guid, ben)

    assert [each for each in told(released, frozenset()) if each[0] in kinds] == [
        ("unregistered", ["Ben B. Muster"], ["Talks"])
    ]
    assert [each for each in told(released, frozenset([ben.id])) if each[0] in kinds] == []
    assert registration.registered_people(released) == frozenset()


def contributor(name):
    return db.session.scalar(select(Contributor).where(Contributor.name == name))


def test_the_list_leads_to_where_it_is_mended(cleo, crowded):
    page = cleo.get(WARNINGS).get_data(as_text=True)

    assert "Two sessions are in Room 1 at once." in page
    assert f'href="{DESK}/sessions/40"' in page
    assert f'href="{DESK}/sessions/42"' in page


def test_filters_leave_what_they_name(cleo, crowded):
    def texts(query):
        return cleo.get(f"{WARNINGS}?{query}").get_data(as_text=True)

    assert "at once" not in texts("kind=chair")
    assert "Ben B. Muster chairs" in texts("kind=chair&q=MUSTER")
    assert "Nothing is found" in texts("q=nobody")
    assert "Room 1 at once" in texts("kind=nonsense&view=nonsense&page=99")


def test_the_page_of_the_programme_counts_what_is_to_be_looked_at(cleo, crowded):
    count = schedule.warnings.look(crowded, frozenset()).graver

    assert f"{count} warnings to look at" in cleo.get(DESK).get_data(as_text=True)


def set_aside(cleo, key, reason):
    """What the form on its page sends."""
    page = cleo.get(f"{WARNINGS}/{key}").get_data(as_text=True)
    return cleo.post(f"{WARNINGS}/{key}", data={**fields_of(page, f"{WARNINGS}/{key}"), "reason": reason})


def test_what_has_changed_since_the_page_was_opened_is_not_set_aside(cleo, crowded):
    key = the_key(crowded)
    page = cleo.get(f"{WARNINGS}/{key}").get_data(as_text=True)
    with transaction():
        db.session.scalar(select(Session).where(Session.number == 42)).ends_at += timedelta(minutes=15)

    answer = cleo.post(f"{WARNINGS}/{key}", data={**fields_of(page, f"{WARNINGS}/{key}"), "reason": "Fine"})

    assert answer.status_code == 409
    assert "This has changed since you opened the page" in answer.get_data(as_text=True)
    assert schedule.warnings.look(crowded).aside == []


def test_set_aside_it_is_gone_from_list_and_count_until_its_time_changes(cleo, crowded, now):
    key = the_key(crowded)

    answer = set_aside(cleo, key, "One is a rehearsal")

    assert answer.status_code == 303
    assert "room" not in [kind for kind, *_ in told(crowded)]
    assert "One is a rehearsal" in cleo.get(f"{WARNINGS}?view=aside").get_data(as_text=True)
    with transaction():
        session = db.session.scalar(select(Session).where(Session.number == 42))
        session.ends_at += timedelta(minutes=15)
    assert "room" in [kind for kind, *_ in told(crowded)]


def test_set_aside_again_after_a_change_keeps_the_new_reason(cleo, crowded):
    key = the_key(crowded)
    set_aside(cleo, key, "First")
    with transaction():
        db.session.scalar(select(Session).where(Session.number == 42)).ends_at += timedelta(minutes=15)

    set_aside(cleo, key, "Second")

    ((_, aside),) = schedule.warnings.look(crowded).aside
    assert aside.reason == "Second"
    assert aside.by == "Cleo Chair"


def test_a_warning_can_be_shown_again_once(cleo, crowded):
    key = the_key(crowded)
    set_aside(cleo, key, "Fine")

    first, second = (cleo.post(f"{WARNINGS}/{key}/again").status_code for _ in range(2))

    assert (first, second) == (303, 409)
    assert the_key(crowded) == key


def test_no_reason_is_asked_for_and_a_mended_warning_says_so(cleo, crowded):
    key = the_key(crowded)

    assert set_aside(cleo, key, " ").status_code == 422
    gone = cleo.get(f"{WARNINGS}/{'0' * 32}")
    assert gone.status_code == 404
    assert "This warning is no more" in gone.get_data(as_text=True)
    assert cleo.post(f"{WARNINGS}/{'0' * 32}", data={"reason": "Fine"}).status_code == 404


def test_the_table_holds_all_of_it_and_no_formula(cleo, crowded):
    with transaction():
        db.session.scalar(select(Session).where(Session.number == 42)).title = "=1+1"
    key = the_key(crowded)
    set_aside(cleo, key, "Fine")

    rows = list(csv.DictReader(io.StringIO(cleo.get(f"{WARNINGS}.csv").get_data(as_text=True).removeprefix("\ufeff"))))

    mine = next(row for row in rows if row["warning"] == "room")
    assert (mine["set_aside"], mine["by"]) == ("Fine", "Cleo Chair")
    assert "=1+1" not in [part.strip() for part in mine["items"].split(";")]
    assert len(rows) == len(schedule.warnings.look(crowded, frozenset()).stand) + 1
