"""What invitations would take off at today's prices, if all of them were taken up; and what they did take off, by kind and budget."""

from sqlalchemy import func, select

from conference import membership
from conference.kernel import Money, db
from conference.registration import discounts
from conference.registration import queries as catalogue
from conference.registration.code_models import CodeUse, DiscountCode
from conference.registration.discounts import Discount, Effect
from conference.registration.invitation_models import Invitation, InvitationKind
from conference.registration.pricing import queries as pricing
from conference.registration.pricing.rules import member_standing
from conference.registration.rules import QuoteLine, Wish, cheapest_cell


def would_take_off(kind, person_ids, *, meeting, now):
    """Money: what inviting these people (None: nobody known yet) takes off at most, each at today's price for the whole meeting on site."""
    members = _members(meeting, [key for key in person_ids if key is not None], now)
    each = {member: _off(kind, member, meeting, now) for member in {key in members for key in person_ids}}
    return Money(sum(each[key in members] for key in person_ids), meeting.currency)


def discount_of(kind, currency):
    """What an invitation of a kind takes off, as the rules read it."""
    return Discount(
        code=kind.code,
        effect=Effect(kind.effect),
        percent=kind.percent,
        amount=Money(kind.amount_minor, currency) if kind.effect == Effect.AMOUNT else None,
        category=kind.category.code,
        also=tuple(kind.add_ons),
        because=kind.name,
    )


def taken_off(meeting):
    """[(kind, budget code, how many registered, Money)]: what invitations took off so far, the most first; only what is paid for counts."""
    off, uses = func.sum(CodeUse.off_minor), func.count()
    rows = (
        select(Invitation.kind_id, DiscountCode.budget_code, uses.label("uses"), off.label("off"))
        .join(DiscountCode, DiscountCode.id == Invitation.code_id)
        .join(CodeUse, CodeUse.code_id == DiscountCode.id)
        .where(Invitation.meeting_id == meeting.id, CodeUse.state == "kept")
    )
    sums = rows.group_by(Invitation.kind_id, DiscountCode.budget_code).subquery()
    told = select(InvitationKind, sums.c.budget_code, sums.c.uses, sums.c.off)
    told = told.join(sums, sums.c.kind_id == InvitationKind.id)
    found = db.session.execute(told.order_by(sums.c.off.desc(), InvitationKind.id, sums.c.budget_code))
    return [(kind, budget, count, Money(int(minor), meeting.currency)) for kind, budget, count, minor in found]


def _members(meeting, person_ids, now):
    """Keys of those for whom the member price holds today."""
    today, policy = membership.local_day(now), pricing.policy_of(meeting)
    through = policy.through(meeting.starts, meeting.ends)
    standings = membership.standings_of(person_ids, today) if person_ids else {}
    told = {"through": through, "order_counts": policy.order_counts}
    return {key for key, each in standings.items() if member_standing(each, None, False, **told).member}


def _off(kind, member, meeting, now):
    """Minor units for one person, with every add-on that the kind covers."""
    window = meeting.window_at(now)
    if window is None:
        return 0
    prices = catalogue.prices_of(meeting, category=kind.category, window=window)
    found = cheapest_cell(Wish(kind.category.code), prices, window.code, member=member)
    if found is None:
        return 0
    add_ons = catalogue.add_ons_of(meeting, codes=kind.add_ons, all_of_them=True) if kind.add_ons else []
    ticket = QuoteLine("registration", kind.category.code, found[1], (), {})
    lines = (ticket, *(QuoteLine("add_on", each.code, each.amount, (), {}) for each in add_ons))
    done = discounts.reduced(lines, discount_of(kind, meeting.currency), category=kind.category.code)
    return discounts.taken_off(done, meeting.currency).minor
