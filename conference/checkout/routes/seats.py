"""One seat of a group, as whoever pays for it sees it: what it is, where it stands, what can be done with it now."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, people, registration
from conference.checkout import declining, documents
from conference.checkout.routes.blueprint import bp, close_pages
from conference.checkout.routes.group_page import show_group, words_of
from conference.checkout.routes.groups import is_own, own_group, to_group
from conference.checkout.routes.roster import sold_now
from conference.kernel import Refusal, clock, transaction
from conference.registration import groups
from conference.web import allow, refuse_into, signed_in

SEAT = "/meetings/<code>/group/<ref:group_ref>/seats/<int:seat_id>"


@bp.get(SEAT)
@allow(signed_in)
def group_seat(code, group_ref, seat_id):
    """Who has it, what it cost, and what can be done."""
    found, seated = own_seat(code, group_ref, seat_id)
    return show_seat(found, seated)


@bp.get(f"{SEAT}/receipt.pdf")
@allow(signed_in)
def group_seat_receipt(code, group_ref, seat_id):
    """What was paid for one person alone, for whoever accounts for it."""
    found, seated = own_seat(code, group_ref, seat_id)
    if seated.state is not groups.SeatState.PAID:
        abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    content = documents.seat_receipt_for_payer(seated.seat, found)
    return documents.pdf_response(content, f"receipt-{found.meeting.code}-{seated.seat.id}.pdf")


@bp.get(f"{SEAT}/edit")
@allow(signed_in)
def edit_seat(code, group_ref, seat_id):
    """What it is for, while nobody has ordered it."""
    found, seated = own_seat(code, group_ref, seat_id)
    sold = _sold_for(found, seated)
    form = groups.ChosenSeatForm(formdata=None).of(sold, seat=seated.seat).show(seated.seat) if sold else None
    return _show_edit(found, seated, sold, form)


@bp.post(f"{SEAT}/edit")
@allow(signed_in)
def change_seat(code, group_ref, seat_id):
    """Keep it."""
    found, seated = own_seat(code, group_ref, seat_id)
    sold = _sold_for(found, seated) or abort(409)
    form = groups.ChosenSeatForm.of_request().of(sold, seat=seated.seat)
    if not form.validate():
        return _show_edit(found, seated, sold, form), 422
    try:
        with transaction():
            groups.change_seat(found, seat_id, by=current_user.person, now=clock.now(), **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        found, seated = own_seat(code, group_ref, seat_id)
        return _show_edit(found, seated, sold, form), 422
    flash(_("The seat of %(name)s is saved.", name=groups.seat_of(found, seat_id).seat.name), "good")
    return to_group(found)


@bp.post(f"{SEAT}/remove")
@allow(signed_in)
def remove_seat(code, group_ref, seat_id):
    """Take somebody off the roster while their seat stands in no order."""
    found, seated = own_seat(code, group_ref, seat_id)
    try:
        with transaction():
            groups.remove_seat(found, seated.seat.id, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_group(own_group(code, group_ref), refusal=refusal), 409
    flash(_("Taken off the roster."), "good")
    return to_group(found)


@bp.post(f"{SEAT}/take-out")
@allow(signed_in)
def take_out_seat(code, group_ref, seat_id):
    """Out of an order that nobody has paid: it is due no more, and its place is free."""
    found, seated = own_seat(code, group_ref, seat_id)
    try:
        with transaction():
            orders = declining.take_out(seated, found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_seat_again(code, group_ref, seat_id, refusal), 409
    close_pages(orders)
    flash(_("Taken out of the order. It is on the roster still, and you can order it anew or remove it."), "good")
    return to_group(found)


@bp.post(f"{SEAT}/put-back")
@allow(signed_in)
def put_back_seat(code, group_ref, seat_id):
    """On the roster again, to be ordered anew."""
    found, seated = own_seat(code, group_ref, seat_id)
    try:
        with transaction():
            declining.put_back(seated, found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return show_seat_again(code, group_ref, seat_id, refusal), 409
    flash(_("It is on the roster again: order it with the others."), "good")
    return to_group(found)


def own_seat(code, group_ref, seat_id):
    """(group, Seated) of the reader's group, or of any for the registration desk; 404 otherwise."""
    found = own_group(code, group_ref)
    return found, groups.seat_of(found, seat_id) or abort(404)


def to_seat(found, seated):
    """Back to the seat."""
    return redirect(
        url_for("checkout.group_seat", code=found.meeting.code, group_ref=found.ref, seat_id=seated.seat.id), 303
    )


def show_seat_again(code, group_ref, seat_id, refusal):
    """The seat's page as it stands now, with what did not go through."""
    found, seated = own_seat(code, group_ref, seat_id)
    return show_seat(found, seated, refusal)


def show_seat(found, seated, refusal=None):
    """The seat's page, with what did not go through."""
    entry = registration.by_id(seated.seat.registration_id) if seated.seat.registration_id else None
    is_paid = seated.state is groups.SeatState.PAID
    waiting = registration.changes.open_change(entry) if is_paid else None
    return render_template(
        "checkout/groups/seat_page.html",
        group=found,
        meeting=found.meeting,
        seated=seated,
        seat=seated.seat,
        entry=entry,
        waiting=waiting,
        is_own=is_own(found),
        refusal=refusal,
        policy=_policy(found, seated),
        **words_of(found.meeting),
    )


def _policy(found, seated):
    """Until when the seat may be given away or taken back, and what that costs: by the table, for an exhibitor's by its booth."""
    facts = {"category": seated.seat.category.code, "now": clock.now()}
    exhibitor = registration.exhibitors.queries.of_group(found)
    if exhibitor is None:
        return registration.changes.change_policy(found.meeting, kinds=("substitute", "cancel"), **facts)
    is_free = any("allotment" in line.rule for line in seated.lines)
    told = registration.exhibitors.words.policy(exhibitor, is_free=is_free)
    return told if is_free else told + registration.changes.change_policy(found.meeting, kinds=("cancel",), **facts)


def _sold_for(found, seated):
    """What the group may order now for the person of a seat."""
    return sold_now(found, people.by_email(seated.seat.email))


def _show_edit(found, seated, sold, form):
    values = {"group": found, "meeting": found.meeting, "seat": seated.seat, "sold": sold, "form": form}
    return render_template("checkout/groups/edit_seat.html", **values)
