"""How much a form may hold."""

from flask import current_app, request

PLAIN_FORM = "application/x-www-form-urlencoded"


def bound_forms():
    """Before each request: Werkzeug bounds the memory of multipart forms only; plain forms get the same bound here."""
    if request.mimetype == PLAIN_FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
