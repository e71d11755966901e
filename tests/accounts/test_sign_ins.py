"""Where one is signed in: listed, ended at once, over after their time."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, func, select

from conference import accounts, jobs
from conference.accounts import rules
from conference.accounts.models import SignIn, SignInCode, Throttle
from conference.kernel import clock, db, transaction
from tests.conftest import browser
from tests.signing_in import account_of, browser_of, signed_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"


def ref_of_newest():
    return db.session.scalar(select(SignIn.ref).order_by(SignIn.id.desc()).limit(1))


def is_in(client):
    return client.get("/account/security").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (CHROME, ("Chrome", "Windows")),
        (CHROME + " Edg/150.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            ("Samsung Internet", "Android"),
        ),
        ("<script>alert(1)</script>", ("", "")),
        (None, ("", "")),
    ],
)
def test_a_browser_is_named_shortly(user_agent, named):
    assert rules.browser_of(user_agent) == named


def test_the_list_shows_all_and_marks_this_one(context):
    client = signed_in(context, "ada@example.org")
    signed_in(context, "ada@example.org")
    signed_in(context, "ben@example.org")

    page = client.get("/account/security").text

    assert page.count("Firefox on Linux") == 2
    assert page.count("This one") == 1


def test_one_sign_in_can_be_ended(context):
    client, other = signed_in(context, "ada@example.org"), signed_in(context, "ada@example.org")

    client.post(f"/account/security/sign-ins/{ref_of_newest()}/end")

    assert is_in(client)
    assert not is_in(other)


def test_another_persons_sign_in_cannot_be_ended(context):
    client, other = signed_in(context, "ada@example.org"), signed_in(context, "ben@example.org")

    answer = client.post(f"/account/security/sign-ins/{ref_of_newest()}/end")

    assert answer.status_code == 404
    assert is_in(other)


def test_all_others_can_be_ended(context):
    client, others = signed_in(context, "ada@example.org"), [signed_in(context, "ada@example.org") for _ in range(3)]
    ben = signed_in(context, "ben@example.org")

    client.post("/account/security/sign-ins/end-others")

    assert is_in(client)
    assert not any(map(is_in, others))
    assert is_in(ben)


def test_thirty_days_unused_end_a_sign_in(context):
    client, start = signed_in(context, "ada@example.org"), clock.now()

    with time_machine.travel(start + rules.UNUSED_LIFE + timedelta(seconds=1)):
        assert not is_in(client)
    with time_machine.travel(start + rules.UNUSED_LIFE - timedelta(minutes=1)):
        assert is_in(client)
    with time_machine.travel(start + 2 * rules.UNUSED_LIFE - timedelta(minutes=5)):
        assert is_in(client)


def test_twelve_hours_end_a_sign_in_of_staff_however_much_it_is_used(context):
    client, start = signed_in(context, "cleo@example.org", roles=["door"]), clock.now()

    for hours in range(12):
        with time_machine.travel(start + timedelta(hours=hours, minutes=30)):
            assert is_in(client)
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert not is_in(client)


def test_use_is_written_down_every_five_minutes_and_renews_the_cookie(context):
    client, start = signed_in(context, "ada@example.org"), clock.now()
    seen = select(SignIn.seen_at)
    first = db.session.scalar(seen)

    with time_machine.travel(start + timedelta(minutes=4)):
        early = client.get("/account/security")
    after_early = db.session.scalar(seen)
    with time_machine.travel(start + timedelta(minutes=6)):
        due = client.get("/account/security")

    assert after_early == first
    assert "Set-Cookie" not in early.headers
    assert "Set-Cookie" in due.headers
    assert db.session.scalar(seen) > first


def test_who_is_signed_in_is_known_by_one_query(context):
    client = signed_in(context, "cleo@example.org", roles=["door", "finance"])
    statements = []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get("/account/sign-in")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len([each for each in statements if "account" in each and each.startswith("SELECT")]) == 1


def test_a_closed_account_is_out_at_once(context):
    account = account_of("ada@example.org")
    client = browser_of(context, account)

    with transaction():
        account.disabled_at = clock.now()

    assert not is_in(client)


def test_a_taken_role_is_gone_with_the_next_page(context):
    account = account_of("cleo@example.org", roles=["administrator"])
    account_of("dov@example.org", roles=["administrator"])
    client = browser_of(context, account)
    assert client.get("/staff/accounts/").status_code == 200

    with transaction():
        accounts.revoke(account, "administrator", by=None, now=clock.now())

    assert client.get("/staff/accounts/").status_code == 403


def test_what_is_over_is_forgotten(context):
    account = account_of("ada@example.org")
    browser(context).post("/account/sign-in", data={"email": "ada@example.org"})
    browser_of(context, account)

    soon = jobs.run("accounts.purge")
    with time_machine.travel(clock.now() + rules.KEEP_ENDED + timedelta(days=1)):
        late = jobs.run("accounts.purge")

    assert soon == 0
    assert late > 0
    for model in (SignIn, SignInCode, Throttle):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
