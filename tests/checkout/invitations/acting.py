"""The few verbs of these tests: make a kind, invite, take up, and what stands afterwards."""

from sqlalchemy import func, select

from conference import checkout, jobs, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import Place, Pool, State, invitations
from conference.registration.invitations import Invitation


def a_kind(meeting, now, *, category="full", reminders=(), **facts):
    """A kind by which a whole registration is free of charge, unless `facts` say otherwise."""
    found = registration.category_by_code(meeting, category)
    usual = {"code": "SPEAKER", "name": "Speaker", "inviter": "the programme committee", "budget_code": "PRG"}
    usual |= {"ribbon": "Speaker", "category_id": found.id, "most": None}
    with transaction():
        by = people.find_or_enter(email="desk@example.org", now=now)
        return invitations.add_kind(meeting, reminders=reminders, by=by, now=now, **usual | facts)


def invite(meeting, kind, emails, now, *, reason="", message="", note="Speaks on Tuesday", names=("", "")):
    """Invite these addresses; the invitations in this order."""
    rows = [
        {
            "line": line,
            "email": email,
            "given_name": names[0],
            "family_name": names[1],
            "note": note,
            "message": message,
        }
        for line, email in enumerate(emails, 1)
    ]
    with transaction():
        by = people.find_or_enter(email="desk@example.org", now=now)
        fresh = invitations.queries.kind_of(meeting, kind.code)
        kept = invitations.keep_list(fresh, rows, source="hand", name="", by=by, now=now)
    with transaction():
        kept = invitations.queries.list_of(meeting, kept.ref)
        invitations.send(kept, meeting=meeting, seen=len(rows), by=by, now=now, reason=reason)
    return [of(meeting, email) for email in emails]


def of(meeting, email):
    """The newest invitation of an address."""
    db.session.rollback()
    person = people.by_email(email)
    mine = select(Invitation.id).where(Invitation.meeting_id == meeting.id, Invitation.person_id == person.id)
    return invitations.queries.by_id(db.session.scalar(mine.order_by(Invitation.id.desc()).limit(1)))


def take_up(invitation, now):
    """Follow the link, and answer what is asked; the draft, ready to be placed."""
    with transaction():
        fresh = invitations.queries.by_id(invitation.id)
        entry = invitations.take_up(fresh, fresh.person, now=now)
        conduct = registration.conduct_code_of(fresh.meeting)
        registration.answer(entry, answers={}, conduct_code=conduct, now=now)
    return registration.registration_in(fresh.meeting, fresh.person)


def register(invitation, now):
    """Take it up and place the order; the order, settled at once when nothing is to be paid."""
    draft = take_up(invitation, now)
    fresh = invitations.queries.by_id(invitation.id)
    with transaction():
        return checkout.place(draft=draft, meeting=fresh.meeting, person=fresh.person, now=now)


def shown(invitation):
    """Where it is now."""
    db.session.rollback()
    return str(invitations.queries.told_of(invitations.queries.by_id(invitation.id)).shown)


def sweep(monkeypatch, at):
    """The job, at an instant."""
    monkeypatch.setattr(clock, "now", lambda: at)
    return jobs.run("invitations")


def hands(name="Venue"):
    """{state: how many places} of a pool, free ones among them; together they are its capacity."""
    db.session.rollback()
    pool = db.session.scalar(select(Pool).where(Pool.name == name), execution_options={"populate_existing": True})
    rows = select(Place.state, func.count()).where(Place.pool_id == pool.id).group_by(Place.state)
    counts = dict(db.session.execute(rows).all())
    assert sum(counts.values()) + pool.free == pool.places
    return counts | {"free": pool.free}


def entry_of(meeting, email):
    """The registration of an address."""
    db.session.rollback()
    return registration.registration_in(meeting, people.by_email(email))


def is_confirmed(meeting, email):
    entry = entry_of(meeting, email)
    return entry is not None and entry.state == State.CONFIRMED


def in_step():
    return registration.miscounted() == payments.differences() == []
