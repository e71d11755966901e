"""Files of banks: read whole or refused in words, each odd line named by its number."""

import re
from datetime import date

import pytest

from conference.kernel import Refusal
from conference.payments.bank.reading import read
from tests.payments.bank.writing import IBAN, MAPPING, Said, as_camt, as_csv, as_mt940

TODAY = date(2026, 11, 29)
ADA = Said(39500, "RF18 5390 0754 7034 Tagungsbeitrag", "Ada Example", "B1")
BEN = Said(-1250, "Gebühr", "Bank", "B2")
BACK = Said(-39500, "Rückgabe", "Ada Example", "B1", is_reversal=True)


def contents(content, **facts):
    return read(content, **{"currency": "USD", "iban": IBAN, "mapping": MAPPING, "today": TODAY, **facts})


def told(found):
    return [(each.minor, each.text, each.name, each.bank_ref, each.booked_on) for each in found.bookings]


@pytest.fixture(autouse=True)
def words(context):
    """Refusals are worded in an application."""


@pytest.mark.parametrize(
    "content",
    [as_camt([ADA, BEN]), as_camt([ADA, BEN], version="02"), as_csv([ADA, BEN])],
    ids=["camt.053.001.08", "camt.053.001.02", "csv"],
)
def test_the_same_bookings_are_read_from_every_format(content):
    found = contents(content)

    assert told(found) == [
        (39500, "RF18 5390 0754 7034 Tagungsbeitrag", "Ada Example", "B1", date(2026, 11, 20)),
        (-1250, "Gebühr", "Bank", "B2", date(2026, 11, 20)),
    ]
    assert found.odd == []


def test_mt940_is_read_with_its_numbered_parts():
    found = contents(as_mt940([ADA, BEN]))

    assert [(each.minor, each.name, each.bank_ref) for each in found.bookings] == [
        (39500, "Ada Example", "B1/NONREF"),
        (-1250, "Bank", "B2/NONREF"),
    ]
    assert "RF18 5390 0754 7034" in found.bookings[0].text
    assert (found.opening, found.closing, found.currency) == (100_000, 138_250, "USD")


def test_days_of_camt_may_name_their_zone_as_xml_allows():
    plain = as_camt([ADA, BEN]).decode()
    zoned = plain.replace("2026-11-20</Dt></BookgDt>", "2026-11-20+01:00</Dt></BookgDt>", 1)
    valued = re.sub("<BookgDt>.*?</BookgDt>", "<ValDt><Dt>2026-11-20Z</Dt></ValDt>", plain, count=1)
    timed = re.sub("<BookgDt>.*?</BookgDt>", "<ValDt><DtTm>2026-11-20T23:30:00-05:00</DtTm></ValDt>", plain, count=1)

    for text in (zoned, valued, timed):
        assert told(contents(text.encode())) == told(contents(plain.encode()))


def as_camt_with_ones(bookings):
    return as_camt(bookings).replace(b"<RvslInd>true</RvslInd>", b"<RvslInd>1</RvslInd>")


@pytest.mark.parametrize("write", [as_camt, as_camt_with_ones, as_mt940])
def test_a_reversed_booking_is_known_as_such(write):
    found = contents(write([ADA, BACK]))

    assert [(each.minor, each.is_reversal) for each in found.bookings] == [(39500, False), (-39500, True)]


@pytest.mark.parametrize("write", [as_camt, as_mt940])
def test_balances_that_do_not_add_up_are_refused(write):
    with pytest.raises(Refusal, match="do not add up"):
        contents(write([ADA, BEN], closing=99))


@pytest.mark.parametrize(
    ("encoding", "mapped"), [("utf-8", ""), ("utf-8-sig", "cp1252"), ("utf-16", ""), ("cp1252", "cp1252")]
)
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_tables_in_any_encoding(encoding, mapped, newline):
    content = as_csv([Said(39500, "Jürgen zahlt", "Müller")], encoding=encoding, newline=newline)

    found = contents(content, mapping={**MAPPING, "encoding": mapped})

    assert told(found) == [(39500, "Jürgen zahlt", "Müller", "", date(2026, 11, 20))]


def test_the_wrong_encoding_is_refused_with_its_line():
    content = as_csv([Said(1, "plain"), Said(1, "Müller")], encoding="cp1252")

    with pytest.raises(Refusal, match="Line 1 is not UTF-8"):  # the header says Währung
        contents(content)


def test_lines_before_the_names_of_the_columns_are_skipped():
    assert len(contents(as_csv([ADA], before=["Kontoauszug", "Stand;29.11.2026", ""])).bookings) == 1


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("395,00", 39500), ("1.395,00", 139500), ("-12,5", -1250), ("12,50-", -1250), ("+7", 700), ("395,0000", 39500)],
)
def test_amounts_as_banks_write_them(typed, minor):
    assert contents(_one(typed)).bookings[0].minor == minor


@pytest.mark.parametrize("typed", ["395.00", "39,555", "1.39,00", "12a", "", "--5", "1,395.00", "٣٩٥"])
def test_what_is_no_amount_is_named_by_its_line(typed):
    found = contents(_one(typed))

    assert (found.bookings, [each.number for each in found.odd]) == ([], [2])


def _one(typed):
    return as_csv([]) + f"20.11.2026;Ada;;text;{typed};USD;\r\n".encode()


def test_a_day_that_is_none_and_a_row_that_is_short_are_named():
    content = as_csv([ADA]) + b"31.02.2026;Ada;;x;1,00;USD;\r\n20.11.2026;Ada\r\n"

    found = contents(content)

    assert [(each.number, each.reason) for each in found.odd] == [
        (3, "“31.02.2026” is not a day"),
        (4, "has fewer values than there are columns"),
    ]
    assert len(found.bookings) == 1


IN_AND_OUT = {"delimiter": "comma", "date_format": "%Y-%m-%d", "decimal": "point", "date": "date", "credit": "In",
              "debit": "Out", "text": "Text"}  # fmt: skip


def test_credit_and_debit_in_columns_of_their_own():
    content = b"Date,In,Out,Text\n2026-11-20,395.00,,Ada\n2026-11-20,,12.50,Fee\n2026-11-20,,,Nothing\n"
    found = contents(content, mapping=IN_AND_OUT)

    assert [each.minor for each in found.bookings] == [39500, -1250]
    assert [each.number for each in found.odd] == [4]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \r\n", b"\0\0"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(Refusal):
        contents(content)


def test_a_statement_of_a_day_without_bookings_is_read():
    assert (contents(as_camt([])).bookings, contents(as_mt940([])).bookings) == ([], [])


@pytest.mark.parametrize("write", [as_camt, as_mt940])
def test_a_file_that_is_cut_off_is_refused(write):
    whole = write([ADA, BEN])

    for share in (0.4, 0.7, 0.95):
        with pytest.raises(Refusal):
            contents(whole[: int(len(whole) * share)])


def test_what_stands_twice_under_the_banks_own_reference_counts_once():
    found = contents(as_csv([ADA, BEN, ADA]))

    assert len(found.bookings) == 2
    assert [(each.number, "twice" in each.reason) for each in found.odd] == [(4, True)]


def test_two_equal_payments_of_a_day_are_two():
    same = Said(39500, "Beitrag", "Ada Example")

    assert len(contents(as_csv([same, same])).bookings) == 2
    # The balances say that both happened, whatever the bank's reference says.
    assert len(contents(as_camt([ADA, ADA])).bookings) == 2


def test_balances_tell_a_line_that_was_sent_twice():
    assert len(contents(as_camt([ADA, ADA], closing=139_500)).bookings) == 1


def test_a_statement_of_another_account_is_refused():
    with pytest.raises(Refusal, match="another account"):
        contents(as_camt([ADA], iban="GB33BUKB20201555555555"))
    with pytest.raises(Refusal, match="another account"):
        contents(as_mt940([ADA], account="20201555/99999999"))


def test_what_is_not_booked_yet_is_left_out_and_named():
    content = as_camt([ADA]).replace(b"</Stmt>", b'<Ntry><Amt Ccy="USD">5.00</Amt><Sts>PDNG</Sts></Ntry></Stmt>')

    found = contents(content)

    assert (len(found.bookings), [each.reason for each in found.odd]) == (1, ["not booked yet (PDNG): left out"])


def test_a_collected_entry_is_parted_into_its_payments():
    parts = "".join(
        f'<TxDtls><Refs><EndToEndId>E{n}</EndToEndId></Refs><Amt Ccy="USD">{n}00.00</Amt><RmtInf><Strd><CdtrRefInf>'
        f"<Ref>RF{n}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
        for n in (1, 2)
    )
    content = as_camt([Said(30000, "both", "Ada", "B9")]).decode()
    start, end = content.index("<TxDtls>"), content.index("</NtryDtls>")

    found = contents((content[:start] + parts + content[end:]).encode())

    assert [(each.minor, each.text, each.bank_ref) for each in found.bookings] == [
        (10000, "RF1", "B9/E1"),
        (20000, "RF2", "B9/E2"),
    ]


def test_a_booking_of_another_currency_keeps_its_own():
    assert contents(as_csv([Said(100, "x", currency="EUR")])).bookings[0].currency == "EUR"


def test_a_day_far_ahead_is_named():
    found = contents(as_csv([Said(100, "x", day=date(2028, 1, 1))]))

    assert "is this the right account" in found.odd[0].reason


def test_mt940_across_the_new_year():
    content = as_mt940([Said(100, "x", day=date(2026, 1, 2))]).replace(b":61:2601020102", b":61:2601021231")

    assert contents(content).bookings[0].booked_on == date(2025, 12, 31)


def test_thirty_days_of_february_are_read_as_its_last_day():
    content = as_mt940([Said(100, "x", day=date(2026, 2, 27))]).replace(b":61:2602270227", b":61:2602300229")
    assert contents(content).bookings[0].booked_on == date(2026, 2, 28)


def test_what_came_less_than_nothing_went_away():
    content = b"Date,In,Out,Text\n2026-11-20,-50.00,,Storno\n2026-11-20,,-12.50,Fee\n"
    assert [each.minor for each in contents(content, mapping=IN_AND_OUT).bookings] == [-5000, -1250]
