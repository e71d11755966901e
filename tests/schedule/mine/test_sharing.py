"""A link to show one's schedule: read by whoever has it, taken over, taken back; with a name only where its owner says so."""

import re

from conference.kernel import db, transaction
from conference.people import Person
from conference.schedule.models import Share
from tests.conftest import browser
from tests.schedule.test_stars import BASE, star, starred
from tests.signing_in import signed_in

HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>")


def link_of(client):
    found = re.search(r'value="http://localhost(/[^"]+/shared/\w+)"', client.get(f"{BASE}/mine").get_data(as_text=True))
    return found and found[1]


def share(client, **form):
    return client.post(f"{BASE}/mine/share", data=form)


def test_who_has_the_link_reads_the_schedule_and_changes_nothing(client, released):
    star(client, 40)
    assert link_of(client) is None
    share(client, with_name="yes")  # nobody's name is known without an account

    answer = browser(client.application).get(link_of(client))

    page = answer.get_data(as_text=True)
    assert HEADING.search(page)[1] == "A schedule shown to you"
    assert (
        "sessions/40" in page and "/stars/40" not in page and "presentations/30" not in page.partition("sessions/40")[0]
    )
    assert 'name="robots" content="noindex' in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


def test_taken_back_it_is_gone_and_the_next_one_is_another(client, released):
    star(client, 40)
    share(client)
    share(client)
    old = link_of(client)

    client.post(f"{BASE}/mine/share/end")
    share(client)

    other = browser(client.application)
    assert [other.get(path).status_code for path in (old, link_of(client), f"{old}/take")] == [404, 200, 405]
    assert other.post(f"{old}/take").status_code == 404
    assert other.get(f"{BASE}/shared/nosuchlink").status_code == 404
    assert db.session.query(Share).count() == 1


def test_the_name_is_shown_only_where_its_owner_says_so(client, released):
    ada = signed_in(client.application, "ada@example.org")
    star(ada, 40)
    share(ada, with_name="yes")
    assert HEADING.search(client.get(link_of(ada)).text)[1] == "A schedule shown to you"  # ada@example.org is no name

    db.session.expire_all()
    with transaction():
        db.session.query(Person).update({"given_name": "Ada", "family_name": "Example"})
    share(ada, with_name="yes")
    assert HEADING.search(client.get(link_of(ada)).text)[1] == "Schedule of Ada Example"

    share(ada)
    assert "Ada" not in client.get(link_of(ada)).text


def test_others_take_it_into_their_own(client, released):
    ada, ben = signed_in(client.application, "ada@example.org"), browser(client.application)
    for number in (30, 40, 41):
        star(ada, number)
    share(ada)
    star(ben, 41)
    star(client, 41)

    answer = ben.post(f"{link_of(ada)}/take")
    again = ben.post(f"{link_of(ada)}/take")

    assert (answer.status_code, again.status_code, starred(ben), starred(client)) == (303, 303, [30, 40, 41], [41])
    assert "0 items are new in your schedule." in ben.get(f"{BASE}/mine").text


def test_taking_needs_no_schedule_of_ones_own_before(client, released):
    star(client, 40)
    share(client)
    new = browser(client.application)

    answer = new.post(f"{link_of(client)}/take")

    assert "plenary_stars=" in answer.headers["Set-Cookie"]
    assert starred(new) == [40]


def test_nobody_shares_without_a_schedule(client, released):
    assert share(client).status_code == 404
    assert client.post(f"{BASE}/mine/share/end").status_code == 404


def test_a_link_to_share_follows_into_an_account(client, released):
    star(client, 40)
    share(client)
    link = link_of(client)
    ada = signed_in(client.application, "ada@example.org")
    ada.set_cookie("plenary_stars", client.get_cookie("plenary_stars").value)

    ada.get(f"{BASE}/stars.json")

    assert browser(client.application).get(link).status_code == 200
    assert link in ada.get(f"{BASE}/mine").text
