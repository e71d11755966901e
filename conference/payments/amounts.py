"""Amounts looked for as somebody types them, in whatever currency they may be."""

from sqlalchemy import and_

from conference.kernel import THREE_DECIMAL, ZERO_DECIMAL, minor_typed


def amount_is(text, minor, currency):
    """WHERE clauses, one for each number of decimals, under which a column of minor units is the amount that `text` may say."""
    of_two = currency.not_in(ZERO_DECIMAL | THREE_DECIMAL)
    for places, of_these in ((2, of_two), (0, currency.in_(ZERO_DECIMAL)), (3, currency.in_(THREE_DECIMAL))):
        wanted = minor_typed(text, places)
        if wanted is not None:
            yield and_(minor == wanted, of_these)
