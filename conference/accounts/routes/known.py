"""Browsers in which an address was signed in before: what others try elsewhere takes nothing from what its owner may try."""

import hmac

from flask import session

from conference.kernel import tokens

_KEY = "known"


def remember(email):
    """This browser has proved the address; it stays known when signed out, until the cookie ends or another address comes."""
    session[_KEY] = _mark(email)
    session.permanent = True


def is_known(email):
    """Whether this address was the last to be signed in here."""
    mark = session.get(_KEY)
    return isinstance(mark, str) and hmac.compare_digest(mark.encode(), _mark(email).encode())


def forget_all_else():
    """Empty the session but for who is known."""
    mark = session.get(_KEY)
    session.clear()
    if mark is not None:
        session[_KEY] = mark
        session.permanent = True


def _mark(email):
    return tokens.digest(email, purpose="known-browser")
