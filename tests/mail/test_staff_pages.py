"""Staff see what was written, what failed and why, and can send it once more; others see nothing of it."""

import pytest

from conference import audit
from conference.kernel import transaction
from conference.mail import delivery
from tests.mail.letters import a_letter, empty, fresh
from tests.mail.sink import sink
from tests.signing_in import signed_in


@pytest.fixture
def cleo(context):
    """Cleo of the registration staff, signed in."""
    return signed_in(context, "cleo@example.org", roles=("registration",))


def failed(context, now, **values):
    letter = a_letter(now, **values)
    with sink(context) as post:
        post.answers = ["554 5.7.1 looks like spam"]
        empty()
    return letter


def test_the_list_can_be_narrowed_to_what_failed(context, cleo, now):
    failed(context, now, cause="1", subject="Your receipt")
    a_letter(now, cause="2", subject="Your badge")

    everything = cleo.get("/staff/mail/").text
    only_failed = cleo.get("/staff/mail/?state=failed").text

    assert "Your receipt" in everything and "Your badge" in everything
    assert "Your receipt" in only_failed and "Your badge" not in only_failed


def test_letters_are_found_by_address_and_subject(context, cleo, now):
    a_letter(now, cause="1", email="ada@example.org", subject="Your receipt")
    a_letter(now, cause="2", email="ben@example.org", name="Ben", subject="Your receipt")

    found = cleo.get("/staff/mail/?text=BEN+receipt").text

    assert "ben@example.org" in found and "ada@example.org" not in found


@pytest.mark.parametrize(
    "query", ["?state=nonsense", "?page=0", "?page=99999999999999999999", "?text=%00", "?text=%25_%5C", "?state=%F0%9F"]
)
def test_no_address_of_the_list_breaks_it(cleo, query):
    assert cleo.get(f"/staff/mail/{query}").status_code == 200


def test_one_letter_says_why_it_failed_and_is_sent_again(context, cleo, now):
    letter = failed(context, now)
    first_id = letter.message_id
    assert "looks like spam" in cleo.get(f"/staff/mail/{letter.ref}").text

    answer = cleo.post(f"/staff/mail/{letter.ref}/again")

    assert (answer.status_code, answer.location) == (303, f"/staff/mail/{letter.ref}")
    with sink(context) as post:
        empty()
    assert [to for to, _message in post.taken] == ["ada@example.org"]
    assert post.taken[0][1]["Message-ID"] == fresh(letter).message_id != first_id
    assert [entry.verb for entry in audit.story_of(fresh(letter))] == ["sent again"]


def test_a_letter_on_its_way_is_not_sent_twice(cleo, now):
    letter = a_letter(now)

    assert cleo.post(f"/staff/mail/{letter.ref}/again").status_code == 409


def test_a_secret_is_shown_to_nobody_and_not_sent_again(context, cleo, now):
    letter = failed(context, now, cause="1", text="Your code is 123456", is_secret=True)
    waiting = a_letter(now, cause="2", text="Your code is 654321", is_secret=True)

    assert "123456" not in cleo.get(f"/staff/mail/{letter.ref}").text
    assert "654321" not in cleo.get(f"/staff/mail/{waiting.ref}").text
    assert cleo.post(f"/staff/mail/{letter.ref}/again").status_code == 409


def test_enclosures_are_handed_out_as_files_only(cleo, now):
    letter = a_letter(now, enclosures=[("x.html", "text/html", b"<script>alert(1)</script>")])
    enclosure = letter.enclosures[0]

    answer = cleo.get(f"/staff/mail/{letter.ref}/enclosures/{enclosure.id}")

    assert answer.data == b"<script>alert(1)</script>"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_enclosure_of_another_letter_is_not_there(cleo, now):
    with_file = a_letter(now, cause="1", enclosures=[("x.txt", "text/plain", b"x")])
    without = a_letter(now, cause="2")

    assert cleo.get(f"/staff/mail/{without.ref}/enclosures/{with_file.enclosures[0].id}").status_code == 404


@pytest.mark.parametrize("roles", [(), ("door",), ("programme",)])
def test_others_may_not_look(context, now, roles):
    letter = a_letter(now)
    dov = signed_in(context, "dov@example.org", roles=roles)

    assert dov.get("/staff/mail/").status_code == 403
    assert dov.get(f"/staff/mail/{letter.ref}").status_code == 403
    assert dov.post(f"/staff/mail/{letter.ref}/again").status_code == 403


def test_what_was_given_up_twice_is_counted_once(context, now):
    letter = failed(context, now)

    with transaction():
        assert delivery.give_up(letter, error="again") is False

    assert fresh(letter).attempts == 1
