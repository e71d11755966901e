"""The arithmetic of tax: whatever was sold, at whatever rates, in whatever currency, all of it sums."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import decimal_text, exponent
from conference.payments.documents.rules import (
    Buyers,
    Category,
    Rate,
    RateRow,
    buyers_of,
    is_pattern,
    net_of,
    number_in,
    rate_for,
    series_of,
    shared,
    tax_on,
    taxed,
)

rates = st.one_of(
    st.integers(1, 10_000).map(lambda hundredths: Rate(Category.STANDARD, hundredths)),
    st.sampled_from([Rate(Category.ZERO), Rate(Category.EXEMPT, 0, "§ 4"), Rate(Category.REVERSE, 0, "Art. 196")]),
)
amounts = st.integers(-10_000_000, 100_000_000)
documents = st.lists(st.tuples(amounts, st.sampled_from([Rate(Category.STANDARD, 1900), Rate(Category.STANDARD, 700), Rate(Category.EXEMPT)]) | rates), min_size=1, max_size=30)  # fmt: skip


@given(documents)
def test_the_parts_sum_to_the_whole_and_the_whole_is_what_was_sold(lines):
    done = taxed(lines)

    assert sum(done.nets) == done.sum("net")
    assert done.sum("gross") == sum(gross for gross, _rate in lines)
    assert done.sum("net") + done.sum("tax") + done.sum("rounding") == done.sum("gross")
    for group in done.groups:
        of_it = [net for net, (_gross, rate) in zip(done.nets, lines, strict=True) if rate.key == group.rate.key]
        assert sum(of_it) == group.net


@given(documents)
def test_the_tax_of_a_rate_is_counted_on_its_sum_and_at_most_a_unit_is_rounded(lines):
    for group in taxed(lines).groups:
        assert abs(group.tax * 10_000 - group.net * group.rate.hundredths) * 2 <= 10_000
        assert group.rounding in (-1, 0, 1)
        assert group.rate.hundredths or group.tax == group.rounding == 0


@given(documents)
def test_a_credit_note_over_everything_is_the_invoice_with_other_signs(lines):
    credited = taxed([(-gross, rate) for gross, rate in lines])
    invoiced = taxed(lines)

    assert credited.nets == tuple(-net for net in invoiced.nets)
    assert [credited.sum(name) for name in ("net", "tax", "rounding")] == [
        -invoiced.sum(name) for name in ("net", "tax", "rounding")
    ]


@given(st.integers(0, 10**9), rates)
def test_what_was_counted_upon_a_net_amount_comes_back_as_that_amount(net, rate):
    gross = net + tax_on(net, rate)
    (group,) = taxed([(gross, rate)]).groups

    assert (group.net, group.tax, group.rounding) == (net, tax_on(net, rate), 0)


@given(amounts, rates)
def test_a_line_alone_is_halves_away_from_zero(gross, rate):
    exact = gross * 10_000 / (10_000 + rate.hundredths)

    assert abs(net_of(gross, rate) - exact) <= 0.5
    assert net_of(-gross, rate) == -net_of(gross, rate)


@given(st.integers(-1000, 1000), st.lists(amounts, min_size=1, max_size=9))
def test_what_is_shared_sums_and_no_part_moves_far(missing, parts):
    moved = shared(sum(parts) + missing, parts)

    assert sum(moved) == sum(parts) + missing
    farthest = -(-abs(missing) // len(parts))
    assert all(abs(one - other) <= farthest for one, other in zip(moved, parts, strict=True))


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_amounts_are_whole_minor_units_of_currencies_with_0_2_and_3_decimals(gross, currency):
    done = taxed([(gross, Rate(Category.STANDARD, 1900))])

    texts = [decimal_text(done.sum(name), currency) for name in ("net", "tax")]
    assert [int(Decimal(text).scaleb(exponent(currency))) for text in texts] == [done.sum("net"), done.sum("tax")]
    assert all(len(text.partition(".")[2]) == exponent(currency) for text in texts)


def test_lines_of_one_rate_are_one_sum_whatever_is_said_beside_it():
    done = taxed([(100, Rate(Category.EXEMPT, 0, "one")), (50, Rate(Category.EXEMPT, 0, "other"))])

    assert [(group.gross, group.rate.note) for group in done.groups] == [(150, "one other")]


def row(hundredths, *, kind="", country="", buyers=Buyers.ANYONE, starts=date(2020, 1, 1), ends=None):
    category = Category.STANDARD if hundredths else Category.REVERSE
    return RateRow(Rate(category, hundredths), kind, country, buyers, starts, ends)


def test_the_rate_that_says_most_exactly_what_it_is_for_is_used():
    rows = [
        row(1900),
        row(700, kind="dues"),
        row(2000, country="FR"),
        row(550, kind="add_on", country="FR"),
        row(0, buyers=Buyers.ABROAD),
        row(1600, starts=date(2020, 7, 1), ends=date(2020, 12, 31)),
    ]

    def found(kind, country, day=date(2026, 1, 1), buyers=frozenset({Buyers.ANYONE})):
        return rate_for(rows, kind=kind, country=country, buyers=buyers, day=day).hundredths

    assert found("registration", "DE") == 1900
    assert found("dues", "DE") == 700
    assert found("registration", "FR") == 2000
    assert found("add_on", "FR") == 550
    assert found("registration", "DE", date(2020, 8, 1)) == 1600
    assert found("registration", "DE", buyers=set(Buyers)) == 0
    assert rate_for(rows, kind="dues", country="DE", buyers={Buyers.ANYONE}, day=date(2019, 1, 1)) is None


def test_a_rate_for_one_item_goes_before_one_for_a_country():
    everywhere = RateRow(Rate(Category.STANDARD, 700), "add_on", "", Buyers.ANYONE, date(2020, 1, 1), None, "dinner")
    in_germany = RateRow(Rate(Category.STANDARD, 1900), "", "DE", Buyers.ANYONE, date(2020, 1, 1), None)
    asked = {"kind": "add_on", "country": "DE", "buyers": {Buyers.ANYONE}, "day": date(2026, 1, 1)}

    assert rate_for([everywhere, in_germany], item="dinner", **asked).hundredths == 700
    assert rate_for([everywhere, in_germany], item="course", **asked).hundredths == 1900


def test_who_has_a_tax_number_of_another_country_is_a_business_abroad():
    assert buyers_of(has_tax_id=False, country="FR", seller_country="DE") == {Buyers.ANYONE}
    assert buyers_of(has_tax_id=True, country="DE", seller_country="DE") == {Buyers.ANYONE, Buyers.BUSINESS}
    assert buyers_of(has_tax_id=True, country="FR", seller_country="DE") == set(Buyers)


def test_numbers_are_printed_as_their_pattern_says():
    assert series_of("INV-{year}-{number}", 2027) == "INV-2027-{number}"
    assert number_in("INV-2027-{number}", 42, 5) == "INV-2027-00042"
    assert [is_pattern(each) for each in ("{number}", "A/{year}/{number}", "A", "{number}{number}", "Ä{number}", "<{number}")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
