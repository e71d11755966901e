"""What no request may hold: a form that is too large, a character that no database keeps."""

from flask import abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

PLAIN_FORM = "application/x-www-form-urlencoded"


def refuse_nul():
    """Before each request: 404 for an address with NUL, which PostgreSQL does not even take in a question; in a parameter a sign stands for it that nothing is called."""
    if "\0" in request.path:
        abort(404)
    if b"%00" in request.query_string:
        sent = ((_visible(name), _visible(value)) for name, value in request.args.items(multi=True))
        request.args = ImmutableMultiDict(sent)


def bound_forms():
    """Before each request: Werkzeug bounds the memory of multipart forms only; plain forms get the same bound here."""
    if request.mimetype == PLAIN_FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _visible(text):
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
