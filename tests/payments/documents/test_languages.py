"""Documents in German, French and Spanish, read back from their PDFs: words, days and amounts, and nothing English of ours."""

import pytest

from conference import checkout, payments
from conference.kernel import Money, transaction
from conference.payments import documents
from conference.payments.documents import facturx
from tests.payments.documents.selling import ABOUT, BUYER, a_seller
from tests.payments.documents.test_pages import TYPED, browser_for, newest
from tests.payments.documents.test_pdf import a_content, a_line, text_of

CORRECTS = {"number": "INV-2026-00001", "issued_on": "2026-11-20"}


def test_a_german_invoice(context):
    text = text_of(a_content(language="de", due=64500, due_on="2026-12-29", settled_on=None, payments=[]))

    for words in (
        "Rechnung Nummer INV-2026-00017", "Datum So., 29. Nov. 2026", "Rechnungsempfänger", "Frankreich", "USt-IdNr. FR40303265045",
        "USt-IdNr. DE136695976", "Zahlbar bis Di., 29. Dez. 2026", "Bestell-Nr. des Kunden PO-4711", "Bruttobetrag", "440,00 EUR",
        "Nettobetrag 550,03 EUR", "Steuer (19 %) auf 470,59 EUR 89,41 EUR", "Gesamtbetrag 645,00 EUR", "Zu zahlen 645,00 EUR",
        "kaufmännisch", "Empfänger Society of Tests", "11.–15. Mai 2027",
    ):  # fmt: skip
        assert words in text
    for words in ("Invoice", "Bill to", "Tax ", "Total", "Payable", "Reference", "How to pay"):
        assert words not in text


def test_a_french_credit_note(context):
    content = a_content(language="fr", kind="credit_note", number="CN-2026-00001", corrects=CORRECTS, reason="ended")
    text = text_of({**content, "payments": []})

    for words in (
        "Facture d’avoir", "Numéro CN-2026-00001", "Date dim. 29 nov. 2026", "Avoir sur facture INV-2026-00001 ven. 20 nov. 2026",
        "Facturé à", "N° de TVA FR40303265045", "Les prestations annulées ou reprises sont portées en avoir.", "Total HT 550,03 EUR",
        "Taxe (19 %) sur 470,59 EUR", "Total de l’avoir 645,00 EUR", "11–15 mai 2027",
    ):  # fmt: skip
        assert words in text
    assert "Credit" not in text and "Amount" not in text


def test_a_spanish_pro_forma(context):
    content = a_content(language="es", kind="pro_forma", number="PF-1", payments=[], due=64500, due_on="2026-12-29")
    text = text_of({**content, "settled_on": None})

    for words in (
        "Factura proforma", "Número PF-1", "Fecha dom, 29 nov 2026", "este documento no es una factura", "Facturar a", "Francia",
        "NIF-IVA FR40303265045", "Pagadero hasta mar, 29 dic 2026", "Total sin impuestos 550,03 EUR", "Total 645,00 EUR",
        "Beneficiario Society of Tests", "11–15 de mayo de 2027",
    ):  # fmt: skip
        assert words in text
    assert "invoice" not in text and "Amount" not in text


@pytest.mark.parametrize(
    ("language", "reverse", "short", "exempt"),
    [
        ("en", "Reverse charge: the customer owes it.", "reverse charge", "Exempt: Article 132."),
        ("de", "Steuerschuldnerschaft des Leistungsempfängers: Reverse", "Reverse Charge", "Steuerfrei: Article 132."),
        ("fr", "Autoliquidation : Reverse charge", "autoliquidation", "Exonéré de taxe : Article 132."),
        ("es", "Inversión del sujeto pasivo: Reverse charge", "inv. suj. pasivo", "Exento de impuestos: Article 132."),
    ],
)
def test_what_is_not_taxed_is_called_what_the_law_calls_it(context, language, reverse, short, exempt):
    """Article 226 (11) and (11a) of the directive on value added tax."""
    lines = [
        a_line(1, "Full", 44000, 0, "AE", note="Reverse charge: the customer owes it."),
        a_line(2, "Dinner", 8500, 0, "E", note="Article 132."),
        a_line(3, "Map", 1000, 550),
    ]
    text = text_of(a_content(lines, language=language))

    assert reverse in text and short in text and exempt in text
    assert ("5.5 %" if language == "en" else "5,5 %") in text


def test_a_sentence_that_begins_with_the_word_of_the_law_stands_alone(context):
    note = "Autoliquidation, art. 283-2 du CGI"
    text = text_of(a_content([a_line(1, "Full", 44000, 0, "AE", note=note)], language="fr"))

    assert text.count("Autoliquidation") == 1


def test_a_number_of_another_tax_is_not_called_one_for_value_added_tax(context):
    content = a_content(language="de")
    text = text_of({**content, "seller": {**content["seller"], "tax_id": "04-0000000"}})

    assert "Steuernummer 04-0000000" in text and "USt-IdNr. FR40303265045" in text


@pytest.mark.parametrize("language", ["pt_BR", "ar"])
def test_a_document_of_a_region_or_written_from_right_to_left_is_rendered(context, language):
    assert "INV-2026-00017" in text_of(a_content(language=language))


def test_what_machines_read_is_the_same_in_every_language():
    assert len({facturx.xml_of(a_content(language=language)) for language in ("en", "de", "fr", "es")}) == 1


def test_a_document_stays_as_it_was_issued_when_another_language_is_chosen(paid, seller, ada, now):
    made = issue(paid, now, "en")
    before = (documents.kept(made), made.sha256)
    with transaction():
        a_seller(now, language="de")
    with transaction():
        _note, other = documents.correct(made, buyer=of("de"), about=ABOUT, told={}, by=ada, now=now)

    assert (documents.kept(made), made.sha256) == before
    assert text_of(made.content).startswith("Society of Tests") and "Bill to" in text_of(made.content)
    assert "Rechnungsempfänger" in text_of(other.content)


def test_the_credit_note_of_a_german_invoice_is_german_and_so_is_its_fee(paid, seller, now):
    made = issue(paid, now, "de")
    line = payments.order_by_id(paid.id).lines[0]
    with transaction():
        facts = {"reason": "ill", "by": None, "now": now, "amount": Money(10000, "USD")}
        checkout.end_lines_and_refund(order_id=paid.id, line_ids=[line.id], **facts)
    (note,) = documents.queries.notes_on(made)
    text = text_of(note.content)

    assert note.language == "de"
    assert [each["what"] for each in note.content["lines"]][1] == "Stornogebühr"
    for words in ("Rechnungskorrektur", "gutgeschrieben", "−340,00 USD", "Gutschriftsbetrag 100,00 USD"):
        assert words in text


def test_documents_speak_more_languages_than_pages(context, seller, paid, ada, now):
    """The seller's is proposed, then the one that was chosen last; pages stay as they are."""
    with transaction():
        a_seller(now, language="fr")
    browser, here = browser_for(context, ada, now), f"/orders/{paid.ref}"
    form = browser.get(f"{here}/invoice", headers={"Accept-Language": "de"}).text

    assert "Get an invoice" in browser.get(here, headers={"Accept-Language": "de"}).text
    for choice in ('value="en">English', 'selected value="fr">French', 'value="de">German', 'value="es">Spanish'):
        assert choice in form
    browser.post(f"{here}/invoice", data={**TYPED, "language": "de"})

    assert (newest().language, documents.queries.language_of(ada)) == ("de", "de")


def test_a_wrong_language_is_mended_by_making_it_out_anew(context, seller, paid, ada, now):
    browser, here = browser_for(context, ada, now), f"/orders/{paid.ref}"
    browser.post(f"{here}/invoice", data=TYPED)
    wrong = newest()
    browser.post(f"{here}/documents/{wrong.ref}/correction", data={**TYPED, "language": "de"})
    (line,) = newest().content["lines"]

    assert wrong.content["lines"][0]["what"] == "Full, whole meeting, in person" and wrong.content["lines"][0]["why"]
    assert (newest().content["replaces"], newest().language) == (wrong.number, "de")
    assert (line["what"], line["why"]) == ("Full, gesamte Tagung, vor Ort", [])


def issue(order, now, language):
    with transaction():
        return documents.issue(order.id, buyer=of(language), about=ABOUT, told={}, now=now)


def of(language):
    return documents.Buyer(**{**vars(BUYER), "language": language})
