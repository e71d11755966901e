"""What the addresses about groups ask for."""

from io import BytesIO

from conference import checkout, registration
from conference.kernel import clock, transaction
from tests.site import people
from tests.site.desk_values import made


def of_groups(site, meeting):
    """Ada's, with a paid seat, two that nobody has ordered, one of them Dov's, an open link and a checked file."""
    path = f"/meetings/{meeting.code}/group"
    ref = made(site, "ada", path, {"name": "Εργαστήριο", "po_number": "PO-1"})
    seat = {"category": "full", "mode": "in_person", "span": "whole", "grant": "R01"}
    made(site, "ada", f"{path}/{ref}/seats/new", {**seat, "email": "paid@example.org"})
    paid = _paid_order(registration.groups.by_ref(meeting, ref))
    for email in ("seat@example.org", people.email_of("dov")):
        made(site, "ada", f"{path}/{ref}/seats/new", {**seat, "email": email})
    made(site, "ada", f"{path}/{ref}/link", {"most": "3"})
    csv = {"file": (BytesIO(b"email,category\nroster@example.org,full\n"), "lab.csv")}
    found = registration.groups.by_ref(meeting, ref)
    given, one, dovs = (each.seat.id for each in registration.groups.seats_of(found))
    of_paid = ("give_seat", "check_giving", "do_giving", "end_seat", "do_ending", "put_back_seat", "group_seat_receipt")
    return {
        "group_ref": ref,
        "seat_id": one,
        **{f"checkout.{view}.seat_id": given for view in of_paid},
        **{f"checkout.{view}.seat_id": dovs for view in ("decline_seat", "do_decline", "accept_seat")},
        "checkout.group_statement.ref": paid.ref,
        "join_ref": found.join_ref,
        "roster_ref": made(site, "ada", f"{path}/{ref}/roster", csv),
    }


def _paid_order(group):
    """The order over its seats, paid by transfer."""
    now = clock.now()
    with transaction():
        placed = checkout.place_group(group, by=group.coordinator, now=now)
        return checkout.settle_paid_by_hand(placed.id, reference="Τράπεζα", by=None, now=now)
