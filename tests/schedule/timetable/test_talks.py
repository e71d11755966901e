"""Talks at the timetable: new ones, another session, place, length, a start of their own; and every change taken back."""

import pytest

from conference import audit
from conference.kernel import db, transaction
from conference.schedule import draft, queries
from conference.schedule.formats import write_nested
from conference.schedule.models import Abstract, Presentation
from tests.schedule.conftest import bring
from tests.schedule.timetable.desk import DESK, row_of, typed, undo_of


def form_of(row, **known):
    return {"session": "40", "place": "1", "minutes": "20", "pinned": "", "version": str(row.version)} | known


def order_of(meeting, number):
    return [talk.number for talk in row_of(meeting, number).presentations]


def led(client, answer):
    assert answer.status_code == 303, answer.get_data(as_text=True)[:1500]
    return client.get(answer.headers["Location"]).get_data(as_text=True)


def test_a_talk_gets_another_place_length_and_start(cleo, released):
    assert order_of(released, 40) == [31, 30]

    led(cleo, cleo.post(f"{DESK}/40/talks/30", data=form_of(row_of(released, 40), pinned="09:25")))

    row = row_of(released, 40)
    assert order_of(released, 40) == [30, 31]
    row = row_of(released, 40)
    talk = row.presentations[0]
    assert (talk.minutes, f"{talk.starts_at.astimezone(released.zone):%H:%M}") == (20, "09:25")


def test_a_talk_goes_to_another_session_and_back_again(cleo, released):
    before = order_of(released, 41)

    page = led(cleo, cleo.post(f"{DESK}/40/talks/31", data=form_of(row_of(released, 40), session="41", place="99")))
    assert (order_of(released, 40), order_of(released, 41)) == ([30], [*before, 31])
    page = led(cleo, cleo.post(undo_of(page)[0], data=undo_of(page)[1]))

    assert (order_of(released, 40), order_of(released, 41)) == ([31, 30], before)
    assert "Change taken back" in page


def test_a_page_of_a_session_that_was_changed_since_moves_no_talk(cleo, dot, released):
    seen = form_of(row_of(released, 40))
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))

    late = dot.post(f"{DESK}/40/talks/30", data=seen)
    new = dot.post(f"{DESK}/40/talks", data={"title": "Late", "minutes": "5", "version": seen["version"]})

    assert (late.status_code, new.status_code) == (409, 409)
    assert "Cleo Desk has saved this since you opened it" in late.get_data(as_text=True)
    assert order_of(released, 40) == [31, 30]


def test_who_changed_a_talk_of_it_in_between_is_named(cleo, dot, released):
    cleo.post(f"{DESK}/40", data=typed(row_of(released, 40), clock="11:00"))
    seen = typed(row_of(released, 40), clock="12:00")
    dot.post(f"{DESK}/40/talks/30", data=form_of(row_of(released, 40), pinned="11:05"))

    late = cleo.post(f"{DESK}/40", data=seen)

    assert late.status_code == 409
    assert "Dot Other" in late.text


def test_a_talk_is_added_and_goes_again(cleo, released):
    page = led(
        cleo,
        cleo.post(f"{DESK}/40/talks", data={"title": "Fresh", "minutes": "5", "version": row_of(released, 40).version}),
    )
    assert [talk.title for talk in row_of(released, 40).presentations][-1] == "Fresh"

    led(cleo, cleo.post(undo_of(page)[0], data=undo_of(page)[1]))

    assert order_of(released, 40) == [31, 30]
    assert audit.story_of(row_of(released, 40))[0].verb == "removed a talk"


def test_the_number_of_a_talk_that_was_taken_back_is_not_given_again(cleo, released, now):
    def added():
        version = row_of(released, 40).version
        page = led(cleo, cleo.post(f"{DESK}/40/talks", data={"title": "Fresh", "minutes": "5", "version": version}))
        return row_of(released, 40).presentations[-1], undo_of(page)

    (first, (address, form)), kept = added(), write_nested(draft.load(released))
    led(cleo, cleo.post(address, data=form))
    (second, _undo) = added()

    assert (second.number, len(audit.story_of(second))) == (first.number + 1, 1)
    assert cleo.get(f"{DESK}/40/talks/{first.number}").status_code == 404
    bring(released, kept, now)
    assert first.number in order_of(released, 40)


def test_a_talk_presents_an_abstract(cleo, released):
    with transaction():
        db.session.add(Abstract(meeting_id=released.id, guid="a" * 36, number=7, title="Written", status="accepted"))

    led(
        cleo,
        cleo.post(
            f"{DESK}/40/talks",
            data={"title": "", "abstract": "7", "minutes": "0", "version": row_of(released, 40).version},
        ),
    )

    talk = db.session.query(Presentation).order_by(Presentation.id.desc()).first()
    assert (talk.title, queries.session_numbered(released, 40).presentations[-1].submission.title) == ("", "Written")


@pytest.mark.parametrize("known", [{"title": ""}, {"title": "", "abstract": "99"}, {"abstract": "x"}, {"minutes": "-1"}, {"title": "x" * 501}])  # fmt: skip
def test_a_talk_that_cannot_be_is_refused(cleo, released, known):
    form = {"title": "Fresh", "minutes": "5", "version": row_of(released, 40).version} | known

    assert cleo.post(f"{DESK}/40/talks", data=form).status_code == 422
    assert order_of(released, 40) == [31, 30]


@pytest.mark.parametrize("known", [{"session": "99"}, {"place": "0"}, {"minutes": "x"}, {"pinned": "soon"}])
def test_a_place_that_there_is_not_is_refused(cleo, released, known):
    assert cleo.post(f"{DESK}/40/talks/30", data=form_of(row_of(released, 40), **known)).status_code == 422


def test_a_talk_of_the_pool_has_no_time_of_its_own(cleo, released):
    cleo.post(f"{DESK}/40/pool", data={"version": row_of(released, 40).version})

    assert cleo.post(f"{DESK}/40/talks/30", data=form_of(row_of(released, 40), pinned="10:00")).status_code == 422


def test_a_talk_of_a_cancelled_session_stays_in_it_when_it_is_saved(cleo, released):
    cleo.post(f"{DESK}/40/removal", data={"version": row_of(released, 40).version})

    page = cleo.get(f"{DESK}/40/talks/30").get_data(as_text=True)
    led(cleo, cleo.post(f"{DESK}/40/talks/30", data=form_of(row_of(released, 40), place="2", minutes="7")))

    assert '<option selected value="40">' in page
    assert [(talk.number, talk.minutes) for talk in row_of(released, 40).presentations][1] == (30, 7)
