"""What holds for the request at hand."""

from flask import has_request_context, request
from flask_login import current_user

from conference.consent import cookie, queries
from conference.consent.registry import OPTIONAL, VERSION
from conference.consent.rules import Standing, standing_of
from conference.kernel import clock

_KEY, _ANSWER = "plenary.consent", "plenary.consent.answer"


def standing():
    """The Standing of whoever is asking, worked out once a request; outside of a request nothing is allowed."""
    if not has_request_context():
        return Standing()
    if _KEY not in request.environ:
        request.environ[_KEY] = _work_out()
    return request.environ[_KEY]


def answered(choice):
    """This request has answered: the browser is to keep `choice`, and it holds from now on."""
    request.environ[_ANSWER] = choice
    request.environ.pop(_KEY, None)


def new_answer():
    """The choice made in this request, or None."""
    return request.environ.get(_ANSWER)


def allows(purpose):
    """Whether this reader has agreed to a purpose of the registry; KeyError for a purpose that is not listed."""
    if purpose not in OPTIONAL:
        raise KeyError(purpose)
    return purpose in standing().allowed


def variant():
    """A short text that differs wherever consent makes a page differ: part of the key under which a page is kept."""
    now = standing()
    return ("ask" if now.must_ask else "signal" if now.by_signal else "") + ",".join(sorted(now.allowed))


def signal():
    """Whether the browser sends Global Privacy Control."""
    return request.headers.get("Sec-GPC") == "1"


def here():
    """The page being read, as a path to come back to; empty when it cannot be opened again."""
    if request.method != "GET":
        return ""
    # One-time links live below /account/: their secrets stay out of other addresses.
    if request.path.startswith("/account/") or not request.query_string:
        return request.path
    return request.full_path


def reader():
    """The person who is signed in, or None."""
    return current_user.person if current_user and current_user.is_authenticated else None


def _work_out():
    browser = new_answer() or cookie.read(request)
    person = reader()
    return standing_of(
        browser=browser,
        person=queries.last_choice_of(person) if person else None,
        signal=signal(),
        version=VERSION,
        optional=OPTIONAL,
        now=clock.now(),
    )
