"""Bank accounts and lines at the desk, through the pages."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from conference import mail, payments
from conference.kernel import clock, db
from conference.payments import bank, documents
from tests.checkout.banking.acting import are_tied, lines
from tests.payments.bank.writing import IBAN, Said, as_csv
from tests.payments.documents.selling import SELLER
from tests.signing_in import signed_in
from tests.staff.banking import ACCOUNT, account, brought_in, paying
from tests.staff.cast import an_order, follow, page, somebody, state_of

__all__ = ["account"]


def test_an_account_is_added_and_its_iban_checked(meeting, fay):
    wrong = fay.post("/staff/bank/accounts/new", data={**ACCOUNT, "iban": "DE88370400440532013000"})
    shown = follow(fay, fay.post("/staff/bank/accounts/new", data=ACCOUNT))

    (found,) = bank.accounts()
    assert (wrong.status_code, "check digits" in page(wrong)) == (422, True)
    assert (found.iban, found.currency, found.mapping["amount"], IBAN in shown) == (IBAN, "USD", "Betrag", True)


def test_two_who_change_an_account_at_once(account, fay):
    path = f"/staff/bank/accounts/{account.ref}"
    first = fay.post(path, data={**ACCOUNT, "holder": "One", "version": "1"})
    second = fay.post(path, data={**ACCOUNT, "holder": "Two", "version": "1"})

    assert (first.status_code, second.status_code) == (303, 422)
    assert bank.accounts()[0].holder == "One"


def test_the_first_rows_of_a_file_are_shown(account, fay):
    sample = {"file": (BytesIO(as_csv([Said(39500, "Beitrag", "Ada Example")])), "sample.csv")}

    shown = fay.post(f"/staff/bank/accounts/{account.ref}/sample", data=sample)

    assert shown.status_code == 200
    assert all(each in page(shown) for each in ("Verwendungszweck", "395,00", "Ada Example"))


def test_a_line_is_matched_and_taken_out_again(account, fay, meeting):
    _entry, order = an_order(meeting, somebody("Ada"))
    (line,) = brought_in(fay, account, paying(order, 40000))
    path = f"/staff/bank/lines/{line.ref}"
    assert order.ref in page(fay.get(path))

    shown = follow(fay, fay.post(f"{path}/match", data={"order": order.ref, "amount": "400.00"}))

    assert "Matched" in shown
    assert payments.missing(payments.order_by_ref(order.ref)).minor == order.total_minor - 40000
    (match,) = bank.line_of(line.ref).matches

    assert fay.post(f"{path}/undo", data={"match": match.id, "reason": " "}).status_code == 422
    shown = follow(fay, fay.post(f"{path}/undo", data={"match": match.id, "reason": "another Ada"}))

    assert ("taken out again: another Ada" in shown, lines()[0].state) == (True, "open")
    assert payments.missing(payments.order_by_ref(order.ref)).minor == order.total_minor


def test_a_settled_order_that_lacks_its_money_offers_what_can_be_done(account, fay, cleo, meeting):
    _entry, order = an_order(meeting, somebody("Ada"))
    (line,) = brought_in(fay, account, paying(order))
    (match,) = bank.line_of(line.ref).matches
    follow(fay, fay.post(f"/staff/bank/lines/{line.ref}/undo", data={"match": match.id, "reason": "another Ada"}))

    finance, desk = (page(each.get(f"/staff/order/{order.ref}")) for each in (fay, cleo))

    assert "is missing" in finance and "<p>another Ada</p>" in finance and "Happened outside" not in finance
    assert ("Give it without" in finance, "This is dealt with" in finance) == (True, False)
    assert ("Give it without" in desk, "Only finance may give it up" in desk) == (False, True)


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), ("nonsense", 422), ("-5", 422), ("0", 422), ("999999.00", 422), ("1e5", 422)]
)
def test_amounts_that_are_none_are_refused(account, fay, meeting, typed, status):
    _entry, order = an_order(meeting, somebody("Ada"))
    (line,) = brought_in(fay, account, paying(order, 40000))

    answer = fay.post(f"/staff/bank/lines/{line.ref}/match", data={"order": order.ref, "amount": typed})

    assert (answer.status_code, lines()[0].matched_minor) == (status, 0)


def test_two_tabs_match_a_line_once(account, fay, meeting):
    _entry, one = an_order(meeting, somebody("Ada"))
    _entry, two = an_order(meeting, somebody("Ben"))
    (line,) = brought_in(fay, account, Said(one.total_minor, "?", "Somebody"))
    typed = {"amount": one.total.decimal_text}

    answers = [
        fay.post(f"/staff/bank/lines/{line.ref}/match", data={"order": each.ref, **typed}) for each in (one, two)
    ]

    assert [each.status_code for each in answers] == [303, 409]
    assert (state_of(one), state_of(two)) == ("paid", "open")


def test_a_line_is_set_aside_with_a_reason_and_opened_again(account, fay):
    (line,) = brought_in(fay, account, Said(100, "interest", "Bank"))
    path = f"/staff/bank/lines/{line.ref}"

    assert fay.post(f"{path}/aside", data={}).status_code == 422
    shown = follow(fay, fay.post(f"{path}/aside", data={"reason": "interest"}))
    assert ("Set aside" in shown, "Bank line set aside" in shown, lines()[0].state) == (True, True, "ignored")

    follow(fay, fay.post(f"{path}/reopening"))
    assert lines()[0].state == "open"


def test_what_is_left_is_sent_back(account, fay):
    (line,) = brought_in(fay, account, Said(100, "?", "Nobody"))

    follow(fay, fay.post(f"/staff/bank/lines/{line.ref}/sent-back", data={"reason": "no idea whose", "left": "100"}))

    assert (lines()[0].state, lines()[0].returned_minor, are_tied()) == ("matched", 100, True)
    assert (
        fay.post(f"/staff/bank/lines/{line.ref}/sent-back", data={"reason": "again", "left": "100"}).status_code == 409
    )


def test_what_was_seen_is_sent_back_and_no_cent_more(account, fay, meeting):
    order = an_order(meeting, somebody("Ada"))[1]
    (line,) = brought_in(fay, account, paying(order, order.total_minor + 500))
    path = f"/staff/bank/lines/{line.ref}"
    follow(fay, fay.post(f"{path}/match", data={"order": order.ref, "amount": order.total.decimal_text}))
    seen = re.search(r'name="left" value="(\d+)"', page(fay.get(path)))[1]
    match = re.search(r'name="match" value="(\d+)"', page(fay.get(path)))[1]
    follow(fay, fay.post(f"{path}/undo", data={"match": match, "reason": "another's"}))

    follow(fay, fay.post(f"{path}/sent-back", data={"reason": "too much", "left": seen}))
    (line,) = lines()
    assert (seen, line.state, line.returned_minor, line.left.minor) == ("500", "open", 500, order.total_minor)
    for left in (str(order.total_minor + 1), "", "-5", "1e3", "9" * 30):
        refused = fay.post(f"{path}/sent-back", data={"reason": "more", "left": left})
        assert (refused.status_code, lines()[0].returned_minor) == (409, 500)


def test_staff_say_which_booking_was_taken_back(account, fay, meeting):
    _entry, order = an_order(meeting, somebody("Ada"))
    one, two = brought_in(
        fay, account, paying(order), Said(-order.total_minor, "returned", "?", day=clock.now().date(), is_reversal=True)
    )
    assert (one.state, two.state, two.why) == ("matched", "open", "reversal")

    follow(fay, fay.post(f"/staff/bank/lines/{two.ref}/original", data={"original": str(one.id)}))

    assert [each.state for each in lines()] == ["reversed", "reversed"]
    found = payments.order_by_ref(order.ref)
    assert (found.state, payments.missing(found).minor, are_tied()) == ("paid", order.total_minor, True)


def test_lines_are_found_filtered_and_exported(account, fay):
    brought_in(fay, account, Said(100, "Müller", "Jürgen"), Said(200, "=cmd", "Other"), Said(-50, "fee", "Bank"))

    found = page(fay.get("/staff/bank/lines?q=mueller&state=open")), page(fay.get("/staff/bank/lines?q=muller"))
    table = fay.get("/staff/bank/lines.csv?state=all").get_data(as_text=True)

    assert ("No line matches" in found[0], "Jürgen" in found[1], "Other" in found[1]) == (True, True, False)
    assert (table.count("\n"), "'=cmd" in table, "-0.50" in table) == (4, True, True)
    assert "Other" not in page(fay.get("/staff/bank/lines?state=out"))


def test_who_has_no_part_in_money_sees_none_of_it(account, fay, cleo, dov):
    (line,) = brought_in(fay, account, Said(100, "a"))

    for path in (
        "/staff/bank",
        "/staff/bank/lines",
        "/staff/bank/lines.csv",
        f"/staff/bank/lines/{line.ref}",
        "/staff/bank/statements",
    ):
        assert [each.get(path).status_code for each in (cleo, dov)] == [403, 403]
    assert cleo.post(f"/staff/bank/lines/{line.ref}/aside", data={"reason": "x"}).status_code == 403


def test_who_changes_where_payers_pay_is_seen_by_the_rest_of_finance(account, fay, context):
    signed_in(context, "boss@example.org", roles=("administrator",), given_name="Bo")
    before, path = len(told()), f"/staff/bank/accounts/{account.ref}"

    follow(fay, fay.post(path, data={**ACCOUNT, "csv_text": "", "version": "1"}))
    assert len(told()) == before  # how files are read is not what payers are told
    follow(fay, fay.post(path, data={**ACCOUNT, "iban": "GB33BUKB20201555555555", "csv_text": "", "version": "2"}))

    new = told()[before:]
    assert sorted(each.to_email for each in new) == ["boss@example.org", "fay@example.org"]
    assert "Fay has changed where payers are told to transfer money: Current account" in new[0].body


def test_the_account_on_invoices_is_not_changed_unseen_either(meeting, fay):
    for typed, letters in (({}, 1), ({"name": "Society of Other Tests"}, 1), ({"iban": "GB33BUKB20201555555555"}, 2)):
        version = str(found.id) if (found := documents.queries.seller()) else "0"
        fine = fay.post("/staff/documents/seller", data={**SELLER, **typed, "version": version})
        assert (fine.status_code, len(told())) == (303, letters)


def told():
    wanted = select(mail.Letter).where(mail.Letter.kind == "bank_details").order_by(mail.Letter.id)
    return list(db.session.scalars(wanted))
