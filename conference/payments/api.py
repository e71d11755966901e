"""Where Stripe posts: signature, row, answer. Nothing is decided here."""

import json

from flask import Blueprint, abort, request

from conference.kernel import clock, transaction
from conference.payments import gateway
from conference.payments.events import note_event
from conference.web import allow, anyone
from conference.web.origin import from_elsewhere

bp = Blueprint("payments_api", __name__)

LARGEST_EVENT = 512 * 1024


@bp.post("/stripe/webhook")
@allow(anyone)
@from_elsewhere
def webhook():
    """Keep a signed event and answer at once; 400 when it is not Stripe's."""
    request.max_content_length = LARGEST_EVENT
    payload = request.get_data()
    try:
        event = gateway.read_event(payload, request.headers.get("Stripe-Signature", ""))
        kind, object_id = str(event["type"]), str(event["data"]["object"].get("id", ""))
        event_id = str(event["id"])
    except (ValueError, KeyError, AttributeError, TypeError, json.JSONDecodeError):
        abort(400)
    with transaction():
        note_event(event_id=event_id[:255], kind=kind[:80], object_id=object_id[:255], now=clock.now())
    return "", 200
