"""Addresses: bounded converters, links for letters, and the one check of where `next` may lead."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

from conference.kernel import is_ref


class BoundedInteger(IntegerConverter):
    """An integer that every key column can hold (PostgreSQL's INTEGER has 31 bits); anything larger is a 404."""

    regex = r"[0-9]{1,9}"


class RefConverter(BaseConverter):
    """A public reference; anything that could not be one is a 404 without a query."""

    regex = r"[0-9A-Za-z]{6,32}"

    def to_python(self, value):
        if not is_ref(value):
            raise ValidationError
        return value


def add_converters(app):
    """Make <int:…> bounded and add <ref:…>."""
    app.url_map.converters.update(int=BoundedInteger, ref=RefConverter)


def absolute_url(endpoint, **values):
    """A full address under the configured BASE_URL: for letters and for Stripe, never from the request's Host."""
    return current_app.config["BASE_URL"] + _path(endpoint, values)


def _path(endpoint, values):
    adapter = current_app.create_url_adapter(None)
    if adapter is None:
        adapter = current_app.url_map.bind("localhost")
    return adapter.build(endpoint, values, force_external=False)


def safe_next(target, default=None):
    """`target` when it is a path on this site, else `default` (the account page): no open redirect."""
    fallback = default or url_for("home.mine")
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return fallback
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in target):
        return fallback
    return target
