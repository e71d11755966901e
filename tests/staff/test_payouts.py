"""Reconciliation with Stripe at the desk: what ties out, what does not, and saying what it is."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from conference import payments
from conference.kernel import Money, clock, db, transaction
from conference.payments import Payment, payouts
from conference.payments.payouts import PayoutSeen, RowSeen
from conference.payments.payouts.fetching import keep_rows
from tests.staff.cast import a_registration, follow, page

NOW = 1_795_000_000


def a_row(number, category="charge", amount=44000, fee=1306, *, intent=""):
    """A row of the balance as Stripe tells of it."""
    return RowSeen(f"txn_{number}", category, category, f"src_{number}", intent, amount, fee, amount - fee, "USD", amount,
                   "USD", NOW + number, "")  # fmt: skip


@pytest.fixture
def paid_out(meeting):
    """A payout of Ada's payment and of 50.00 USD that nobody here knows; (payout, Ada's order)."""
    _entry, order = a_registration(meeting, "Ada")
    intent = payments.payments_of(order)[0].provider_ref
    rows = [a_row(1, intent=intent), a_row(2, amount=5000, fee=175, intent="pi_strange")]
    net = sum(row.net for row in rows)
    with transaction():
        payout = payouts.keep_payout(PayoutSeen("po_1", net, "USD", "paid", True, True, NOW, NOW + 86400, ""))
        own = a_row(3, "payout", -net, 0)
        payouts.keep_itemised(payout, [*rows, own], now=clock.now())
    with transaction():
        payouts.tie_open_rows(now=clock.now())
    return payout, order


def test_the_list_says_what_does_not_tie_out(fay, paid_out):
    text = page(fay.get("/staff/money/payouts"))
    assert ("Something does not tie out yet" in text, "It ties out" in text) == (True, False)

    assert "475.19 USD" in text
    assert "1 row open" in text
    assert (
        '<span class="figure-value">1</span> <span class="figure-label">rows that belong to nothing of ours</span>'
        in text
    )


def test_a_payout_shows_each_row_with_the_order_it_belongs_to(fay, paid_out):
    _payout, order = paid_out

    text = page(fay.get("/staff/money/payout/po_1"))

    assert f'<a href="/staff/order/{order.ref}"' in text
    assert "nothing of ours belongs to it" in text
    assert "490.00 USD" in text  # of both charges together


def test_what_is_on_its_way_to_the_bank_stands_beside_the_payouts_that_no_line_shows(fay, paid_out):
    payout, _order = paid_out
    with transaction():
        keep_rows([replace(a_row(4, "payout", -700, 0), source="po_lost")])
        keep_rows([replace(a_row(5, "payout", -payout.amount_minor, 0), source="po_1")])

    text = page(fay.get("/staff/money/payouts?show=way"))

    assert "1010 On its way to the bank" in text
    assert (
        text.count((payout.amount + payout.amount + Money(700, "USD")).decimal_text) == 3
    )  # paid out, in the journal, shown by no line
    assert "po_1</code>" in text
    assert "Not the same" not in text


def test_an_odd_row_is_explained_once_and_may_be_opened_again(fay, paid_out):
    empty = fay.post("/staff/money/row/txn_2", data={"words": " "})
    assert (empty.status_code, "Say what it is." in page(empty)) == (422, True)

    follow(fay, fay.post("/staff/money/row/txn_2", data={"words": "Sponsor paid by a link of Stripe"}))
    assert "ties out" in page(fay.get("/staff/money/payouts"))
    assert fay.post("/staff/money/row/txn_2", data={"words": "Something else"}).status_code == 409
    assert "Sponsor paid by a link of Stripe" in page(fay.get("/staff/money/payout/po_1"))

    follow(fay, fay.post("/staff/money/row/txn_2/reopen"))
    assert "1 row open" in page(fay.get("/staff/money/payouts"))
    assert fay.post("/staff/money/row/txn_2/reopen").status_code == 409
    assert fay.post("/staff/money/row/txn_1/reopen").status_code == 409  # tied, not explained


def test_rows_are_found_by_any_id_and_by_what_they_are(fay, paid_out):
    def shown(**asked):
        text = page(fay.get("/staff/money/balance", query_string=asked))
        return [name for name in ("txn_1", "txn_2", "txn_3") if f"/staff/money/row/{name}" in text]

    assert shown() == ["txn_1", "txn_2", "txn_3"]
    assert shown(q="pi_strange") == ["txn_2"]
    assert shown(category="payout") == ["txn_3"]
    assert shown(show="open") == ["txn_2"]
    assert shown(q="%") == []
    assert shown(category="nonsense") == ["txn_1", "txn_2", "txn_3"]


def test_payouts_are_found_by_amount_and_id(fay, paid_out):
    for asked, found in (("475.19", True), ("po_1", True), ("475.20", False), ("١٢٣", False), ("47519", False)):
        text = page(fay.get("/staff/money/payouts", query_string={"q": asked}))
        assert ("/staff/money/payout/po_1" in text) == found, asked


def test_what_stripe_does_not_show_is_listed_with_its_order(fay, paid_out, meeting):
    _entry, order = a_registration(meeting, "Ben")
    assert "Nothing is missing" in page(fay.get("/staff/money/missing"))  # so early, Stripe may still show it
    with transaction():
        mine = update(Payment).where(Payment.order_id == order.id)
        db.session.execute(mine.values(received_at=clock.now() - timedelta(days=3)))

    text = page(fay.get("/staff/money/missing"))

    assert f"/staff/order/{order.ref}" in text
    assert "Nothing is missing" not in text


def test_both_files_hold_every_row(fay, paid_out):
    _payout, order = paid_out

    text = page(fay.get("/staff/money/payout/po_1/rows.csv"))
    sheet = load_workbook(io.BytesIO(fay.get("/staff/money/payout/po_1/rows.xlsx").data)).active

    assert text.splitlines()[0].lstrip("\ufeff").startswith("row,category,amount,fee,net,currency")
    assert f"txn_1,charge,440.00,13.06,426.94,USD,{clock_text(1)},src_1,{order.ref},," in text
    assert sheet.max_row == 4
    local = datetime.fromtimestamp(NOW + 1, ZoneInfo("America/New_York")).replace(tzinfo=None)
    assert min(row[6] for row in sheet.iter_rows(min_row=2, values_only=True)) == local
    assert sorted(row[2] for row in sheet.iter_rows(min_row=2, values_only=True)) == [-475.19, 50, 440]


def clock_text(number):
    """When the row of this number was made."""
    return db.session.scalar(payouts.rows(text=f"txn_{number}")).created_at.isoformat(timespec="seconds")


def test_rows_that_do_not_sum_to_the_payout_are_pointed_out(fay, paid_out):
    payout, _order = paid_out
    with transaction():
        more = replace(a_row(4), row_id="txn_4", net=100, amount=100, fee=0)
        payouts.keep_itemised(payout, [more], now=clock.now())

    assert "its rows sum to 476.19 USD" in page(fay.get("/staff/money/payouts"))


def test_only_finance_sees_it(cleo, dov, stranger, paid_out):
    for path in ("payouts", "payout/po_1", "payout/po_1/rows.csv", "balance", "missing", "row/txn_2"):
        assert cleo.get(f"/staff/money/{path}").status_code == 403
        assert dov.get(f"/staff/money/{path}").status_code == 403
        assert stranger.get(f"/staff/money/{path}").status_code == 303
    assert cleo.post("/staff/money/row/txn_2", data={"words": "mine"}).status_code == 403


def test_unknown_payouts_and_rows_are_not_found(fay, meeting):
    assert fay.get("/staff/money/payout/po_none").status_code == 404
    assert fay.get("/staff/money/row/txn_none").status_code == 404


def test_an_empty_desk_says_when_something_will_stand_there(fay, meeting):
    assert "No payouts yet" in page(fay.get("/staff/money/payouts"))
    assert "No rows yet" in page(fay.get("/staff/money/balance"))
    assert "Nothing is missing" in page(fay.get("/staff/money/missing"))
