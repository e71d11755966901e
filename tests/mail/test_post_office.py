"""Every letter is sent, over a real SMTP server, whatever goes wrong on the way."""

import threading
from datetime import timedelta

import pytest

from conference import mail
from conference.kernel import clock, db, transaction
from conference.mail import delivery
from tests.mail.letters import a_letter, empty, fresh, make_due
from tests.mail.sink import free_port, sink


@pytest.fixture
def post(context):
    """The SMTP server that takes our letters."""
    with sink(context) as keep:
        yield keep


def subjects(keep):
    return [message["Subject"] for _to, message in keep.taken]


def test_a_letter_is_sent_once(post, now):
    letter = a_letter(now)

    assert [empty(), empty()] == [1, 0]

    assert subjects(post) == ["Hello"]
    assert (fresh(letter).state, fresh(letter).attempts) == ("sent", 1)
    assert fresh(letter).sent_at is not None


def test_a_letter_not_yet_due_waits(post, now):
    a_letter(clock.now() + timedelta(hours=1))

    assert empty() == 0
    assert post.tries == []


def test_a_passing_refusal_is_tried_again_later_under_the_same_message_id(post, now):
    letter = a_letter(now)
    post.answers = ["451 4.3.0 try later"]

    assert empty() == 0
    waiting = fresh(letter)
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("waiting", 1, "451 4.3.0 try later")
    assert waiting.due_at > clock.now()

    make_due(now)
    assert empty() == 1
    assert [message["Message-ID"] for _to, message in post.tries] == [letter.message_id] * 2


def test_a_final_refusal_of_the_address_is_not_tried_again(post, now):
    letter = a_letter(now)
    post.refused = {"ada@example.org": "550 5.1.1 no such person"}

    empty()

    assert (fresh(letter).state, fresh(letter).last_error) == ("failed", "550 5.1.1 no such person")


def test_a_passing_refusal_of_the_address_is_tried_again(post, now):
    letter = a_letter(now)
    post.refused = {"ada@example.org": "450 4.2.1 mailbox busy"}

    empty()

    assert fresh(letter).state == "waiting"


def test_a_final_refusal_of_the_text_fails_that_letter_and_no_other(post, now):
    first = a_letter(now, cause="1")
    second = a_letter(now, cause="2")
    post.answers = ["554 5.7.1 looks like spam"]

    assert empty() == 1

    assert (fresh(first).state, fresh(second).state) == ("failed", "sent")


def test_after_the_last_attempt_a_letter_has_failed(post, now):
    letter = a_letter(now)
    post.answers = ["451 no"] * 20

    for _attempt in range(8):
        assert fresh(letter).state == "waiting"
        make_due(now)
        empty()

    assert (fresh(letter).state, fresh(letter).attempts) == ("failed", 8)


def test_a_connection_that_breaks_midway_is_tried_again(post, now):
    letter = a_letter(now)
    post.answers = ["hang up"]

    assert empty() == 0
    assert fresh(letter).state == "waiting"

    make_due(now)
    assert empty() == 1


def test_an_outage_counts_against_no_letter(context, now):
    letters = [a_letter(now, cause=str(number)) for number in range(3)]
    context.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"

    for _round in range(20):
        make_due(now)
        assert empty() == 0

    assert {(fresh(letter).state, fresh(letter).attempts) for letter in letters} == {("waiting", 0)}


def test_a_worker_killed_while_sending_loses_nothing(post, now):
    letter = a_letter(now)
    with transaction():
        delivery.take(now=clock.now() - timedelta(minutes=6))
    assert fresh(letter).state == "sending"

    assert empty() == 1

    assert fresh(letter).state == "sent"


def test_a_letter_under_lease_is_left_to_its_worker(post, now):
    a_letter(now)
    with transaction():
        delivery.take(now=clock.now())

    assert empty() == 0


def test_a_worker_that_lost_its_lease_changes_nothing(post, now):
    letter = a_letter(now)
    with transaction():
        slow = delivery.take(now=clock.now() - timedelta(minutes=6))
    empty()

    with transaction():
        assert delivery.give_up(slow, error="too late") is False

    assert fresh(letter).state == "sent"


def test_a_secret_is_not_kept_after_sending(post, now):
    letter = a_letter(now, text="Your code is 123456", is_secret=True)

    empty()

    assert "123456" in post.taken[0][1].get_body(("plain",)).get_content()
    assert fresh(letter).body == ""


def test_a_secret_that_failed_is_not_kept_either(post, now):
    letter = a_letter(now, text="Your code is 123456", is_secret=True)
    post.answers = ["554 no"]

    empty()

    assert (fresh(letter).state, fresh(letter).body) == ("failed", "")


def test_several_workers_send_each_letter_once(post, now, context):
    for number in range(30):
        a_letter(now, cause=str(number), subject=f"Letter {number}")

    def work():
        with context.app_context():
            empty()
            db.session.remove()

    workers = [threading.Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(subjects(post)) == sorted(f"Letter {number}" for number in range(30))
    assert mail.counts()[mail.State.SENT] == 30
