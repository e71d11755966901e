"""Who has a part in the current release: chairs, speakers and presenters, with what they do and the person they are known to be."""

from dataclasses import dataclass

from sqlalchemy import select, update

from conference.kernel import db
from conference.schedule import published, words
from conference.schedule.models import Contributor


@dataclass(frozen=True)
class Contribution:
    """Somebody of the programme: `parts` are (role, title), `person_id` is None as long as nobody has said who they are.

    The programme knows names, and no addresses. Of a title under embargo there is none here, but the words that stand for it: whoever
    invites people need not be one of those who may read the programme before its time.
    """

    guid: str
    name: str
    given: str
    family: str
    parts: tuple[tuple[str, str], ...]
    person_id: int | None = None


def contributions(meeting):
    """[Contribution] of everybody who is named for a session or presents, by name; nobody before the first release."""
    place = published.find(meeting.code)
    current = published.whole(place) if place is not None else None
    if current is None:
        return []
    parts = _parts(current.programme, published.of(place))
    known = _known(meeting)
    found = [
        _contribution(current.people[guid], parts[guid], known.get(guid)) for guid in parts if guid in current.people
    ]
    return sorted(found, key=lambda each: (each.family.casefold(), each.name.casefold(), each.guid))


def contributor(meeting, guid):
    """(guid, name, given, family, person_id) of somebody of the draft, or None."""
    columns = (Contributor.guid, Contributor.name, Contributor.given, Contributor.family, Contributor.person_id)
    mine = select(*columns).where(Contributor.meeting_id == meeting.id, Contributor.guid == guid)
    return db.session.execute(mine).first()


def recognise(meeting, guid, person):
    """Remember who somebody of the programme is."""
    mine = update(Contributor).where(Contributor.meeting_id == meeting.id, Contributor.guid == guid)
    db.session.execute(mine.values(person_id=person.id), execution_options={"synchronize_session": False})


def _parts(programme, seen):
    """{guid: [(role, title as it may be `seen`)]} in order of time, without what was withdrawn."""
    found: dict = {}
    for session in (each for each in programme.sessions if not each.withdrawn):
        for part in session.people:
            found.setdefault(part.person, []).append((part.role, session.title))
        for talk in (each for each in session.presentations if not each.withdrawn):
            for author in (each for each in talk.authors if each.presenting):
                found.setdefault(author.person, []).append(
                    ("presenter", words.title_of(seen.presentations[talk.number][1]))
                )
    return found


def _known(meeting):
    rows = select(Contributor.guid, Contributor.person_id).where(
        Contributor.meeting_id == meeting.id, Contributor.person_id.is_not(None)
    )
    return dict(db.session.execute(rows).all())


def _contribution(item, parts, person_id):
    return Contribution(
        guid=item.guid,
        name=item.name,
        given=item.given or item.name,
        family=item.family,
        parts=tuple(parts),
        person_id=person_id,
    )
