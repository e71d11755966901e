"""Columns that only the running application can read: passport numbers, proofs, answers that are nobody else's business.

A copy of the database, a backup or a query tells nothing of them. The key is DATA_KEY, else one made of SECRET_KEY; values sealed
with a former key stay readable while that stands in DATA_KEY_FALLBACKS (or SECRET_KEY_FALLBACKS).
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import LargeBinary, Text
from sqlalchemy.types import TypeDecorator

_RING = "sealing-keys"


class Unreadable(Exception):
    """A sealed value was made with a key that is not known any more."""


def seal(content: bytes) -> bytes:
    """`content` encrypted and signed (Fernet: AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec)."""
    return _ring().encrypt(content)


def unseal(token: bytes) -> bytes:
    """What was sealed; Unreadable when it was changed, or its key is not among ours."""
    try:
        return _ring().decrypt(token)
    except InvalidToken:
        raise Unreadable("a sealed value cannot be read with the keys of this installation") from None


class SealedText(TypeDecorator):
    """Text kept encrypted; it cannot be searched, sorted or compared in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else seal(value.encode()).decode("ascii")

    def process_result_value(self, value, dialect):
        return None if value is None else unseal(value.encode("ascii")).decode()


class SealedBytes(TypeDecorator):
    """A file kept encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else seal(value)

    def process_result_value(self, value, dialect):
        return None if value is None else unseal(bytes(value))


def _ring():
    """The keys, newest first, derived once for each application."""
    if _RING not in current_app.extensions:
        settings = current_app.config
        secrets = [settings["DATA_KEY"], *settings["DATA_KEY_FALLBACKS"]]
        secrets += [settings["SECRET_KEY"], *settings["SECRET_KEY_FALLBACKS"]]
        current_app.extensions[_RING] = MultiFernet([Fernet(_derived(secret)) for secret in secrets if secret])
    return current_app.extensions[_RING]


def _derived(secret):
    """A key of its own for sealing, so that what signs cookies never encrypts (RFC 5869)."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"plenary.sealed").derive(secret.encode())
    return base64.urlsafe_b64encode(made)
