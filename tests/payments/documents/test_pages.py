"""The pages of documents: a payer asks for an invoice, finance staff look, correct and set; nobody reaches another's."""

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from conference import accounts
from conference.kernel import db, transaction
from conference.payments import documents
from conference.payments.documents import Document
from tests.signing_in import browser_of, signed_in

TYPED = {
    "organisation": "Example University", "name": "Ada", "address": "1 Road", "postcode": "1", "city": "Berlin", "country": "DE",
    "tax_id": "de 136695976", "po_number": "PO-1", "email": "accounts@example.org", "language": "en",
}  # fmt: skip


def browser_for(app, person, now):
    with transaction():
        found = accounts.by_email(person.email) or accounts.create(email=person.email, now=now)
    return browser_of(app, found)


def newest():
    return db.session.scalar(select(Document).order_by(Document.id.desc()).execution_options(populate_existing=True))


def test_a_payer_makes_an_invoice_and_downloads_it(context, seller, paid, ada, now):
    browser, here = browser_for(context, ada, now), f"/orders/{paid.ref}"

    assert "Get an invoice" in browser.get(here).text
    assert "Example Institute" in browser.get(f"{here}/invoice").text
    posted = browser.post(f"{here}/invoice", data=TYPED)

    made = newest()
    assert (posted.status_code, posted.location) == (303, f"{here}#documents")
    assert made.content["buyer"]["tax_id"] == "DE136695976"
    answer = browser.get(f"{here}/documents/{made.ref}.pdf")
    assert answer.data == documents.kept(made)
    assert answer.headers["Content-Disposition"] == f'inline; filename="{made.number}.pdf"'
    page = browser.get(here).text
    assert made.number in page and "Get an invoice" not in page


def test_what_was_typed_is_remembered_for_the_next_order(context, seller, paid, ada, now):
    browser = browser_for(context, ada, now)
    browser.post(f"/orders/{paid.ref}/invoice", data=TYPED)

    kept = documents.queries.bill_to(ada)

    assert (kept.organisation, kept.tax_id, kept.country) == ("Example University", "DE136695976", "DE")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tax_id": "DE136695977"}, "This cannot be a tax number"),
        ({"country": ""}, "Choose the country."),
        ({"organisation": "", "name": ""}, "Type an organisation, a name, or both."),
        ({"email": "x"}, "Error:"),
        ({"organisation": "x" * 301}, "Error:"),
    ],
)
def test_a_wrong_bill_to_is_said_at_its_field_and_nothing_is_made(context, seller, paid, ada, now, wrong, said):
    answer = browser_for(context, ada, now).post(f"/orders/{paid.ref}/invoice", data={**TYPED, **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert newest() is None


def test_a_second_click_makes_no_second_invoice(context, seller, paid, ada, now):
    browser = browser_for(context, ada, now)

    codes = [browser.post(f"/orders/{paid.ref}/invoice", data=TYPED).status_code for _click in range(2)]

    assert codes == [303, 409]
    assert documents.queries.of_order(paid) == [newest()]


def test_nobody_reaches_the_documents_of_another(context, seller, paid, ada, now):
    browser_for(context, ada, now).post(f"/orders/{paid.ref}/invoice", data=TYPED)
    other, made = signed_in(context, "ben@example.org"), newest()

    for path in ("invoice", f"documents/{made.ref}.pdf", f"documents/{made.ref}/correction"):
        assert other.get(f"/orders/{paid.ref}/{path}").status_code == 404
    assert other.get(f"/staff/documents/{made.ref}").status_code == 403
    desk = signed_in(context, "desk@example.org", roles=("registration",))
    assert desk.get("/staff/documents").status_code == 403


def test_a_payer_has_it_made_out_anew_once(context, seller, paid, ada, now):
    browser = browser_for(context, ada, now)
    browser.post(f"/orders/{paid.ref}/invoice", data=TYPED)
    first = newest()
    there = f"/orders/{paid.ref}/documents/{first.ref}/correction"

    assert browser.get(there).status_code == 200
    assert browser.post(there, data={**TYPED, "organisation": "Right University"}).status_code == 303
    made = newest()
    assert (made.buyer, made.content["replaces"]) == ("Right University, Ada", first.number)
    again = f"/orders/{paid.ref}/documents/{made.ref}/correction"
    assert (browser.get(again).status_code, browser.post(again, data=TYPED).status_code) == (303, 409)


@pytest.fixture
def finance(context):
    return signed_in(context, "finance@example.org", roles=("finance",))


def test_finance_makes_an_invoice_of_an_order_that_is_to_be_paid_until_a_day(seller, order, finance):
    there = f"/staff/order/{order.ref}/invoice"

    assert "To be paid until" in finance.get(there).text
    assert finance.post(there, data=TYPED).status_code == 422
    posted = finance.post(there, data={**TYPED, "due_on": "2027-01-31"})

    made = newest()
    assert posted.location == f"/staff/documents/{made.ref}"
    assert (made.content["due"], made.content["due_on"]) == (44000, "2027-01-31")
    assert "DE89 3704 0044 0532 0130 00" in finance.get("/staff/documents/seller").text
    assert finance.get(posted.location).status_code == 200


def test_the_list_is_searched_by_number_name_amount_and_order_and_is_taken_along(seller, paid, finance, tmp_path):
    finance.post(f"/staff/order/{paid.ref}/invoice", data=TYPED)
    made = newest()

    for text in (made.number.lower(), "exámple univ", "440", "440.00", paid.ref):
        assert made.number in finance.get("/staff/documents", query_string={"q": text}).text
    for text in ("nobody", "441"):
        assert "No document matches" in finance.get("/staff/documents", query_string={"q": text}).text
    assert "No document matches" in finance.get("/staff/documents?kind=credit_note").text
    series = finance.get(
        "/staff/documents", query_string={"kind": "invoice", "series": documents.queries.all_series()[0].code}
    )
    assert made.number in series.text
    assert (
        made.number
        in finance.get(f"/staff/documents?first={made.content['issued_on']}&last={made.content['issued_on']}").text
    )
    table = finance.get("/staff/documents.csv").text
    assert f"{made.number},Invoice,{made.content['issued_on']},{paid.ref}" in table
    assert "369.75,70.25,0.00,440.00" in table
    (tmp_path / "a.xlsx").write_bytes(finance.get("/staff/documents.xlsx").data)
    assert load_workbook(tmp_path / "a.xlsx").active["L2"].value == 440


def test_finance_has_an_invoice_made_out_anew_at_any_time(seller, paid, finance):
    finance.post(f"/staff/order/{paid.ref}/invoice", data=TYPED)

    for name in ("One", "Two"):
        there = f"/staff/documents/{newest().ref}/correction"
        assert finance.get(there).status_code == 200
        assert finance.post(there, data={**TYPED, "organisation": name}).status_code == 303

    assert newest().buyer == "Two, Ada"
    assert "every number from 1 to the last one is there once" in finance.get("/staff/documents/series").text


SELLER = {
    "version": "0", "name": "Society", "address": "1 Road", "postcode": "1", "city": "Berlin", "country": "DE", "tax_id": "DE136695976",
    "registration": "", "email": "", "bank": "", "iban": "", "bic": "", "invoice_pattern": "R{number}", "credit_pattern": "G{number}",
    "digits": "4", "style": "inclusive", "embeds": "y", "language": "en", "footer": "",
}  # fmt: skip


def test_the_seller_is_saved_in_versions_and_two_do_not_overwrite_each_other(meeting, finance):
    assert finance.post("/staff/documents/seller", data=SELLER).status_code == 303
    stale = finance.post("/staff/documents/seller", data={**SELLER, "name": "Other"})

    assert stale.status_code == 409
    assert "Somebody else has saved this" in stale.text
    assert documents.queries.seller().name == "Society"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"iban": "DE00"}, "This is not an IBAN"),
        ({"bic": "X"}, "This is not a BIC"),
        ({"invoice_pattern": "INV"}, "Write {number} where the number goes"),
        ({"digits": "0"}, "From 1 to 9."),
        ({"tax_id": ""}, "An invoice for machines needs the tax number."),
    ],
)
def test_a_wrong_seller_is_said_at_its_field(meeting, finance, wrong, said):
    answer = finance.post("/staff/documents/seller", data={**SELLER, **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert documents.queries.seller() is None


RATE = {"version": "0", "kind": "", "country": "", "buyers": "anyone", "category": "S", "percent": "5.5", "note": "", "starts": "2026-01-01", "ends": ""}  # fmt: skip


def test_a_rate_is_made_changed_and_taken_away(meeting, finance):
    assert finance.post("/staff/documents/rates/new", data=RATE).status_code == 303
    (rate,) = documents.queries.rates()
    there = f"/staff/documents/rates/{rate.id}"
    assert rate.hundredths == 550
    assert 'value="5.5"' in finance.get(there).text

    changed = finance.post(there, data={**RATE, "version": "1", "percent": "7"})
    stale = finance.post(there, data={**RATE, "version": "1", "percent": "8"})

    assert (changed.status_code, stale.status_code) == (303, 409)
    db.session.expire_all()
    assert documents.queries.rate(rate.id).hundredths == 700
    assert finance.post(f"{there}/remove").status_code == 303
    assert "No rate yet" in finance.get("/staff/documents/rates").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"percent": ""}, "Type the rate"),
        ({"percent": "1,5x"}, "Error:"),
        ({"percent": "101"}, "Type the rate"),
        ({"category": "E"}, "leave it empty"),
        ({"category": "E", "percent": ""}, "Say why no tax is taken"),
        ({"category": "AE", "percent": "", "note": "Art. 196"}, "for customers with a tax number"),
        ({"ends": "2025-01-01"}, "It ends before it begins."),
    ],
)
def test_a_wrong_rate_is_said_at_its_field(meeting, finance, wrong, said):
    answer = finance.post("/staff/documents/rates/new", data={**RATE, **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert documents.queries.rates() == []
