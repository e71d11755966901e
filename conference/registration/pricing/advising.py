"""What would make an offer cheaper for its person, and until when it stays as it is: asked, and put into sentences."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference import membership
from conference.registration import queries
from conference.registration.pricing import advice, words
from conference.registration.pricing.queries import policy_of
from conference.registration.rules import cheapest_cell
from conference.web import money


@dataclass(frozen=True)
class Advice:
    """Sentences under a price: `ways` to pay less as (sentence, what is left of it, for whom), and `notes` on what is to come."""

    ways: list
    notes: list

    @property
    def pays(self):
        """Whether one of the ways leaves something over."""
        return any(is_less for _way, _rest, _who, is_less in self.ways)


def advice_for(offer, wish, *, meeting, person, now):
    """The Advice on an Offer. A code, a policy and the dues in the order are taken into account."""
    policy, line = policy_of(meeting), offer.quote.lines[0]
    found = _ways(offer, line, policy, meeting, person, now) if not offer.dues else ()
    notes = [_rise(line, wish, meeting, now), _credit(line, policy, offer)]
    return Advice([_in_words(way) for way in found], [note for note in notes if note])


def _ways(offer, line, policy, meeting, person, now):
    if not offer.quote.saving:
        return ()
    today = membership.local_day(now)
    choices = [each for each in membership.choices_for(person, today) if each.offer]
    standings = membership.standings_with(person, [each.offer for each in choices], today)
    return advice.ways(
        [_chance(each, standings[each.type.code]) for each in choices],
        saving=offer.quote.saving,
        through=policy.through(meeting.starts, meeting.ends),
        order_counts=policy.order_counts,
        own_type=line.rule["standing_facts"].get("type", ""),
    )


def _chance(choice, standing):
    kind, dues = choice.offer.kind, choice.offer
    return advice.Chance(choice.type.code, choice.type.name, str(kind), dues.amount, standing, choice.type.eligibility)


def _in_words(way):
    """(what to do with cost and saving, what is left of it, for whom it is, whether something is left)."""
    facts = {"type": way.chance.name, "costs": money(way.costs), "saves": money(way.saves)}
    if way.chance.kind == membership.OfferKind.JOIN:
        told = _("Join now as %(type)s: costs %(costs)s, saves %(saves)s", **facts)
    else:
        told = _("Renew now as %(type)s: costs %(costs)s, saves %(saves)s", **facts)
    if way.is_before:
        told = _("%(way)s; do it before you register", way=told)
    is_less = way.net.minor > 0
    rest = _("%(net)s less in all", net=money(way.net)) if is_less else _("%(net)s more in all", net=money(-way.net))
    until = way.chance.standing.until
    if until:
        rest = _("%(rest)s, and you are a member until %(day)s", rest=rest, day=words.day_of(until.isoformat()))
    return told, rest, way.chance.eligibility, is_less


def _rise(line, wish, meeting, now):
    """From when on the same costs more; of what a code has taken off altogether nothing rises."""
    if not line.amount and "list_minor" in line.rule:
        return None
    window = meeting.window_at(now)
    later = [each for each in meeting.windows if window and each.ends_at > window.ends_at]
    coming = min(later, key=lambda each: each.ends_at, default=None)
    if coming is None or line.rule["window"] != window.code:
        return None
    prices = queries.prices_of(meeting, category=queries.category_by_code(meeting, wish.category), window=coming)
    then = cheapest_cell(wish, prices, coming.code, member=line.rule["member"])
    listed = (
        line.amount if "list_minor" not in line.rule else type(line.amount)(line.rule["list_minor"], meeting.currency)
    )
    found = advice.rise(listed, window=window, coming=coming, then=then and then[1])
    if found is None:
        return None
    facts = {"when": words.last_minute(found.at, meeting), "name": found.name, "more": money(found.more)}
    return _("Until %(when)s; then the %(name)s price, %(more)s more", **facts)


def _credit(line, policy, offer):
    """That joining afterwards still counts."""
    if not policy.credit_days or line.rule["member"] or not offer.quote.saving:
        return None
    facts = {"days": policy.credit_days, "saves": money(offer.quote.saving)}
    return _("Join or renew within %(days)s days after paying, and %(saves)s come back by themselves", **facts)
