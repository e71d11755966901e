"""Amounts as Stripe counts them: whole minor units, with its own table of how many a currency has.

Source: https://docs.stripe.com/currencies (zero-decimal, three-decimal and special-case currencies).
"""

from conference.demo.stripe.errors import bad_request
from conference.demo.stripe.words import words

NO_DECIMALS = words("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf")
THREE_DECIMALS = words("bhd jod kwd omr tnd")
WHOLE_UNITS_ONLY = words("isk ugx")
TWO_DECIMALS = words(
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop"
    " crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs"
    " khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen"
    " pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx"
    " uyu uzs wst xcd xcg yer zar zmw"
)
CURRENCIES = NO_DECIMALS | THREE_DECIMALS | TWO_DECIMALS
LARGEST = 99_999_999
SMALLEST = {
    "usd": 50,
    "eur": 50,
    "cad": 50,
    "aud": 50,
    "chf": 50,
    "gbp": 30,
    "jpy": 50,
    "sek": 300,
    "nok": 300,
    "dkk": 250,
}
SIGNS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}


def decimals(currency: str) -> int:
    return 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def plain(amount: int, currency: str) -> str:
    """`1,250.00 USD`, for people."""
    return f"{_digits(amount, currency)} {currency.upper()}"


def as_stripe_says(amount: int, currency: str) -> str:
    """`$1,250.00`, as it stands in Stripe's error texts."""
    sign = SIGNS.get(currency)
    return f"{sign}{_digits(amount, currency)}" if sign else plain(amount, currency)


def _digits(amount: int, currency: str) -> str:
    places = decimals(currency)
    whole, part = divmod(abs(amount), 10**places)
    return f"{'-' if amount < 0 else ''}{whole:,}" + (f".{part:0{places}d}" if places else "")


def check_currency(currency: str, *, param: str) -> str:
    """The currency in lower case; raises Stripe's refusal of one that it does not take."""
    if currency.lower() not in CURRENCIES:
        raise bad_request(f"Invalid currency: {currency[:20]}.", param=param)
    return currency.lower()


def check_amount(amount: int, currency: str, *, param: str, least: int = 0) -> int:
    """The amount; raises the refusal of one that is too small, or finer than the currency allows."""
    if amount < least:
        message = f"This value must be greater than or equal to {least}."
        raise bad_request(f"Invalid integer: {message}", param=param, code="parameter_invalid_integer")
    step = 100 if currency in WHOLE_UNITS_ONLY else 10 if currency in THREE_DECIMALS else 1
    if amount % step:
        raise bad_request(f"Invalid amount: {currency.upper()} amounts are multiples of {step}.", param=param)
    return amount


def check_total(total: int, currency: str, *, param: str | None = None) -> int:
    """The total of a payment; raises `amount_too_small` or `amount_too_large`. Nothing to pay is allowed."""
    least = SMALLEST.get(currency, 0)
    if 0 < total < least:
        shown = as_stripe_says(least, currency)
        raise bad_request(f"Amount must be no less than {shown} {currency}.", param=param, code="amount_too_small")
    if total > LARGEST:
        shown = as_stripe_says(LARGEST, currency)
        raise bad_request(f"Amount must be no more than {shown}.", param=param, code="amount_too_large")
    return total


def fee(amount: int) -> int:
    """What the stand-in keeps of a payment: 2.9 % and 30 minor units, rounded half up, never more than was paid."""
    return min(amount, (amount * 29 + 500) // 1000 + 30)
