"""Seats the people of a session by their names."""

from conference.kernel import db, fold
from conference.schedule import queries
from conference.schedule.actions import enter
from conference.schedule.models import SessionPerson


def seat(meeting, session, parts):
    """Give the people of these (name, role) their parts in a session, in this order and no others.

    Of those who have the same name it is who has that part already, or another one there; a name that stands twice is that of two people only if
    both have a part.
    """
    found = list(dict.fromkeys(_people_named(meeting, session, parts)))
    session.people.clear()
    db.session.flush()
    session.people.extend(
        SessionPerson(contributor=person, role=role, position=position) for position, (person, role) in enumerate(found)
    )


def _people_named(meeting, session, parts):
    seated = [(part.contributor, part.role) for part in session.people]
    known = queries.contributors_named(meeting, [name for name, _role in parts])
    for name, role in parts:
        folded = fold(name)
        same = [each for each in seated if fold(each[0].name) == folded]
        mine = next((each for each in same if each[1] == role), None) or next(iter(same), None)
        if mine:
            seated.remove(mine)
            known[folded] = mine[0]
        elif folded not in known:
            known[folded] = enter(meeting, name)
        yield known[folded], role
