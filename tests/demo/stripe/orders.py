"""What the tests buy."""

SUCCESS = "http://127.0.0.1:9/thanks?session={CHECKOUT_SESSION_ID}"
CANCEL = "http://127.0.0.1:9/basket"


def order(*amounts, currency="usd", **more):
    """Parameters of a session with one line for each amount."""
    lines = [
        {
            "price_data": {"currency": currency, "unit_amount": amount, "product_data": {"name": f"Item {place}"}},
            "quantity": 1,
        }
        for place, amount in enumerate(amounts or [44000], start=1)
    ]
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "success_url": SUCCESS,
        "cancel_url": CANCEL,
        "client_reference_id": "R-7KQ4",
        "customer_email": "ada@example.org",
        "metadata": {"order": "R-7KQ4"},
        "payment_intent_data": {"metadata": {"order": "R-7KQ4"}},
        "line_items": lines,
    } | more


def opened(client, *amounts, **more):
    return client.v1.checkout.sessions.create(order(*amounts, **more))


def paid(stand_in, *amounts, method="card", **more):
    """The payment intent of a session that was paid."""
    session = opened(stand_in.client(), *amounts, **more)
    return stand_in.pay(session.id, method)["payment_intent"]
