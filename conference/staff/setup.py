"""Gives the desk's layout its menu and its search box, the programme's page its count of warnings, the command line its check."""

from flask import has_request_context, request
from flask_login import current_user

from conference.kernel import end_plainly
from conference.staff import warning_list
from conference.staff.access import office, registrar, treasurer
from conference.staff.checking import check
from conference.staff.menu import desk_menu
from conference.web import add_context

ADDRESSES = ("/staff", "/door")


def set_up(app):
    """Attach the desk's frame, and the command that needs to know who is registered."""
    add_context(frame)
    app.cli.commands["schedule"].add_command(end_plainly(check))


def frame():
    """The menu of this person's desk, and where its search box asks; nothing away from the desk."""
    if not has_request_context() or not request.path.startswith(ADDRESSES) or not current_user.is_authenticated:
        return {}
    return {
        "desk_nav": desk_menu(),
        "desk_search": "/staff/" if office(current_user) else None,
        "may_write": registrar(current_user),
        "may_move_money": treasurer(current_user),
        "warnings_in": warnings_in,
    }


def warnings_in(meeting):
    """How many warnings of a meeting's draft are to be looked at."""
    return warning_list.look(meeting).graver
