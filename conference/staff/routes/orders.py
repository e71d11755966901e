"""Orders at the desk: the list, and one order's story."""

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from conference import checkout, meetings, payments, people
from conference.kernel import clean_line
from conference.payments import OrderState
from conference.staff import buying, dunning_words, stories, words
from conference.staff.access import office, treasurer
from conference.staff.forms import PaidForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, page_number, paginate

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
    """What waits for staff first, then the newest."""
    state, text = request.args.get("state", ""), clean_line(request.args.get("q", ""))[:200]
    state = state if state in VIEWS else ""
    found = meetings.all_meetings()
    meeting = next((each for each in found if each.code == request.args.get("meeting")), None)
    return render_template(
        "staff/orders.html",
        page=paginate(buying.orders(state, text, meeting), number=page_number(), scalars=False),
        state=state,
        meeting=meeting,
        meetings=found,
        text=text,
        views=VIEWS,
        counts=buying.counts(),
        states=words.ORDER_STATES,
    )


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
    may_be = found.state in (OrderState.PAID, OrderState.OPEN, OrderState.ONGOING)
    return {
        "documents": documents.queries.of_order(found),
        "document_kinds": documents.words.KINDS,
        "sees_documents": is_treasurer,
        "may_invoice": is_treasurer and may_be and documents.has_more(found),
    }
