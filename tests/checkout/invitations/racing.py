"""What the racing processes run: staff invite, those who are invited register or decline, newcomers buy, the sweep comes."""

import itertools

from sqlalchemy import func, select, text, update

from conference import checkout, jobs, meetings, people, registration
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import Pool, aside, invitations
from conference.registration.invitations import InvitationKind, actions, sending
from tests.checkout import racing
from tests.checkout.invitations.acting import of

_looks = itertools.count(1)  # how often this process has looked


def act(settings, share):
    """Do (what, email) one after the other: [(what, email, what came of it, or None)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(what, email, _tried(what, email)) for what, email in share]


def act_with_loose_keeping(settings, share):
    """As `act`, with the guarded keeping of a place replaced by what many systems do: look, think, write."""
    aside._more = _look_then_keep
    return act(settings, share)


def act_with_loose_limit(settings, share):
    """As `act`, with the guarded limit of a kind replaced in the same way."""
    sending._count_in = _look_then_count
    return act(settings, share)


def act_with_loose_ending(settings, share):
    """As `act`, with what asks whether the invitation is used at the end replaced by a look before it."""
    actions._end = _look_then_end
    return act(settings, share)


def _tried(what, email):
    try:
        return _ACTS[what](email)
    except Refusal:
        return None
    finally:
        db.session.remove()


def _invite(email):
    now, meeting = clock.now(), meetings.by_code("R1")
    (kind,) = invitations.queries.kinds_of(meeting)
    by = people.by_email("desk@example.org")
    rows = [{"line": 1, "email": email, "given_name": "", "family_name": "", "note": "", "message": ""}]
    with transaction():
        kept = invitations.keep_list(kind, rows, source="hand", name="", by=by, now=now)
    with transaction():
        whole = invitations.queries.list_of(meeting, kept.ref)
        return invitations.send(whole, meeting=meeting, seen=1, by=by, now=now)


def _register(email):
    """Whoever is invited has gone through the steps, sees that it costs nothing, and places the order."""
    meeting, person, now = meetings.by_code("R1"), people.by_email(email), clock.now()
    draft = registration.registration_in(meeting, person)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now, seen_total=0)
    return order.ref


def _decline(email):
    found = of(meetings.by_code("R1"), email)
    with transaction():
        invitations.decline(found, reason="", by=None, now=clock.now())
    return found.ref


def _withdraw(email):
    """Staff take it back, without a letter: its unique key would be one guard more."""
    found = of(meetings.by_code("R1"), email)
    with transaction():
        invitations.withdraw(found, reason="x", by=None, now=clock.now(), letter=False)
    return found.ref


_ACTS = {
    "buy": racing._buy_one,
    "invite": _invite,
    "register": _register,
    "decline": _decline,
    "withdraw": _withdraw,
    "sweep": lambda _email: jobs.run("invitations") or None,
}


def _look_then_keep(pool_id, count, passing):
    free = _seen_together(select(Pool.places - Pool.taken).where(Pool.id == pool_id))
    wanted = update(Pool).where(Pool.id == pool_id).values(taken=func.least(Pool.places, Pool.taken + count))
    return wanted if free >= count else wanted.where(Pool.id < 0)


def _look_then_count(kind, count):
    left = _seen_together(select(InvitationKind.most - InvitationKind.invited).where(InvitationKind.id == kind.id))
    if left < count:
        raise Refusal("no more")
    mine = update(InvitationKind).where(InvitationKind.id == kind.id)
    db.session.execute(mine.values(invited=func.least(InvitationKind.most, InvitationKind.invited + count)))


def _look_then_end(invitation, state, *, now, note=""):
    if (
        _seen_together(select(invitations.Invitation.state).where(invitations.Invitation.id == invitation.id))
        != "standing"
    ):
        raise Refusal("ended")
    mine = update(invitations.Invitation).where(invitations.Invitation.id == invitation.id)
    db.session.execute(mine.values(state=str(state), ended_at=now, pool_id=None))
    kind = update(InvitationKind).where(InvitationKind.id == invitation.kind_id)
    db.session.execute(kind.values(invited=InvitationKind.invited - 1))


def _seen_together(question):
    """The answer: the first time all of them have it before anybody writes."""
    found, is_first = db.session.scalar(question), next(_looks) == 1
    if is_first:
        racing._together()
    return found
