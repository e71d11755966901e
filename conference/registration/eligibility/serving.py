"""A document that somebody handed in, as an answer that no browser takes for a page of ours."""

from flask import Response

from conference.registration.eligibility.documents import SUFFIXES


def as_attachment(proof, document):
    """A proof's document to be kept as a file."""
    return served(document.content, document.media_type, f"proof-{proof.ref}")


def served(content, media_type, name):
    """A document to be kept as a file: never shown as a page, never kept by a cache, without any right to act."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{SUFFIXES[media_type]}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response
