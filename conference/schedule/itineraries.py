"""Stars: what somebody wants to see, kept for a visitor without an account and carried into one."""

from sqlalchemy import delete, select, update

from conference.kernel import db, insert_once, new_ref, tokens
from conference.schedule.models import Itinerary, Look, Share, Star

STARS_COOKIE = "plenary_stars"
_PURPOSE = "stars"


def of(*, visitor=None, person=None):
    """The itinerary of a person, else of the visitor whose cookie holds the token; None when there is none."""
    if person is not None:
        return db.session.scalar(select(Itinerary).where(Itinerary.person_id == person.id))
    if not visitor or len(visitor) > 100:
        return None
    return db.session.scalar(select(Itinerary).where(Itinerary.visitor == _hash(visitor)))


def by_feed(secret):
    """The itinerary whose calendar address holds this secret, or None."""
    return db.session.scalar(select(Itinerary).where(Itinerary.feed == secret))


def begin(*, visitor=None, person=None, now):
    """The itinerary of a person or visitor, made when it is missing; safe when asked for twice at once."""
    owner = {"person_id": person.id} if person is not None else {"visitor": _hash(visitor)}
    insert_once(Itinerary.__table__, {**owner, "feed": new_ref(24), "created_at": now})
    return of(visitor=visitor, person=person)


def stars(itinerary, meeting_id):
    """The guids starred in one meeting."""
    if itinerary is None:
        return frozenset()
    statement = select(Star.item).where(Star.itinerary_id == itinerary.id, Star.meeting_id == meeting_id)
    return frozenset(db.session.scalars(statement))


def stars_with_times(itinerary, meeting_id):
    """{guid: when it was starred} of one meeting."""
    if itinerary is None:
        return {}
    statement = select(Star.item, Star.at).where(Star.itinerary_id == itinerary.id, Star.meeting_id == meeting_id)
    return dict(db.session.execute(statement).all())


def star(*, itinerary, meeting_id, item, now):
    """Put an item, by its guid, into the itinerary; twice is once."""
    insert_once(Star.__table__, {"itinerary_id": itinerary.id, "meeting_id": meeting_id, "item": item, "at": now})


def unstar(*, itinerary, meeting_id, item):
    """Take an item out of the itinerary."""
    db.session.execute(
        delete(Star).where(Star.itinerary_id == itinerary.id, Star.meeting_id == meeting_id, Star.item == item)
    )


def unstar_all(*, itinerary, meeting_id, items):
    """Take several items out of the itinerary; how many were in it."""
    mine = (Star.itinerary_id == itinerary.id, Star.meeting_id == meeting_id, Star.item.in_(items))
    return len(db.session.scalars(delete(Star).where(*mine).returning(Star.id)).all())


def looked(itinerary, meeting_id):
    """The number of the release up to which the owner has seen what moved in a meeting; 0 before the first time."""
    mine = (Look.itinerary_id == itinerary.id, Look.meeting_id == meeting_id)
    return db.session.scalar(select(Look.release).where(*mine)) or 0


def look(*, itinerary, meeting_id, release):
    """The owner has seen what moved up to this release; an earlier one takes nothing back."""
    values = {"itinerary_id": itinerary.id, "meeting_id": meeting_id, "release": release}
    if not insert_once(Look.__table__, values):
        mine = (Look.itinerary_id == itinerary.id, Look.meeting_id == meeting_id, Look.release < release)
        db.session.execute(update(Look).where(*mine).values(release=release))


def renew_feed(*, itinerary):
    """A new secret for the calendar address; the old address stops working."""
    itinerary.feed = new_ref(24)
    db.session.flush()


def adopt_stars(*, visitor, person, now):
    """Carry a visitor's stars and links to share into a person's account and forget the visitor; how many stars were carried."""
    found = of(visitor=visitor)
    if found is None:
        return 0
    mine = begin(person=person, now=now)
    carried = db.session.scalars(select(Star).where(Star.itinerary_id == found.id)).all()
    for each in carried:
        star(itinerary=mine, meeting_id=each.meeting_id, item=each.item, now=each.at)
    _move_on(Look, found, mine)
    _move_on(Share, found, mine)
    db.session.execute(delete(Star).where(Star.itinerary_id == found.id))
    db.session.execute(delete(Itinerary).where(Itinerary.id == found.id))
    db.session.expire_all()
    return len(carried)


def _move_on(kind, found, mine):
    """Rows of one itinerary become another's, but for meetings of which it has its own."""
    known = select(kind.meeting_id).where(kind.itinerary_id == mine.id)
    theirs = update(kind).where(kind.itinerary_id == found.id, kind.meeting_id.not_in(known))
    db.session.execute(theirs.values(itinerary_id=mine.id), execution_options={"synchronize_session": False})


def _hash(visitor):
    return tokens.digest(visitor, purpose=_PURPOSE)
