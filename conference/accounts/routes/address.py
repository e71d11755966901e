"""Moving one's account to another e-mail address, which proves itself by a code."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from conference.accounts import actions, codes, rules, sessions
from conference.accounts.forms import CodeForm, NewAddressForm
from conference.accounts.routes import asking
from conference.accounts.routes.blueprint import bp
from conference.accounts.routes.confirming import needs_proof
from conference.accounts.throttle import TooMany
from conference.kernel import Refusal, clock
from conference.web import allow, refuse_into, signed_in

PURPOSE = rules.Purpose.NEW_ADDRESS


@bp.get("/account/security/address")
@allow(signed_in)
@needs_proof
def address():
    return _page(NewAddressForm())


@bp.post("/account/security/address")
@allow(signed_in)
@needs_proof
def ask_new_address():
    form = NewAddressForm.of_request()
    if not form.validate():
        return _page(form), 422
    try:
        _send(form.email.normal)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _page(form), status, headers
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(form), 422
    return redirect(url_for(".address_code"), 303)


@bp.get("/account/security/address/code")
@allow(signed_in)
@needs_proof
def address_code():
    awaited = asking.awaited(PURPOSE)
    return redirect(url_for(".address"), 303) if awaited is None else _code_page(CodeForm(), awaited)


@bp.post("/account/security/address/code")
@allow(signed_in)
@needs_proof
def enter_address_code():
    awaited, form = asking.awaited(PURPOSE), CodeForm.of_request()
    if awaited is None:
        return redirect(url_for(".address"), 303)
    moved, status = asking.answer(form, awaited, lambda typed, now: _moved(awaited, typed, now))
    if moved is None:
        return _code_page(form, awaited), status
    asking.forget(PURPOSE)
    flash(_("Your address is now %(email)s. Sign in with it from now on.", email=moved))
    return redirect(url_for(".security"), 303)


@bp.post("/account/security/address/code/new")
@allow(signed_in)
@needs_proof
def ask_new_address_again():
    awaited = asking.awaited(PURPOSE)
    if awaited is None:
        return redirect(url_for(".address"), 303)
    form = CodeForm()
    try:
        _send(awaited.email)
    except TooMany as refusal:
        status, headers = asking.too_many(form, refusal)
        return _code_page(form, awaited), status, headers
    flash(_("A new code is on its way."))
    return redirect(url_for(".address_code"), 303)


def _send(email):
    """Whether the address is somebody else's is told only to whoever can read its letters."""
    if email == asking.me().person.email:
        raise Refusal(_("This is your address already."), field="email")
    asking.send(email, PURPOSE)


def _moved(awaited, typed, now):
    codes.use_code(awaited, typed, now=now)
    actions.change_address(asking.me(), awaited.email, by=asking.me().person, now=now)
    sessions.end_all(account=asking.me(), now=now, but=g.sign_in)
    return awaited.email


def _page(form):
    return render_template("accounts/address.html", form=form, account=asking.me())


def _code_page(form, awaited):
    return render_template(
        "accounts/code.html",
        form=form,
        awaited=awaited,
        is_open=awaited.is_open(clock.now()),
        is_registering=False,
        action=url_for(".enter_address_code"),
        again=url_for(".ask_new_address_again"),
        other=url_for(".address"),
    )
