"""Around session 100 of the site: Ada has the only place and Gus waits, three have evaluated it, and there is a recording."""

from sqlalchemy import select

from conference import attending, registration
from conference.attending.evaluations.models import Evaluation
from conference.attending.evaluations.queries import questions_of
from conference.attending.signups import queries
from conference.kernel import db, new_ref, transaction
from conference.schedule import Session
from tests.site import people


def of_attending(meeting, now):
    """{key: value} for the addresses around sessions."""
    with transaction():
        session = _session(meeting)
        row = _sign_up(session, meeting, 1, now)
        seats = [_seat(meeting, name, row, now) for name in ("ada", "gus")]
        recording = _recording(session, meeting, now)
        _evaluated(session, meeting, now)
        return {
            "attending.number": session.number,
            "attending_staff.number": session.number,
            "attending.ref": recording.ref,
            "attending_staff.ref": recording.ref,
            "session_seat_id": seats[0].id,
        }


def crowd(meeting, names, now):
    """So many more people in the session, recordings and evaluations."""
    with transaction():
        session = _session(meeting)
        row = _sign_up(session, meeting, 2 + len(names) // 2, now)
        for name in names:
            _seat(meeting, name, row, now)
            _recording(session, meeting, now)
            _evaluate(session, meeting)


def _session(meeting):
    return db.session.scalar(select(Session).where(Session.meeting_id == meeting.id, Session.number == 100))


def _sign_up(session, meeting, places, now):
    known = queries.of_item(meeting.id, session.guid)
    terms = {"places": places, "has_list": True, "opens_at": None, "closes_at": None, "only_for": []}
    version = known.version if known else 0
    return attending.ask_for_sign_up(
        session, meeting=meeting, version=version, by=people.person("programme"), now=now, **terms
    )


def _seat(meeting, name, row, now):
    entry = registration.registration_in(meeting, people.person(name))
    return attending.sign_up(registration.by_id(entry.id), row.id, meeting=meeting, now=now)


def _recording(session, meeting, now):
    facts = {"title": "Βίντεο", "url": "https://example.org/1", "opens_at": None, "closes_at": None, "only_for": []}
    by = people.person("programme")
    return attending.add_recording(
        session, meeting=meeting, item=session.guid, for_members=False, by=by, now=now, **facts
    )


def _evaluated(session, meeting, now):
    questions = [("mark", "Περιεχόμενο"), ("text", "Σχόλια")]
    attending.set_form(
        meeting,
        questions=questions,
        is_on=True,
        begins="end",
        days=14,
        version=0,
        by=people.person("programme"),
        now=now,
    )
    for _number in range(3):
        _evaluate(session, meeting)


def _evaluate(session, meeting):
    """As if the session were over."""
    mark, text = questions_of(attending.evaluations.queries.form_of(meeting.id))
    answers = {str(mark.id): 4, str(text.id): "Καλό"}
    db.session.add(Evaluation(meeting_id=meeting.id, item=session.guid, seal=new_ref(), answers=answers))
    db.session.flush()
