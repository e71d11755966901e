"""Refunds never give back more than was paid, and say how they went; disputes stop them."""

import pytest
import stripe

from tests.demo.stripe.orders import opened, paid


def refused(client, **params):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create(params)
    return caught.value


def charge_of(client, intent):
    return client.v1.charges.retrieve(client.v1.payment_intents.retrieve(intent).latest_charge)


def test_a_refund_of_all_empties_the_charge(client, stand_in):
    intent = paid(stand_in)

    refund = client.v1.refunds.create({"payment_intent": intent, "metadata": {"refund": "7"}})

    assert (refund.amount, refund.status, refund.metadata.to_dict()) == (44000, "succeeded", {"refund": "7"})
    assert (charge_of(client, intent).amount_refunded, charge_of(client, intent).refunded) == (44000, True)
    assert [event["type"] for event in stand_in.events()][4:] == ["refund.created", "charge.refunded"]


def test_parts_add_up_to_the_whole_and_no_further(client, stand_in):
    intent = paid(stand_in)
    charge = charge_of(client, intent).id
    client.v1.refunds.create({"charge": charge, "amount": 40000})

    too_much = refused(client, charge=charge, amount=4001)
    client.v1.refunds.create({"charge": charge, "amount": 4000})
    again = refused(client, payment_intent=intent)

    assert str(too_much.user_message) == ("Refund amount ($40.01) is greater than unrefunded amount on charge ($40.00)")
    assert (too_much.http_status, too_much.param, too_much.code) == (400, "amount", None)
    assert (again.http_status, again.code) == (400, "charge_already_refunded")
    assert [refund.amount for refund in client.v1.refunds.list({"payment_intent": intent}).data] == [4000, 40000]
    rows = client.v1.balance_transactions.list({"type": "refund"}).data
    assert sum(row.amount for row in rows) == -44000


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "parameter_missing"),
        ({"payment_intent": "pi_none"}, "resource_missing"),
        ({"charge": "ch_none"}, "resource_missing"),
        ({"charge": "ch_none", "reason": "because"}, None),
        ({"charge": "ch_none", "colour": "red"}, "parameter_unknown"),
        ({"charge": "ch_none", "reverse_transfer": True}, None),
    ],
)
def test_what_stripe_refuses_is_refused(client, params, code):
    assert refused(client, **params).code == code


@pytest.mark.parametrize("amount", [0, -5])
def test_a_refund_is_at_least_one_unit(client, stand_in, amount):
    assert refused(client, payment_intent=paid(stand_in), amount=amount).code == "parameter_invalid_integer"


def test_money_that_has_not_come_cannot_go_back(client, stand_in):
    waiting = paid(stand_in, method="bank_debit")
    failed = paid(stand_in, method="declined")

    for intent in (waiting, failed):
        assert "does not have a successful charge to refund" in str(refused(client, payment_intent=intent))


def test_a_pending_refund_succeeds_when_told(client, stand_in):
    stand_in.faults(refund_outcome="pending")
    refund = client.v1.refunds.create({"payment_intent": paid(stand_in)})

    after = stand_in.settle_refund(refund.id)

    assert (refund.status, refund.pending_reason, after["status"]) == ("pending", "processing", "succeeded")
    assert client.v1.refunds.retrieve(refund.id).balance_transaction is not None
    assert len(stand_in.events("refund.updated")) == 1


def test_a_refund_of_a_bank_debit_takes_its_time(client, stand_in):
    session = opened(client)
    intent = stand_in.pay(session.id, "bank_debit")["payment_intent"]
    stand_in.end_debit(session.id)

    assert client.v1.refunds.create({"payment_intent": intent}).status == "pending"


@pytest.mark.parametrize("outcome", ["pending", "succeeded"])
def test_a_failed_refund_leaves_the_money_with_the_merchant(client, stand_in, outcome):
    stand_in.faults(refund_outcome=outcome)
    intent = paid(stand_in)
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 1000})

    stand_in.settle_refund(refund.id, "fail")

    assert client.v1.refunds.retrieve(refund.id).status == "failed"
    assert charge_of(client, intent).amount_refunded == 0
    assert len(stand_in.events("refund.failed")) == 1
    rows = client.v1.balance_transactions.list({"source": refund.id}).data
    assert sum(row.amount for row in rows) == 0


def test_refunds_fail_by_themselves_when_asked_to(client, stand_in):
    stand_in.faults(refund_outcome="failed")
    refund = client.v1.refunds.create({"payment_intent": paid(stand_in)})

    assert refund.status == "pending"
    assert client.v1.refunds.retrieve(refund.id).status == "failed"


def test_metadata_of_a_refund_can_be_changed(client, stand_in):
    refund = client.v1.refunds.create({"payment_intent": paid(stand_in), "metadata": {"a": "1", "b": "2"}})

    changed = client.v1.refunds.update(refund.id, {"metadata": {"a": "", "c": "3"}})

    assert changed.metadata.to_dict() == {"b": "2", "c": "3"}


def test_a_disputed_charge_cannot_be_refunded(client, stand_in):
    intent = paid(stand_in)
    dispute = stand_in.dispute(charge_of(client, intent).id)

    error = refused(client, payment_intent=intent)
    stand_in.decide_dispute(dispute["id"], "won")

    assert error.code == "charge_disputed"
    assert client.v1.disputes.retrieve(dispute["id"]).status == "won"
    assert [event["type"] for event in stand_in.events("charge.dispute.*")] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]


@pytest.mark.parametrize("method", ["card", "bank_debit"])
def test_a_refund_that_fails_after_all_is_a_failed_refund_in_the_balance(client, stand_in, method):
    """Source: https://docs.stripe.com/reports/reporting-categories."""
    session = opened(client)
    intent = stand_in.pay(session.id, method)["payment_intent"]
    if method == "bank_debit":
        stand_in.end_debit(session.id)
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 1000})
    if refund.status == "pending":
        stand_in.settle_refund(refund.id)

    stand_in.settle_refund(refund.id, "fail")

    rows = client.v1.balance_transactions.list({"source": refund.id}).data
    assert [(row.reporting_category, row.amount) for row in rows] == [("refund_failure", 1000), ("refund", -1000)]
