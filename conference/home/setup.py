"""Gives every template the society, its menus and its next meeting, and the style sheets the society's colour."""

from flask import current_app, has_request_context, request

from conference import web
from conference.home.menus import foot_menu, main_menu
from conference.home.site import site


def set_up(app):
    """Attach the frame to every page."""
    web.add_context(frame)
    web.accent_from(app, accent)


def frame():
    """What templates see of the society; menus only where there is a page to show them on."""
    now = site()
    is_demo = current_app.config["MODE"] == "demo"
    values = {"society": now.society, "current_meeting": now.meeting, "demo_mode": is_demo}
    if has_request_context():
        values |= {"nav": main_menu(now, request.path), "footer_nav": foot_menu(now)}
    return values


def accent():
    """The society's colour, or None before there is a society."""
    found = site().society
    return found.accent if found else None
