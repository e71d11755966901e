"""Secrets that travel by mail or cookie: random, kept only as a hash, or signed with a purpose."""

import hashlib
import hmac
import secrets

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer


def new_token():
    """A random secret of 256 bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def new_code(digits=6):
    """A decimal code of `digits` digits to be typed from a letter."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))


def digest(secret, *, purpose):
    """Keyed SHA-256 of a secret, hexadecimal: what tables keep instead of the secret itself."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()


def sign(value, *, purpose):
    """`value` (JSON-able) as a signed, time-stamped text that `unsign` of the same purpose accepts."""
    return _serializer(purpose).dumps(value)


def unsign(text, *, purpose, max_age):
    """The value signed for this purpose within `max_age` seconds, else None."""
    try:
        return _serializer(purpose).loads(text, max_age=max_age)
    except BadSignature:
        return None


def _serializer(purpose):
    keys = [*current_app.config.get("SECRET_KEY_FALLBACKS", []), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt=f"plenary.{purpose}")
