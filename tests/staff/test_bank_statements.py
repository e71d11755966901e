"""Statements at the desk: read first, kept when somebody says yes."""

import re

import pytest

from conference import jobs
from conference.kernel import end_read, transaction
from conference.payments import bank
from tests.checkout.banking.acting import are_tied, lines
from tests.payments.bank.writing import Said, as_camt, as_csv
from tests.staff.banking import ACCOUNT, account, brought_in, paying, upload
from tests.staff.cast import an_order, follow, page, somebody, state_of

__all__ = ["account"]


def test_a_file_is_read_first_and_kept_when_somebody_says_yes(account, fay, meeting):
    _entry, order = an_order(meeting, somebody("Ada"))

    checked = upload(fay, account, as_camt([paying(order)]))
    shown = page(fay.get(checked.location))

    assert (lines(), state_of(order), "Keep 1 new line" in shown) == ([], "open", True)
    first = shown.partition("The first new lines")[2]
    assert "Ada Demo" in first and bank.creditor_reference(order.ref) in first and order.total.decimal_text in first

    follow(fay, fay.post(checked.location))
    jobs.run("statements")

    assert (state_of(order), are_tied()) == ("paid", True)
    assert "Ties out" in page(fay.get("/staff/bank"))
    assert "bank statement" in page(fay.get(f"/staff/order/{order.ref}"))


def test_a_file_without_anything_new_has_nothing_to_keep(account, fay):
    brought_in(fay, account, Said(100, "a", id="1"), Said(200, "b", id="2"))

    shown = page(fay.get(upload(fay, account, as_camt([Said(200, "b", id="2")], opening=100_100)).location))

    assert ("Nothing in it is new" in shown, "Keep 0" in shown) == (True, False)


def test_a_double_click_on_keep_keeps_once(account, fay):
    checked = upload(fay, account, as_camt([Said(100, "a")]))

    answers = [fay.post(checked.location).status_code for _click in range(2)]

    assert (answers, len(lines())) == ([303, 409], 1)


def test_the_same_file_again_leads_to_what_became_of_it(account, fay):
    brought_in(fay, account, Said(100, "a"))

    again = upload(fay, account, as_camt([Said(100, "a")]))

    assert "were kept on" in page(fay.get(again.location))


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"<a", "damaged"), (b"x;y\n1;2\n", "No column"), (as_camt([Said(1, "x")], closing=1), "add up")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(account, fay, content, why):
    answer = upload(fay, account, content)

    assert (answer.status_code, why in page(answer)) == (422, True)


def test_a_file_that_is_too_large_is_refused_at_once(account, fay):
    answer = upload(fay, account, b"<a>" + b"x" * (12 * 2**20))

    assert (answer.status_code, "larger than 12 MiB" in page(answer), bank.asked()) == (422, True, [])


def test_odd_lines_are_named_by_their_number(account, fay):
    content = as_csv([Said(100, "a")]) + b"99.99.2026;x;;x;1,00;USD;\r\n"

    shown = page(fay.get(upload(fay, account, content).location))

    assert "is not a day" in shown
    assert re.search(r"<th[^>]*>.*99\.99\.2026", shown, re.DOTALL)


def test_a_long_file_is_read_by_the_worker(account, fay):
    many = [Said(100 + number, "x" * 200, f"Payer {number}") for number in range(3000)]
    checked = upload(fay, account, as_camt(many))
    waiting = fay.get(checked.location)
    assert ("being read" in page(waiting), waiting.headers["Refresh"]) == (True, "2")

    jobs.run("statements")
    assert "Keep 3000 new lines" in page(fay.get(checked.location))
    follow(fay, fay.post(checked.location))
    jobs.run("statements")

    assert len(lines()) == 3000


def test_a_long_file_is_read_anew_when_the_account_says_otherwise_meanwhile(account, fay, now):
    checked = upload(fay, account, as_csv([Said(100 + number, "x" * 200) for number in range(3000)]), name="a.csv")
    (key,) = bank.asked()
    was_read = bank.read_asked(key, now=now)
    end_read()
    follow(fay, fay.post(f"/staff/bank/accounts/{account.ref}", data={**ACCOUNT, "csv_text": "", "version": "1"}))

    with transaction():
        assert bank.work_on(key, was_read, now=now) is False
    jobs.run("statements")

    assert "Keep 3000 new lines" in page(fay.get(checked.location))
