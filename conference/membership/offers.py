"""What joining, renewing or coming back would cost somebody on a day, and why."""

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from conference.kernel import Money, Refusal
from conference.membership import queries
from conference.membership.models import MembershipType
from conference.membership.rules import (
    NextTerm,
    OfferKind,
    PeriodKind,
    Span,
    Standing,
    after_months,
    next_term,
    standing,
)


@dataclass(frozen=True)
class DuesOffer:
    """A term at a price, as it is frozen into an order line; `ends` is its last day, None for life."""

    type_code: str
    title: str
    amount: Money
    starts: date
    ends: date | None
    why: list[str]
    kind: OfferKind


@dataclass(frozen=True)
class Choice:
    """A type as one person meets it: what it would cost them, or why they cannot have it now."""

    type: MembershipType
    offer: DuesOffer | None
    refusal: str


def offer_for(person, type, on):
    """The DuesOffer of a membership type for a person (None: somebody new) who orders on the society's day `on`.

    Refusal when they have paid already, are members for life, or the type asks for more years than they have.
    """
    return _offer(type, queries.spans_of(person), queries.member_of(person), on)


def choices_for(person, on):
    """A Choice for every type on offer, in their order."""
    spans, member = queries.spans_of(person), queries.member_of(person)
    return [_choice(type_, spans, member, on) for type_ in queries.types_on_offer()]


def standing_with(person, offer, on) -> Standing:
    """The Standing that a person would have on a day if `offer` were paid: what one order for both counts by."""
    return standing([*queries.spans_of(person), Span(offer.starts, offer.ends, offer.type_code)], on)


def standings_with(person, offers, on):
    """{type code: the Standing that a person would have on a day if that offer alone were paid}."""
    spans = queries.spans_of(person)
    return {each.type_code: standing([*spans, Span(each.starts, each.ends, each.type_code)], on) for each in offers}


def standing_without(person, order_line_refs, on) -> Standing:
    """The Standing that a person would have on a day if the terms that these order lines paid for were taken back."""
    terms = [term for ref in order_line_refs if (term := queries.term_of_line(ref))]
    gone = {(term.starts, term.ends, term.type.code) for term in terms if term.voided_at is None}
    return standing([s for s in queries.spans_of(person) if (s.starts, s.ends, s.type_code) not in gone], on)


def _choice(type_, spans, member, on):
    try:
        return Choice(type_, _offer(type_, spans, member, on), "")
    except Refusal as refusal:
        return Choice(type_, None, str(refusal))


def _offer(type_, spans, member, on):
    _check_years(type_, member, on)
    term = next_term(spans, type_.period, on)
    if term is None:
        raise Refusal(_nothing_to_buy(standing(spans, on)), field="type")
    return DuesOffer(
        type_code=type_.code,
        title=_("%(name)s membership", name=type_.name),
        amount=type_.renewal_price if term.kind is OfferKind.RENEW else type_.price,
        starts=term.starts,
        ends=term.ends,
        why=list(_reasons(type_, term, on)),
        kind=term.kind,
    )


def _check_years(type_, member, on):
    """Refusal when the type is for members of many years and this one is not yet."""
    if not type_.min_years or (member and after_months(member.joined_on, 12 * type_.min_years) <= on):
        return
    raise Refusal(
        ngettext(
            "%(name)s membership opens after %(num)s year as a member",
            "%(name)s membership opens after %(num)s years as a member",
            type_.min_years,
            name=type_.name,
        ),
        field="type",
    )


def _nothing_to_buy(present):
    if present.is_for_life:
        return _("Your membership is for life: there is nothing to renew")
    return _("Your membership is paid through %(day)s already", day=_day(present.until))


def _reasons(type, term: NextTerm, on):
    if term.ends is None:
        yield _("For life, from %(starts)s", starts=_day(term.starts))
    else:
        yield _("From %(starts)s through %(ends)s", starts=_day(term.starts), ends=_day(term.ends))
    if term.kind is OfferKind.RENEW and term.starts > on:
        yield _("Begins when your present term ends: no day is lost")
    elif term.kind is OfferKind.RENEW:
        yield _("Continues your membership without a gap")
    elif term.kind is OfferKind.REINSTATE:
        yield _("You were a member before: you keep your number and the day you joined")
    elif type.period.kind is PeriodKind.CALENDAR and term.ends and term.ends.year > on.year:
        yield _("Joining this late in the year covers the next year too")
    if term.kind is OfferKind.RENEW and type.renewal_price != type.price:
        yield _("Renewal price")


def _day(day):
    return format_date(day, "d MMM y")
