"""A letter over the wire says what was written, in any script, and nothing that a stranger slipped in."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference import mail
from conference.kernel import db, transaction
from conference.mail.message import as_message, wire_address
from tests.mail.letters import a_letter, empty, fresh
from tests.mail.sink import sink


def loaded(letter):
    db.session.refresh(letter, ["enclosures"])
    return letter


def test_names_and_texts_of_any_script_arrive_as_written(context, now):
    a_letter(now, name="Ωμέγα 山田 عربي ñ", subject="Grüße — 你好 🧬", text="Zażółć\n\nשלום")

    with sink(context) as post:
        empty()

    to, message = post.taken[0]
    assert to == "ada@example.org"
    assert message["To"].addresses[0].display_name == "Ωμέγα 山田 عربي ñ"
    assert message["Subject"] == "Grüße — 你好 🧬"
    assert message.get_body(("plain",)).get_content().split() == ["Zażółć", "שלום"]


def test_an_address_with_letters_of_its_own_language_needs_a_server_that_knows_them(context, now):
    letter = a_letter(now, email="用户@例え.jp")

    with sink(context, smtputf8=True) as post:
        empty()

    assert [to for to, _message in post.taken] == ["用户@例え.jp"]
    assert fresh(letter).state == "sent"


def test_where_the_server_does_not_the_letter_fails_visibly(context, now):
    letter = a_letter(now, email="用户@例え.jp")

    with sink(context, smtputf8=False) as post:
        empty()

    assert (post.taken, fresh(letter).state) == ([], "failed")
    assert "SMTPUTF8" in fresh(letter).last_error


def test_a_domain_of_its_own_language_reaches_every_server(context, now):
    a_letter(now, email="ada@bücher.example")

    with sink(context, smtputf8=False) as post:
        empty()

    assert [to for to, _message in post.taken] == ["ada@xn--bcher-kva.example"]
    assert wire_address("ada@bücher.example") == "ada@xn--bcher-kva.example"


def test_enclosures_arrive_byte_for_byte(context, now):
    files = [
        ("quittung-Ü.pdf", "application/pdf", bytes(range(256)) * 40),
        ("am28.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"),
    ]
    a_letter(now, enclosures=files)

    with sink(context) as post:
        empty()

    parts = list(post.taken[0][1].iter_attachments())
    assert [(part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in parts] == files


@pytest.mark.parametrize(
    "hostile", ["Ada\r\nBcc: eve@example.org", "Ada\nX-Evil: 1\n\nbody", "Ada\x0b\u2028Bcc: eve@example.org"]
)
def test_a_name_or_subject_cannot_add_a_header(context, now, hostile):
    with transaction():
        letter = a_letter_as_kept(now, to_name=hostile, subject=hostile)

    raw = as_message(loaded(letter)).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].decode()

    assert not any(line.lower().startswith(("bcc:", "x-evil:")) for line in head.splitlines())
    assert post_takes(context) == ["ada@example.org"]


def a_letter_as_kept(now, **values):
    """A row as an older release could have kept it: nothing cleaned."""
    values = {
        "kind": "t",
        "cause": "1",
        "to_email": "ada@example.org",
        "body": "x",
        "message_id": "<1@example.org>",
        **values,
    }
    letter = mail.Letter(due_at=now, created_at=now, **values)
    db.session.add(letter)
    db.session.flush()
    return letter


def post_takes(context):
    with sink(context) as post:
        empty()
    return [to for to, _message in post.taken]


def test_the_same_letter_is_the_same_message_twice(context, now):
    letter = loaded(a_letter(now))

    one, two = as_message(letter), as_message(letter)

    assert (one["Message-ID"], one["Date"]) == (two["Message-ID"], two["Date"]) == (letter.message_id, one["Date"])


def test_the_html_is_well_formed_escaped_and_links_to_our_own_pages_only(context, now):
    own = context.config["BASE_URL"]
    text = f"Dear <script>alert(1)</script> & co,\nopen {own}/account/?a=1&b=2.\n\nNot http://evil.example/x nor {own}.evil.example/"
    letter = loaded(a_letter(now, text=text))

    html = as_message(letter).get_body(("html",)).get_content()

    document = html5lib.HTMLParser(strict=True).parse(html)
    links = [element.get("href") for element in document.iter("{http://www.w3.org/1999/xhtml}a")]
    assert links == [f"{own}/account/?a=1&b=2"]
    assert "<script" not in html and "style=" not in html


@pytest.mark.parametrize(
    "name", ["evil.example", "Win at https://evil.example/now", "www.evil.example", "HTTP://EVIL.EXAMPLE"]
)
def test_a_name_never_becomes_a_link_in_a_mail_program(context, now, name):
    letter = loaded(a_letter(now, text=name))

    assert name not in letter.body
    assert letter.body.replace("\u200b", "").strip() == name


def test_addresses_of_our_site_and_mailboxes_stay_as_they_are(context, now):
    text = f"{context.config['BASE_URL']}/staff/ and office@society.example, at 12.30, J. R. Smith"

    assert a_letter(now, text=text).body.strip() == text


@given(st.text(max_size=300))
def test_any_text_is_the_same_read_back_from_its_paragraphs(text):
    paragraphs = mail.paragraphs(text, "https://am.example")

    words = "".join(piece for paragraph in paragraphs for line in paragraph for piece, _is_link in line).split()
    assert "".join(words) == "".join("".join(text.split("\n")).split())
