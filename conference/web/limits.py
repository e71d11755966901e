"""What no request may hold: a form that is too large, a character that no database keeps."""

from flask import abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

PLAIN_FORM = "application/x-www-form-urlencoded"


def refuse_nul():
    """Before each request: 404 for an address with NUL, which PostgreSQL does not even take in a question; in a parameter a sign stands for it that nothing is called."""
    if "\0" in request.path:
        abort(404)
    if b"%00" in request.query_string:
        request.args = without_nul(request.args)


def bound_forms():
    """Before each request: Werkzeug bounds the memory of multipart forms only; plain forms get the same bound here."""
    if request.mimetype == PLAIN_FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def without_nul(sent):
    """Parameters or a form, with a sign that nothing is called in place of every NUL."""
    pairs = list(sent.items(multi=True))
    if not any("\0" in text for pair in pairs for text in pair):
        return sent
    return ImmutableMultiDict((_visible(name), _visible(value)) for name, value in pairs)


def _visible(text):
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
