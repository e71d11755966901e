"""What one signs in with, and where one is signed in."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from conference.accounts import queries, sessions
from conference.accounts.routes import asking
from conference.accounts.routes.blueprint import bp
from conference.kernel import clock, transaction
from conference.web import allow, signed_in


@bp.get("/account/security")
@allow(signed_in)
def security():
    sign_ins = queries.sign_ins_of(asking.me(), clock.now())
    return render_template("accounts/security.html", account=asking.me(), sign_ins=sign_ins, current=g.sign_in)


@bp.post("/account/security/sign-ins/<ref:ref>/end")
@allow(signed_in)
def end_sign_in(ref):
    with transaction():
        sessions.end(account=asking.me(), ref=ref, now=clock.now()) or abort(404)
    flash(_("That browser is signed out."))
    return redirect(url_for(".security"), 303)


@bp.post("/account/security/sign-ins/end-others")
@allow(signed_in)
def end_other_sign_ins():
    with transaction():
        count = sessions.end_all(account=asking.me(), now=clock.now(), but=g.sign_in)
    flash(ngettext("%(num)s other browser is signed out.", "%(num)s other browsers are signed out.", count))
    return redirect(url_for(".security"), 303)
