"""Reminders through the pages: of whoever pays, and of finance."""

import pytest
import time_machine

from conference import checkout, payments, people
from conference.checkout import dunning
from conference.checkout.dunning import policies
from conference.kernel import clock, transaction
from conference.payments import bank
from tests.checkout.banking.acting import an_account
from tests.checkout.dunning.acting import DAY, TERMS, decide, letters, promise, sent
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, an_order, page, state_of

ORDER = "/staff/dunning/order"
SETTINGS = {
    "is_on": "y", "by_hand": "yes", "bank_days": "", "days_to_pay": "8", "release": "staff", "version": "0",
    "friendly-is_on": "y", "friendly-days": "4", "first-is_on": "y", "first-days": "6", "first-subject": "Did you forget?",
    "first-note": "Call us.", "second-days": "14", "last-is_on": "y", "last-days": "9",
}  # fmt: skip


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def order(context, meeting):
    """Ada's order, promised twenty days ago to be paid within ten; her browser."""
    ada = signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")
    then = clock.now() - 20 * DAY
    an_account(then)
    with transaction():
        checkout.transferring.set_terms(meeting, by=None, version=0, now=then, **TERMS)
    with time_machine.travel(then, tick=False):
        _entry, placed = an_order(meeting, people.by_email("ada@example.org"))
    decide(meeting, then, by_hand=True, release="staff")
    promise(placed, then, "PO-17")
    return placed, ada


@pytest.fixture
def fay(context):
    return signed_in(context, "fay@example.org", roles=["finance"])


def send(order, days_ago=0, only="first"):
    with transaction():
        return dunning.send_next(order.id, now=clock.now() - days_ago * DAY, only=only)


def test_the_payer_reads_until_when_and_what_happens_then(order):
    placed, ada = order

    shown = page(ada.get(f"/orders/{placed.ref}"))

    assert "That day is over and your payment is not here yet" in shown
    assert "names the last day" in shown and "Your place is kept until" not in shown


def test_the_payer_reads_the_last_day(order):
    placed, ada = order
    with transaction():
        case = dunning.cases_of([placed.id])[placed.id]
        case.last_day = (clock.now() + 5 * DAY).date()

    assert "After it the places are given to others" in page(ada.get(f"/orders/{placed.ref}"))


def test_finance_finds_what_is_open(order, fay):
    placed, _ada = order

    for query in ("", "?view=late", "?view=due", "?q=PO-17", f"?q={placed.ref}", "?q=Demo", "?step=none", "?sort=-amount", "?meeting=T1"):  # fmt: skip
        assert placed.ref in page(fay.get(f"/staff/dunning{query}")), query
    for query in ("?view=paused", "?view=over", "?step=first", "?q=Nobody"):
        assert placed.ref not in page(fay.get(f"/staff/dunning{query}")), query
    table = page(fay.get("/staff/dunning.csv"))
    assert all(each in table for each in (placed.ref, "First reminder", "440.00"))


def test_only_finance_sees_it(order, context):
    placed, ada = order
    cleo = signed_in(context, "cleo@example.org", roles=["registration"])

    for path in ("/staff/dunning", "/staff/dunning.csv", "/staff/dunning/due", f"{ORDER}/{placed.ref}", "/staff/dunning/settings"):  # fmt: skip
        assert {browser.get(path).status_code for browser in (ada, cleo)} <= {403, 404}, path


def test_what_is_due_is_looked_at_and_sent_once(order, fay):
    placed, _ada = order
    assert f"{placed.ref}:first" in page(fay.get("/staff/dunning/due"))

    answers = [fay.post("/staff/dunning/due", data={"send": f"{placed.ref}:first"}).status_code for _click in range(2)]

    assert (answers, [step for step, _day in sent(placed)], len(letters())) == ([303, 303], ["first"], 1)
    assert f"{placed.ref}:first" not in page(fay.get("/staff/dunning/due"))


def test_what_was_not_looked_at_is_not_sent(order, fay):
    placed, _ada = order

    for typed in ({}, {"send": f"{placed.ref}:last"}, {"send": "NOTHING:first"}, {"send": "?"}):
        assert fay.post("/staff/dunning/due", data=typed).status_code == 303

    assert sent(placed) == []


def test_it_rests_and_goes_on(order, fay):
    placed, _ada = order
    until = (clock.now() + 9 * DAY).date().isoformat()
    assert fay.post(f"{ORDER}/{placed.ref}/pause", data={"until": until, "reason": ""}).status_code == 422
    typed = {"until": "2020-01-01", "reason": "Purchase order on its way"}
    assert fay.post(f"{ORDER}/{placed.ref}/pause", data=typed).status_code == 409

    assert fay.post(f"{ORDER}/{placed.ref}/pause", data={**typed, "until": until}).status_code == 303
    shown = page(fay.get(f"{ORDER}/{placed.ref}"))
    assert "Purchase order on its way" in shown and send(placed) is None
    assert placed.ref in page(fay.get("/staff/dunning?view=paused"))

    answers = [fay.post(f"{ORDER}/{placed.ref}/resume").status_code for _click in range(2)]
    assert answers == [303, 409] and send(placed) is not None


def test_the_last_day_is_moved_and_written_about(order, fay):
    placed, _ada = order
    until = (clock.now() + 30 * DAY).date()
    assert fay.post(f"{ORDER}/{placed.ref}/more-days", data={"until": until.isoformat()}).status_code == 409
    with transaction():
        dunning.cases_of([placed.id])[placed.id].last_day = clock.now().date()

    assert fay.post(f"{ORDER}/{placed.ref}/more-days", data={"until": until.isoformat()}).status_code == 303

    (letter,) = letters("dunning_extended")
    assert "440.00" in letter.body and dunning.cases_of([placed.id])[placed.id].last_day == until
    assert payments.order_by_ref(placed.ref).expires_at > clock.now() + 30 * DAY


def test_staff_give_the_places_back(order, fay):
    placed, _ada = order

    answers = [fay.post(f"{ORDER}/{placed.ref}/release").status_code for _click in range(2)]

    assert (answers, state_of(placed)) == ([303, 409], "lapsed")
    assert "does not wait for a payment any more" in page(fay.get(f"{ORDER}/{placed.ref}"))


def test_the_orders_page_tells_the_letters(order, fay):
    placed, _ada = order
    send(placed)

    shown = page(fay.get(f"/staff/order/{placed.ref}"))

    assert "First reminder" in shown and f"{ORDER}/{placed.ref}" in shown
    assert "Reminded of what is not paid" in shown


def test_the_bank_is_said_to_be_known(order, fay, meeting):
    (account,) = bank.accounts()
    path, yesterday = f"/staff/dunning/bank/{account.ref}", (clock.now() - 2 * DAY).date()

    assert fay.post(path, data={"until": ""}).status_code == 422
    assert fay.post(path, data={"until": (clock.now() + DAY).date().isoformat()}).status_code == 409
    assert fay.post(path, data={"until": yesterday.isoformat()}).status_code == 303
    assert fay.post(path, data={"until": yesterday.isoformat()}).status_code == 409
    assert bank.known_until()[account.id] == yesterday


def test_what_is_kept_back_stands_with_its_reason(order, fay, meeting):
    placed, _ada = order
    decide(meeting, clock.now(), by_hand=True, release="staff", bank_days=3)

    shown = page(fay.get("/staff/dunning/due"))

    assert "bank not known" in shown and f"{placed.ref}:first" not in shown


def test_settings_are_kept_with_their_words_and_shown_as_an_example(order, fay, meeting):
    assert fay.post("/staff/dunning/settings", data={**SETTINGS, "last-days": "0"}).status_code == 422

    assert fay.post("/staff/dunning/settings", data=SETTINGS).status_code == 303

    shown = page(fay.get("/staff/dunning/settings"))
    policy = policies.kept_policy(None)
    assert [(each.step, each.days) for each in policy.steps if each.is_on] == [("friendly", 4), ("first", 6), ("last", 9)]  # fmt: skip
    assert all(
        each in shown for each in ("Did you forget?", "Call us.", "DE89370400440532013000", "Last notice: your places")
    )
    assert fay.post("/staff/dunning/settings", data=SETTINGS).status_code == 409


def test_a_meeting_has_its_own_and_gives_it_up(order, fay, meeting):
    version = policies.kept_policy(meeting).version
    path = f"/staff/dunning/settings/{meeting.code}"
    assert fay.post(path, data={**SETTINGS, "version": version}).status_code == 303
    assert policies.kept_policy(meeting).days_to_pay == 8

    answers = [fay.post(f"{path}/leave").status_code for _click in range(2)]

    assert (answers, policies.kept_policy(meeting)) == ([303, 409], None)
    assert "The society’s settings hold for this meeting" in page(fay.get(path))


def test_an_empty_list_says_how_something_comes_there(context, fay):
    assert "Nothing is open" in page(fay.get("/staff/dunning"))
