"""Whose schedule a request is about: a person's who is signed in, else that of the visitor whose browser holds the cookie."""

from flask import g, request
from flask_login import current_user

from conference import accounts
from conference.kernel import clock, tokens
from conference.schedule import itineraries
from conference.schedule.routes import answers

# A year: longer than from the first look at a programme to the meeting.
KEPT_SECONDS = 365 * 24 * 3600


def my_itinerary():
    """The itinerary of whoever asks, or None; looked up once a request."""
    if "itinerary" not in g:
        g.itinerary = itineraries.of(visitor=_visitor(), person=_person())
    return g.itinerary


def begin_mine():
    """The itinerary of whoever asks, made when it is missing: TooMany where one network makes too many. Answer with `keeping`."""
    visitor, person = _visitor(), _person()
    if person is None:
        visitor = visitor or tokens.new_token()
        if itineraries.of(visitor=visitor) is None:
            # Rows without an account are limited for each network.
            accounts.claim("stars-from-client", accounts.client(), now=clock.now())
        g.begun_by = visitor
    g.itinerary = itineraries.begin(visitor=visitor, person=person, now=clock.now())
    return g.itinerary


def keeping(response):
    """The answer with the cookie of a visitor whose schedule was begun or goes on."""
    if "begun_by" in g:
        response.set_cookie(
            answers.stars_cookie(),
            g.begun_by,
            max_age=KEPT_SECONDS,
            secure=answers.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def named(response):
    """The answer with whose schedule it holds, for the worker that may keep it: an account's goes from a device when its owner signs out."""
    response.headers["Schedule-Of"] = "account" if _person() else "visitor" if my_itinerary() else "nobody"
    return response


def _person():
    return current_user.person if current_user.is_authenticated else None


def _visitor():
    return request.cookies.get(answers.stars_cookie(), "")[:100]
