"""Invitations on the site: Ben has not answered his, Gus paid without it, Ivy's was sent with others; one list waits for a yes."""

from conference import registration
from conference.kernel import transaction
from conference.registration import invitations
from tests.site import people

OF_BEN = ("invitation", "resend_invitation", "free_kept_place", "invitation_act", "do_invitation_act")
APPLYING = ("look_at_applying", "apply_invitation")


def of_invitations(meeting, now):
    """{key: value} for the addresses of invitations."""
    cleo = people.person("registration")
    category = registration.category_by_code(meeting, "full")
    facts = {
        "category_id": category.id,
        "budget_code": "ΠΡΓ",
        "keeps_places": True,
        "ribbon": "Ομιλητής",
        "add_ons": ["dinner"],
    }
    with transaction():
        invitations.add_kind(
            meeting, code="SPEAKER", name="Ομιλητής", inviter="την επιτροπή", most=500, reminders=[now], by=cleo, now=now, **facts
        )  # fmt: skip
    sent = _kept(meeting, ["ben", "gus", "ivy"], now, sends=True)
    waiting = _kept(meeting, ["neos", "nea", "ben"], now)
    ben, gus, _ivy = invitations.queries.of_list(sent)
    return {
        "kind_code": "SPEAKER",
        "key": ben.invitation.key,
        **{f"staff.{view}.ref": ben.invitation.ref for view in OF_BEN},
        **{f"staff.{view}.act": "extend" for view in ("invitation_act", "do_invitation_act")},
        **{f"staff.{view}.ref": gus.invitation.ref for view in APPLYING},
        "staff.invitation_list.ref": waiting.ref,
        "staff.send_invitations.ref": _kept(meeting, ["neotera"], now).ref,
        "staff.undo_invitations.ref": sent.ref,
    }


def invite_crowd(meeting, names, now):
    """Many more."""
    _kept(meeting, names, now, sends=True)


def _kept(meeting, names, now, *, sends=False):
    kind = invitations.queries.kind_of(meeting, "SPEAKER")
    rows = [_row(number, name) for number, name in enumerate(names, 1)]
    by = people.person("registration")
    with transaction():
        kept = invitations.keep_list(kind, rows, source="file", name="ομιλητές.csv", by=by, now=now)
    whole = invitations.queries.list_of(meeting, kept.ref)
    if sends:
        with transaction():
            invitations.send(whole, meeting=meeting, seen=len(rows), by=by, now=now)
    return whole


def _row(number, name):
    return {
        "line": number,
        "email": people.email_of(name),
        "given_name": "",
        "family_name": "",
        "note": "Ομιλία",
        "message": "Ελάτε",
    }
