"""The PDF of a document, read back: what it says, the invoice for machines inside, and that nothing typed breaks it."""

import io
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from conference.kernel import decimal_text
from conference.payments.documents import facturx, rendering
from conference.payments.documents.composing import summed

NS = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
}
SUMS = ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"


def a_line(number, what, gross, hundredths=1900, category="S", **told):
    words = {"name": "", "what": what, "grant": "", "why": [], "note": ""}
    facts = {"source": f"line:{number}", "kind": "registration", "gross": gross}
    return {**facts, **words, "category": category, "hundredths": hundredths, **told}


def a_content(lines=None, **told):
    """The content of an invoice over 645.00 at two rates."""
    lines = lines or [
        a_line(1, "Full, whole meeting", 44000),
        a_line(2, "Workshop", 12000),
        a_line(3, "Dinner", 8500, 700),
    ]
    sums = summed(lines)
    frame = {
        "kind": "invoice", "number": "INV-2026-00017", "issued_on": "2026-11-29", "order": "K7QM2XWD9P", "currency": "EUR",
        "language": "en", "paper": "", "style": "inclusive", "settled_on": "2026-11-28", "facturx": True,
        "payments": [{"on": "2026-11-28", "way": "stripe", "reference": "…3Pq9", "amount": sums["gross"]}],
        "carried": 0, "due": 0, "due_on": None, "corrects": None, "replaces": None, "reason": "",
        "about": {
            "title": "Annual Meeting", "first_day": "2027-05-11", "last_day": "2027-05-15", "place": "Example Hall, Berlin",
            "country": "DE", "pay_at": "https://example.org/orders/K7QM2XWD9P",
        },
        "seller": {
            "name": "Society of Tests", "address": "1 Example Square", "postcode": "10115", "city": "Berlin", "country": "DE",
            "tax_id": "DE136695976", "registration": "VR 1", "email": "office@example.org", "iban": "DE89 3704 0044 0532 0130 00",
            "bic": "COBADEFFXXX", "bank": "Example Bank", "footer": "President: A. Example", "is_fictional": False,
        },
        "buyer": {
            "name": "Accounts payable", "organisation": "Example University", "address": "12 Example Road\nBuilding C",
            "postcode": "75001", "city": "Paris", "country": "FR", "tax_id": "FR40303265045", "po_number": "PO-4711",
            "email": "accounts@example.org", "language": "en",
        },
    }  # fmt: skip
    return {**frame, **sums, **told}


def text_of(content):
    """All words of the PDF of a content."""
    document = pypdfium2.PdfDocument(rendering.render(content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def xml_in(pdf):
    """The invoice for machines that lies in a PDF, or None."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if facturx.FILE_NAME not in document.attachments:
            return None
        file = document.attachments[facturx.FILE_NAME]
        assert str(file.obj.AFRelationship) == "/Alternative"
        return etree.fromstring(file.get_file().read_bytes())


def test_it_says_all_that_an_accounts_department_wants(context):
    text = text_of(a_content())

    for words in (
        "Invoice", "INV-2026-00017", "Sun 29 Nov 2026", "Example University", "12 Example Road", "75001 Paris", "France",
        "Tax number FR40303265045", "Tax number DE136695976", "PO-4711", "K7QM2XWD9P", "Annual Meeting", "440.00 EUR",
        "Tax 19 % on 470.59 EUR", "89.41 EUR", "Tax 7 % on 79.44 EUR", "5.56 EUR", "Total 645.00 EUR", "To be paid 0.00 EUR",
        "Sat 28 Nov 2026, by card or online", "…3Pq9", "rounded to the smallest unit", "President: A. Example",
    ):  # fmt: skip
        assert words in text


def test_what_is_still_due_is_asked_for_with_account_reference_and_day(context):
    text = text_of(a_content(due=64500, due_on="2026-12-29", settled_on=None, payments=[], style="exclusive"))

    for words in (
        "Payable until Tue 29 Dec 2026",
        "DE89 3704 0044 0532 0130 00",
        "COBADEFFXXX",
        "Reference K7QM2XWD9P",
    ):
        assert words in text
    assert "369.75 EUR" in text  # the lines are without tax


def test_a_credit_note_names_its_invoice_and_a_pro_forma_says_that_it_is_none(context):
    corrects = {"number": "INV-2026-00001", "issued_on": "2026-11-20"}
    note = text_of(
        a_content(kind="credit_note", number="CN-2026-00001", corrects=corrects, reason="ended", payments=[])
    )
    pro_forma = text_of(a_content(kind="pro_forma", number="PF-1", payments=[]))

    assert "Credits invoice INV-2026-00001 Fri 20 Nov 2026" in note
    assert "Total credited 645.00 EUR" in note
    assert "this is not an invoice" in pro_forma


def test_letter_paper_where_letters_are_written_on_it(context):
    for paper, size in (("", (595, 842)), ("letter", (612, 792))):
        (page,) = pypdfium2.PdfDocument(rendering.render(a_content(paper=paper)))
        assert tuple(map(round, page.get_size())) == size


def test_it_is_an_archive_with_the_invoice_for_machines_inside(context):
    made = rendering.render(a_content())

    with pikepdf.open(io.BytesIO(made)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in document.Root.Metadata.read_bytes()
    xml = xml_in(made)
    said = {
        name: xml.find(f"{SUMS}{name}", NS).text
        for name in ("LineTotalAmount", "TaxTotalAmount", "GrandTotalAmount", "DuePayableAmount")
    }
    assert said == {
        "LineTotalAmount": "550.03",
        "TaxTotalAmount": "94.97",
        "GrandTotalAmount": "645.00",
        "DuePayableAmount": "0.00",
    }
    assert xml.find(".//rsm:ExchangedDocument/ram:ID", NS).text == "INV-2026-00017"


@pytest.mark.parametrize(
    "lines",
    [
        [
            a_line(number, "Ticket", 9999 + number, hundredths)
            for number, hundredths in enumerate((1900, 1900, 700, 550, 1))
        ],
        [a_line(1, "Ticket", 11), a_line(2, "Fee", -7, kind="fee")],
        [a_line(1, "Ticket", 44000, 0, "AE", note="Reverse charge")],
        [a_line(1, "Ticket", 44000, 0, "E", note="Exempt"), a_line(2, "Dinner", 100)],
        [a_line(1, "Ticket", 44000, 0, "O", note="Outside")],
    ],
)
@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_the_sums_inside_are_those_of_the_document_and_tie_out(context, lines, currency):
    """EN 16931: BR-CO-10 (lines), BR-CO-13, BR-CO-14 (taxes), BR-CO-15, BR-CO-16 (what is due), BR-CO-17 (tax of a rate)."""
    content = a_content(lines, currency=currency)
    xml = etree.fromstring(facturx.xml_of(content))

    def amount(path):
        found = xml.find(path, NS)
        return Decimal(found.text) if found is not None else Decimal(0)

    nets = [
        Decimal(each.text)
        for each in xml.findall(".//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", NS)
    ]
    taxes = xml.findall(".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax", NS)
    counted = [Decimal(each.find("ram:CalculatedAmount", NS).text) for each in taxes]
    assert sum(nets) == amount(f"{SUMS}LineTotalAmount") == amount(f"{SUMS}TaxBasisTotalAmount")
    assert sum(counted) == amount(f"{SUMS}TaxTotalAmount")
    assert amount(f"{SUMS}GrandTotalAmount") == sum(nets) + sum(counted)
    due = amount(f"{SUMS}GrandTotalAmount") - amount(f"{SUMS}TotalPrepaidAmount") + amount(f"{SUMS}RoundingAmount")
    assert due == amount(f"{SUMS}DuePayableAmount") == 0
    assert amount(f"{SUMS}TotalPrepaidAmount") == Decimal(decimal_text(content["gross"], currency))


def test_nothing_for_machines_where_the_seller_does_not_ask_for_it_and_in_no_pro_forma(context):
    assert xml_in(rendering.render(a_content(facturx=False))) is None
    assert xml_in(rendering.render(a_content(kind="pro_forma", number="PF-1"))) is None


HOSTILE = (
    "<script>alert(1)</script><img src=http://127.0.0.1:9/x><link rel=attachment href=file:///etc/passwd>",
    "{{ 7*7 }}{% raw %}&lt;&amp;]]><!--",
    "\u202eevil\u202c \u0007\u0000\ufffe\ud7ff Ωμέγα 日本 עברית العربية 𝔘",
    "W" * 290,
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_bill_to_is_words_and_nothing_else(context, typed):
    hostile = {
        **a_content()["buyer"],
        "organisation": typed,
        "address": f"{typed}\n{typed}"[:300],
        "po_number": typed[:80],
    }
    content = a_content(buyer=hostile, lines=[a_line(1, typed, 44000)])

    made = rendering.render(content)

    assert xml_in(made).find(".//ram:BuyerTradeParty/ram:Name", NS).text
    with pikepdf.open(io.BytesIO(made)) as document:
        assert list(document.attachments) == [facturx.FILE_NAME]
    assert "Total 440.00 EUR" in text_of(content)


def test_days_countries_and_amounts_are_written_as_the_language_of_the_document_does(context):
    german, japanese = text_of(a_content(language="de")), text_of(a_content(language="ja", currency="JPY"))

    for words in ("440,00 EUR", "So., 29. Nov. 2026", "Frankreich", "11.–15. Mai 2027"):
        assert words in german
    assert "フランス" in japanese
    assert "64,500 JPY" in japanese  # no decimals: 64500 is what was sold


def test_a_language_that_is_read_from_the_right_turns_the_page(context):
    content = a_content(language="ar")

    with pikepdf.open(io.BytesIO(rendering.render(content))) as document:
        assert str(document.Root.Lang) == "ar"
    assert "فرنسا" in text_of(content) or "اسنرف" in text_of(content)


def test_a_credit_note_says_for_machines_how_it_is_given_back():
    """BR-CO-25: whatever is to be paid has a day or terms."""
    corrects = {"number": "INV-2026-00001", "issued_on": "2026-11-01"}
    xml = etree.fromstring(facturx.xml_of(a_content(kind="credit_note", payments=[], corrects=corrects)))

    assert xml.find(f"{SUMS}DuePayableAmount", NS).text == "645.00"
    assert xml.find(".//ram:SpecifiedTradePaymentTerms/ram:Description", NS).text == "K7QM2XWD9P"


def test_what_is_not_subject_to_tax_is_exempt_beside_what_is():
    """BR-O-11 and BR-O-12: such a category stands alone; and the seller's number of value added tax is there (BR-S-02)."""
    dues = [a_line(number, "Dues", 10000, 0, "O", note="Outside") for number in (2, 3)]
    xml = etree.fromstring(facturx.xml_of(a_content([a_line(1, "Ticket", 11900), *dues])))

    found = [
        each.text
        for each in xml.findall(".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode", NS)
    ]
    assert sorted(found) == ["E", "S"]
    assert xml.find(".//ram:SellerTradeParty/ram:SpecifiedTaxRegistration", NS) is not None
