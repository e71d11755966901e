"""What a document is told by those who know more than the books: whom it is made out to, what it is about, and what each line is."""

from dataclasses import asdict, dataclass
from datetime import date

# Where the postcode follows the town (Universal Postal Union, addressing of the country); before it elsewhere.
_AFTER = frozenset({"AU", "BR", "CA", "CN", "GB", "IE", "IN", "JP", "KR", "NZ", "SG", "TW", "US", "ZA"})


@dataclass(frozen=True)
class Buyer:
    """Whom a document is made out to, and in which language."""

    name: str = ""
    organisation: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    tax_id: str = ""
    po_number: str = ""
    email: str = ""
    language: str = "en"

    @property
    def told(self):
        """In a line: the organisation, else the person."""
        return self.organisation or self.name


@dataclass(frozen=True)
class About:
    """What was sold, where and when it takes place, and the address at which it is paid online; without a country it is the seller's."""

    title: str
    first_day: date | None = None
    last_day: date | None = None
    place: str = ""
    country: str = ""
    pay_at: str = ""


@dataclass(frozen=True)
class Told:
    """One line in words: for whom (empty for the payer), what, and the grant that it is for."""

    what: str
    name: str = ""
    grant: str = ""


def packed(value):
    """A dataclass as what JSON can hold: dates in ISO 8601, None for none."""
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in asdict(value).items()}


def in_town(party):
    """Postcode and town of a party of a content, as its country writes them."""
    parts = [party["postcode"], party["city"]]
    return " ".join(part for part in (reversed(parts) if party["country"] in _AFTER else parts) if part)
