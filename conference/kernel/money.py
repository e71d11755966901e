"""Money as whole minor units of one currency; no floats anywhere."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference.kernel.errors import Refusal

# Exponents are Stripe's, not CLDR's (https://docs.stripe.com/currencies): what is charged is what is shown.
ZERO_DECIMAL = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
# Counted with two decimals, of which nobody uses any: only whole units are taken. HUF and TWD are charged with both decimals;
# only what Stripe pays out to the society's bank is whole there, so nothing need be rounded here.
WHOLE_UNITS = frozenset(["ISK", "UGX"])


class CurrencyMismatch(Refusal):
    """Two amounts of different currencies cannot be added or compared."""


@dataclass(frozen=True, order=False)
class Money:
    """An amount in minor units (cents for USD, yen for JPY, thousandths for KWD) and its ISO 4217 code."""

    minor: int
    currency: str

    def __post_init__(self):
        if type(self.minor) is not int:
            raise TypeError("minor units are whole numbers")

    def __add__(self, other):
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other):
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self):
        return Money(-self.minor, self.currency)

    def __mul__(self, count):
        if type(count) is not int:
            raise TypeError("money is multiplied by whole numbers only")
        return Money(self.minor * count, self.currency)

    def __lt__(self, other):
        return self.minor < self._same(other)

    def __le__(self, other):
        return self.minor <= self._same(other)

    def __bool__(self):
        return self.minor != 0

    def _same(self, other):
        if self.currency != other.currency:
            raise CurrencyMismatch(_("%(one)s and %(two)s do not add up", one=self.currency, two=other.currency))
        return other.minor

    @property
    def exponent(self):
        """Decimals of the currency as Stripe counts them: 0, 2 or 3."""
        return exponent(self.currency)

    @property
    def chargeable(self):
        """The nearest amount that can be charged, half up: 12.345 KWD is 12.350, 99.50 ISK is 100."""
        return self.portion(1, 1)

    def portion(self, share, whole):
        """`share` of `whole` parts of it, rounded half up to an amount that can be charged."""
        step = smallest_step(self.currency)
        return Money((2 * self.minor * share + whole * step) // (2 * whole * step) * step, self.currency)

    @property
    def decimal_text(self):
        """The plain amount, such as "440.00": for fields and exports, not for prose."""
        return decimal_text(self.minor, self.currency)

    @classmethod
    def total(cls, amounts, currency):
        """The sum of `amounts` in `currency`; zero when there are none."""
        return sum(amounts, start=cls(0, currency))


def exponent(currency):
    """Decimals of a currency as Stripe counts them: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def smallest_step(currency):
    """Minor units of which every amount that Stripe charges is a multiple: 1, 10 (three decimals end with 0) or 100 (ISK, UGX)."""
    if currency in WHOLE_UNITS:
        return 100
    return 10 if currency in THREE_DECIMAL else 1


def shown_decimals(currency):
    """Decimals that people of a currency write: none where only whole units are charged."""
    return 0 if currency in WHOLE_UNITS else exponent(currency)


def decimal_text(minor, currency):
    """Minor units as plain decimal text, such as "-12.50"."""
    places = exponent(currency)
    whole, part = divmod(abs(minor), 10**places)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def parse_minor(text, currency, *, charged=True):
    """Minor units from typed decimal text such as "440" or "440.50"; Refusal when it is not an amount, or none that can be charged.

    Money that is not charged (a bank's, or what is sent back there) may be any amount of the currency.
    """
    places = exponent(currency)
    minor = minor_typed(text, places)
    if minor is None:
        raise Refusal(_("“%(text)s” is not an amount in %(currency)s", text=text.strip()[:40], currency=currency))
    step = smallest_step(currency)
    if charged and minor % step:
        finest = decimal_text(step, currency) if step < 10**places else "1"
        facts = {"text": text.strip()[:40], "currency": currency, "step": finest}
        raise Refusal(_("“%(text)s” cannot be charged: amounts in %(currency)s are multiples of %(step)s.", **facts))
    return minor


def minor_typed(text, places):
    """Minor units from typed decimal text, of a currency with so many decimals; None when it is not such an amount."""
    whole, dot, part = text.strip().replace(",", "").partition(".")
    valid = whole.isascii() and whole.isdigit() and len(whole) <= 12
    if not valid or (dot and not (part.isascii() and part.isdigit() and len(part) <= places)):
        return None
    return int(whole) * 10**places + int((part or "0").ljust(places, "0") or "0")
