"""Invoices of orders: what the books do not know of an order is told here, and what a payer may do by themselves."""

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from conference import people
from conference.checkout.documents import whose
from conference.checkout.queries import meeting_in
from conference.checkout.retelling import retold
from conference.kernel import Refusal
from conference.payments import OrderState, bank, documents
from conference.registration import groups
from conference.web import absolute_url

CORRECTED_WITHIN = timedelta(days=30)


def invoice(order, *, buyer, by, now, due_on=None):
    """The invoice of an order for `buyer`, who is remembered as whom the payer is billed through. Refusal as documents.issue."""
    _remember(order, buyer)
    return documents.issue(order.id, by=by, now=now, due_on=due_on, buyer=buyer, **_told_of(order, buyer.language))


def pro_forma(order, *, buyer, by, now):
    """The same before it is paid, as a pro-forma."""
    _remember(order, buyer)
    return documents.pro_forma(order.id, by=by, now=now, buyer=buyer, **_told_of(order, buyer.language))


def correct(document, order, *, buyer, by, now):
    """(credit note, new invoice) of a document that was made out wrongly, or in a wrong language. Refusal as documents.correct."""
    _remember(order, buyer)
    told = _told_of(order, buyer.language) if buyer.language != document.language else {}
    return documents.correct(document, buyer=buyer, by=by, now=now, **told)


def correct_once(document, order, *, buyer, by, now):
    """The same by the payer: once for an order, and within some days. Refusal beyond that."""
    if not may_correct(document, order, by, now):
        raise Refusal(
            _("You have had this invoice made out anew before, or it is too late. Please write to the office.")
        )
    return correct(document, order, buyer=buyer, by=by, now=now)


def may_correct(document, order, person, now):
    """Whether the payer may have an invoice made out anew by themselves."""
    is_recent = now - document.issued_at <= CORRECTED_WITHIN
    stands = bool(documents.queries.stands(document))
    return stands and is_recent and not documents.queries.corrected_by(order, person)


def may_ask(order):
    """What the payer of an order may have made: an invoice, a pro-forma, or None."""
    if documents.queries.seller() is None or not any(line.amount_minor > 0 for line in order.lines):
        return None
    kind = {
        OrderState.PAID: documents.DocumentKind.INVOICE,
        OrderState.OPEN: documents.DocumentKind.PRO_FORMA,
    }.get(order.state)
    return kind if kind and documents.has_more(order) else None


def first_guess(order):
    """Things that may fill the form for whom an order is billed to, the best first.

    The promise of a transfer (its purchase order), the last one, the group, the person, the seller's language.
    """
    person = people.by_id(order.person_id)
    return (
        bank.promise_of(order),
        documents.queries.bill_to(person),
        _of_group(order),
        _Payer(person),
        _Usual(documents.queries.seller()),
    )


class _Payer:
    """A person as whom to bill."""

    def __init__(self, person):
        self.name, self.organisation, self.email = person.full_name, person.institution, person.email
        self.city, self.country = person.city, person.country


class _Usual:
    """The language that documents have if nobody chooses one."""

    def __init__(self, seller):
        self.language = seller.language if seller else ""


class _Group:
    """A group's words on whom to bill: the first line is who, the others are where."""

    def __init__(self, group):
        who, _line, where = (group.bill_to or group.name).partition("\n")
        self.organisation, self.address = who.strip(), where.strip()
        self.tax_id, self.po_number = group.tax_id, group.po_number


def _of_group(order):
    group = groups.group_of_orders([order.id])
    return _Group(group) if group else None


def _remember(order, buyer):
    documents.remember_bill_to(people.by_id(order.person_id), buyer)


def _told_of(order, language):
    """{about, told}: what an order is about, and each of its lines in words."""
    meeting = meeting_in(order)
    with force_locale(language):
        is_for_others = groups.group_of_orders([order.id]) is not None
        told = {line.id: _line(line, meeting, is_for_others) for line in order.lines}
        return {"about": _about(order, meeting), "told": told}


def _about(order, meeting):
    pay_at = absolute_url("checkout.order", ref=order.ref)
    if meeting is None:
        return documents.About(_("Membership"), pay_at=pay_at)
    place = ", ".join(part for part in (meeting.venue, meeting.city) if part)
    return documents.About(meeting.title, meeting.starts, meeting.ends, place, meeting.country, pay_at)


def _line(line, meeting, is_for_others):
    """A line in words; only what is sold for others begins with a name."""
    name, what = whose(line, meeting) if meeting else ("", line.title)
    if line.kind == "add_on" and not is_for_others:
        name, what = "", line.title
    return documents.Told(retold(what or line.title, line), name, str(line.rule.get("grant") or ""))
