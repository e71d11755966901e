"""One's own profile."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import clock, transaction
from conference.people import profile as profiles
from conference.people.forms import ProfileForm
from conference.web import allow, refuse_into, safe_next, signed_in

bp = Blueprint("people", __name__)


@bp.get("/account/profile")
@allow(signed_in)
def profile():
    return _page(ProfileForm(obj=current_user.person))


@bp.post("/account/profile")
@allow(signed_in)
def save_profile():
    form, person = ProfileForm.of_request(obj=current_user.person), current_user.person
    if not form.validate():
        return _page(form), 422
    try:
        with transaction():
            profiles.save_profile(person, form.changes(), seen=form.seen.data, by=person, now=clock.now())
    except profiles.ChangedElsewhere as refusal:
        refuse_into(form, refusal)
        form.show_again(person)
        return _page(form), 409
    flash(_("Your profile is saved."))
    return redirect(_next(), 303)


def _page(form):
    action = url_for(".save_profile", next=request.args.get("next"))
    return render_template("people/profile.html", form=form, action=action, is_new=not current_user.person.is_complete)


def _next():
    return safe_next(request.args.get("next"), default="/account/")
