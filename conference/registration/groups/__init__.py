"""Groups: one payer, many attendees. A roster of seats becomes registrations when it is ordered (checkout).

A seat is what the payer wrote down; the registration that it becomes belongs to its attendee, and so do their answers.
"""

from conference.registration.groups.actions import (
    add_seat,
    change,
    change_seat,
    close_link,
    coordinator_from,
    join,
    make,
    open_link,
    registered_among,
    remove_seat,
    seats_with,
    undo_roster,
)
from conference.registration.groups.checking import as_billed, check_wish, for_payer, wish_of_seat
from conference.registration.groups.following import follow, put_back, remember_order
from conference.registration.groups.forms import ChosenSeatForm, GroupForm, LinkForm, RosterForm, SeatForm, WishForm
from conference.registration.groups.holding import enrol, hold_all
from conference.registration.groups.leaving import declined_among, say_no, say_yes, unpaid_orders
from conference.registration.groups.models import Group, GroupOrder, Roster, Seat
from conference.registration.groups.narrowing import counts, narrowed, views
from conference.registration.groups.queries import (
    by_join_ref,
    by_ref,
    group_of,
    group_of_orders,
    groups_of,
    lapsed_of,
    lock,
    orders_of,
    roster_of,
    rosters_of,
    seats_waiting,
)
from conference.registration.groups.quoting import Quoting
from conference.registration.groups.reminding import begin_reminder, may_remind, still_missing
from conference.registration.groups.rosters import bring_in, check
from conference.registration.groups.rules import COLUMNS, MOST_SEATS, SeatState, count_rows, split
from conference.registration.groups.seating import (
    Seated,
    missing,
    registrations_of,
    seat_by_registration,
    seat_of,
    seats_about,
    seats_of,
)
from conference.registration.groups.tallying import SORTS, VIEWS, as_tally, counts_by_view, tallied, tallies

__all__ = [
    "COLUMNS",
    "ChosenSeatForm",
    "Group",
    "GroupForm",
    "GroupOrder",
    "LinkForm",
    "MOST_SEATS",
    "Quoting",
    "Roster",
    "RosterForm",
    "SORTS",
    "Seat",
    "SeatForm",
    "SeatState",
    "Seated",
    "VIEWS",
    "WishForm",
    "add_seat",
    "as_billed",
    "as_tally",
    "begin_reminder",
    "bring_in",
    "by_join_ref",
    "by_ref",
    "change",
    "change_seat",
    "check",
    "check_wish",
    "close_link",
    "coordinator_from",
    "count_rows",
    "counts",
    "counts_by_view",
    "declined_among",
    "enrol",
    "follow",
    "for_payer",
    "group_of",
    "group_of_orders",
    "groups_of",
    "hold_all",
    "join",
    "lapsed_of",
    "lock",
    "make",
    "may_remind",
    "missing",
    "narrowed",
    "open_link",
    "orders_of",
    "put_back",
    "registered_among",
    "registrations_of",
    "remember_order",
    "remove_seat",
    "roster_of",
    "rosters_of",
    "say_no",
    "say_yes",
    "seat_by_registration",
    "seat_of",
    "seats_about",
    "seats_of",
    "seats_waiting",
    "seats_with",
    "split",
    "still_missing",
    "tallied",
    "tallies",
    "undo_roster",
    "unpaid_orders",
    "views",
    "wish_of_seat",
]
