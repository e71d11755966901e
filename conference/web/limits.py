"""What no request may hold: a form that is too large, a character that no database keeps."""

from flask import abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

PLAIN_FORM = "application/x-www-form-urlencoded"


def refuse_nul():
    """Before each request: 404 for an address with NUL, which PostgreSQL does not even take in a question; a parameter with it is left out."""
    if "\0" in request.path:
        abort(404)
    if b"%00" in request.query_string:
        request.args = ImmutableMultiDict(each for each in request.args.items(multi=True) if "\0" not in "".join(each))


def bound_forms():
    """Before each request: Werkzeug bounds the memory of multipart forms only; plain forms get the same bound here."""
    if request.mimetype == PLAIN_FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
