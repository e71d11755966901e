"""Tells Flask-Login who is signed in: the account of the sign-in row whose token the browser's cookie carries."""

from flask import g
from flask_login import AnonymousUserMixin

from conference.accounts import queries
from conference.kernel import clock


class Anonymous(AnonymousUserMixin):
    """Somebody who has not signed in: no roles, no person, and nothing is written about them."""

    roles: frozenset[str] = frozenset()
    person = None


def set_up(app):
    """Give the sign-in manager its loader; no fingerprints of browsers, no second cookie."""
    app.login_manager.session_protection = None
    app.login_manager.anonymous_user = Anonymous
    app.login_manager.user_loader(_account_of_token)


def _account_of_token(token):
    sign_in = queries.live_sign_in(token, clock.now()) if isinstance(token, str) else None
    g.sign_in = sign_in
    return sign_in.account if sign_in else None
