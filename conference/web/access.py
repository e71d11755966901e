"""Who may open a page: every view says so itself, and a view that does not is shut."""

from flask import abort, current_app, redirect, request, url_for
from flask_login import current_user

from conference.kernel import ADMINISTRATOR, STAFF_ROLES


def allow(rule):
    """Mark a view with the rule that decides who may open it; put it next to the route."""

    def mark(view):
        view.allowed = rule
        return view

    return mark


def anyone(user):
    """Open to all."""
    return True


def signed_in(user):
    """Anybody who has signed in."""
    return user.is_authenticated


def administrator(user):
    """Administrators."""
    return user.is_authenticated and ADMINISTRATOR in user.roles


def staff_any(user):
    """Staff of any kind."""
    return user.is_authenticated and bool(user.roles)


def staff(*roles):
    """Staff with one of these roles, and administrators."""
    if unknown := set(roles) - set(STAFF_ROLES):
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")

    def rule(user):
        return user.is_authenticated and bool(user.roles & {*roles, ADMINISTRATOR})

    rule.__name__ = f"staff_{'_or_'.join(roles)}"
    return rule


def check_access():
    """Before each request: 404 for a page without a rule, sign-in for strangers, 403 for the wrong person."""
    if request.endpoint is None:
        return None
    rule = getattr(current_app.view_functions[request.endpoint], "allowed", None)
    if rule is None:
        abort(404)
    if rule is anyone or rule(current_user):
        return None
    if current_user.is_authenticated:
        abort(403)
    return _to_sign_in()


def _to_sign_in():
    if request.method not in ("GET", "HEAD"):
        abort(403)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
