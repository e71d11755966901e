"""What add-ons cost now for somebody whose ticket is sold already, whether or not that ticket is on sale today."""

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.registration import extras
from conference.registration.decided import decided_for
from conference.registration.offers import lines_for
from conference.registration.pricing import queries as pricing
from conference.registration.rules import extra_lines


def price_add_ons(wish, category, *, meeting, person, now, reference, kept=()):
    """(add-ons, NewLines) of the extras of `wish`, without any code; NotSold or Refusal in words where one cannot be had.

    A code counts for a basket in which its ticket lies: alone with the add-ons it would be spent a second time.
    """
    decided = decided_for(category, person)
    window, _submitted = pricing.window_for(decided.policy, meeting, person, now, decided.entry_id)
    if window is None:
        raise Refusal(_("Registration for this meeting is closed"))
    add_ons, sold = extras.priced(meeting, wish.extras, category=category, window=window)
    priced = extra_lines(wish, sold, window)
    extras.refuse_unfit(add_ons, category=category.code, have=kept, now=now)
    return tuple(add_ons), lines_for(priced, reference, category, meeting, wish, add_ons)
