"""What no request may hold: a form that is too large, a character that no database keeps."""

from flask import abort, current_app, request

PLAIN_FORM = "application/x-www-form-urlencoded"


def refuse_nul():
    """Before each request: 404 for an address with NUL, which PostgreSQL does not even take in a question."""
    if "\0" in request.path:
        abort(404)


def bound_forms():
    """Before each request: Werkzeug bounds the memory of multipart forms only; plain forms get the same bound here."""
    if request.mimetype == PLAIN_FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
