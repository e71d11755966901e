"""Inviting the people of a list that was looked at: all of them or nobody, each with a link, a code and perhaps a place of their own."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, people, schedule
from conference.kernel import Refusal, claimed, clean_line, db, insert_missing, insert_once, new_ref
from conference.registration import aside, setting_up
from conference.registration.actions import fresh
from conference.registration.discounts import Scope
from conference.registration.invitation_models import Invitation, InvitationKind, InvitationList
from conference.registration.invitation_rules import InvitationState
from conference.registration.invitations import actions, mails, queries
from conference.registration.invitations.looking import LIVE, look
from conference.registration.models import Place, Registration
from conference.registration.waiting import actions as waiting
from conference.registration.waiting import queries as waits
from conference.registration.waiting.rules import WaitState


def keep_list(kind, rows, *, source, name, by, now):
    """A list of people to be looked at, kept until somebody decides; nobody is invited."""
    kept = InvitationList(
        meeting_id=kind.meeting_id,
        kind_id=kind.id,
        source=str(source),
        name=clean_line(name)[:300],
        rows=rows,
        made_by_id=by.id,
        made_at=now,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def send(kept, *, meeting, seen, by, now, reason=""):
    """Invite everybody of a list, once, as they were `seen` (how many); how many. Refusal, and nobody is invited, when one cannot be any more.

    `reason` is why places are kept for them before those who wait; it is needed when somebody does.
    """
    mine = update(InvitationList).where(InvitationList.id == kept.id, InvitationList.sent_at.is_(None))
    if not claimed(mine.values(sent_at=now)):
        raise Refusal(_("These people were invited already."))
    found = look(kept.kind, kept.rows, meeting=meeting, now=now)
    _refuse(found, seen, reason)
    persons = people.find_or_enter_all(_names(found.rows), now=now)
    entries = _to_keep(found, meeting, persons, now)
    _invite(found, kept, meeting, persons, set(entries), by, now)
    _write(queries.by_ids(_keys_of(kept)), now)
    _keep_places(found, list(entries.values()), reason, now)
    _count_in(found.kind, len(found.rows))
    for row in (each for each in found.rows if each.values["guid"]):
        schedule.recognise(meeting, row.values["guid"], persons[row.values["email"]])
    facts = {"kind": found.kind.name, "count": len(found.rows), "kept places": len(entries)}
    audit.record(by=by, verb="invited", subject=kept, now=now, after=facts, note=reason)
    return len(found.rows)


def undo(kept, *, meeting, by, now, letter=True):
    """Take back those of a list that nobody uses; (how many, [names of those who use theirs])."""
    mine = update(InvitationList).where(
        InvitationList.id == kept.id, InvitationList.sent_at.is_not(None), InvitationList.undone_at.is_(None)
    )
    if not claimed(mine.values(undone_at=now)):
        raise Refusal(_("This was undone already."))
    standing = queries.by_ids(_keys_of(kept, standing=True))
    actions.forget_codes(standing)  # registrations before any pool
    taken_back, left = 0, []
    for invitation in standing:
        if actions.is_used(invitation):
            left.append(invitation.person.full_name)
            continue
        actions.withdraw(invitation, reason=_("Sent by mistake"), by=by, now=now, letter=letter)
        taken_back += 1
    facts = {"count": taken_back, "left": len(left)}
    audit.record(by=by, verb="undid the invitations", subject=kept, now=now, after=facts)
    return taken_back, left


def code_of(kind, person, category, meeting, valid_until):
    """The code behind an invitation: for this person alone, once, for what the kind covers now. What is changed of the kind later leaves it."""
    return setting_up.add_code(
        meeting,
        code=f"{kind.code}-{new_ref(8)}",
        effect=kind.effect,
        percent=kind.percent,
        amount_minor=kind.amount_minor,
        scope=str(Scope.REGISTRATION),
        also=list(kind.add_ons),
        category_id=category.id,
        person_id=person.id,
        most_uses=1,
        valid_until=valid_until,
        reason=kind.name,
        budget_code=kind.budget_code,
    )


def _refuse(found, seen, reason):
    if found.faults:
        first = found.faults[0]
        where = _("Line %(line)s: ", line=first["line"]) if first["line"] else ""
        raise Refusal(_("%(where)s%(reason)s Nobody was invited.", where=where, reason=_stopped(first["reason"])))
    if len(found.rows) != seen:
        raise Refusal(_("The list is another one by now. Look at it again."))
    if found.must_pass and not reason:
        text = _("Others wait for these places: say why these people come before them.")
        raise Refusal(text, field="reason")


def _stopped(text):
    return text if text.endswith((".", "?")) else f"{text}."


def _names(rows):
    return {row.values["email"]: (row.values["given_name"], row.values["family_name"]) for row in rows}


def _to_keep(found, meeting, persons, now):
    """{person key: registration} of those for whom a place is kept: whoever has none yet. The rows stay locked until the commit."""
    if not found.kept:
        return {}
    in_order = sorted(persons.values(), key=lambda person: person.id)
    insert_missing(Registration.__table__, [fresh(meeting, person, now) for person in in_order])
    mine = select(Registration).where(
        Registration.meeting_id == meeting.id, Registration.person_id.in_([person.id for person in in_order])
    )
    rows = db.session.scalars(
        mine.order_by(Registration.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    have = select(Place.registration_id).where(Place.pool_id == found.pool.id)
    placed = set(db.session.scalars(have.where(Place.registration_id.in_([row.id for row in rows]))))
    return {row.person_id: row for row in rows if row.state not in LIVE and row.id not in placed}


def _invite(found, kept, meeting, persons, keepers, by, now):
    """A code and an invitation for each; Refusal when somebody was invited a moment ago."""
    kind = found.kind
    for row in found.rows:
        person = persons[row.values["email"]]
        code = code_of(kind, person, kind.category, meeting, found.valid_until)
        is_kept = person.id in keepers
        values = {
            "ref": new_ref(16),
            "key": new_ref(24),
            "meeting_id": meeting.id,
            "kind_id": kind.id,
            "person_id": person.id,
            "category_id": kind.category_id,
            "code_id": code.id,
            "list_id": kept.id,
            "pool_id": found.pool.id if is_kept else None,
            "state": str(InvitationState.STANDING),
            "note": row.values["note"],
            "message": row.values["message"],
            "kept_until": found.kept_until if is_kept else None,
            "valid_until": found.valid_until,
            "invited_by_id": by.id if by else None,
            "invited_at": now,
            "end_note": "",
        }
        if not insert_once(Invitation.__table__, values):
            raise Refusal(_("%(email)s was invited a moment ago.", email=row.values["email"]))


def _write(invitations, now):
    titles = mails.covered(invitations[0]) if invitations else []
    for invitation in invitations:
        mails.invited(invitation, now=now, titles=titles)


def _keep_places(found, entries, reason, now):
    """Places last, since a pool is one row for everybody; whoever waits for one of them waits no more."""
    if not entries:
        return
    for entry in entries:
        wait = waits.live_in(entry, found.pool.id)
        if wait is not None and wait.state == WaitState.WAITING:
            waiting.close(wait.id, now=now, letter=False)
    aside.keep([entry.id for entry in entries], found.pool, now=now, passing=bool(reason))


def _count_in(kind, count):
    """Count them in; Refusal when that is more than may be invited."""
    room = (InvitationKind.most.is_(None)) | (InvitationKind.invited + count <= InvitationKind.most)
    statement = update(InvitationKind).where(InvitationKind.id == kind.id, room)
    if not claimed(statement.values(invited=InvitationKind.invited + count)):
        raise Refusal(_("No more people can be invited as %(kind)s than were meant to be.", kind=kind.name))


def _keys_of(kept, *, standing=False):
    mine = select(Invitation.id).where(Invitation.list_id == kept.id).order_by(Invitation.id)
    return list(db.session.scalars(mine.where(Invitation.state == InvitationState.STANDING) if standing else mine))
