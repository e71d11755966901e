"""Counting tries in the database, because several processes serve."""

from math import ceil

from flask import request
from flask_babel import ngettext
from sqlalchemy import select, update

from conference.accounts import rules
from conference.accounts.models import Throttle
from conference.kernel import Refusal, claimed, db, insert_once, tokens


class TooMany(Refusal):
    """The limit of a window is reached; `wait` says how many seconds remain of it."""

    status = 429

    def __init__(self, wait):
        minutes = ceil(wait / 60)
        super().__init__(
            ngettext(
                "That was tried too often. Wait %(num)s minute, then try again.",
                "That was tried too often. Wait %(num)s minutes, then try again.",
                minutes,
            )
        )
        self.wait = ceil(wait)


def client():
    """What counts as the client of this request: the network address it comes from."""
    return rules.client_key(request.remote_addr)


def claim(kind, subject, *, now, count=1):
    """Count `count` tries of `kind` for `subject` (an address, a client); TooMany when a limit of LIMITS would be passed."""
    for limit in rules.LIMITS[kind]:
        row = _row_of(kind, subject, limit, now)
        insert_once(Throttle.__table__, {**row, "count": 0})
        statement = update(Throttle).filter_by(**row).where(Throttle.count + count <= limit.most)
        if not claimed(statement.values(count=Throttle.count + count)):
            raise _too_many(limit, now)


def refuse_spent(kind, subject, *, now):
    """TooMany when a limit is reached, without counting: for what is counted only when it fails."""
    for limit in rules.LIMITS[kind]:
        row = _row_of(kind, subject, limit, now)
        if (db.session.scalar(select(Throttle.count).filter_by(**row)) or 0) >= limit.most:
            raise _too_many(limit, now)


def _row_of(kind, subject, limit, now):
    key = tokens.digest(f"{kind}:{limit.most}:{subject}", purpose="throttle")
    return {"key": key, "window_start": rules.window_start(now, limit.window)}


def _too_many(limit, now):
    return TooMany((rules.window_start(now, limit.window) + limit.window - now).total_seconds())
