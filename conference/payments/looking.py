"""Lists at Stripe that sweeps look through now and then, so that what no message has told is found."""

from flask import current_app

from conference import jobs
from conference.kernel import clock
from conference.payments.stripe_client import Unreachable, heed, is_paused, words_of


def look_when_due(name, every, look, *, what):
    """What `look(is_first)` finds at Stripe; None when this process has looked within `every`, or Stripe cannot be asked now.

    `name` is what it is remembered by in this process, `what` how it is called to whoever watches.
    """
    last, now = current_app.extensions.get(name), clock.now()
    if is_paused() or (last and now - last < every):
        return None
    try:
        found = look(last is None)
    except Unreachable as error:
        heed(error)
        jobs.trouble(f"{what} could not be listed: {words_of(error)}")
        return None
    current_app.extensions[name] = now
    return found
