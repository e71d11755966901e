"""Bank lines that pay no order at the desk: tied to a payout or to what was sent back, untied, set aside."""

import re
from datetime import timedelta

from conference import society
from conference.kernel import clock
from tests.checkout.banking.acting import a_payout, lines
from tests.payments.bank.writing import Said
from tests.staff.cast import follow, page
from tests.staff.test_bank import account, brought_in

__all__ = ["account"]


def test_a_line_is_tied_to_its_payout_by_one_click_and_untied(account, fay):
    today = society.local_day(clock.now())
    a_payout("po_first1", arrives=today - timedelta(days=2))
    brought_in(fay, account, Said(1, "Interest", "Bank", day=today - timedelta(days=3)))
    assert "not seen for 2 days" in page(fay.get("/staff/money/payouts?show=unseen"))
    line = brought_in(fay, account, Said(12345, "Transfer", "STRIPE", day=today))[-1]
    here = f"/staff/bank/lines/{line.ref}"

    assert "Perhaps a payout" in page(fay.get("/staff/bank/lines"))
    (key,) = re.findall(r'name="key" value="(\d+)"', page(fay.get(here)))
    text = follow(fay, fay.post(f"{here}/counterpart", data={"kind": "payout", "key": key}))
    assert "does not wait any more" in text and "A payout of Stripe" in text
    assert fay.post(f"{here}/counterpart", data={"kind": "payout", "key": key}).status_code == 409
    assert f'href="{here}"' in page(fay.get("/staff/money/payout/po_first1"))
    assert "No payout matches" in page(fay.get("/staff/money/payouts?show=unseen"))
    assert fay.post(f"{here}/counterpart/undo", data={"reason": " "}).status_code == 422
    assert "waits again" in follow(fay, fay.post(f"{here}/counterpart/undo", data={"reason": "Another one"}))
    assert fay.post(f"{here}/counterpart/undo", data={"reason": "Another one"}).status_code == 409


def test_money_that_went_out_is_set_aside_or_tied_to_what_went_back(account, fay):
    fee, sent, came = brought_in(
        fay,
        account,
        Said(-850, "Account fee", "Bank"),
        Said(-5000, "Back", "Nemo Nobody"),
        Said(5000, "?", "Nemo Nobody"),
    )
    follow(fay, fay.post(f"/staff/bank/lines/{came.ref}/sent-back", data={"reason": "On Monday", "left": "5000"}))

    assert "Money of another line that was sent back" in page(fay.get(f"/staff/bank/lines/{sent.ref}"))
    data = {"kind": "returned", "key": str(came.id)}
    follow(fay, fay.post(f"/staff/bank/lines/{sent.ref}/counterpart", data=data))
    assert "Its money went back by" in page(fay.get(f"/staff/bank/lines/{came.ref}"))
    follow(fay, fay.post(f"/staff/bank/lines/{fee.ref}/aside", data={"reason": "A fee"}))
    assert [str(each.state) for each in lines()] == ["ignored", "sent", "matched"]


def test_nonsense_ties_nothing(account, fay):
    (line,) = brought_in(fay, account, Said(-850, "Account fee", "Bank"))
    for data in (
        {},
        {"kind": "payout"},
        {"kind": "nonsense", "key": "1"},
        {"kind": "refund", "key": "1"},
        {"kind": "payout", "key": "9" * 12},
    ):
        assert fay.post(f"/staff/bank/lines/{line.ref}/counterpart", data=data).status_code == 409
