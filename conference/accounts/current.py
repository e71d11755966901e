"""The sign-in of this request."""

from flask import g


def this_sign_in():
    """The row of the browser that asks, or None when nobody is signed in."""
    return g.get("sign_in")
