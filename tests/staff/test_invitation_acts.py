"""What staff do with one invitation at the desk, and who may."""

import re

from sqlalchemy import select

from conference import meetings, registration
from conference.kernel import clock, db, transaction
from conference.registration import invitations
from conference.registration.invitations import Invitation
from tests.checkout.invitations.acting import hands, invite, shown
from tests.staff.cast import a_registration, follow, page
from tests.staff.inviting import PAGES, letters


def test_one_invitation_is_extended_moved_sent_again_and_withdrawn(meeting, keynotes, cleo):
    (found,) = invite(meeting, keynotes, ["a@example.org"], clock.now())
    address = f"{PAGES}/{found.ref}"
    until = found.valid_until.astimezone(meeting.zone)
    earlier = until.replace(month=until.month - 1, day=1, second=0, microsecond=0)
    form = page(cleo.get(f"{address}/extend"))

    extended = follow(cleo, cleo.post(f"{address}/extend", data={"valid_until": earlier.strftime("%Y-%m-%dT%H:%M")}))
    refused = cleo.post(f"{address}/extend", data={"valid_until": "2001-01-01T00:00"})
    same = cleo.post(f"{address}/category", data={"category": "full"})
    follow(cleo, cleo.post(f"{address}/category", data={"category": "regular"}))
    follow(cleo, cleo.post(f"{address}/letter"))
    why = cleo.post(f"{address}/withdraw", data={"reason": ""})
    gone = follow(cleo, cleo.post(f"{address}/withdraw", data={"reason": "Talk cancelled", "letter": "y"}))

    assert "They can answer until" in form and "Invitation extended" in extended
    assert (refused.status_code, same.status_code, why.status_code) == (422, 422, 422)
    assert "Talk cancelled" in gone and "Invite again" in gone
    assert (shown(found), hands()) == ("withdrawn", {"free": 5})
    assert letters() == [
        "invitation-invited",
        *["invitation-changed"] * 2,
        "invitation-invited",
        "invitation-withdrawn",
    ]


def test_who_has_declined_is_invited_again_from_their_page(meeting, speakers, cleo):
    (found,) = invite(meeting, speakers, ["a@example.org"], clock.now(), note="Keynote")
    with transaction():
        invitations.decline(invitations.queries.by_id(found.id), reason="", by=None, now=clock.now())

    text = page(cleo.get(f"{PAGES}/new?again={found.ref}"))

    assert 'value="a@example.org"' in text and 'value="Keynote"' in text


def test_a_place_that_is_kept_is_freed_by_hand(meeting, keynotes, cleo):
    (found,) = invite(meeting, keynotes, ["a@example.org"], clock.now())

    follow(cleo, cleo.post(f"{PAGES}/{found.ref}/place"))

    assert (shown(found), hands()) == ("invited", {"free": 5})


def test_it_is_applied_to_what_was_paid_before_after_a_look(meeting, speakers, cleo):
    entry, _order = a_registration(meeting, "Ada", extras=["dinner"])
    (found,) = invite(meeting, speakers, ["ada@example.org"], clock.now())
    story = page(cleo.get(f"{PAGES}/{found.ref}"))
    look = page(cleo.get(f"{PAGES}/{found.ref}/apply"))
    seen = re.search(r'name="seen" value="([^"]+)"', look)[1]

    stale = cleo.post(f"{PAGES}/{found.ref}/apply", data={"seen": "1:2:3:4"})
    told = follow(cleo, cleo.post(f"{PAGES}/{found.ref}/apply", data={"seen": seen}))
    again = cleo.get(f"{PAGES}/{found.ref}/apply")

    assert "registered and paid without it" in story and "send 440.00 USD back" in look
    assert (stale.status_code, again.status_code, shown(found)) == (409, 409, "registered")
    assert "What goes back is on its way" in told
    desk = page(cleo.get(f"/staff/registration/{entry.ref}"))
    assert "Invited as" in desk and "the programme committee" in desk and "Speaks on Tuesday" in desk


def test_codes_of_invitations_are_not_among_the_codes_and_cannot_be_changed_there(meeting, speakers, cleo):
    (found,) = invite(meeting, speakers, ["a@example.org"], clock.now())

    assert found.code.code not in page(cleo.get("/staff/prices/T1/codes"))
    assert cleo.get(f"/staff/prices/T1/codes/{found.code_id}").status_code == 404
    assert cleo.get(f"/staff/prices/T1/codes/{found.code_id}/edit").status_code == 404


def test_the_office_looks_and_only_registration_acts(meeting, speakers, fay, dov):
    (found,) = invite(meeting, speakers, ["a@example.org"], clock.now())
    acts = [
        f"{PAGES}/kinds/new", f"{PAGES}/kinds/SPEAKER", f"{PAGES}/kinds/SPEAKER/removal", f"{PAGES}/new", f"{PAGES}/file",
        f"{PAGES}/programme", f"{PAGES}/{found.ref}/withdraw", f"{PAGES}/{found.ref}/letter", f"{PAGES}/{found.ref}/place",
        f"{PAGES}/{found.ref}/apply", f"{PAGES}/{found.ref}/extend",
    ]  # fmt: skip

    looks = [
        fay.get(path).status_code for path in (PAGES, f"{PAGES}/kinds", f"{PAGES}/{found.ref}", f"{PAGES}/list.csv")
    ]
    assert looks == [200] * 4
    assert {browser.post(path, data={"reason": "x"}).status_code for browser in (fay, dov) for path in acts} == {403}
    assert dov.get(PAGES).status_code == 403
    assert shown(found) == "invited"


def test_those_of_another_meeting_are_not_found_here(meeting, speakers, cleo):
    (found,) = invite(meeting, speakers, ["a@example.org"], clock.now())
    kept = db.session.scalar(select(invitations.InvitationList.ref))
    with transaction():
        registration.copying.copy(
            meeting, code="T2", title="Next", starts=meeting.starts.replace(year=meeting.starts.year + 1), by=None, now=clock.now()
        )  # fmt: skip

    other = "/staff/invitations/T2"
    assert [cleo.get(f"{other}/{path}").status_code for path in (found.ref, f"lists/{kept}", "kinds/NONE")] == [404] * 3
    copied = invitations.queries.kind_of(meetings.by_code("T2"), "SPEAKER")
    assert (copied.invited, copied.budget_code, db.session.scalars(select(Invitation.meeting_id)).all()) == (
        0,
        "PRG-1",
        [meeting.id],
    )
