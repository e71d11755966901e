"""Identifiers in Stripe's style: a prefix that names the kind, then letters that cannot be guessed."""

import secrets
import string

LETTERS = string.ascii_letters + string.digits

LENGTHS = {"cs_test": 58, "req": 14}


def new_id(prefix: str) -> str:
    """A fresh identifier such as `pi_3f…`, as long as Stripe's own of that kind."""
    return f"{prefix}_{''.join(secrets.choice(LETTERS) for _ in range(LENGTHS.get(prefix, 24)))}"
