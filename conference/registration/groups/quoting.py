"""What the seats of a group cost: each at its own person's standing, asked once for all that are the same."""

from dataclasses import replace

from flask_babel import gettext as _

from conference import membership
from conference.registration.eligibility.queries import requirements_of
from conference.registration.groups.checking import for_payer, wish_of_seat
from conference.registration.offers import price
from conference.registration.pricing.queries import policy_of, submissions
from conference.registration.rules import NotForThem, NotSold


class Quoting:
    """Prices of seats at one instant; `persons` are those who are known, by address.

    People of one standing pay one price for one choice, unless its category asks something of them: what is the same is worked
    out once. So two hundred seats need a few statements.
    """

    def __init__(self, meeting, persons, now):
        self.meeting, self.persons, self.now = meeting, persons, now
        keys = [person.id for person in persons.values()]
        self.standings = membership.standings_of(keys, membership.local_day(now)) if keys else {}
        self.submitted = submissions(policy_of(meeting), meeting, keys, now)
        self.asked = requirements_of(meeting)
        self.offers = {}

    def offer(self, seat, *, reference=0):
        """The Offer for a seat, about the registration of key `reference`, its lines as its payer may read them.

        NotSold or Refusal in words; why a category is not open to somebody is theirs to know: a payer reads that it is not.
        """
        key = self._key(seat)
        if key not in self.offers:
            self.offers[key] = self._priced(seat)
        return for_payer(_about(self.offers[key], reference), seat)

    def _key(self, seat):
        person = self.persons.get(seat.email)
        key = person.id if person else None
        asked_of = key if seat.category_id in self.asked else None
        choice = (seat.category_id, seat.span, seat.mode, tuple(seat.wanted))
        return (*choice, asked_of, self.standings.get(key), self.submitted.get(key))

    def _priced(self, seat):
        whose = {"meeting": self.meeting, "person": self.persons.get(seat.email), "now": self.now}
        try:
            return price(wish_of_seat(seat), seat.category, "", **whose)
        except NotForThem:
            text = _(
                "%(category)s is not open to them, by what they have said in their own details so far.",
                category=seat.category.name,
            )
            raise NotSold(text) from None


def _about(offer, reference):
    lines = tuple(
        replace(
            line,
            reference=reference if line.kind == "registration" else line.reference,
            rule={**line.rule, "registration": reference},
        )
        for line in offer.lines
    )
    return replace(offer, lines=lines)
