"""The list of a meeting's groups as it stands in an address, and as a table for spreadsheets."""

from dataclasses import dataclass

from conference.kernel import clean_line
from conference.registration import groups, mode_name, span_name
from conference.web import Sorted

COLUMNS = (
    "group", "reference", "coordinator", "email", "po_number", "tax_number", "seats", "not_ordered", "waiting_for_payment", "paid_seats",
    "paid_and_declined", "data_missing", "paid", "owed", "currency", "made",
)  # fmt: skip
SEAT_COLUMNS = (
    "group", "group_reference", "po_number", "name", "email", "category", "days", "mode", "add_ons", "grant", "state", "declined", "price",
    "currency", "order", "data_complete",
)  # fmt: skip


@dataclass(frozen=True)
class GroupWish(Sorted):
    """What staff would like to see of the groups."""

    q: str = ""
    view: str = ""
    sort: str = "-made"

    @property
    def select(self):
        """The same as groups.tallied takes it."""
        return {"text": self.q, "view": self.view, "sort": self.sort}


def group_wish_of(args):
    """The GroupWish in `args`; what makes no sense there is left out."""
    q, view, sort = (clean_line(args.get(name, ""))[:200] for name in ("q", "view", "sort"))
    known = sort if sort.removeprefix("-") in groups.SORTS else GroupWish.sort
    return GroupWish(q, view if view in groups.VIEWS else "", known)


def table(meeting, wish):
    """(header, rows) of the groups; amounts as Money."""
    return COLUMNS, [_row(each) for each in groups.tallies(meeting, **wish.select)]


def seat_table(meeting, wish):
    """(header, rows) of every seat of these groups; amounts as Money."""
    return SEAT_COLUMNS, _seats(meeting, wish)


def _row(tally):
    group, person = tally.group, tally.group.coordinator
    who = (group.name, group.ref, person.full_name, person.email, group.po_number, group.tax_id)
    counts = (tally.seats, tally.open, tally.held, tally.kept, tally.to_decide, tally.missing)
    return (*who, *counts, tally.paid, tally.owed, tally.paid.currency, group.made_at)


def _seats(meeting, wish):
    for tally in groups.tallies(meeting, **wish.select):
        for each in groups.seats_of(tally.group):
            yield _seat_row(tally.group, each)


def _seat_row(group, each):
    seat, is_paid = each.seat, each.state is groups.SeatState.PAID
    choice = (seat.category.code, span_name(seat.span), mode_name(seat.mode), "; ".join(each.add_ons), seat.grant)
    price = (each.amount, each.amount.currency) if each.amount is not None else (None, "")
    state = (str(each.state), "yes" if each.is_declined else "")
    done = ("yes" if each.is_complete else "no") if is_paid else ""
    return (
        group.name,
        group.ref,
        group.po_number,
        seat.name,
        seat.email,
        *choice,
        *state,
        *price,
        each.order_ref,
        done,
    )
