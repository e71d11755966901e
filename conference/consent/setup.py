"""Puts consent around every page: the banner, the signal, and a gate that unregistered cookies do not pass."""

import logging

from flask import current_app, has_request_context, request
from sqlalchemy.exc import OperationalError

from conference import accounts, web
from conference.consent import actions, cookie
from conference.consent.current import allows, answered, here, new_answer, reader, signal, standing
from conference.consent.registry import VERSION, cookie_named
from conference.consent.rules import Act, is_overruled
from conference.consent.wording import banner_text, banner_title
from conference.kernel import clock, transaction

log = logging.getLogger(__name__)

# Files are the same for everybody; the page of choices asks by itself.
_NO_BANNER = {"consent.choices", "consent.choose"}


class Unregistered(Exception):
    """A response wanted to set a cookie that the registry does not know or the reader has not agreed to."""


def set_up(app):
    """Attach context, the signal's watch before each request and the gate after it."""
    web.add_context(page_values)
    app.before_request(heed_signal)
    app.after_request(gate)


def page_values():
    """What templates see of consent."""
    now = standing()
    asks = now.must_ask and request.endpoint not in _NO_BANNER
    return {
        "consent_banner": {"title": banner_title(), "text": banner_text()} if asks else None,
        "consent_here": here() if has_request_context() else "",
        "consent_standing": now,
        "consent_allows": allows,
    }


def heed_signal():
    """Take back, once and on record, a yes that was given before the browser began to send the signal."""
    if request.method != "GET" or not signal():
        return
    choice = cookie.read(request)
    if not is_overruled(choice, signal=True, version=VERSION, now=clock.now()):
        return
    try:
        with transaction():
            accounts.claim("consent-from-client", accounts.client(), now=clock.now())
            taken_back = actions.answer(
                act=Act.GPC,
                allowed=frozenset(),
                consent_id=choice.consent_id,
                person=reader(),
                signal=True,
                surface="signal",
                language=web.locale(),
                now=clock.now(),
            )
        answered(taken_back)
    except (OperationalError, accounts.TooMany):
        log.warning("the signal is heeded; its record waits for another page")


def gate(response):
    """After each request: keep a new answer, forget what it forbids, and stop every cookie that is not registered."""
    choice = new_answer()
    if choice:
        cookie.write(response, choice)
        cookie.forget(response, request, allowed=choice.allowed)
    if response.mimetype == "text/html":
        response.vary.update(("Cookie", "Sec-GPC"))
    kept = [line for line in response.headers.getlist("Set-Cookie") if _may_pass(line)]
    if len(kept) != len(response.headers.getlist("Set-Cookie")):
        response.headers.setlist("Set-Cookie", kept)
    return response


def _may_pass(line):
    name, _equals, rest = line.partition("=")
    known = cookie_named(name)
    is_deletion = "max-age=0" in rest.lower()
    if known and (known.purpose == "necessary" or is_deletion or allows(known.purpose)):
        return True
    if current_app.config["TESTING"]:
        raise Unregistered(name)
    log.error("cookie %s was stopped: it is not in conference/consent/registry.py, or not agreed to", name)
    return False
