"""A proof's document as an answer that no browser takes for a page of ours."""

from flask import Response

from conference.registration.eligibility.documents import SUFFIXES


def as_attachment(proof, document):
    """The document to be kept as a file: never shown as a page, never kept by a cache, without any right to act."""
    response = Response(document.content, mimetype=document.media_type)
    name = f"proof-{proof.ref}.{SUFFIXES[document.media_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response
