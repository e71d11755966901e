"""Gives the desk's layout its menu and its search box."""

from flask import has_request_context, request
from flask_login import current_user

from conference.staff.access import office, registrar, treasurer
from conference.staff.menu import desk_menu
from conference.web import add_context

ADDRESSES = ("/staff", "/door")


def set_up(app):
    """Attach the desk's frame."""
    add_context(frame)


def frame():
    """The menu of this person's desk, and where its search box asks; nothing away from the desk."""
    if not has_request_context() or not request.path.startswith(ADDRESSES) or not current_user.is_authenticated:
        return {}
    return {
        "desk_nav": desk_menu(),
        "desk_search": "/staff/" if office(current_user) else None,
        "may_write": registrar(current_user),
        "may_move_money": treasurer(current_user),
    }
