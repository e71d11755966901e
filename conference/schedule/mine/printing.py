"""My schedule on paper: A5, to be folded into a pocket."""

from flask import render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from conference import pdf
from conference.schedule import words
from conference.schedule.paper.looks import look

LISTED = 200  # items: nobody sees more in a week


def printed(place, published, chosen):
    """The PDF of a Chosen."""
    html = render_template(
        "pdf/programme/mine.html",
        language=str(get_locale()),
        title=_("My schedule: %(meeting)s", meeting=place.title),
        place=place,
        zone=words.zone_label(published, place),
        days=list(_first(chosen.days, LISTED)),
        more=max(0, chosen.count - LISTED),
        release=published.number,
        is_whole=False,
    )
    return pdf.render(html, base_css=look("mine", "A5"))


def _first(days, most):
    for day, choices in days:
        if most > 0:
            yield day, choices[:most]
        most -= len(choices)
