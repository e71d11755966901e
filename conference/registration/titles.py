"""What a registration is called in lines and papers: its days and its mode, in the reader's language."""

from datetime import date

from babel.dates import format_date, format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from conference.registration.rules import WHOLE, Mode


def span_name(span):
    """ "Whole meeting" or the day's name."""
    if span == WHOLE:
        return _("Whole meeting")
    day, locale = date.fromisoformat(span), get_locale()
    is_english = locale is None or locale.language == "en"
    return (
        format_date(day, "EEEE d MMMM", locale=locale)
        if is_english
        else format_skeleton("MMMMEEEEd", day, locale=locale)
    )


def mode_name(mode):
    """How somebody takes part."""
    return _("In person") if mode == Mode.IN_PERSON else _("Virtual")


def title_of(category, wish, meeting):
    """What a registration line is called on a receipt."""
    return _(
        "%(meeting)s: %(category)s, %(span)s, %(mode)s",
        meeting=meeting.title,
        category=category.name,
        **_taken(wish.span, wish.mode),
    )


def retitled(title, span, mode):
    """The title with another beginning, as `title_of` would end it now."""
    return _("%(title)s, %(span)s, %(mode)s", title=title, **_taken(span, mode))


def _taken(span, mode):
    """Days and mode as they stand within a line."""
    return {
        "span": _("whole meeting") if span == WHOLE else span_name(span),
        "mode": _("in person") if mode == Mode.IN_PERSON else _("virtual"),
    }
