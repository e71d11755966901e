"""Finding who may be the same person: a bounded question by the marks, then the comparison of those few."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from conference.kernel import db, in_parts
from conference.people.doubles.models import Mark
from conference.people.doubles.rules import Known, Match, compare, marks_of
from conference.people.models import Person

LIMIT = 5  # as many are shown
CANDIDATES = 200  # as many are compared, those with the most marks in common first
_COMPARED = (Person.given_name, Person.family_name, Person.institution, Person.country, Person.email, Person.orcid)


@dataclass(frozen=True)
class Double:
    """Somebody who is known already and may be who is meant."""

    person: Person
    match: Match


def known_of(person):
    """What is compared of a person."""
    return Known(
        person.given_name, person.family_name, person.institution, person.country, person.email, person.orcid or ""
    )


def doubles_of(known):
    """Up to LIMIT Doubles of what is Known of somebody, the likeliest first: only those worth a question."""
    shared = select(Mark.person_id).where(Mark.mark.in_(marks_of(known))).group_by(Mark.person_id)
    nearest = shared.order_by(func.count().desc(), Mark.person_id).limit(CANDIDATES)
    found = _asked(known, _rows(Person.id.in_(nearest)))
    return _with_persons({0: found}).get(0, [])


def doubles_among(many):
    """{position: [Double]} for those of many Known who have any; in few questions."""
    sharing = _sharing({mark for known in many for mark in marks_of(known)})
    near = [_nearest(known, sharing) for known in many]
    rows = _all_rows({key for keys in near for key in keys})
    return _with_persons(
        {place: _asked(many[place], {key: rows[key] for key in keys}) for place, keys in enumerate(near)}
    )


def _asked(known, rows):
    """[(key, Match)] of those {key: Known} who are worth a question, the likeliest first."""
    found = ((key, compare(known, other)) for key, other in rows.items())
    asked = [(key, match) for key, match in found if match is not None and match.is_asked]
    return sorted(asked, key=lambda pair: (-pair[1].weight, pair[0]))[:LIMIT]


def _with_persons(found):
    """{place: [Double]} of {place: [(key, Match)]}, those without any left out."""
    persons = _persons({key for pairs in found.values() for key, _match in pairs})
    return {place: [Double(persons[key], match) for key, match in pairs] for place, pairs in found.items() if pairs}


def _rows(clause):
    """{key: Known} of people: what is compared, and nothing else is loaded."""
    statement = select(Person.id, *_COMPARED).where(clause)
    return {key: Known(*values) for key, *values in db.session.execute(statement)}


def _nearest(known, sharing):
    counts = defaultdict(int)
    for mark in marks_of(known):
        for person_id in sharing.get(mark, ()):
            counts[person_id] += 1
    return sorted(counts, key=lambda key: (-counts[key], key))[:CANDIDATES]


def _sharing(marks):
    """{mark: keys of people who have it}, of a mark that many have only the first."""
    found = defaultdict(list)
    for some in in_parts(sorted(marks)):
        for mark, person_id in db.session.execute(select(Mark.mark, Mark.person_id).where(Mark.mark.in_(some))):
            if len(found[mark]) < CANDIDATES:
                found[mark].append(person_id)
    return found


def _all_rows(keys):
    found = {}
    for some in in_parts(sorted(keys)):
        found |= _rows(Person.id.in_(some))
    return found


def _persons(keys):
    found = {}
    for some in in_parts(sorted(keys)):
        found |= {each.id: each for each in db.session.scalars(select(Person).where(Person.id.in_(some)))}
    return found
