"""Files of registrations: the many as the one, no more than there are places, and the worker for long ones."""

from datetime import timedelta

from conference import checkout, jobs, mail, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.staff.models import Upload
from tests.staff.cast import page, somebody
from tests.staff.importing import HEADER, brought_in, entry_of, everything, order_of, send


def test_the_many_are_registered_as_the_one(meeting, cleo):
    """A person who begins first is registered as by hand, all others together: the rows must be the same."""
    for name in ("Ada", "Ben", "Eve"):
        somebody(name)
    twins = {"ada": "yes", "ben": "no"}
    with transaction():
        for name in twins:
            registration.start(meeting=meeting, person=people.by_email(f"{name}@example.org"), now=clock.now())
    text = HEADER + "".join(
        f"{name},N,N,,,US,full,{paid}\n"
        for name, paid in (
            ("ada@example.org", "yes"),
            ("ben@example.org", "no"),
            ("x@example.org", "yes"),
            ("y@example.org", "no"),
        )
    )
    brought_in(cleo, text)

    for one, many in (("ada@example.org", "x@example.org"), ("ben@example.org", "y@example.org")):
        assert told(meeting, one) == told(meeting, many)


def told(meeting, email):
    entry, order = entry_of(meeting, email), order_of(meeting, email)
    names = ("state", "category_id", "span", "mode", "wanted", "dues_code", "discount_code", "ribbons")
    lines = [
        (line.kind, line.title, line.amount_minor, line.why, {**line.rule, "registration": 0}) for line in order.lines
    ]
    money = [(each.provider, each.amount_minor) for each in payments.payments_of(order)]
    facts = (order.state, order.total_minor, order.currency, bool(order.settled_at), payments.balance_of(order).minor)
    places = [each.state for each in db.session.query(registration.Place).filter_by(registration_id=entry.id)]
    return [getattr(entry, name) for name in names], lines, money, facts, places, bool(entry.confirmed_at)


def test_places_of_one_as_of_many_are_held_no_longer_than_the_meeting_lasts(meeting, cleo):
    somebody("Ben")
    with transaction():
        meeting.starts = meeting.ends = clock.now().date() + timedelta(days=3)
        registration.start(meeting=meeting, person=people.by_email("ben@example.org"), now=clock.now())
    brought_in(cleo, HEADER + "ben@example.org,N,N,,,US,full,no\ny@example.org,N,N,,,US,full,no\n")

    until = checkout.held_until(meeting, clock.now())
    held = [order_of(meeting, email).expires_at for email in ("ben@example.org", "y@example.org")]

    assert until < clock.now() + timedelta(days=5)
    assert held == [until, until]


def test_no_more_are_registered_than_there_are_places_and_each_one_too_many_is_named(meeting, cleo):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,full,yes\n" for number in range(7))

    report = page(cleo.get(send(cleo, HEADER + rows)))

    assert report.count("no place is left") == 2
    assert all(f">{line}</bdi>" in report for line in (7, 8))


def test_a_long_file_is_tried_and_imported_by_the_worker(meeting, cleo):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,regular,no\n" for number in range(301))
    address = send(cleo, HEADER + rows)
    waiting = cleo.get(address)
    jobs.run("uploads")
    checked = cleo.get(address)
    asked = cleo.post(address)
    jobs.run("uploads")
    db.session.expire_all()

    assert (waiting.headers["Refresh"], "Refresh" in checked.headers) == ("2", False)
    assert "Register 301 people" in page(checked)
    assert asked.status_code == 303
    assert len(db.session.query(Upload).one().done) == 301
    assert cleo.post(address).status_code == 409
    assert db.session.query(mail.Letter).count() == 0


def test_work_that_breaks_in_the_middle_has_imported_nothing_and_is_tried_again(meeting, cleo, monkeypatch):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,regular,no\n" for number in range(301))
    address = send(cleo, HEADER + rows)
    jobs.run("uploads")
    cleo.post(address)
    before = everything()
    real = payments.wholesale.settle_many
    monkeypatch.setattr(payments.wholesale, "settle_many", lambda *_args, **_more: 1 / 0)

    done, troubles = jobs.run_watched("uploads")
    between = everything()
    monkeypatch.setattr(payments.wholesale, "settle_many", real)
    jobs.run("uploads")

    assert (between, done, len(troubles)) == (before, 0, 1)
    assert len(db.session.query(Upload).one().done) == 301


def test_the_faults_can_be_taken_along(meeting, cleo):
    address = send(cleo, HEADER + "nonsense,Ben,T,,,DE,gold,maybe\n")

    lines = page(cleo.get(f"{address}/faults.csv")).splitlines()

    assert lines[1].startswith("2,fault,")
    assert len(lines) == 4


def test_a_file_that_breaks_holds_no_other_up_and_is_given_up_after_some_tries(meeting, cleo):
    """What the first one has done is unreadable: undoing it fails in a way that no Refusal tells of."""
    addresses = [send(cleo, HEADER + f"{name}@example.org,P,Q,,,GB,regular,no\n") for name in ("ada", "ben")]
    with transaction():
        broken, sound = db.session.query(Upload).order_by(Upload.id)
        broken.doing, broken.imported_at, broken.done = "undo", clock.now(), [["unreadable"]]
        broken.report = {**broken.report, "undoing": broken.person_id}
        sound.doing = "import"

    worked = [jobs.run_watched("uploads") for _ in range(4)]

    db.session.expire_all()
    assert [count for count, _troubles in worked] == [1, 0, 0, 0]
    assert [len(troubles) for _count, troubles in worked] == [1, 1, 1, 0]
    assert (sound.doing, len(sound.done), entry_of(meeting, "ben@example.org").state) == ("", 1, "confirmed")
    assert (broken.doing, broken.undone_at) == ("", None)
    assert "Something went wrong. The log of the worker knows more." in page(cleo.get(addresses[0]))
