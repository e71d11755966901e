"""Finding badges: who gets one, what was printed of it and when, and the print runs."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from conference import people
from conference.badges.choice import NEVER, PRINTED
from conference.badges.models import Print, Run, Snapshot
from conference.kernel import db
from conference.people import Person
from conference.registration import Category, Mode, Registration, State


@dataclass(frozen=True)
class Counts:
    """How many badges a meeting has, how many of them were printed, and how many take part without one."""

    badges: int
    printed: int
    virtual: int

    @property
    def unprinted(self):
        """Badges that nobody has printed yet."""
        return self.badges - self.printed


def own(meeting, person):
    """The person's confirmed registration for a meeting with all that its badge shows, or None."""
    return db.session.scalar(
        _whole().where(
            Registration.meeting_id == meeting.id,
            Registration.person_id == person.id,
            Registration.state == State.CONFIRMED,
        )
    )


def guest_of(meeting, person, ref):
    """A guest of the person who has a badge, with all that it shows, or None."""
    hosts = select(Registration.id).where(Registration.meeting_id == meeting.id, Registration.person_id == person.id)
    mine = Registration.host_id.in_(hosts)
    return db.session.scalar(_whole().where(Registration.ref == ref, mine, *_has_badge()))


def badge_of(ref):
    """A registration that has a badge, with all that it shows; None when it is unconfirmed, virtual or unknown."""
    return db.session.scalar(_whole().where(Registration.ref == ref, *_has_badge()))


def chosen(meeting, choice):
    """A SELECT of (registration, when it was last printed) that a Choice means, filed by name."""
    last = _last_prints()
    statement = _narrowed(select(Registration, last.c.at), meeting, choice, last)
    return statement.options(contains_eager(Registration.person), joinedload(Registration.category))


def ids_chosen(meeting, choice):
    """The keys of the registrations that a Choice means, filed by name."""
    last = _last_prints()
    return list(db.session.scalars(_narrowed(select(Registration.id), meeting, choice, last)))


def loaded(ids):
    """Registrations with all that their badges show, in the order of their keys in `ids`; locked until the transaction ends.

    Those that have lost their badge meanwhile are left out.
    """
    statement = _whole().where(Registration.id.in_(ids), *_has_badge()).order_by(Registration.id)
    found = {each.id: each for each in db.session.scalars(statement.with_for_update(of=Registration))}
    return [found[key] for key in ids if key in found]


def counts(meeting):
    """The Counts of a meeting."""
    ours = Registration.meeting_id == meeting.id
    statement = select(Registration.mode, func.count()).where(ours, Registration.state == State.CONFIRMED)
    by_mode = dict(db.session.execute(statement.group_by(Registration.mode)).all())
    last = _last_prints()
    printed = select(func.count()).select_from(Registration).join(last, last.c.registration_id == Registration.id)
    return Counts(
        badges=by_mode.get(Mode.IN_PERSON, 0),
        printed=db.session.scalar(printed.where(ours, *_has_badge())),
        virtual=by_mode.get(Mode.VIRTUAL, 0),
    )


def newest_snapshots(registration_ids):
    """{registration id: its newest snapshot} for those that have one."""
    newest = select(func.max(Snapshot.id)).where(Snapshot.registration_id.in_(registration_ids))
    statement = select(Snapshot).where(Snapshot.id.in_(newest.group_by(Snapshot.registration_id)))
    return {each.registration_id: each for each in db.session.scalars(statement)}


def snapshot_of(registration, version):
    """What stood on a registration's badge in one version, or None."""
    return db.session.scalar(
        select(Snapshot).where(Snapshot.registration_id == registration.id, Snapshot.version == version)
    )


def prints_of(registration):
    """Each time the registration's badge was printed, the latest first, with its snapshot and who did it."""
    statement = select(Print).join(Print.snapshot).where(Snapshot.registration_id == registration.id)
    statement = statement.options(contains_eager(Print.snapshot), joinedload(Print.by))
    return list(db.session.scalars(statement.order_by(Print.id.desc())))


def runs_of(meeting, limit=20):
    """The newest print runs of a meeting, with who asked for them."""
    statement = select(Run).where(Run.meeting_id == meeting.id).options(joinedload(Run.requested_by))
    return list(db.session.scalars(statement.order_by(Run.id.desc()).limit(limit)))


def run_by_ref(meeting, ref):
    """One print run of a meeting with who asked for it, or None."""
    statement = select(Run).where(Run.meeting_id == meeting.id, Run.ref == ref)
    return db.session.scalar(statement.options(joinedload(Run.requested_by)).execution_options(populate_existing=True))


def finished_before(instant):
    """The references of runs that were finished before an instant."""
    return list(db.session.scalars(select(Run.ref).where(Run.state == "done", Run.finished_at < instant)))


def holders(codes, limit=100):
    """(registration, name) of the badges with these codes, by code."""
    statement = _whole().where(Registration.badge_code.in_(list(codes)[:limit]))
    return {each.badge_code: each for each in db.session.scalars(statement)}


def _has_badge():
    return Registration.state == State.CONFIRMED, Registration.mode == Mode.IN_PERSON


def _narrowed(statement, meeting, choice, last):
    return (
        statement.join(Registration.person)
        .outerjoin(last, last.c.registration_id == Registration.id)
        .where(Registration.meeting_id == meeting.id, *_has_badge(), *_wanted(meeting, choice, last))
        .order_by(*_FILED)
    )


def _wanted(meeting, choice, last):
    if choice.category:
        yield Registration.category_id.in_(select(Category.id).where(Category.code == choice.category))
    if choice.q:
        words = people.matching(choice.q)
        code = "".join(choice.q.split()).upper()
        yield or_(and_(*words) if words else False, Registration.ref == code, Registration.badge_code == code)
    if choice.registration:
        yield Registration.ref == choice.registration
    if choice.refs:
        yield Registration.ref.in_(choice.refs.split())
    if choice.printed:
        yield {NEVER: last.c.at.is_(None), PRINTED: last.c.at.is_not(None)}[choice.printed]
    if choice.since_day:
        day = datetime.combine(choice.since_day, time(), meeting.zone)
        yield or_(last.c.at.is_(None), last.c.at < day)


def _last_prints():
    statement = select(Snapshot.registration_id, func.max(Print.at).label("at")).join(Print.snapshot)
    return statement.group_by(Snapshot.registration_id).subquery("last")


def _whole():
    return (
        select(Registration)
        .execution_options(populate_existing=True)
        .options(
            joinedload(Registration.person),
            joinedload(Registration.hosted_by),
            joinedload(Registration.meeting),
            joinedload(Registration.category),
        )
    )


_FILED = (func.lower(Person.family_name), func.lower(Person.given_name), Registration.id)
