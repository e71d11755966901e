"""An address that was mistyped is mended at the desk: both are told, and nobody comes in by the old one."""

import pytest

from conference import accounts, audit, mail, people
from conference.kernel import clock, db, transaction
from tests.signing_in import account_of, browser_of, signed_in
from tests.staff.cast import a_registration, follow, page

RIGHT = "ada@right.example"


@pytest.fixture
def ada(meeting):
    """Ada's registration, under an address that is not hers."""
    entry, _order = a_registration(meeting, "Ada")
    return entry


def path_of(entry):
    return f"/staff/registration/{entry.ref}/address"


def mend(client, entry, email=RIGHT):
    return client.post(path_of(entry), data={"email": email})


def letter_to(email):
    return db.session.query(mail.Letter).filter_by(to_email=email).order_by(mail.Letter.id.desc()).first()


def test_the_address_moves_and_the_story_says_who_did_it(ada, cleo):
    form = page(cleo.get(path_of(ada)))

    shown = follow(cleo, mend(cleo, ada, "  Ada@RIGHT.example "))

    entry = audit.story_of(people.by_email(RIGHT))[0]
    assert "ada@example.org" in form
    assert f"Letters go to {RIGHT} from now on" in shown
    assert (entry.actor_name, entry.before, entry.after) == (
        "Cleo Desk",
        {"email": "ada@example.org"},
        {"email": RIGHT},
    )
    assert people.by_email("ada@example.org") is None


def test_both_addresses_get_a_letter_and_the_old_one_learns_nothing_of_the_new(ada, cleo):
    mend(cleo, ada)

    old, new = letter_to("ada@example.org"), letter_to(RIGHT)
    assert (old.kind, new.kind) == ("address-left", "address-mended")
    assert "right.example" not in old.body
    assert "Ada" not in old.body
    assert "http://localhost/account/sign-in" in new.body


def test_sign_ins_links_and_password_of_the_old_address_end(ada, cleo, context):
    account = account_of("ada@example.org")
    with transaction():
        accounts.set_password(account, "nine quiet herons by the weir", now=clock.now())
        link = accounts.make_link(account=account, now=clock.now())
    stranger = browser_of(context, account)
    before = stranger.get("/account/security").status_code

    mend(cleo, ada)

    with pytest.raises(accounts.codes.WrongCode), transaction():
        accounts.sign_in_by_link(link.rpartition("/")[2], now=clock.now())
    assert (before, stranger.get("/account/security").status_code) == (200, 303)
    assert accounts.by_email(RIGHT).password_hash is None


def test_somebody_without_an_account_is_mended_too(ada, cleo):
    assert mend(cleo, ada).status_code == 303
    assert accounts.by_email(RIGHT) is None


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Type the person’s e-mail address"),
        ("nonsense", "This is not an e-mail address"),
        ("ada@example.org", "This is the address already"),
        ("dov@example.org", "dov@example.org belongs to another person"),
        ("x" * 300 + "@example.org", "longer than 254"),
    ],
)
def test_an_address_that_cannot_be_is_refused_at_the_field(ada, cleo, dov, email, words):
    answer = mend(cleo, ada, email)

    assert answer.status_code == 422
    assert words in page(answer)
    assert people.by_email("ada@example.org") is not None
    assert letter_to("ada@example.org").kind == "confirmed"


def test_nobody_at_the_desk_takes_an_account_of_the_desk_but_an_administrator(ada, cleo, context):
    account_of("ada@example.org", roles=("finance",))
    boss = signed_in(context, "boss@example.org", roles=("administrator",))

    refused, done = mend(cleo, ada), mend(boss, ada)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert "only an administrator" in page(refused)


def test_finance_may_not_change_addresses(ada, fay):
    assert (fay.get(path_of(ada)).status_code, mend(fay, ada).status_code) == (403, 403)
