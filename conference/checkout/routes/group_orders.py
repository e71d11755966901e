"""Ordering the seats of a group, and giving an unpaid order back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts
from conference.checkout import documents, group_accounts, group_orders
from conference.checkout.entering import held_until
from conference.checkout.routes.blueprint import bp, to_payment
from conference.checkout.routes.groups import is_own, own_group, to_group
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.registration import groups
from conference.web import allow, allow_payment_origin, signed_in


@bp.get("/meetings/<code>/group/<ref:group_ref>/order")
@allow(signed_in)
def quote_group(code, group_ref):
    """What the seats cost that are not ordered yet, one by one, with the sums for each grant."""
    return _show_quote(own_group(code, group_ref))


@bp.post("/meetings/<code>/group/<ref:group_ref>/order")
@allow(signed_in)
def order_group(code, group_ref):
    """One order over all of them, but for those that were shown to stand in the way, at the price that was shown."""
    found, now = own_group(code, group_ref), clock.now()
    seen, later = whole_number(request.form.get("total", ""), 15), request.form.get("pay") == "later"
    try:
        with transaction():
            accounts.claim("group-act", current_user.person.id, now=now)
            facts = {"seen_total": -1 if seen is None else seen, "by_transfer": later}
            facts["leaving"] = {whole_number(each, 15) for each in request.form.getlist("leave")}
            facts["client"] = accounts.client() if is_own(found) else None
            order = group_orders.place_group(found, by=current_user.person, now=now, **facts)
    except Refusal as refusal:
        return _show_quote(own_group(code, group_ref), refusal), 409
    if order.person_id != current_user.person.id:
        flash(_("Ordered. The coordinator pays it, or you mark it as paid by hand."), "good")
        return to_group(found)
    if later:
        flash(_("Ordered. The statement says how to pay."), "good")
        return redirect(url_for(".order", ref=order.ref), 303)
    return to_payment(order)


@bp.get("/meetings/<code>/group/<ref:group_ref>/statements/<ref:ref>.pdf")
@allow(signed_in)
def group_statement(code, group_ref, ref):
    """What an order of the group is made of, for whoever accounts for it."""
    found = own_group(code, group_ref)
    order = next((each for each in groups.orders_of(found) if each.ref == ref), None) or abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    return documents.pdf_response(documents.receipt(order), f"statement-{order.ref}.pdf")


@bp.get("/meetings/<code>/group/<ref:group_ref>/statement.pdf")
@allow(signed_in)
def group_account(code, group_ref):
    """All orders of the group on one paper."""
    found = own_group(code, group_ref)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    content = group_accounts.statement_of_all(found) or abort(404)
    return documents.pdf_response(content, f"statement-{found.meeting.code}-{found.ref}.pdf")


def _show_quote(found, refusal=None):
    now = clock.now()
    allow_payment_origin()
    return render_template(
        "checkout/groups/quote.html",
        group=found,
        meeting=found.meeting,
        quote=group_orders.quote(found, now=now),
        may_transfer=group_orders.may_transfer(),
        until=held_until(found.meeting, now),
        refusal=refusal,
    )
