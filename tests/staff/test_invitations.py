"""Invitations at the desk: kinds, people by hand and from a file, the look before anything is sent, the list, undo, acts."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from conference import mail, meetings, people, registration
from conference.audit import Entry
from conference.kernel import clock, db, transaction
from conference.registration import invitations
from conference.registration.invitations import Invitation, InvitationKind
from tests.checkout.invitations.acting import hands, invite, of, register, shown
from tests.staff.cast import a_registration, follow, page, somebody

PAGES = "/staff/invitations/T1"


def typed(meeting, **changes):
    """A kind as the form sends it."""
    full = registration.category_by_code(meeting, "full")
    usual = {
        "name": "Speaker",
        "code": "speaker",
        "inviter": "the programme committee",
        "category_id": str(full.id),
        "effect": "comp",
        "budget_code": "PRG-1",
        "ribbon": "Speaker",
        "asks_eligibility": "y",
        "is_open": "y",
        "version": "",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


@pytest.fixture
def speakers(meeting, cleo):
    follow(cleo, cleo.post(f"{PAGES}/kinds/new", data=typed(meeting)))
    return invitations.queries.kind_of(meeting, "SPEAKER")


@pytest.fixture
def keynotes(meeting, cleo):
    facts = {"name": "Keynote", "code": "KEY", "keeps_places": "y", "most": "3", "add_ons": "dinner"}
    follow(cleo, cleo.post(f"{PAGES}/kinds/new", data=typed(meeting, **facts)))
    return invitations.queries.kind_of(meeting, "KEY")


def by_hand(browser, kind, email, **more):
    """Look at inviting one person; (address of the look, its page)."""
    data = {"kind": kind.code, "email": email, **more}
    answer = browser.post(f"{PAGES}/new", data=data)
    return answer.headers["Location"], follow(browser, answer)


def send(browser, address, seen=1, **more):
    return browser.post(address, data={"seen": str(seen), **more})


def letters():
    db.session.rollback()
    return list(db.session.scalars(select(mail.Letter.kind).order_by(mail.Letter.id)))


def verbs():
    db.session.rollback()
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def test_without_kinds_the_page_says_how_to_begin(meeting, cleo):
    assert "No kinds of invitations yet" in page(cleo.get(PAGES))
    assert "Make the first" in page(cleo.get(f"{PAGES}/kinds"))
    assert "There is no kind of invitation that is open" in page(cleo.get(f"{PAGES}/new"))


def test_a_kind_is_made_changed_and_remembered(meeting, speakers, cleo):
    reminders = {"remind_2": "2031-03-02T09:00", "remind_1": "2031-03-01T09:00"}
    form = page(cleo.get(f"{PAGES}/kinds/SPEAKER"))
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)[1]
    data = typed(meeting, code=None, most="40", effect="percent", percent="50", version=version, **reminders)

    text = follow(cleo, cleo.post(f"{PAGES}/kinds/SPEAKER", data=data))
    stale = cleo.post(f"{PAGES}/kinds/SPEAKER", data=data)

    kind = invitations.queries.kind_of(meeting, "SPEAKER")
    assert (kind.effect, kind.percent, kind.most, kind.version) == ("percent", 50, 40, 2)
    assert [at.hour for at in invitations.queries.reminders_of(kind)] == [14, 14]
    assert "0 of 40" in text and "50% off" in text
    assert (stale.status_code, "changed elsewhere" in page(stale)) == (422, True)
    assert verbs()[-2:] == ["added", "changed"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Give it a name"),
        ({"code": "?"}, "Two to 24 letters"),
        ({"inviter": ""}, "Say who invites"),
        ({"effect": "percent"}, "Say below how many percent"),
        ({"effect": "amount", "amount": "0"}, "More than nothing"),
        ({"valid_until": "2031-01-01T09:00", "keeps_places": "y", "kept_until": "2031-02-01T09:00"}, "At the latest until"),
        ({"valid_until": "0031-01-01T09:00"}, "A year between"),
        ({"most": "-1"}, "between 0 and"),
        ({"ribbon": "x" * 31}, "30"),
        ({"category_id": "999"}, "valid choice"),
        ({"add_ons": "none"}, "not a valid choice"),
    ],
)  # fmt: skip
def test_a_fault_is_said_at_its_field_and_nothing_is_made(meeting, cleo, changes, said):
    answer = cleo.post(f"{PAGES}/kinds/new", data=typed(meeting, **changes))

    assert (answer.status_code, said in page(answer)) == (422, True)
    assert db.session.scalars(select(InvitationKind)).all() == []


def test_a_code_of_a_kind_is_in_use_once(meeting, speakers, cleo):
    answer = cleo.post(f"{PAGES}/kinds/new", data=typed(meeting))

    assert (answer.status_code, "in use already" in page(answer)) == (422, True)


def test_a_kind_is_taken_away_only_unused(meeting, speakers, keynotes, cleo):
    invite(meeting, speakers, ["a@example.org"], clock.now())

    told = [follow(cleo, cleo.post(f"{PAGES}/kinds/{code}/removal")) for code in ("SPEAKER", "KEY")]

    assert "close it instead" in told[0] and "taken away" in told[1]
    assert [each.code for each in invitations.queries.kinds_of(meeting)] == ["SPEAKER"]


def test_nothing_is_sent_before_somebody_says_so(meeting, keynotes, cleo):
    address, text = by_hand(
        cleo, keynotes, "New@Example.org", given_name="Nea", family_name="Nova", message="Please come."
    )
    before = letters(), hands()

    told = follow(cleo, send(cleo, address))

    assert "1 of the 5 that are free (Venue)" in text and "525.00 USD" in text
    assert "2 of 3" in text and "Please come." in text and "/invitation/…" in text
    assert before == ([], {"free": 5})
    assert "1 person is invited." in told and "Nova, Nea" in told
    assert (letters(), hands(), shown(of(meeting, "new@example.org"))) == (
        ["invitation-invited"],
        {"offered": 1, "free": 4},
        "kept",
    )


def test_a_second_click_and_a_second_tab_invite_nobody_twice(meeting, speakers, cleo):
    first, _text = by_hand(cleo, speakers, "a@example.org")
    second, _text = by_hand(cleo, speakers, "a@example.org")
    send(cleo, first)

    again, other = send(cleo, first), send(cleo, second)

    assert (again.status_code, other.status_code) == (409, 409)
    assert "invited already: Speaker" in page(other)
    assert letters() == ["invitation-invited"]


def test_a_file_is_looked_at_whole_and_each_bad_row_is_named(meeting, speakers, cleo):
    somebody("Ada")
    text = "email,given_name,family_name,note\nb@example.org,Bea,Bau,Chairs\nnobody,,,\nb@example.org,,,\nada@work.example,Ada,Demo,\n"
    answer = cleo.post(f"{PAGES}/file", data={"kind": "SPEAKER", "file": (io.BytesIO(text.encode()), "people.csv")})
    told = follow(cleo, answer)

    sent = send(cleo, answer.headers["Location"], seen=2)

    assert "This is not an e-mail address" in told and "stands in line 2 already" in told
    assert "Ada Demo is known under ada@example.org: the same person?" in told
    assert "Invite 2 people" not in told
    assert (sent.status_code, "Nobody was invited" in page(sent), letters()) == (409, True, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "first line names these columns"),
        (b"name\nx\n", "Missing or unknown"),
        (b"email\n", "nobody in this file"),
        (b"email\n\xff\n", "not UTF-8"),
        (b"email\n" + b"a@example.org\n" * 1001, "more than 1000 rows"),
    ],
)
def test_a_file_that_is_none_is_refused_at_its_field(meeting, speakers, cleo, content, said):
    answer = cleo.post(f"{PAGES}/file", data={"kind": "SPEAKER", "file": (io.BytesIO(content), "x.csv")})

    assert (answer.status_code, said in page(answer)) == (422, True)


def test_many_from_a_file_are_invited_and_undone_but_for_those_who_registered(meeting, keynotes, cleo):
    text = "email\n" + "".join(f"p{number}@example.org\n" for number in range(3))
    answer = cleo.post(f"{PAGES}/file", data={"kind": "KEY", "file": (io.BytesIO(text.encode()), "people.csv")})
    address = answer.headers["Location"]
    follow(cleo, send(cleo, address, seen=3))
    with transaction():
        people.update(people.by_email("p0@example.org"), by=None, now=clock.now(), given_name="Pia", country="US")
    register(of(meeting, "p0@example.org"), clock.now())

    told = follow(cleo, cleo.post(f"{address}/undoing", data={"letter": "y"}))

    assert "2 invitations are withdrawn." in told and "Pia" in told
    assert [shown(of(meeting, f"p{number}@example.org")) for number in range(3)] == [
        "registered",
        "withdrawn",
        "withdrawn",
    ]
    assert hands() == {"kept": 1, "free": 4}
    assert letters().count("invitation-withdrawn") == 2
    assert "undone" in page(cleo.get(f"{PAGES}/lists"))


def test_the_list_is_searched_filtered_sorted_and_taken_along(meeting, speakers, keynotes, cleo):
    now = clock.now()
    invite(meeting, speakers, ["a@example.org"], now, note="Chairs", names=("Ann", "Zorn"))
    invite(meeting, keynotes, ["b@example.org", "c@example.org"], now, names=("Bea", "Abel"))

    def names(query):
        return re.findall(r"<bdi>([^<]*, [^<]*)</bdi></a>", page(cleo.get(f"{PAGES}?{query}")))

    assert names("sort=name") == ["Abel, Bea", "Abel, Bea", "Zorn, Ann"]
    assert names("sort=-name")[0] == "Zorn, Ann"
    assert names("q=chairs") == names("kind=SPEAKER") == names("state=invited") == names("q=zorn+ann") == ["Zorn, Ann"]
    assert len(names("state=kept&kind=KEY&budget=PRG-1")) == 2
    assert names("state=nonsense&sort=nonsense&page=99&kind=none") == []
    assert "No invitation matches" in page(cleo.get(f"{PAGES}?q=nobody"))
    rows = list(csv.DictReader(io.StringIO(page(cleo.get(f"{PAGES}/list.csv?kind=KEY")).lstrip("\ufeff"))))
    assert [(row["kind"], row["state"], row["email"]) for row in rows] == [
        ("KEY", "kept", "c@example.org"),
        ("KEY", "kept", "b@example.org"),
    ]
    assert not any(of(meeting, "b@example.org").key in value for row in rows for value in row.values())
    assert cleo.get(f"{PAGES}/list.xlsx").data[:2] == b"PK"
    assert verbs()[-2:] == ["exported invitations"] * 2


def test_every_figure_leads_to_as_many(meeting, speakers, keynotes, cleo):
    now = clock.now()
    found = invite(meeting, speakers, [f"s{number}@example.org" for number in range(3)], now)
    invite(meeting, keynotes, ["k@example.org"], now)
    for each in ("s0@example.org", "s1@example.org"):
        with transaction():
            people.update(people.by_email(each), by=None, now=now, given_name="S", country="US")
    register(found[0], now)
    with transaction():
        invitations.decline(invitations.queries.by_id(found[1].id), reason="", by=None, now=now)

    text = page(cleo.get(f"{PAGES}/kinds"))

    links = re.findall(r'<a href="(/staff/invitations/T1\?[^"]*)">(\d+)</a>', text)
    assert len(links) == 5
    for address, count in links:
        assert len(re.findall(r"<th scope=\"row\"", page(cleo.get(address.replace("&amp;", "&"))))) == int(count)
    assert "440.00 USD" in text and "1 of 3" in text


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
