"""Issuing invoices, pro-formas and credit notes: the order is locked first, the number is taken last, nothing is changed afterwards."""

import json

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit, jobs, pdf, society
from conference.kernel import Refusal, db
from conference.payments import purchase_orders
from conference.payments.documents import entry_documents, letters, numbering, queries, shares, standing, taxes
from conference.payments.documents.composing import document_of, rated, seller_part, summed
from conference.payments.documents.rules import DocumentKind, buyers_of, number_in, series_of
from conference.payments.documents.told import packed
from conference.payments.queries import locked, missing, order_by_id, payments_of
from conference.payments.rules import CREDIT, OrderState, Provider
from conference.people import Person

SHOWN = 10  # of a provider's reference: enough to find it, and it fits the line
_STAYS = ("buyer", "about", "seller", "language", "currency", "paper", "style", "order", "settled_on")


def issue(order_id, *, buyer, about, told, now, by=None, due_on=None):
    """The invoice of everything in an order that stands in none: of a settled one, or to be paid until the day `due_on`.

    Refusal when there is nothing to invoice, no seller, or no rate of tax for something in it.
    """
    order = locked(order_id)
    is_due = due_on is not None and order.state in (OrderState.OPEN, OrderState.ONGOING)
    if order.state != OrderState.PAID and not is_due:
        raise Refusal(_("An invoice is made once the order is paid. Until then, ask for a pro-forma invoice."))
    lines, seller = standing.uninvoiced(order, told, buyer.language), _seller()
    content = _content(order, DocumentKind.INVOICE, seller, buyer, packed(about), lines, now)
    content["due_on"] = due_on.isoformat() if is_due else None
    return _invoice(order, content, seller, by, now)


def pro_forma(order_id, *, buyer, about, told, now, by=None):
    """What will be invoiced, for whoever approves it before it is paid: no document of account, and in no series. Refusal as for `issue`.

    The last one that was made when it says the same, so that a second click makes no second paper.
    """
    order = locked(order_id)
    if order.state != OrderState.OPEN:
        raise Refusal(_("This order does not wait for a payment."))
    lines = standing.uninvoiced(order, told, buyer.language)
    content = _content(order, DocumentKind.PRO_FORMA, _seller(), buyer, packed(about), lines, now)
    made = [each for each in queries.of_order(order) if each.kind == DocumentKind.PRO_FORMA]
    number = f"PF-{order.ref}-{len(made)}"
    content |= {"number": number, "due_on": society.local_day(order.expires_at).isoformat()}
    if made and made[-1].content == json.loads(json.dumps(content)):
        return made[-1]
    content["number"] = f"PF-{order.ref}-{len(made) + 1}"
    return _kept(document_of(content, order_id=order.id, by=by, now=now), by, now)


def credit(invoice, sources, *, reason, now, by=None, fees=()):
    """The credit note of those `sources` of an invoice that are taken back, less the `fees` (content lines) that were kept of them.

    The order is locked by whoever calls. Refusal when one of them was credited before.
    """
    order, seller, before = order_by_id(invoice.order_id), _seller(), invoice.content
    taken = queries.lines_of(invoice, sources)
    kept = _rated(fees, order, seller, before["buyer"], before["about"], now, fallback=taken[0])
    content = summed([*taken, *({**fee, "gross": -fee["gross"]} for fee in kept)])
    content |= {name: before[name] for name in _STAYS} | _dated(DocumentKind.CREDIT_NOTE, seller, now)
    content |= {"reason": reason, "corrects": {"number": invoice.number, "issued_on": before["issued_on"]}}
    note = _numbered(order, content, seller.credit_pattern, seller, by, now, corrects=invoice)
    standing.release(sources, invoice_id=invoice.id)
    standing.claim(kept, order_id=order.id, invoice_id=invoice.id)
    return note


def correct(invoice, *, buyer, now, by, about=None, told=None):
    """(credit note, new invoice): all that stands in an invoice, made out anew to `buyer`. Refusal when nothing of it stands any more.

    `about` and `told` say it in another language than the invoice did: its titles alone. Where and when it takes place, by which it is
    taxed, stays as the invoice has it, and so does what is said neither there nor here.
    """
    order, seller = locked(invoice.order_id), _seller()
    sources = standing.sources_in(invoice)
    if invoice.kind != DocumentKind.INVOICE or not sources:
        raise Refusal(_("Everything in this document was credited before."))
    lines = queries.lines_of(invoice, sources)
    note = credit(invoice, sources, reason="corrected", by=by, now=now)
    about = {**invoice.content["about"], **({"title": about.title} if about else {})}
    lines = standing.retold(order, lines, told, buyer.language) if told else lines
    content = _content(order, DocumentKind.INVOICE, seller, buyer, about, lines, now)
    content |= {"due_on": invoice.content["due_on"], "replaces": invoice.number}
    return note, _invoice(order, content, seller, by, now)


def _invoice(order, content, seller, by, now):
    document = _numbered(order, content, seller.invoice_pattern, seller, by, now)
    standing.claim(content["lines"], order_id=order.id, invoice_id=document.id)
    return document


def _seller():
    seller = queries.seller()
    if seller is None:
        raise Refusal(_("Invoices are not made yet: the office has to say who sells."))
    return seller


def _content(order, kind, seller, buyer, about, lines, now):
    if not any(line["gross"] for line in lines):
        raise Refusal(_("There is nothing to invoice in this order, or it was invoiced before."))
    ours, day = society.current(), society.local_day(order.settled_at or now).isoformat()
    frame = {
        "seller": seller_part(seller, is_fictional=bool(ours and ours.is_fictional)),
        "buyer": packed(buyer),
        "about": about,
        "language": buyer.language,
        "currency": order.currency,
        "paper": pdf.paper_for(buyer.country),
        "style": seller.style,
        "order": order.ref,
        "settled_on": day if order.settled_at else None,
    }
    sums = summed(_rated(lines, order, seller, frame["buyer"], about, now))
    return {**_dated(kind, seller, now), **frame, **sums, **_paid(order, sums["gross"])}


def _rated(lines, order, seller, buyer, about, now, fallback=None):
    """The lines with the rates of the day on which the order was settled, of today for one that is not."""
    buyers = buyers_of(has_tax_id=bool(buyer["tax_id"]), country=buyer["country"], seller_country=seller.country)
    place, day = about["country"] or seller.country, society.local_day(order.settled_at or now)
    places = {"dues": seller.country}  # a membership is no admission to an event: it is sold where the society is
    return rated(lines, queries.rate_rows(), country=place, places=places, buyers=buyers, day=day, fallback=fallback)


def _dated(kind, seller, now):
    """What every document has, with nothing paid and nothing due."""
    nothing = {"payments": [], "carried": 0, "due": 0, "due_on": None, "replaces": None, "reason": "", "corrects": None}
    return {"kind": str(kind), "issued_on": society.local_day(now).isoformat(), "facturx": seller.embeds, **nothing}


def _paid(order, gross):
    """What has paid for it, and what is due."""
    carried = -sum(line.amount_minor for line in order.lines if line.kind == CREDIT and not line.ended_at)
    is_settled, still = order.state == OrderState.PAID, missing(order).minor
    if is_settled and still > 0:
        raise Refusal(
            _("Money that was paid for this order has been taken back. An invoice is made once that is settled.")
        )
    came = [each for each in payments_of(order) if each.left.minor > 0]
    return {
        "payments": [_payment(each) for each in came],
        "carried": min(carried, gross),
        "due": 0 if is_settled else max(min(gross - carried, still), 0),
    }


def _payment(payment):
    by_hand = payment.provider != Provider.STRIPE
    return {
        "on": society.local_day(payment.received_at).isoformat(),
        "way": str(payment.provider),
        "reference": "" if by_hand else f"…{payment.provider_ref[-SHOWN:]}",
        "amount": payment.left.minor,
    }


def _numbered(order, content, pattern, seller, by, now, corrects=None):
    """The document with the next number of its series.

    Who issues it is named by it: whoever holds their row is waited for before the number is taken, not after.
    """
    if by is not None:
        db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update(read=True, key_share=True))
    code = series_of(pattern, content["issued_on"][:4])
    series_id, number = numbering.take(code)
    content["number"] = number_in(code, number, seller.digits)
    made = document_of(content, order_id=order.id, series=(series_id, number), by=by, now=now, corrects=corrects)
    _kept(made, by, now)
    if seller.sends_letters and db.session.get(Person, order.person_id).email:
        letters.want(made)
    return made


def _kept(document, by, now):
    db.session.add(document)
    db.session.flush()
    db.session.add_all([*taxes.rows_of(document), *shares.rows_of(document)])
    entry_documents.to_be_named(document.order_id)
    purchase_orders.note(document.made_out_to.po_number, document.order_id)
    facts = {"number": document.number, "amount": f"{document.gross.decimal_text} {document.currency}"}
    audit.record(by=by, verb=f"issued {document.kind}", subject=document, now=now, after=facts)
    jobs.soon("documents")
    return document
