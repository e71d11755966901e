"""A refund is done once, however often it is sent."""

import re

from conference import payments
from tests.staff.cast import a_registration, page
from tests.staff.test_refunds import lines_of


def test_the_same_refund_sent_twice_is_done_once(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    typed = {"lines": lines_of(order), "amount": "440", "reason": "ill", "left": 44000}

    answers = [cleo.post(f"/staff/order/{order.ref}/refund", data=typed).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert len(payments.refunds_of(order)) == 1


def test_money_without_a_line_goes_back_once_however_often_it_is_sent(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    checked = page(cleo.post(f"/staff/order/{order.ref}/refund/check", data={"amount": "20", "reason": "kind"}))
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', checked))

    first, again = (cleo.post(f"/staff/order/{order.ref}/refund", data=typed) for _ in range(2))

    assert (first.status_code, again.status_code) == (303, 409)
    assert "420.00 USD can still go back. Look again." in page(again)
    assert [each.amount_minor for each in payments.refunds_of(order)] == [2000]
