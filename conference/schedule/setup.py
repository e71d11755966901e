"""What the programme needs around every page: a filter for its texts, and stars that follow into an account."""

from flask import g, request
from flask_login import current_user
from markupsafe import Markup

from conference.kernel import clock, transaction
from conference.schedule import abstracts
from conference.schedule.itineraries import adopt_stars
from conference.schedule.routes import answers


def set_up(app):
    """Add the filter and the desk's pages for abstracts; carry a visitor's stars along at the first request after signing in."""
    app.register_blueprint(abstracts.bp)
    app.add_template_filter(programme_html)
    app.before_request(carry_stars)
    app.after_request(forget_visitor)


def programme_html(text):
    """HTML of a released programme: it was cut down to safe tags when the release was read (formats/text.py)."""
    return Markup(text)  # noqa: S704 - see above


def carry_stars():
    """Whoever signs in with stars of a visitor in the browser has them in the account from then on."""
    visitor = request.cookies.get(answers.stars_cookie())
    if not visitor or not current_user.is_authenticated:
        return
    with transaction():
        adopt_stars(visitor=visitor, person=current_user.person, now=clock.now())
    g.stars_carried = True


def forget_visitor(response):
    """The cookie has done its work once the stars are in an account."""
    if g.get("stars_carried"):
        response.delete_cookie(answers.stars_cookie(), secure=answers.is_secure(), httponly=True, samesite="Lax")
    return response
