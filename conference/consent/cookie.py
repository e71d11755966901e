"""The one cookie of consent: a random number and the answer, signed; set only by answering."""

from datetime import UTC, datetime

from flask import current_app

from conference.consent.registry import COOKIES
from conference.consent.rules import KEPT, Choice
from conference.kernel import tokens

_PURPOSE = "consent"


def name_of(plain):
    """The cookie's name in this installation: production binds it to the host."""
    return f"__Host-{plain}" if current_app.config["SESSION_COOKIE_SECURE"] else plain


def read(request):
    """The Choice this browser carries, or None: missing, forged, too old or of another make."""
    text = request.cookies.get(name_of("plenary_consent"), "")
    if not 0 < len(text) < 1000:
        return None
    value = tokens.unsign(text, purpose=_PURPOSE, max_age=int(KEPT.total_seconds()))
    try:
        return _choice(value)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def write(response, choice):
    """Give the browser its answer to keep for six months."""
    value = {
        "id": choice.consent_id,
        "v": choice.version,
        "yes": sorted(choice.allowed),
        "gpc": choice.despite_signal,
        "at": int(choice.at.timestamp()),
    }
    response.set_cookie(
        name_of("plenary_consent"),
        tokens.sign(value, purpose=_PURPOSE),
        max_age=int(KEPT.total_seconds()),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def forget(response, request, *, allowed):
    """Delete every known cookie whose purpose is no longer allowed and that this browser sent."""
    for cookie in COOKIES:
        name = name_of(cookie.name)
        if cookie.purpose not in {"necessary", *allowed} and name in request.cookies:
            response.delete_cookie(name, secure=current_app.config["SESSION_COOKIE_SECURE"], samesite="Lax")


def _choice(value):
    if value is None:
        return None
    at = datetime.fromtimestamp(value["at"], UTC)
    return Choice(str(value["id"]), int(value["v"]), frozenset(value["yes"]), bool(value["gpc"]), at)
