"""The invoice that machines read, inside the PDF: Factur-X / ZUGFeRD in the profile of EN 16931, as UN/CEFACT's XML.

What stands where is told by EN 16931-1 (BT-1 and so on) and the Factur-X specification.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import drafthorse
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem
from lxml import etree

from conference.kernel import decimal_text

FILE_NAME = "factur-x.xml"
PROFILE = "urn:cen.eu:en16931:2017"
_TYPES = {"invoice": "380", "credit_note": "381"}  # UNTDID 1001
_ONE = (Decimal(1), "C62")  # one piece (UN/ECE Recommendation 20)
_MINUS_ONE = (Decimal(-1), "C62")
_SCHEMA = Path(drafthorse.__file__).parent / "schema" / "Factur-X_1.0.07_EN16931.xsd"
_TRANSFER, _CARD, _CASH = "58", "48", "ZZZ"  # UNTDID 4461: SEPA transfer, bank card, as agreed


def xml_of(content):
    """The XML of an invoice or a credit note, valid by the schema of its profile: bytes. ValueError when it is not."""
    content = _exempt_beside_taxed(content)
    document = Document()
    document.context.guideline_parameter.id = PROFILE
    _header(document, content)
    agreement = document.trade.agreement
    is_outside = _is_outside(content)
    _seller(agreement.seller, content["seller"], is_outside)
    _buyer(agreement.buyer, content["buyer"], is_outside)
    if content["buyer"]["po_number"]:
        agreement.buyer_order.issuer_assigned_id = content["buyer"]["po_number"]
    agreement.seller_order.issuer_assigned_id = content["order"]
    for number, line in enumerate(content["lines"], start=1):
        document.trade.items.add(_line(number, line, content["currency"]))
    if content["about"]["first_day"]:
        document.trade.delivery.event.occurrence = date.fromisoformat(content["about"]["last_day"])
    _settlement(document.trade.settlement, content)
    return _checked(document.serialize(schema=None))


def _header(document, content):
    header = document.header
    header.id, header.type_code = content["number"], _TYPES[content["kind"]]
    header.issue_date_time = date.fromisoformat(content["issued_on"])
    for text in (content["about"]["title"], content["seller"]["registration"]):
        if text:
            note = IncludedNote()
            note.content = text
            header.notes.add(note)


def _exempt_beside_taxed(content):
    """What is not subject to tax stands alone (BR-O-11, BR-O-12): beside anything else it is written as exempt, with its sentence."""
    if _is_outside(content) or all(group["category"] != "O" for group in content["taxes"]):
        return content
    lines, groups = ([_as_exempt(each) for each in content[name]] for name in ("lines", "taxes"))
    taxes: dict = {}
    for group in groups:
        same = taxes.setdefault((group["category"], group["hundredths"]), {**group, "net": 0, "tax": 0})
        same["net"], same["tax"] = same["net"] + group["net"], same["tax"] + group["tax"]
    return {**content, "lines": lines, "taxes": list(taxes.values())}


def _is_outside(content):
    """Whether nothing in it is subject to tax."""
    return all(group["category"] == "O" for group in content["taxes"])


def _as_exempt(each):
    if each["category"] != "O":
        return each
    return {**each, "category": "E", "note": each["note"] or "Not subject to VAT"}


def _seller(party, seller, is_outside):
    """Beside what is not subject to tax no number of value added tax may stand (BR-O-02): then it is the seller's own number."""
    party.name = seller["name"]
    if is_outside:
        party.id = seller["tax_id"] or seller["registration"] or seller["name"]
    _address(party.address, seller)
    _address_for_mail(party, seller["email"])
    if seller["tax_id"] and not is_outside:
        # VA is a number of value added tax with its country, FC any other number of the tax office (BT-31, BT-32).
        has_country = seller["tax_id"][:2].isalpha()
        party.tax_registrations.add(TaxRegistration(id=("VA" if has_country else "FC", seller["tax_id"])))


def _buyer(party, buyer, is_outside):
    party.name = buyer["organisation"] or buyer["name"]
    if buyer["organisation"] and buyer["name"]:
        party.contact.person_name = buyer["name"]
    _address(party.address, buyer)
    _address_for_mail(party, buyer["email"])
    if buyer["tax_id"] and buyer["tax_id"][:2].isalpha() and not is_outside:
        party.tax_registrations.add(TaxRegistration(id=("VA", buyer["tax_id"])))


def _address(address, told):
    lines = [line.strip() for line in told["address"].splitlines() if line.strip()]
    for name, line in zip(("line_one", "line_two", "line_three"), _in_three(lines), strict=False):
        setattr(address, name, line)
    address.postcode, address.city_name, address.country_id = told["postcode"], told["city"], told["country"]


def _in_three(lines):
    return [*lines[:2], ", ".join(lines[2:])] if len(lines) > 2 else lines


def _address_for_mail(party, email):
    if email:
        party.electronic_address.uri_ID = ("EM", email)


def _line(number, line, currency):
    item, net = LineItem(), _amount(line["net"], currency)
    item.document.line_id = str(number)
    item.product.name = ": ".join(part for part in (line["name"], line["what"]) if part)
    # A price is never below zero (BR-27): what is taken off has a quantity below zero.
    item.agreement.net.amount = abs(net)
    item.delivery.billed_quantity = _ONE if net >= 0 else _MINUS_ONE
    tax = item.settlement.trade_tax
    tax.type_code, tax.category_code = "VAT", line["category"]
    if line["category"] != "O":
        tax.rate_applicable_percent = _percent(line["hundredths"])
    item.settlement.monetary_summation.total_amount = net
    return item


def _settlement(settlement, content):
    currency = content["currency"]
    settlement.currency_code = currency
    settlement.payment_reference = content["order"]
    _means(settlement, content)
    for group in content["taxes"]:
        settlement.trade_tax.add(_tax(group, currency))
    if content["due_on"] or _owed(content):
        terms = PaymentTerms()
        if content["due_on"]:
            terms.due = date.fromisoformat(content["due_on"])
        else:
            terms.description = content["order"]
        settlement.terms.add(terms)
    _sums(settlement.monetary_summation, content, currency)
    if content["corrects"]:
        settlement.invoice_referenced_document.issuer_assigned_id = content["corrects"]["number"]
        settlement.invoice_referenced_document.issue_date_time = date.fromisoformat(content["corrects"]["issued_on"])


def _means(settlement, content):
    means = PaymentMeans()
    is_card = any(each["way"] == "stripe" for each in content["payments"])
    means.type_code = _CARD if is_card else _CASH
    if content["due"] and content["seller"]["iban"]:
        means.type_code = _TRANSFER
        means.payee_account.iban = content["seller"]["iban"].replace(" ", "")
        if content["seller"]["bic"]:
            means.payee_institution.bic = content["seller"]["bic"]
    settlement.payment_means.add(means)


def _tax(group, currency):
    tax = ApplicableTradeTax()
    tax.calculated_amount = _amount(group["tax"], currency)
    tax.type_code, tax.category_code = "VAT", group["category"]
    tax.basis_amount = _amount(group["net"], currency)
    if group["category"] in ("E", "AE", "O"):
        tax.exemption_reason = group["note"] or {"AE": "Reverse charge", "O": "Not subject to VAT"}.get(
            group["category"], "Exempt"
        )
    if group["category"] != "O":
        tax.rate_applicable_percent = _percent(group["hundredths"])
    return tax


def _sums(sums, content, currency):
    sums.line_total = sums.tax_basis_total = _amount(content["net"], currency)
    sums.tax_total = (_amount(content["tax"], currency), currency)
    sums.grand_total = _amount(content["net"] + content["tax"], currency)
    if content["rounding"]:
        sums.rounding_amount = _amount(content["rounding"], currency)
    owed = _owed(content)
    sums.prepaid_total = _amount(content["gross"] - owed, currency)
    sums.due_amount = _amount(owed, currency)


def _owed(content):
    """What is to be paid by whoever gets an invoice, or to be given back to whoever gets a credit note."""
    return content["due"] if content["kind"] == "invoice" else content["gross"]


def _amount(minor, currency):
    return Decimal(decimal_text(minor, currency))


def _percent(hundredths):
    return Decimal(hundredths) / 100


def _checked(xml):
    root = etree.fromstring(xml)
    schema = _schema()
    if not schema.validate(root):
        raise ValueError(f"no valid invoice: {schema.error_log.last_error}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@lru_cache(maxsize=1)
def _schema():
    return etree.XMLSchema(etree.parse(_SCHEMA))
