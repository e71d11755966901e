"""A stand-in for Stripe: the same HTTP, the same hosted payment page, signed events, and no real money.

It plays the outside world for the demo and for the tests, so it imports nothing from the application. The
application talks to it through the official client, exactly as it talks to Stripe; only the base address differs.
Start it with `python -m conference.demo.stripe`, or in a test with `running_stand_in()`.
"""

from conference.demo.stripe.app import create_stand_in
from conference.demo.stripe.process import running_stand_in
from conference.demo.stripe.settings import Settings

__all__ = ["Settings", "create_stand_in", "running_stand_in"]
