"""A change of the timetable is taken back, as long as nobody has changed the same thing since."""

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, db
from conference.schedule import draft, presenting, roles
from conference.schedule import queries as programme
from conference.schedule.actions import put_in_order
from conference.schedule.actions import told as told_of_session
from conference.schedule.claiming import claim, hold, reread
from conference.schedule.formats import text as texts
from conference.schedule.models import Presentation, Session
from conference.schedule.seating import seat
from conference.schedule.timetable import making, moving, nesting, queries, talks

UNDONE, ORDERED = "took back a change of", "ordered the talks of"
_OF_SESSIONS = (moving.MOVED, moving.POOLED, making.ADDED, making.REMOVED, "changed a session", ORDERED, UNDONE)
GONE = "removed a talk"  # what is not there any more is not taken back
VERBS = (*_OF_SESSIONS, talks.CHANGED, presenting.ADDED)
_PLAIN = ("title", "subtitle", "kind", "language", "capacity", "withdrawn")
_TEXTS = ("abstract", "description")


def undo(*, meeting, entry, version, by, now):
    """Put back what an Entry of the trail changed, as a change of its own; its Entry.

    `version` is that of the session when the change was looked at. Refusal when something has changed since, Stale when it does
    meanwhile.
    """
    hold(meeting)
    session, row = subject_of(meeting, entry)
    if row is None or not is_undoable(entry, row, session):
        raise Refusal(_("This has been changed again since: it cannot be taken back any more."))
    before = told(row, session)
    if isinstance(row, Presentation):
        session, row = _undo_talk(meeting, entry, row, session, version)
    else:
        _undo_session(meeting, entry, session, version)
    session = reread(session)
    if row is None:
        made = audit.record(by=by, verb=GONE, subject=session, now=now, before=before)
    else:
        before, after = audit.differing(before, told(row, session))
        made = audit.record(by=by, verb=UNDONE, subject=row, now=now, before=before, after=after)
    db.session.flush()
    return made


def subject_of(meeting, entry):
    """(session, row) that an entry is about: the session itself or one of its talks; (None, None) when it is of another meeting."""
    if entry.subject == Session.__tablename__:
        row = db.session.get(Session, entry.subject_id)
        found = row and row.meeting_id == meeting.id and programme.session_numbered(meeting, row.number)
        return (found, found) if found else (None, None)
    talk = db.session.get(Presentation, entry.subject_id) if entry.subject == Presentation.__tablename__ else None
    if talk is None or talk.meeting_id != meeting.id or talk.session_id is None:
        return None, None
    talk = queries.talk_numbered(meeting, talk.number)
    return programme.session_numbered(meeting, talk.session.number), talk


def is_undoable(entry, row, session):
    """Whether an entry is the last about its row, and all of it still stands as it says."""
    if entry.verb not in VERBS:
        return False
    (last,) = audit.story_of(row, limit=1) or [None]
    return bool(last) and last.id == entry.id and stands(entry, told(row, session))


def stands(entry, now):
    """Whether what an entry says came after is so now."""
    return all(now.get(name) == value for name, value in (entry.after or {}).items())


def told(row, session):
    """All that the trail says of a session or of a talk of it, as it is now."""
    if isinstance(row, Presentation):
        return talks.told(row, session)
    return told_of_session(session) | {"talks": [talk.number for talk in session.presentations]}


def _undo_session(meeting, entry, session, version):
    before = entry.before
    if before is None:  # it was added: it goes again
        if queries.was_released(meeting, session.guid):  # the public has it, and is told that it is not held
            claim(session, version, {})
        else:
            nesting.refuse_parts(session)
            session = moving.write(meeting, session, version, None, None, session.room)
        session.withdrawn = True
        return
    if before.keys() & {"starts", "ends", "room"}:
        _undo_place(meeting, session, version, before)
    else:
        claim(session, version, {})
    _undo_words(meeting, session, before)
    if "talks" in before:
        put_in_order(session, {number: place for place, number in enumerate(before["talks"], start=1)})


def _undo_words(meeting, session, before):
    for name in before.keys() & {*_PLAIN}:
        setattr(session, name, before[name])
    for name in before.keys() & {*_TEXTS}:
        setattr(session, name, texts.rich(before[name]))
    if "track" in before:
        session.track_id = _track_id(meeting, before["track"])
    if "whole" in before:
        nesting.join(meeting, session, before["whole"])
    if before.keys() & set(roles.TOLD.values()):
        known = told_of_session(session) | before
        seat(meeting, session, [(name, role) for role, key in roles.TOLD.items() for name in known[key]])


def _track_id(meeting, name):
    """The id of the track of a name, None for none; Refusal when it is not there any more."""
    ids = {row.name: row.id for row in draft.tracks(meeting)} | {"": None}
    if name not in ids:
        raise Refusal(_("The track “%(track)s” is not there any more.", track=name))
    return ids[name]


def _room(meeting, name):
    """The room of a name, None for none; Refusal when it is not there any more, or has another name now."""
    found = next((room for room in draft.rooms(meeting) if room.name == name), None)
    if name and found is None:
        raise Refusal(_("The room “%(room)s” is not there any more.", room=name))
    return found


def _undo_place(meeting, session, version, before):
    known = told_of_session(session) | before
    starts, ends = moving.instant_told(known["starts"]), moving.instant_told(known["ends"])
    room = _room(meeting, known["room"])
    db.session.flush()
    moving.write(meeting, session, version, starts, ends, room)


def _undo_talk(meeting, entry, talk, session, version):
    """(the session that it was taken back to, the talk or None when it was added and goes again)."""
    if entry.before is None:
        claim(session, version, {})
        if not queries.was_released(meeting, talk.guid):
            talk.title, talk.kind, talk.withdrawn = (talk.submission or talk).title, "", True
            talk.submission = None
            session.presentations.remove(talk)
            return session, None
        talk.withdrawn = True
        return session, talk
    known = talks.told(talk, session) | entry.before
    target = programme.session_numbered(meeting, known["session"])
    if target is None:
        raise Refusal(_("The session that it came from is not there any more."))
    versions = (version, version if target.id == session.id else target.version)
    starts = moving.instant_told(known["starts"])
    _check_pin(talk, target, starts)
    facts = _words_of_talk(meeting, entry.before) | {"starts_at": starts}
    return talks.write(talk, session, target, versions, place=known["place"], facts=facts), talk


def _words_of_talk(meeting, before):
    """{column: value} of what an entry says that a talk was before."""
    facts = {
        name: before[name] for name in ("title", "kind", "board", "hall", "minutes", "withdrawn") if name in before
    }
    if "track" in before:
        facts["track_id"] = _track_id(meeting, before["track"])
    if "text" in before:
        facts["abstract"] = texts.rich(before["text"])
    return facts


def _check_pin(talk, target, starts):
    """Refusal when a talk would get a start of its own at which its session is not held any more."""
    if starts is None or (starts, target.id) == (talk.starts_at, talk.session_id):
        return
    hours = talks.hours_of(target)
    if hours is None or not hours[0] <= starts < hours[1]:
        raise Refusal(
            _(
                "The session “%(session)s” has moved since, and the start that the talk had is not within it any more:"
                " move the talk itself.",
                session=target.title,
            )
        )
