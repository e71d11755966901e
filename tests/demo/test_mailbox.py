"""The demo's letters can be read by a newcomer, and are nowhere but in the demo."""

import io
import smtplib
import subprocess
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from conference.demo import mailbox, post
from tests.mail.letters import a_letter, empty
from tests.ports import port_for

ROOT = Path(__file__).parents[2]


@pytest.fixture
def demo(context):
    """The application as a demo, sending to the demo's own post office."""
    folder = Path(context.config["INSTANCE_PATH"]) / "mail"
    controller = Controller(post.Keep(folder), hostname="127.0.0.1", port=port_for("mail"), enable_SMTPUTF8=True)
    controller.start()
    before = context.config["MODE"], context.config["SMTP_URL"]
    context.config.update(MODE="demo", SMTP_URL=f"smtp://127.0.0.1:{controller.port}")
    yield folder
    context.config.update(MODE=before[0], SMTP_URL=before[1])
    controller.stop()
    for path in folder.glob("*.eml"):
        path.unlink()


def test_letters_are_listed_newest_first_and_read(demo, client, now):
    a_letter(now, cause="1", subject="The first")
    a_letter(now, cause="2", subject="Grüße 你好", name="Ωμέγα", text="Your code is 123456")
    empty()

    page = client.get("/demo/mail").text

    assert page.index("Grüße 你好") < page.index("The first")
    name = mailbox.names(demo)[0]
    letter = client.get(f"/demo/mail/{name}").text
    assert "Your code is 123456" in letter


def test_an_address_in_its_own_script_is_shown_so(demo, client, now):
    a_letter(now, email="用户@例え.jp", name="用户")
    empty()

    assert "用户@例え.jp" in client.get("/demo/mail").text


@pytest.mark.parametrize("name", ["ዳዊት ገብረማርያም", "இளங்கோ பழனிச்சாமி " * 5, "A" * 200])
def test_a_name_so_long_that_its_header_is_folded_is_shown_whole(demo, client, now, name):
    a_letter(now, email="long@example.org", name=name)
    empty()

    assert name.strip() in client.get("/demo/mail").text


def test_a_header_that_hides_a_line_break_is_shown_as_it_came(demo, client):
    port = int(client.application.config["SMTP_URL"].rpartition(":")[2])
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("eve@example.org", ["a@example.org"], b"To: =?utf-8?q?a=0Ab?= <a@example.org>\r\n\r\nHi")

    page = client.get("/demo/mail")

    assert page.status_code == 200 and "a@example.org" in page.text


def test_enclosures_can_be_had(demo, client, now):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a", "b")
    a_letter(now, enclosures=[("Grüße.zip", "application/zip", archive.getvalue())])
    empty()
    name = mailbox.names(demo)[0]

    answer = client.get(f"/demo/mail/{name}/enclosures/1")

    assert answer.data == archive.getvalue()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/demo/mail/{name}/enclosures/2").status_code == 404
    assert client.get(f"/demo/mail/{name}/enclosures/0").status_code == 404


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fsecret-key", "20261123T120000000000-00000000", "a" * 300, "%00"])
def test_only_letters_can_be_had(demo, client, name):
    assert client.get(f"/demo/mail/{name}").status_code == 404


def test_outside_of_the_demo_there_is_no_such_page(client):
    assert client.get("/demo/mail").status_code == 404


def test_a_page_beyond_the_end_is_the_last(demo, client, now):
    a_letter(now, subject="The only one")
    empty()

    assert "The only one" in client.get("/demo/mail?page=9999").text


def test_what_is_no_proper_letter_is_shown_all_the_same(demo, client):
    port = int(client.application.config["SMTP_URL"].rpartition(":")[2])
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail(
            "eve@example.org",
            ["ada@example.org"],
            b"Subject: =?nonsense?q?\xff?=\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe",
        )
    name = mailbox.names(demo)[0]

    assert client.get("/demo/mail").status_code == 200
    assert client.get(f"/demo/mail/{name}").status_code == 200


def test_the_post_office_takes_letters_and_stops_when_told(tmp_path):
    port = port_for("mailbox")
    command = [sys.executable, "-m", "conference.demo.post", "--port", str(port), "--folder", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT)
    letter = EmailMessage()
    letter["Subject"] = "Hello"

    send_when_open(port, letter)
    process.terminate()

    assert process.wait(timeout=20) == 0
    assert [head.subject for head in mailbox.heads(tmp_path, mailbox.names(tmp_path))] == ["Hello"]


def send_when_open(port, letter):
    for _try in range(200):
        try:
            with smtplib.SMTP("127.0.0.1", port) as smtp:
                smtp.send_message(letter, from_addr="a@example.org", to_addrs=["b@example.org"])
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it does not listen")
