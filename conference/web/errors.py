"""Error pages in words: what happened, what was kept, what to do."""

import logging

from flask import Response, current_app, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from conference.kernel import Refusal, db

log = logging.getLogger(__name__)


def words_for(code):
    """Title and advice for a status code."""
    known = {
        400: (
            _("That request could not be read"),
            _("Nothing was changed. Go back, look at what you sent, and try again."),
        ),
        403: (_("This page is not open to you"), _("If you think it should be, ask the society's office.")),
        404: (_("There is no such page"), _("The address may be mistyped, or what it showed is gone.")),
        405: (_("That is not how this page is used"), _("Go back and use the button on the page.")),
        409: (_("That is not possible now"), _("Nothing was changed.")),
        413: (_("That is too large"), _("Nothing was changed. Send a smaller file or a shorter text.")),
        429: (_("Too many tries"), _("Wait a little, then try again.")),
        503: (_("Very many people are here at this moment"), _("Nothing was lost. Try again in a few seconds.")),
    }
    return known.get(
        code,
        (_("Something went wrong on our side"), _("Nothing was half done. We have been told; please try again later.")),
    )


def add_error_pages(app):
    """Register one page for every way a request can end badly."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(OperationalError, _database_busy)
    app.register_error_handler(Exception, _broken)


def _http_error(error):
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError | BadHost):
        # The Host is none of TRUSTED_HOSTS, or no name at all: there is no site here on which a page could stand.
        return Response(words_for(400)[0], 400, mimetype="text/plain")
    return _page(error.code, None)


def _refused(refusal):
    return _page(refusal.status, str(refusal))


def _database_busy(error):
    """A lock that was not had, or not in time, is not a fault of the program: say so and let the person retry."""
    text = str(error.orig).lower()
    if any(words in text for words in ("locked", "lock timeout", "deadlock", "connection")):
        log.warning("database busy at %s", request.endpoint)
        response, code = _page(503, None)
        return response, code, {"Retry-After": "3"}
    return _broken(error)


def _broken(error):
    if current_app.config.get("PROPAGATE_EXCEPTIONS") or current_app.debug:
        raise error
    log.exception("unhandled error at %s %s", request.method, request.endpoint)
    return _page(500, None)


def _page(code, reason):
    db.session.rollback()
    title, advice = words_for(code)
    g.error_page = True
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return {"error": reason or title}, code
    try:
        return render_template("web/error.html", code=code, title=title, reason=reason, advice=advice), code
    except SQLAlchemyError:
        # The database is what is broken, and the page would ask it for the society's name and colours.
        log.warning("an error page without the database")
        bare = current_app.jinja_env.get_template("web/bare_error.html")
        return bare.render(title=title, advice=advice, language=current_app.config["BABEL_DEFAULT_LOCALE"]), code
