"""The page of choices, the one address that answers are posted to, and the promise to heed the browser's signal."""

from flask import Blueprint, redirect, render_template, request, url_for

from conference import accounts, web
from conference.consent import actions, cookie, forms
from conference.consent.current import answered, reader, signal, standing
from conference.consent.registry import COOKIES, KEPT_COPIES, PURPOSES, RESOURCES
from conference.consent.rules import KEPT, Act
from conference.kernel import Refusal, clock, new_ref, transaction
from conference.web import allow, anyone, safe_next

bp = Blueprint("consent", __name__)


@bp.get("/consent")
@allow(anyone)
def choices():
    return _page()


@bp.post("/consent")
@allow(anyone)
def choose():
    try:
        posted = forms.parse(request.form)
    except Refusal as refusal:
        return _page(refusal), 422
    with transaction():
        accounts.claim("consent-from-client", accounts.client(), now=clock.now())
        choice = actions.answer(
            act=posted.act,
            allowed=posted.allowed,
            consent_id=_consent_id(),
            person=reader(),
            signal=signal(),
            surface=posted.surface,
            language=web.locale(),
            now=clock.now(),
        )
    answered(choice)
    return redirect(_way_back(posted), 303)


@bp.get("/.well-known/gpc.json")
@allow(anyone)
def gpc():
    """https://www.w3.org/TR/gpc/#gpc-support-representation: this site abides by the signal."""
    return {"gpc": True, "lastUpdate": "2026-11-01"}, {"Cache-Control": "public, max-age=86400"}


def _page(refusal=None):
    now = standing()
    return render_template(
        "consent/choices.html",
        purposes=PURPOSES,
        cookies=COOKIES,
        copies=KEPT_COPIES,
        resources=RESOURCES,
        standing=now,
        kept_until=now.choice.at + KEPT if now.choice else None,
        signal=signal(),
        done=request.args.get("done", ""),
        back=_page_before(),
        refusal=refusal,
    )


def _consent_id():
    known = cookie.read(request)
    return known.consent_id if known else new_ref(20)


def _page_before():
    """The page from which somebody came here to choose, or None."""
    return safe_next(request.values["next"], "/") if request.values.get("next") else None


def _way_back(posted):
    """To the page that was being read; to the page of choices, which says what was done, when it was used or on withdrawing."""
    if posted.act is Act.WITHDRAW or posted.surface == "page":
        done = "withdrawn" if posted.act is Act.WITHDRAW else "saved"
        return url_for("consent.choices", done=done, next=_page_before())
    return safe_next(request.form.get("next"), url_for("consent.choices", done="saved"))
