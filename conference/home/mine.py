"""My page, part by part: each part is a template and a function that says what it shows, or None when it is not for this person."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference import checkout, mail, meetings, membership, payments, registration
from conference.home.site import site
from conference.payments import OrderState
from conference.registration import State, groups

LETTERS = 8


@dataclass(frozen=True)
class Part:
    """One section of my page."""

    template: str
    values: dict


def parts_for(person, now):
    """The parts of somebody's page, in the order of what matters to them now."""
    found = ((template, gather(person, now)) for template, gather in PARTS)
    return [Part(template, values) for template, values in found if values is not None]


def profile(person, now):
    """What is known of the person and what is still missing for a registration and a badge."""
    wanted = (
        (_("name"), person.given_name or person.family_name),
        (_("institution"), person.institution),
        (_("country"), person.country),
        (_("degrees"), person.degrees),
        (_("ORCID iD"), person.orcid),
    )
    missing = [label for label, value in wanted if not value]
    return {"missing": missing, "known": len(wanted) - len(missing), "wanted": len(wanted)}


def registrations(person, now):
    """What the person is registered for, or began to register for, and the next meeting when they have not."""
    mine, about = registration.registrations_of(person), groups.seats_about(person)
    coming = site().meeting
    is_asked = (
        coming is not None
        and meetings.can_register(coming, now)
        and coming.id not in {each.meeting_id for each in mine}
    )
    hosts = registration.guests.hosts_among(mine)
    paid_by_others = {seat.registration_id for seat, _group, state in about if state is groups.SeatState.HELD}
    return {
        "entries": [
            (each, links_of(each, now, by_others=each.id in paid_by_others, has_guests=each.id in hosts))
            for each in mine
        ],
        "groups": groups.groups_of(person),
        "rosters": [(group, state) for _seat, group, state in about if state is groups.SeatState.OPEN],
        "coming": coming if is_asked else None,
        "words": registration_words(),
        "mode_name": registration.mode_name,
        "span_name": registration.span_name,
    }


def links_of(entry, now, *, by_others=False, has_guests=False):
    """Where somebody goes from a registration as it stands: (label, address); `by_others`: another holds a place for them."""
    home = f"/meetings/{entry.meeting.code}/"
    is_open = meetings.can_register(entry.meeting, now)
    order = (_("Order and receipt"), home + "register/mine")
    sessions = (_("My sessions"), home + "schedule/my-sessions")
    match entry.state:
        case State.CONFIRMED if meetings.is_over(entry.meeting, now):
            return [order, sessions, (_("Programme"), home + "schedule")]
        case State.CONFIRMED:
            badge = [] if entry.mode == registration.Mode.VIRTUAL else [(_("Badge"), home + "badge")]
            plans = [(_("My schedule"), home + "schedule/mine"), sessions, (_("Programme"), home + "schedule")]
            answers = (_("My answers"), home + "register/answers")
            guests = [(_("My guests"), home + "register/guests")] if has_guests else []
            calendar, change = home + "register/mine.ics", home + "register/change"
            rest = [(_("For my calendar"), calendar), (_("Change or cancel"), change)]
            return [*badge, order, *guests, answers, *plans, *rest]
        case State.HELD if by_others:
            return [(_("Your place"), home + "register/seat")]
        case State.HELD:
            return [(_("Pay, or give the places back"), home + "register/mine")]
        case State.DRAFT:
            return [(_("Go on with it"), home + "register")] if is_open else []
        case State.CANCELLED:
            return [order, (_("Register again"), home + "register")] if is_open else [order]


def invited(person, now):
    """What the person is invited to and has not answered yet, or has paid without; None when there is nothing of the kind."""
    queries = registration.invitations.queries
    waiting = (*registration.invitations.UNANSWERED, registration.invitations.Shown.APART)
    found = [each for each in queries.of_person(person) if each.shown in waiting and each.invitation.valid_until > now]
    shown = [(each, registration.invitations.covered(each.invitation)) for each in found]
    return {"invitations": shown} if shown else None


def member(person, now):
    """Where the person stands with the society today."""
    standing = membership.standing_of(person, membership.local_day(now))
    return {
        "standing": standing,
        "member": membership.member_of(person),
        "words": (membership.STANDINGS[standing.kind], membership.HUES[standing.kind]),
    }


def orders(person, now):
    """What the person bought, the newest first, and what of it goes back."""
    found = payments.orders_of(person)
    return {
        "orders": found,
        "refunds": checkout.refunds_of_orders([each.id for each in found]),
        "words": order_words(),
        "settled": (OrderState.PAID, OrderState.RETURNED),
    }


def letters(person, now):
    """The latest letters to the person."""
    return {"letters": mail.letters_to(person, limit=LETTERS)}


def registration_words():
    """What the states of a registration are called, with their hue."""
    return {
        State.DRAFT: (_("not finished"), "warn"),
        State.HELD: (_("waiting for payment"), "warn"),
        State.CONFIRMED: (_("confirmed"), "good"),
        State.CANCELLED: (_("cancelled"), "bad"),
    }


def order_words():
    """What the states of an order are called, with their hue."""
    return {
        OrderState.OPEN: (_("waiting for payment"), "warn"),
        OrderState.ONGOING: (_("payment on its way"), "warn"),
        OrderState.PAID: (_("paid"), "good"),
        OrderState.LAPSED: (_("not paid in time"), "bad"),
        OrderState.RETURNED: (_("paid back"), None),
        OrderState.PARKED: (_("the office is looking at it"), "warn"),
    }


PARTS = (
    ("home/mine/invitations.html", invited),
    ("home/mine/registrations.html", registrations),
    ("home/mine/member.html", member),
    ("home/mine/orders.html", orders),
    ("home/mine/profile.html", profile),
    ("home/mine/letters.html", letters),
)
