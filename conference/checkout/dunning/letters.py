"""The letters of dunning: what is open, where to send it, and what happens if nothing comes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import mail, payments, people
from conference.checkout.dunning.rules import Step
from conference.kernel import Money
from conference.web import absolute_url

SUBJECTS = {
    Step.FRIENDLY: _l("Soon to be paid: %(what)s"),
    Step.FIRST: _l("Not paid yet: %(what)s"),
    Step.SECOND: _l("Second reminder, not paid yet: %(what)s"),
    Step.LAST: _l("Last notice: your places for %(what)s"),
}
OF_DUES = _l("Last notice: %(what)s")


@dataclass(frozen=True)
class Told:
    """What a letter says of an order, as values: so that a preview needs no order."""

    step: Step
    what: str
    missing: Money
    came: Money | None
    due_on: date
    last_day: date | None
    invoice: str
    po_number: str
    reference: str
    account: Any
    order_ref: str
    order_url: str
    note: str
    is_meeting: bool


def reminder(found, step, *, missing, now):
    """A step's letter of a Standing, to whoever pays the order."""
    order = found.order
    told = _told(found, step, missing)
    mail.post(
        kind="dunning",
        cause=f"{order.ref}:{step}",
        to=people.by_id(order.person_id),
        subject=subject_of(found.policy, step, told.what, is_meeting=told.is_meeting),
        template="checkout/mail/dunning.txt",
        now=now,
        told=told,
    )


def extended(found, *, missing, now):
    """The last day was moved: until when it can be paid now."""
    told = _told(found, Step.LAST, missing)
    mail.post(
        kind="dunning_extended",
        cause=f"{found.order.ref}:{found.course.ends_on.isoformat()}",
        to=people.by_id(found.order.person_id),
        subject=_("You have more time to pay: %(what)s", what=told.what),
        template="checkout/mail/dunning_extended.txt",
        now=now,
        told=told,
    )


def subject_of(policy, step, what, *, is_meeting=True):
    """A letter's subject: as typed for the step, else the usual one."""
    typed = next((each.subject for each in policy.steps if each.step == step), "") if policy else ""
    usual = OF_DUES if step == Step.LAST and not is_meeting else SUBJECTS[step]
    return typed or str(usual) % {"what": what}


def note_of(policy, step):
    """What was typed to stand in a step's letter; empty when nothing was."""
    return next((each.note for each in policy.steps if each.step == step), "") if policy else ""


def _told(found, step, missing):
    order = found.order
    came = payments.owed(order)
    invoices = [each.number for each in payments.documents.queries.of_order(order) if _stands(each)]
    return Told(
        step=step,
        what=found.meeting.title if found.meeting else _("your membership"),
        missing=missing,
        came=came if came.minor > 0 else None,
        due_on=found.course.due_on,
        last_day=found.course.ends_on,
        invoice=", ".join(invoices),
        po_number=found.promised.po_number if found.promised else "",
        reference=payments.bank.reference_of(order),
        account=found.account,
        order_ref=order.ref,
        order_url=absolute_url("checkout.order", ref=order.ref),
        note=note_of(found.policy, step),
        is_meeting=found.meeting is not None,
    )


def _stands(document):
    kind = payments.documents.DocumentKind.INVOICE
    return document.kind == kind and payments.documents.queries.stands(document)
