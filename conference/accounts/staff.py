"""The administrator's pages: who has an account, who may do what, who is signed in where."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.accounts import actions, queries
from conference.accounts.forms import RoleForm
from conference.accounts.words import ROLE_LABELS
from conference.kernel import ROLES, Refusal, clean_line, clock, transaction
from conference.web import administrator, allow, page_number, paginate

bp = Blueprint("accounts_staff", __name__, url_prefix="/staff/accounts")


@bp.get("/")
@allow(administrator)
def index():
    text, role = clean_line(request.args.get("q", ""))[:200], request.args.get("role", "")
    role = role if role in (*ROLES, "staff") else ""
    page = paginate(queries.accounts_matching(text, role or None), number=page_number())
    return render_template("accounts/staff/index.html", page=page, text=text, role=role, labels=ROLE_LABELS)


@bp.get("/new")
@allow(administrator)
def new():
    return render_template("accounts/staff/new.html", form=RoleForm())


@bp.post("/new")
@allow(administrator)
def give_role():
    form = RoleForm.of_request()
    if not form.validate():
        return render_template("accounts/staff/new.html", form=form), 422
    with transaction():
        account = actions.create(email=form.email.normal, now=clock.now(), by=current_user.person)
        actions.appoint(account, form.role.data, by=current_user.person, now=clock.now())
    return _to(account)


@bp.get("/<ref:ref>")
@allow(administrator)
def account(ref):
    return _page(_found(ref))


@bp.post("/<ref:ref>/roles/<any({}):role>/grant".format(", ".join(ROLES)))
@allow(administrator)
def grant(ref, role):
    found = _found(ref)
    with transaction():
        actions.appoint(found, role, by=current_user.person, now=clock.now())
    flash(_("The role is given."))
    return _to(found)


@bp.post("/<ref:ref>/roles/<any({}):role>/revoke".format(", ".join(ROLES)))
@allow(administrator)
def revoke(ref, role):
    return _change(
        ref, lambda found, by, now: actions.revoke(found, role, by=by, now=now), _("The role is taken away.")
    )


@bp.post("/<ref:ref>/sign-ins/end")
@allow(administrator)
def end_sign_ins(ref):
    return _change(
        ref, lambda found, by, now: actions.end_sign_ins(found, by=by, now=now), _("All browsers are signed out.")
    )


@bp.post("/<ref:ref>/close")
@allow(administrator)
def close(ref):
    return _change(ref, lambda found, by, now: actions.close(found, by=by, now=now), _("The account is closed."))


@bp.post("/<ref:ref>/reopen")
@allow(administrator)
def reopen(ref):
    return _change(ref, lambda found, by, now: actions.reopen(found, by=by, now=now), _("The account is open again."))


def _change(ref, act, told):
    found = _found(ref)
    try:
        with transaction():
            act(found, current_user.person, clock.now())
    except Refusal as refusal:
        return _page(found, refused=str(refusal)), 409
    flash(told)
    return _to(found)


def _found(ref):
    return queries.by_person_ref(ref) or abort(404)


def _to(account):
    return redirect(url_for(".account", ref=account.person.ref), 303)


def _page(account, refused=None):
    return render_template(
        "accounts/staff/account.html",
        account=account,
        refused=refused,
        labels=ROLE_LABELS,
        sign_ins=queries.sign_ins_of(account, clock.now()),
        events=audit.happenings(audit.story_of(account, limit=50), say=_roles),
    )


def _roles(values):
    """What the trail of an account holds, roles by their labels; None for nothing."""
    return ", ".join(str(ROLE_LABELS.get(value, value)) for value in values.values()) if values else None
