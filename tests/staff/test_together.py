"""What is done to a whole list at once: it says to how many, does just that, and a worker that dies loses nothing."""

import re

import pytest

from conference import audit, jobs, mail
from conference.kernel import clock, db, transaction
from conference.staff import mailing
from conference.staff.models import Mailing
from tests.staff.cast import a_registration, an_order, lapse, letters, page, settle, somebody

LIST = "/staff/registrations/T1"
LETTERS, BADGES = f"{LIST}/letters", f"{LIST}/badges"


@pytest.fixture
def crowd(meeting):
    """Ada has registered, Ben virtually; Eve is asked to pay; Fay's time to pay is over; their orders by name."""
    orders = {"Ada": a_registration(meeting, "Ada")[1], "Ben": a_registration(meeting, "Ben", mode="virtual")[1]}
    for name in ("Eve", "Gus"):
        _entry, orders[name] = an_order(meeting, somebody(name))
    lapse(orders["Gus"])
    with transaction():
        db.session.query(mail.Letter).delete()
    return orders


def send(client, seen, asked=""):
    return client.post(f"{LETTERS}?{asked}", data={"seen": str(seen)})


def work():
    jobs.run("letters-again")
    db.session.expire_all()


def recipients():
    return sorted((each.to_email.partition("@")[0], each.kind) for each in db.session.query(mail.Letter))


def test_first_it_says_how_many_get_which_letter(crowd, cleo):
    told = " ".join(page(cleo.get(LETTERS)).split())

    facts = re.findall(r"<dd[^>]*><bdi>(.*?)</bdi>", told)
    assert facts[:3] == ["2", "1", "1: drafts, cancelled ones, bank debits under way"]
    assert "Send 3 letters" in told
    assert letters() == []


def test_then_the_worker_writes_just_those(crowd, cleo):
    begun = send(cleo, 3)
    before = page(cleo.get(begun.headers["Location"]))
    work()
    after = cleo.get(begun.headers["Location"])

    assert "Letters are being written" in before
    assert "The letters are written" in page(after)
    assert "Refresh" not in after.headers
    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "to_pay")]


@pytest.mark.parametrize(
    ("asked", "who"),
    [("mode=virtual", ["ben"]), ("state=held", ["eve"]), ("q=ada", ["ada"]), ("state=confirmed", ["ada", "ben"])],
)
def test_the_filters_of_the_list_hold(crowd, cleo, asked, who):
    send(cleo, len(who), asked)
    work()

    assert [name for name, _kind in recipients()] == who


@pytest.mark.parametrize(("seen", "asked"), [(2, ""), ("", ""), ("x", ""), ("9" * 20, ""), (0, "q=nobody")])
def test_nothing_is_sent_when_they_are_not_as_many_as_was_said(crowd, cleo, seen, asked):
    answer = send(cleo, seen, asked)
    work()

    assert answer.status_code == 409
    assert "Nothing was sent" in page(answer)
    assert letters() == []


def test_who_has_moved_on_meanwhile_gets_no_letter(crowd, cleo):
    begun = send(cleo, 3)
    lapse(crowd["Eve"])
    work()

    told = page(cleo.get(begun.headers["Location"]))
    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "lapsed")]
    assert "Left out, because the registration has changed meanwhile" in told


def test_who_has_paid_meanwhile_gets_the_confirmation(crowd, cleo):
    send(cleo, 1, "state=held")
    settle(crowd["Eve"])
    work()

    assert recipients() == [("eve", "confirmed"), ("eve", "confirmed")]


def test_a_worker_that_dies_between_two_writes_each_letter_once(crowd, cleo, monkeypatch):
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    send(cleo, 3)

    with transaction():
        mailing.write_some(clock.now())
    with pytest.raises(RuntimeError), transaction():
        mailing.write_some(clock.now())
        raise RuntimeError("killed")
    between = len(recipients())
    work()

    assert between == 1
    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "to_pay")]


def test_two_workers_at_once_write_each_letter_once(crowd, cleo):
    send(cleo, 3)
    seen_by_both = db.session.query(Mailing).one()
    db.session.expunge(seen_by_both)
    work()

    with pytest.raises(mailing.Overtaken), transaction():
        mailing.advance(seen_by_both, seen_by_both.entries, clock.now())
    assert len(recipients()) == 3


def test_the_trail_says_who_sent_how_many(crowd, cleo, meeting):
    send(cleo, 1, "mode=virtual")

    entry = audit.story_of(meeting)[0]
    assert (entry.actor_name, entry.verb) == ("Cleo Desk", "sent letters again")
    assert entry.after == {"mode": "virtual", "letters": 1}


def test_badges_of_the_list_are_counted_and_made_as_one_file(crowd, cleo):
    told = page(cleo.get(f"{BADGES}?country=US"))
    (refs,) = re.findall(r'name="refs" value="([^"]+)"', told)

    run = cleo.post("/staff/badges/T1/runs", data={"refs": refs})
    shown = " ".join(page(cleo.get(run.headers["Location"])).split())

    assert "Make one file of 1 badge" in told
    assert run.status_code == 303
    assert "0 of 1" in shown


@pytest.mark.parametrize("refs", ["x", "AAAAAA", "' OR 1=1 --"])
def test_badges_of_nobody_are_not_those_of_everybody(crowd, cleo, refs):
    assert cleo.post("/staff/badges/T1/runs", data={"refs": refs}).status_code == 409


def test_without_badges_there_is_nothing_to_press(crowd, cleo):
    told = page(cleo.get(f"{BADGES}?mode=virtual"))

    assert "Make one file" not in told
    assert "1: not registered yet, or taking part virtually" in told


def test_the_list_leads_to_each_with_its_filters(crowd, cleo, fay):
    shown, restrained = (page(client.get(f"{LIST}?mode=virtual")) for client in (cleo, fay))

    assert "With this 1 registration:" in shown
    for address in ("letters", "badges", "export.csv"):
        assert f'href="{LIST}/{address}?mode=virtual"' in shown
    assert f"{LETTERS}?" not in restrained
    assert f"{LIST}/export.csv?mode=virtual" in restrained


def test_finance_sends_and_prints_nothing_to_many(crowd, fay):
    answers = [fay.get(LETTERS), fay.get(BADGES), send(fay, 3)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
