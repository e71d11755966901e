"""Setting, changing and removing one's password."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from conference.accounts import actions
from conference.accounts.forms import NewPasswordForm
from conference.accounts.routes import asking
from conference.accounts.routes.blueprint import bp
from conference.accounts.routes.confirming import needs_proof
from conference.kernel import Refusal, clock, transaction
from conference.web import allow, refuse_into, signed_in


@bp.get("/account/security/password")
@allow(signed_in)
@needs_proof
def password():
    return _page(NewPasswordForm())


@bp.post("/account/security/password")
@allow(signed_in)
@needs_proof
def set_password():
    form = NewPasswordForm.of_request()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction():
            actions.set_password(asking.me(), form.password.data, now=clock.now(), keep=g.sign_in)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(form), 422
    flash(_("Your password is set. All other browsers were signed out."))
    return redirect(url_for(".security"), 303)


@bp.post("/account/security/password/removal")
@allow(signed_in)
@needs_proof
def remove_password():
    with transaction():
        actions.remove_password(asking.me(), now=clock.now(), keep=g.sign_in)
    flash(_("Your password is removed. You sign in with a code from now on."))
    return redirect(url_for(".security"), 303)


def _page(form):
    return render_template("accounts/password.html", form=form, account=asking.me())
