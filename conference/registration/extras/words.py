"""What an add-on asks and when it is sold, in the reader's language."""

from datetime import timedelta

from flask_babel import gettext as _

from conference.registration.extras.rules import is_over, is_too_early
from conference.registration.pricing.words import last_minute


def asked_in_words(add_on, categories, add_ons):
    """Sentences on whom it is for and what it builds on; `categories` and `add_ons` name the codes.

    What is for every one of these categories is for every reader: that others cannot have it is nothing to them.
    """
    names = {each.code: each.name for each in categories}
    titles = {each.code: each.title for each in add_ons}
    if add_on.only_for and not set(names) <= set(add_on.only_for):
        yield _("For: %(names)s.", names=", ".join(names.get(code, code) for code in add_on.only_for))
    if add_on.needs:
        needed = _(" or ").join(titles.get(code, code) for code in add_on.needs)
        yield _("Only together with %(needed)s.", needed=needed)


def sale_in_words(add_on, meeting, now):
    """Since when or until when it is sold, or None where it is sold all the time."""
    if is_too_early(add_on, now):
        return _("On sale from %(when)s", when=_begins(add_on.sold_from, meeting))
    if is_over(add_on, now):
        return _("Not sold any more")
    if add_on.sold_until is not None:
        return _("On sale until %(when)s", when=last_minute(add_on.sold_until, meeting))
    return None


def _begins(instant, meeting):
    """The first minute in words: `last_minute` tells the minute before an instant."""
    return last_minute(instant + timedelta(minutes=1), meeting)
