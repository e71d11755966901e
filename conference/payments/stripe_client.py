"""The official client, made once: which version of Stripe's interface it speaks, what an error of it means, and how long to leave Stripe alone."""

import random
from datetime import timedelta

import stripe
from flask import current_app
from flask_babel import gettext as _

from conference.kernel import clock

# The version of Stripe's interface that this code was written for; it is sent with every call. A newer client that speaks another one
# fails a test, so that nothing changes its meaning unseen.
API_VERSION = "2026-10-28.endive"
SECONDS_TO_CONNECT = 3.05
CONFLICT = 409
LONGEST_PAUSE = timedelta(hours=1)
_PAUSE = "stripe-pause"  # until when this process leaves Stripe alone, kept with the application

Unreachable = stripe.StripeError


def client():
    """The client for this application's key and address, made once; it tries twice more when a connection breaks or an answer is late."""
    made = current_app.extensions.get("stripe-client")
    if made is None:
        base = current_app.config["STRIPE_API_BASE"]
        patience = (SECONDS_TO_CONNECT, current_app.config["STRIPE_TIMEOUT"])
        made = current_app.extensions["stripe-client"] = stripe.StripeClient(
            current_app.config["STRIPE_API_KEY"],
            stripe_version=API_VERSION,
            base_addresses={"api": base} if base else {},
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=patience),
        )
    return made


def is_undone(error):
    """Whether Stripe said no before it did anything; after a broken connection or an error of its own nobody knows."""
    refusals = (stripe.InvalidRequestError, stripe.AuthenticationError, stripe.PermissionError, stripe.RateLimitError)
    return isinstance(error, refusals)


def is_kept(error):
    """Whether Stripe answers the same fault for a day under the same idempotency key: not when it was just busy with the first call under it.

    Source: https://docs.stripe.com/api/idempotent_requests: a conflict with a request that is still under way (409) is not kept.
    """
    return isinstance(error, stripe.APIError) and error.http_status != CONFLICT


def is_about_this(error):
    """Whether Stripe refuses what it was asked itself, so that asking again is of no use: not the key, its permissions, or how often it was asked."""
    return isinstance(error, stripe.InvalidRequestError)


def is_forbidden(error):
    """Whether the key lacks a permission: asking again is of no use before somebody has given it."""
    return isinstance(error, stripe.PermissionError)


def is_away(error):
    """Whether Stripe gave no answer at all, so that asking again at once is of no use."""
    return isinstance(error, stripe.APIConnectionError)


def words_of(error):
    """What went wrong, in words for staff: what to do about it when it is theirs to do. Never with a key in it."""
    said = str(error.user_message or "")
    if is_forbidden(error):
        told = _("The key may not do this: give the restricted key the permission that Stripe names, then try again.")
        return f"{told} {said}".strip()
    if isinstance(error, stripe.AuthenticationError):
        return _(
            "Stripe does not know the key: it was rolled or typed wrongly. Set STRIPE_API_KEY anew, then try again."
        )
    if isinstance(error, stripe.RateLimitError):
        return _("Stripe is asked too much at once: it is asked again later.")
    if isinstance(error, stripe.APIConnectionError):
        return _("Stripe did not answer: it is asked again.")
    return said or type(error).__name__


def pause_of(error):
    """How long Stripe asks to be left alone, and a little longer by chance so that not all come back at once; None when it does not.

    Source: https://docs.stripe.com/rate-limits; the header Retry-After holds seconds (RFC 9110, section 10.2.3).
    """
    if not isinstance(error, stripe.RateLimitError):
        return None
    told = next(
        (str(each).strip() for name, each in (error.headers or {}).items() if name.lower() == "retry-after"), ""
    )
    seconds = int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 2
    return min(timedelta(seconds=seconds), LONGEST_PAUSE) + timedelta(seconds=random.uniform(0, 1 + seconds / 4))  # noqa: S311


def heed(error):
    """Leave Stripe alone for as long as it asks for, if it does; the pause, or None."""
    pause = pause_of(error)
    if pause is not None:
        current_app.extensions[_PAUSE] = clock.now() + pause
    return pause


def is_paused():
    """Whether the sweeps of this process leave Stripe alone just now."""
    until = current_app.extensions.get(_PAUSE)
    return until is not None and clock.now() < until
