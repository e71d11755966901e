"""The blueprint of the account pages, and the touch that keeps a used sign-in alive."""

import logging

from flask import Blueprint, g, session
from sqlalchemy.exc import SQLAlchemyError

from conference.accounts import sessions
from conference.kernel import clock, db, transaction

log = logging.getLogger(__name__)

bp = Blueprint("accounts", __name__)


@bp.after_app_request
def touch(response):
    """After any page of somebody signed in: remember, at most every five minutes, that the sign-in is used."""
    sign_in, now = g.get("sign_in"), clock.now()
    if sign_in is not None and "_user_id" in session and _is_due(sign_in, now):
        try:
            with transaction():
                sessions.touch(sign_in, now=now)
            session.modified = True  # the cookie's own life is renewed with it
        except SQLAlchemyError:
            log.warning("a sign-in could not be touched; the next page tries again")
    return response


def _is_due(sign_in, now):
    try:
        return sign_in.is_due_for_touch(now)
    except SQLAlchemyError:  # after a rollback the row is read again, which a broken database refuses
        db.session.rollback()
        return False
