"""Orders at the desk: the list, and one order's story."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from conference import audit, checkout, meetings, payments, people, society
from conference.kernel import clock, transaction
from conference.payments import OrderState
from conference.staff import dunning_words, order_account, order_list, stories, words
from conference.staff.access import office, treasurer
from conference.staff.forms import PaidForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, xlsx_response

VIEWS = {
    "trouble": _l("Waits for staff"),
    "refunds": _l("Refunds that did not arrive"),
    "by_hand": _l("To be sent back by hand"),
    "waiting": _l("Waiting for payment"),
    "paid": _l("Settled"),
    "refunding": _l("Refund on its way"),
    "refunded": _l("Refunded"),
    "lapsed": _l("Not paid"),
    "returned": _l("Money sent back"),
}


@bp.get("/orders")
@allow(office)
def orders():
    """What waits for staff first, then the newest; searched, filtered and sorted by the address."""
    wish = order_list.wish_of_request(VIEWS)
    return render_template(
        "staff/orders.html",
        page=paginate(order_list.listed(wish), number=page_number(), scalars=False),
        wish=wish,
        meetings=meetings.all_meetings(),
        views=VIEWS,
        counts=order_list.counts(),
        states=words.ORDER_STATES,
        may_export=treasurer(current_user),
    )


@bp.get("/orders.<any(csv,xlsx):ending>")
@allow(treasurer)
def export_orders(ending):
    """What the list shows, as a table; that is remembered."""
    wish, now = order_list.wish_of_request(VIEWS), clock.now()
    with transaction():
        after = {**wish.asked, "table": ending}
        audit.record(by=current_user.person, verb="exported orders", subject=current_user.person, now=now, after=after)
    header, rows = order_list.table(wish)
    name = f"orders-{now.date().isoformat()}.{ending}"
    if ending == "csv":
        return csv_response(name, header, rows)
    return xlsx_response(name, _("Orders"), header, rows, zone=society.zone())


@bp.get("/order/<ref:ref>")
@allow(office)
def order(ref):
    """One order's story, with or without a registration."""
    return show_order(order_of(ref))


def order_of(ref):
    """The order that the address names; 404 when there is none."""
    return payments.order_by_ref(ref) or abort(404)


def show_order(found, *, paid=None, refusal=None):
    """The story as a page; with the form and the refusal that did not go through."""
    (story,) = stories.order_stories([found])
    person = people.by_id(found.person_id)
    entries = checkout.registrations_in(found)
    return render_template(
        "staff/order.html",
        story=story,
        person=person,
        entries=entries,
        meeting=entries[0].meeting if entries else None,
        happenings=stories.timeline([], [story], person),
        paid_form=paid or PaidForm(),
        refusal=refusal,
        words=words,
        reminders=_reminders(found),
        **_documents(found),
    )


def _reminders(found):
    """What was sent for an order that is to be paid by transfer; None of others."""
    if found.id not in checkout.dunning.cases_of([found.id]):
        return None
    return {"letters": checkout.dunning.letters_of([found.id])[found.id], "steps": dunning_words.STEPS}


def _documents(found):
    """Invoices and the like of an order, and whether the reader may look at them and make one."""
    documents, is_treasurer = payments.documents, treasurer(current_user)
    issued = documents.queries.of_order(found)
    may_be = found.state in (OrderState.PAID, OrderState.OPEN, OrderState.ONGOING)
    return {
        "documents": issued,
        "account": order_account.account(found),
        "papers": checkout.kept_papers.kept_of(found),
        "document_kinds": documents.words.KINDS,
        "sees_documents": is_treasurer,
        "may_invoice": is_treasurer and may_be and documents.has_more(found),
    }
