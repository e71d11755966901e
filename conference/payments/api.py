"""Where Stripe posts: signature, row, answer. Nothing is decided here."""

from flask import Blueprint, abort, request

from conference.kernel import clock, transaction
from conference.payments import gateway
from conference.payments.events import note_event
from conference.web import allow, anyone, from_elsewhere

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
        facts = _facts(event)
    except (ValueError, KeyError, AttributeError, TypeError):
        abort(400)
    with transaction():
        note_event(**facts, now=clock.now())
    return "", 200


def _facts(event):
    facts = {"event_id": event["id"], "kind": event["type"], "object_id": event["data"]["object"].get("id", "")}
    if not all(isinstance(text, str) and len(text) <= 255 and text.isprintable() for text in facts.values()):
        raise ValueError("not what Stripe's keys look like")
    version = event.get("api_version") or ""
    return facts | {"api_version": version if isinstance(version, str) and version.isprintable() else ""}
