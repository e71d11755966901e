"""What every page may rely on, and the reader's language."""

from flask import current_app, request

_SUPPLIERS = []


def add_context(supplier):
    """Register a function whose dict every template sees; packages add theirs when they are set up."""
    if supplier not in _SUPPLIERS:
        _SUPPLIERS.append(supplier)
    return supplier


def page_context():
    """The variables of all suppliers, over plain defaults so that error pages always render."""
    values = {"society": None, "nav": [], "current_meeting": None, "consent_banner": None, "demo_mode": False}
    values["language"] = locale().replace("_", "-")
    for supplier in _SUPPLIERS:
        values.update(supplier())
    return values


def locale():
    """The best of our languages for this reader."""
    if not request:
        return current_app.config["BABEL_DEFAULT_LOCALE"]
    return (
        request.accept_languages.best_match(current_app.config["LANGUAGES"])
        or current_app.config["BABEL_DEFAULT_LOCALE"]
    )
