"""Who is meant by what was typed at a counter: an address, an ORCID iD, a badge, a reference, or a name."""

from dataclasses import dataclass

from sqlalchemy import case, or_, select
from sqlalchemy.orm import joinedload

from conference import people, registration
from conference.kernel import Refusal, db, fold, is_ref
from conference.people import Person
from conference.registration import Registration

MOST = 8


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, with their registration for the meeting or None."""

    person: Person
    entry: Registration | None = None


@dataclass(frozen=True)
class Looked:
    """What was found: `person` when it names exactly one, `candidates` for a name; `email` when it is an address nobody has."""

    person: Person | None = None
    candidates: tuple = ()
    email: str = ""
    is_cut: bool = False


def look(meeting, text):
    """The Looked of a text."""
    email = _address(text)
    person = _exactly(meeting, text, email)
    if person is not None:
        return Looked(person)
    if email:
        return Looked(email=email)
    found = list(db.session.scalars(_by_name(text).limit(MOST + 1)))
    return Looked(candidates=tuple(_with_entries(meeting, found[:MOST])), is_cut=len(found) > MOST)


def _by_name(text):
    """As the desk's own search, but those first of whose name a part begins with what was typed."""
    first = fold(text).split()[:1]
    begins = [Person.folded_name.startswith(word, autoescape=True) for word in first]
    begins += [Person.folded_name.contains(f" {word}", autoescape=True) for word in first]
    near = case((or_(False, *begins), 0), else_=1)
    found = select(Person).where(*people.matching(text))
    return found.order_by(near, Person.family_name, Person.given_name, Person.id)


def candidates_of(meeting, persons):
    """[Candidate] of people, with their registrations for the meeting in one question."""
    return _with_entries(meeting, persons)


def _exactly(meeting, text, email):
    if email:
        return people.by_email(email)
    entry = _entry(text)
    if entry is not None and entry.meeting_id == meeting.id:
        return entry.person
    return _by_orcid(text)


def _address(text):
    try:
        return people.normal_email(text) if "@" in text else ""
    except Refusal:
        return ""


def _entry(text):
    ref = "".join(text.split()).replace("-", "").upper()
    return (registration.by_badge_code(ref) or registration.by_ref(ref)) if is_ref(ref) else None


def _by_orcid(text):
    try:
        orcid = people.normal_orcid(text)
    except Refusal:
        return None
    found = people.doubles.doubles_of(people.doubles.Known(orcid=orcid)) if orcid else []
    return found[0].person if len(found) == 1 else None


def _with_entries(meeting, persons):
    keys = [person.id for person in persons]
    theirs = select(Registration).where(Registration.meeting_id == meeting.id, Registration.person_id.in_(keys))
    entries = {each.person_id: each for each in db.session.scalars(theirs.options(joinedload(Registration.category)))}
    return [Candidate(person, entries.get(person.id)) for person in persons]
