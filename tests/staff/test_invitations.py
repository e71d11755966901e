"""Invitations at the desk: kinds, people by hand and from a file, the look before anything is sent, the list, undo."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from conference import people
from conference.kernel import clock, db, transaction
from conference.registration import invitations
from conference.registration.invitations import InvitationKind
from tests.checkout.invitations.acting import hands, invite, of, register, shown
from tests.staff.cast import follow, page, somebody
from tests.staff.inviting import PAGES, by_hand, letters, send, typed, verbs


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
