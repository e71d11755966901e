"""A presentation that is withdrawn at its abstract is a change of its session: no open page undoes it unseen."""

from conference.schedule import draft
from tests.schedule.abstracts.conftest import DESK, the_meeting
from tests.schedule.abstracts.filled import fields_of

TALK = f"{DESK}/timetable/{{}}/talks/102"


def the_talk():
    (session,) = [
        each for each in draft.load(the_meeting()).sessions if 102 in {row.number for row in each.presentations}
    ]
    return session.number, next(row for row in session.presentations if row.number == 102)


def test_an_open_page_of_the_talk_does_not_undo_it(cleo, written):
    address = TALK.format(the_talk()[0])
    seen = fields_of(cleo.get(address).text, address)
    cleo.post(f"{DESK}/abstracts/2/presentations/102", data={"withdrawn": "yes"})

    late = cleo.post(address, data=seen)

    assert late.status_code == 409
    assert the_talk()[1].withdrawn


def test_what_changes_nothing_is_in_nobodys_way(cleo, written):
    address = TALK.format(the_talk()[0])
    seen = fields_of(cleo.get(address).text, address)
    cleo.post(f"{DESK}/abstracts/2/presentations/102", data={"withdrawn": "no"})

    assert cleo.post(address, data=seen).status_code == 303
