"""The secret link by which somebody shows their schedule of one meeting to others, and takes that back."""

from sqlalchemy import delete, select, update

from conference import people
from conference.kernel import db, insert_once, new_ref
from conference.schedule import itineraries
from conference.schedule.models import Itinerary, Share


def share(*, itinerary, meeting_id, with_name, now):
    """Make the link, or say anew whether it names its owner; twice is once."""
    mine = {"itinerary_id": itinerary.id, "meeting_id": meeting_id}
    new = {"ref": new_ref(24), "with_name": with_name, "created_at": now}
    if not insert_once(Share.__table__, mine | new):
        db.session.execute(update(Share).filter_by(**mine).values(with_name=with_name))


def revoke(*, itinerary, meeting_id):
    """The link leads nowhere any more; a later one is another."""
    statement = delete(Share).where(Share.itinerary_id == itinerary.id, Share.meeting_id == meeting_id)
    db.session.execute(statement)


def shared(itinerary, meeting_id):
    """The Share that an itinerary has of a meeting, or None."""
    if itinerary is None:
        return None
    return db.session.scalar(select(Share).filter_by(itinerary_id=itinerary.id, meeting_id=meeting_id))


def by_ref(ref, meeting_id):
    """(Share, Itinerary) of a link of this meeting, or None."""
    statement = select(Share, Itinerary).join(Itinerary, Share.itinerary_id == Itinerary.id)
    return db.session.execute(statement.where(Share.ref == ref, Share.meeting_id == meeting_id)).first()


def name_of(itinerary):
    """The name by which a link may call its owner: empty without an account, and never an address."""
    person = people.by_id(itinerary.person_id) if itinerary is not None and itinerary.person_id else None
    return people.display_name(person.given_name, person.family_name) if person else ""


def take(*, itinerary, meeting_id, items, now):
    """Star all of these for an itinerary; how many are new to it."""
    before = itineraries.stars(itinerary, meeting_id)
    for item in sorted(set(items) - before):
        itineraries.star(itinerary=itinerary, meeting_id=meeting_id, item=item, now=now)
    return len(itineraries.stars(itinerary, meeting_id)) - len(before)
