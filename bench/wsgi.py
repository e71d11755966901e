"""The application as it is served, but for one call: nobody waits for Stripe while placing an order is measured."""

from conference.app import create_app
from conference.checkout import paying

# The address of the payment page is Stripe's to give; what is ours of an order is written by then.
paying.payment_page = lambda order, *, email, locale: f"/orders/{order.ref}"

app = create_app()
