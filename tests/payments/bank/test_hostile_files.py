"""Files of banks that are damaged or made to do harm: refused in words or named by their lines, and never slow."""

import re
import time
from datetime import date

import pytest

from conference.kernel import Refusal
from conference.payments.bank.reading import read
from tests.payments.bank.writing import IBAN, MAPPING, Said, as_camt, as_csv, as_mt940

ADA = Said(39500, "RF18 5390 0754 7034 Tagungsbeitrag", "Ada Example", "B1")
BEN = Said(-1250, "Gebühr", "Bank", "B2")


def contents(content):
    return read(content, currency="USD", iban=IBAN, mapping=MAPPING, today=date(2026, 11, 29))


@pytest.fixture(autouse=True)
def words(context):
    """Refusals are worded in an application."""


def test_an_entity_bomb_is_refused_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for entities in (f'<!ENTITY l0 "ha">{laughs}', f'<!ENTITY l9 SYSTEM "file://{secret}">'):
        bomb = as_camt([ADA]).decode().replace("Ada Example", "&l9;")
        content = bomb.replace("?>\n", f"?>\n<!DOCTYPE Document [{entities}]>\n", 1).encode()
        with pytest.raises(Refusal) as refused:
            contents(content)
        assert "SECRET" not in str(refused.value)


def test_a_text_of_sixty_thousand_letters_is_cut_and_named():
    for content in (as_camt([Said(100, "x" * 60_000)]), as_csv([Said(100, "x" * 60_000)])):
        found = contents(content)
        assert (len(found.bookings[0].text), len(found.odd)) == (2000, 1)


@pytest.mark.parametrize("currency", ["ZZZ", "U" * 40, "", "€€€"])
def test_what_is_no_currency_is_named_by_its_line(currency):
    table = contents(as_csv([Said(100, "x", currency=currency or "-"), ADA]))
    bare = re.sub(rb"<Bal>.*?</Bal>", b"", as_camt([Said(100, "x", currency=currency), ADA]), flags=re.DOTALL)

    assert ([each.minor for each in table.bookings], "not a currency" in table.odd[0].reason) == ([39500], True)
    assert ([each.minor for each in contents(bare).bookings], len(contents(bare).odd)) == ([39500], 1)


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        (b'<Amt Ccy="USD">1000.00</Amt>', b"", "has no amount"),
        (b'<Amt Ccy="USD">1000.00</Amt>', b'<Amt Ccy="USD">much</Amt>', "not an amount"),
        (b'<Amt Ccy="USD">1000.00</Amt>', b'<Amt Ccy="NONE">1000.00</Amt>', "not a currency"),
    ],
)
def test_a_balance_that_cannot_be_read_is_refused_in_words(said, instead, why):
    with pytest.raises(Refusal, match=rf"The balance in line \d+ cannot be read: .*{why}") as refused:
        contents(as_camt([ADA]).replace(said, instead))

    assert refused.value.field == "file"


def test_entries_are_counted_for_banks_write_them_in_one_line():
    said = as_camt([ADA, Said(100, "x", currency="ZZZ"), BEN], closing=138_250)

    found = contents(said.replace(b"\n", b""))

    assert ([each.number for each in found.bookings], [each.number for each in found.odd]) == ([1, 3], [2])


def test_a_text_over_very_many_lines_is_read_in_no_time():
    begun, many = time.process_time(), b"x\n" * 400_000

    found = contents(as_mt940([ADA]).replace(b"?32", b"\n" + many + b"?32"))

    assert (len(found.bookings), time.process_time() - begun < 4) == (1, True)


def test_nul_is_in_nothing_that_is_kept():
    holed = (
        as_mt940([ADA])
        .replace(b"//B1", b"//B\x001")
        .replace(b"?32", b"?31DE\x0012?32\x00")
        .replace(b":25:", b":25:\x00")
    )

    found = contents(holed)

    (booking,) = found.bookings
    assert (found.iban, booking.bank_ref, booking.iban) == ("37040044/0532013000", "B1/NONREF", "DE12")
    assert "\0" not in booking.text + booking.name
