"""What programme pages need of the template engine."""

from markupsafe import Markup


def set_up(app):
    """Add the filter for texts of the programme."""
    app.add_template_filter(programme_html)


def programme_html(text):
    """HTML of a released programme: it was cut down to safe tags when the release was read (formats/text.py)."""
    return Markup(text)  # noqa: S704 - see above
