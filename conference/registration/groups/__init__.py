"""Groups: one payer, many attendees. A roster of seats becomes registrations when it is ordered (checkout).

A seat is what the payer wrote down; the registration that it becomes belongs to its attendee, and so do their answers.
"""

from conference.registration.groups.actions import (
    add_seat,
    change,
    close_link,
    coordinator_from,
    join,
    make,
    open_link,
    registered_among,
    remove_seat,
    seats_with,
    set_grant,
    undo_roster,
)
from conference.registration.groups.checking import check_wish, offer_for_seat, wish_of_seat
from conference.registration.groups.forms import GroupForm, LinkForm, OtherForm, RosterForm, SeatForm, WishForm
from conference.registration.groups.handing import claim_seat, hand_over, heir_of
from conference.registration.groups.holding import enrol, hold_all
from conference.registration.groups.models import Group, GroupOrder, Roster, Seat
from conference.registration.groups.queries import (
    Seated,
    by_join_ref,
    by_ref,
    group_of,
    group_of_order,
    groups_of,
    lapsed_of,
    listed,
    lock,
    missing,
    orders_of,
    roster_of,
    rosters_of,
    seat_by_registration,
    seat_of,
    seats_of,
)
from conference.registration.groups.rosters import bring_in, check
from conference.registration.groups.rules import COLUMNS, MOST_SEATS, SeatState, split

__all__ = [
    "COLUMNS",
    "Group",
    "GroupForm",
    "GroupOrder",
    "LinkForm",
    "MOST_SEATS",
    "OtherForm",
    "Roster",
    "RosterForm",
    "Seat",
    "SeatForm",
    "SeatState",
    "Seated",
    "WishForm",
    "add_seat",
    "bring_in",
    "by_join_ref",
    "by_ref",
    "change",
    "check",
    "check_wish",
    "claim_seat",
    "close_link",
    "coordinator_from",
    "enrol",
    "group_of",
    "group_of_order",
    "groups_of",
    "hand_over",
    "heir_of",
    "hold_all",
    "join",
    "lapsed_of",
    "listed",
    "lock",
    "make",
    "missing",
    "offer_for_seat",
    "open_link",
    "registered_among",
    "orders_of",
    "remove_seat",
    "roster_of",
    "rosters_of",
    "seat_by_registration",
    "seat_of",
    "seats_of",
    "seats_with",
    "set_grant",
    "split",
    "undo_roster",
    "wish_of_seat",
]
