"""Proving again, by a code, that it is still you: before address or password may be changed."""

from functools import wraps

from flask import flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from conference.accounts import codes, rules, sessions
from conference.accounts.forms import CodeForm
from conference.accounts.routes import asking
from conference.accounts.routes.blueprint import bp
from conference.accounts.throttle import TooMany
from conference.kernel import clock
from conference.web import Form, allow, signed_in

PURPOSE = rules.Purpose.CONFIRM


def needs_proof(view):
    """Mark a page of somebody signed in that opens only for 15 minutes after the address was proved."""

    @wraps(view)
    def guarded(**values):
        if g.sign_in.is_fresh(clock.now()):
            return view(**values)
        return redirect(url_for("accounts.confirm", next=request.path), 303)

    return guarded


@bp.get("/account/security/confirm")
@allow(signed_in)
def confirm():
    return _page(Form())


@bp.post("/account/security/confirm")
@allow(signed_in)
def ask_to_confirm():
    form = Form()
    try:
        asking.send(asking.me().person.email, PURPOSE)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _page(form), status, headers
    flash(_("A code is on its way."))
    return redirect(url_for(".confirm_code", next=asking.wanted()), 303)


@bp.get("/account/security/confirm/code")
@allow(signed_in)
def confirm_code():
    awaited = asking.awaited(PURPOSE)
    if awaited is None:
        return redirect(url_for(".confirm", next=asking.wanted()), 303)
    return _code_page(CodeForm(), awaited)


@bp.post("/account/security/confirm/code")
@allow(signed_in)
def enter_confirm_code():
    awaited, form = asking.awaited(PURPOSE), CodeForm.of_request()
    if awaited is None:
        return redirect(url_for(".confirm", next=asking.wanted()), 303)
    token, status = asking.answer(form, awaited, lambda typed, now: _proved(awaited, typed, now))
    if token is None:
        return _code_page(form, awaited), status
    asking.forget(PURPOSE)
    session["_user_id"] = token
    return redirect(asking.wanted() or url_for(".security"), 303)


def _proved(awaited, typed, now):
    codes.use_code(awaited, typed, now=now)
    return sessions.prove(g.sign_in, now=now)


def _page(form):
    return render_template("accounts/confirm.html", form=form, wanted=asking.wanted())


def _code_page(form, awaited):
    wanted = asking.wanted()
    return render_template(
        "accounts/code.html",
        form=form,
        awaited=awaited,
        is_open=awaited.is_open(clock.now()),
        is_registering=False,
        action=url_for(".enter_confirm_code", next=wanted),
        again=url_for(".ask_to_confirm", next=wanted),
        other=None,
    )
