"""The verbs of a group: make it, change it, add and remove seats, open and close its roster link."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from conference import audit, payments, people
from conference.kernel import Refusal, claimed, db, new_ref
from conference.people import Person
from conference.registration.groups.checking import check_wish
from conference.registration.groups.leaving import declined_among
from conference.registration.groups.models import Group, Roster, Seat
from conference.registration.groups.queries import lock, order_ids_of
from conference.registration.groups.rules import MOST_SEATS, SeatState
from conference.registration.groups.seating import seats_about, seats_of
from conference.registration.models import Registration
from conference.registration.rules import State

MOST_GROUPS = 20  # of one person for one meeting


def make(*, meeting, coordinator, by, now, **facts):
    """A new group of `facts` (name, bill_to, tax_id, po_number, note); Refusal when the person has made many already."""
    mine = (Group.meeting_id == meeting.id, Group.coordinator_id == coordinator.id)
    is_own = by is not None and by.id == coordinator.id
    if is_own and db.session.scalar(select(func.count()).where(*mine)) >= MOST_GROUPS:
        raise Refusal(_("You have many groups already. Use one of them, or write to the office."))
    group = Group(meeting_id=meeting.id, coordinator_id=coordinator.id, made_at=now, joined=0, join_most=0, **facts)
    db.session.add(group)
    db.session.flush()
    audit.record(by=by, verb="made the group", subject=group, now=now, after={"name": group.name})
    return group


def change(group, *, by, now, **facts):
    """Whom the statement names, and under which numbers."""
    before, after = audit.changes(group, facts)
    # Orders before the group, the newest first, as all who lock them do.
    payments.purchase_orders.note(after.get("po_number", ""), *sorted(order_ids_of(group), reverse=True))
    for name, value in after.items():
        setattr(group, name, value)
    if before:
        audit.record(by=by, verb="changed", subject=group, now=now, before=before, after=after)
    db.session.flush()


def add_seat(group, *, email, wish, given_name="", family_name="", grant="", by, now):
    """A seat that nobody has ordered yet; Refusal at the field when it is not sold, or the person is here or registered."""
    lock(group)
    refuse_closed(group, by, now)
    category = check_wish(group, wish, now)
    if declined_among(group, [email]):
        raise Refusal(said_no(email), field="email")
    if seats_with(group, [email]):
        raise Refusal(_("%(email)s is in this group already.", email=email), field="email")
    if email in registered_among(group.meeting, [email]):
        raise Refusal(_("%(email)s is registered for this meeting already.", email=email), field="email")
    refuse_too_many(group, 1)
    names = {"given_name": given_name, "family_name": family_name}
    seat = new_seat(group, email=email, category=category, wish=wish, grant=grant, now=now, **names)
    db.session.add(seat)
    db.session.flush()
    audit.record(by=by, verb="added to the group", subject=group, now=now, after={"email": email})
    return seat


def add_unnamed(group, *, institution, wish, count, by, now):
    """So many more seats without a person, of which the badge names an `institution` alone; Refusal when the group may not have them."""
    lock(group)
    category = check_wish(group, wish, now)
    refuse_too_many(group, count)
    room = (Group.id == group.id) & (Group.unnamed + count <= Group.unnamed_most)
    if not claimed(update(Group).where(room).values(unnamed=Group.unnamed + count)):
        raise Refusal(_("So many badges without a person cannot be had."), field="count")
    facts = {"category": category, "wish": wish, "now": now, "institution": institution}
    db.session.add_all(new_seat(group, email=None, **facts) for _number in range(count))
    db.session.flush()
    audit.record(by=by, verb="added unnamed seats to the group", subject=group, now=now, after={"count": count})


def new_seat(group, *, email, category, wish, now, roster=None, **facts):
    """The row of a seat, not kept yet."""
    roster_id = roster.id if roster else None
    return Seat(group_id=group.id, email=email, roster_id=roster_id, added_at=now, **_choice(category, wish), **facts)


def remove_seat(group, seat_id, *, by, now):
    """Take somebody off the roster; Refusal when their seat is ordered, or they have said no: who did is not asked again."""
    seat = db.session.get(Seat, seat_id)
    if seat.declined_at is not None:
        raise Refusal(
            _("They have said that they do not want this place: they stay here so that nobody asks them again.")
        )
    if not claimed(
        delete(Seat).where(Seat.id.in_(_in_state(group, SeatState.OPEN, SeatState.ENDED)), Seat.id == seat_id)
    ):
        raise Refusal(_("This seat is ordered. Take it out of its order first, or give it to somebody else."))
    if seat.email is None:
        db.session.execute(update(Group).where(Group.id == group.id).values(unnamed=Group.unnamed - 1))
    db.session.expunge(seat)
    told = {"email": seat.email} if seat.email else {"institution": seat.institution}
    audit.record(by=by, verb="removed from the group", subject=group, now=now, before=told)


def change_seat(group, seat_id, *, wish, given_name, family_name, grant, by, now):
    """What a seat is for and how its person is called, while nobody has ordered it: with the order it is frozen. Refusal afterwards.

    Another name counts as given now: it is refused, or costs its fee, like that of a new seat.
    """
    mine = update(Seat).where(Seat.id == seat_id, Seat.id.in_(_unordered(group)))
    category, seat = check_wish(group, wish, now), db.session.get(Seat, seat_id)
    values = _choice(category, wish) | {"grant": grant}
    is_renamed = (seat.given_name, seat.family_name) != (given_name, family_name)
    if seat.email and is_renamed:  # whoever wears a badge without a person is nobody in particular
        refuse_closed(group, by, now)
        values |= {"given_name": given_name, "family_name": family_name, "added_at": now}
    if not claimed(mine.values(**values)):
        raise Refusal(_("This seat is ordered by now: it cannot be written anew."))
    audit.record(by=by, verb="changed a seat of the group", subject=group, now=now, after={"grant": grant})


def undo_roster(group, roster, *, by, now):
    """Take away all seats that a file has brought; Refusal, and nothing is taken away, when one of them is ordered."""
    mine = update(Roster).where(Roster.id == roster.id, Roster.imported_at.is_not(None), Roster.undone_at.is_(None))
    if not claimed(mine.values(undone_at=now)):
        raise Refusal(_("This was undone already."))
    theirs = select(func.count()).where(Seat.roster_id == roster.id, Seat.declined_at.is_(None))
    count = db.session.scalar(theirs)
    gone = delete(Seat).where(Seat.roster_id == roster.id, Seat.id.in_(_unordered(group)))
    done = db.session.execute(gone, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    if done != count:
        raise Refusal(_("Some of these seats are ordered: give the order back first. Nothing was undone."))
    audit.record(by=by, verb="undid the roster", subject=group, now=now, after={"file": roster.name, "count": count})


def open_link(group, *, most, by, now):
    """A new roster link for `most` more people; the one before no longer works."""
    group.join_ref, group.join_most, group.joined = new_ref(20), most, 0
    audit.record(by=by, verb="opened the roster link", subject=group, now=now, after={"count": most})
    db.session.flush()


def close_link(group, *, by, now):
    """Nobody enters themselves any more."""
    group.join_ref = None
    audit.record(by=by, verb="closed the roster link", subject=group, now=now)
    db.session.flush()


def join(group, person, *, wish, now):
    """Somebody enters themselves by the roster link; Refusal when it was closed meanwhile or enough have used it."""
    mine = update(Group).where(Group.id == group.id, Group.join_ref == group.join_ref, Group.joined < Group.join_most)
    if group.join_ref is None or not claimed(mine.values(joined=Group.joined + 1)):
        raise Refusal(_("This link is closed, or as many have used it as were meant to. Ask whoever gave it to you."))
    refuse_closed(group, None, now)
    names = {"given_name": person.given_name, "family_name": person.family_name}
    _forget_no(group, person)
    return add_seat(group, email=person.email, wish=wish, by=person, now=now, **names)


def refuse_closed(group, by, now):
    """Refusal when whoever pays may name nobody any more; the office may."""
    is_office = by is not None and by.id != group.coordinator_id
    if group.closes_at is not None and group.closes_at <= now and not is_office:
        raise Refusal(_("The day until which names could be given is over: write to the office."))


def refuse_too_many(group, more):
    """Refusal when `more` seats do not fit."""
    count = db.session.scalar(select(func.count()).where(Seat.group_id == group.id))
    if count + more > MOST_SEATS:
        raise Refusal(_("A group has %(most)s seats at most: make another one.", most=MOST_SEATS))


def seats_with(group, emails):
    """Those of `emails` that are in the group."""
    return set(db.session.scalars(select(Seat.email).where(Seat.group_id == group.id, Seat.email.in_(emails))))


def registered_among(meeting, emails):
    """Those of `emails` whose people are registered for a meeting, or hold a place."""
    statement = select(Person.email).join(Registration, Registration.person_id == Person.id)
    live = Registration.state.in_((State.HELD, State.CONFIRMED))
    return set(
        db.session.scalars(statement.where(Registration.meeting_id == meeting.id, live, Person.email.in_(emails)))
    )


def coordinator_from(email, now):
    """Whoever has this address, entered if nobody has."""
    return people.find_or_enter(email=email, now=now)


def said_no(email):
    """Why somebody is not written down again who did not want it."""
    return _(
        "%(email)s has said that they do not want a place from you. They can take that back themselves.", email=email
    )


def _unordered(group):
    """Keys of the group's seats that stand in no order; the roster stays as it is until the commit."""
    return _in_state(group, SeatState.OPEN)


def _in_state(group, *states):
    lock(group)
    return [each.seat.id for each in seats_of(group) if each.state in states]


def _choice(category, wish):
    return {"category_id": category.id, "span": wish.span, "mode": str(wish.mode), "wanted": list(wish.extras)}


def _forget_no(group, person):
    """Whoever enters themselves takes part after all: what they had declined of this payer is not in their way."""
    lock(group)
    for seat, theirs, state in seats_about(person, group.meeting):
        if theirs.coordinator_id == group.coordinator_id and state is SeatState.DECLINED:
            db.session.delete(seat)
    db.session.flush()
