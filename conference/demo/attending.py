"""Around the demo's sessions: two workshops with few places, one of them full; of the past meeting evaluations and a recording. All of it fictional."""

from datetime import timedelta

from sqlalchemy import select

from conference import attending, people, registration, schedule
from conference.demo.programme import build_programme
from conference.demo.stories import DESK
from conference.kernel import db, transaction
from conference.registration import Mode, State

PROGRAMME = "programme@example.org"
PLACES = (30, 6)  # of the first and the second workshop
COMING = (18, 9)  # who would like to come
OVER = (8, 32)  # sessions and presentations of the past meeting
WORDS = (
    "More time for questions, please.",
    "The best session of the meeting for me.",
    "The second speaker was hard to hear in the last rows.",
    "",
    "I would have liked the slides before.",
    "Clear, honest about what did not work.",
    "",
)
FILM = "https://example.org/recordings/a-fictional-recording"


def build_attending(over, coming, now, *, past_now):
    """Both meetings; the past one gets a small programme of its own first."""
    build_programme(over, sessions=OVER[0], presentations=OVER[1], now=past_now)
    staff = people.by_email(PROGRAMME) or people.by_email(DESK)
    for meeting in (over, coming):
        with transaction():
            facts = {"questions": attending.usual(), "is_on": True, "begins": "end", "days": 21}
            attending.set_form(meeting, version=0, by=staff, now=now, **facts)
    for session, places, number in zip(_workshops(coming), PLACES, COMING, strict=False):
        _sign_up(coming, session, places, number, staff, now)
    for session in _held(over)[:2]:
        _evaluate(over, session)
    with transaction():
        session = _rows(over)[0]
        facts = {"title": "Recording of the session (fictional)", "url": FILM, "only_for": [], "for_members": True}
        attending.add_recording(
            session, meeting=over, item=session.guid, opens_at=None, closes_at=None, by=staff, now=now, **facts
        )


def _sign_up(meeting, session, places, number, staff, now):
    begins = now - timedelta(days=3)
    terms = {"places": places, "has_list": True, "opens_at": begins, "closes_at": None, "only_for": []}
    with transaction():
        row = attending.ask_for_sign_up(
            session, meeting=meeting, version=0, by=staff, now=begins - timedelta(days=1), **terms
        )
        for turn, entry in enumerate(_people(meeting)[:number]):
            at = begins + timedelta(minutes=7 * turn)
            attending.sign_up(registration.by_id(entry), row.id, meeting=meeting, now=at)


def _evaluate(meeting, session):
    """As many have answered as there are words for them, some of them without any."""
    evaluations = attending.evaluations.queries
    form = evaluations.form_of(meeting.id)
    questions = [str(each.id) for each in evaluations.questions_of(form)]
    with transaction():
        for turn, (entry, words) in enumerate(zip(_people(meeting), WORDS, strict=False)):
            marks = {key: str(3 + (turn + place) % 3) for place, key in enumerate(questions[:-1])}
            typed = {**marks, questions[-1]: words}
            attending.answer(
                registration.by_id(entry), session, meeting=meeting, typed=typed, version=form.version,
                now=session.ends + timedelta(hours=2),
            )  # fmt: skip


def _workshops(meeting):
    """Workshops of the draft, or whatever there is."""
    rows = _rows(meeting)
    return [each for each in rows if each.kind == "Workshop"] or rows


def _rows(meeting):
    mine = select(schedule.Session).where(schedule.Session.meeting_id == meeting.id)
    return list(db.session.scalars(mine.order_by(schedule.Session.starts_at, schedule.Session.id)))


def _held(meeting):
    """The sessions of the public programme, in order of time."""
    programme = schedule.published.of(schedule.published.find(meeting.code)).programme
    return sorted(programme.sessions, key=lambda each: (each.starts, each.number))


def _people(meeting):
    """The keys of those who come in person, for all days."""
    entry = registration.Registration
    mine = select(entry.id).where(entry.meeting_id == meeting.id, entry.state == State.CONFIRMED)
    there = mine.where(entry.mode == Mode.IN_PERSON, entry.span == registration.WHOLE, entry.host_id.is_(None))
    return list(db.session.scalars(there.order_by(entry.id)))
