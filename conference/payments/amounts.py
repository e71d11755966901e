"""Amounts looked for as somebody types them, in whatever currency they may be."""

from sqlalchemy import and_

from conference.kernel import THREE_DECIMAL, ZERO_DECIMAL, Refusal, parse_minor

_STANDS_FOR = {"JPY": ZERO_DECIMAL, "KWD": THREE_DECIMAL}  # one currency of each number of decimals but two


def amount_is(text, minor, currency):
    """WHERE clauses, one for each number of decimals, under which a column of minor units is the amount that `text` may say."""
    for example in ("USD", *_STANDS_FOR):
        try:
            wanted = parse_minor(text, example, charged=False)
        except Refusal:
            continue
        others = ZERO_DECIMAL | THREE_DECIMAL
        of_these = currency.in_(_STANDS_FOR[example]) if example in _STANDS_FOR else currency.not_in(others)
        yield and_(minor == wanted, of_these)
