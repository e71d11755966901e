"""Statements as SWIFT has them: MT940, with what German, Dutch and other banks make of its field 86."""

import re
from datetime import date, timedelta

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.payments.bank.as_written import cut, minor_of
from conference.payments.bank.rules import Booking, Contents, Odd

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):(.*)$")
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]+)\s*")
# SWIFT Standards MT, field 61: value date, entry date, mark, funds code, amount, type, reference of the owner // of the bank.
_LINE = re.compile(r"(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d[\d,]*)([A-Z][A-Z0-9]{3})([^/]*(?:/(?!/)[^/]*)*)(?://(.*))?")
_NAMED = re.compile(r"/(NAME|REMI|IBAN|EREF)/((?:(?!/(?:[A-Z]{4})/).)*)")
_TAGS = re.compile(r"\b(?:SVWZ|EREF|KREF|MREF|CRED|DEBT|ABWA|IBAN|BIC)\+")


def is_ours(head):
    """Whether a file that begins like this is MT940."""
    return re.search(rb"(?m)^[^\n]{0,80}:20:", head) is not None and re.search(rb"(?m)^:60[FM]:", head) is not None


def read(text, currency):
    """Contents of an MT940 file, all its statements together; Refusal when it is cut off."""
    found, booking = Contents("MT940", currency), None
    for number, tag, value in _fields(text):
        if tag == "25" and found.iban not in ("", value.strip()):
            raise Refusal(
                _("The file has statements of several accounts: %(iban)s too.", iban=value[:40]), field="file"
            )
        if tag == "25":
            found.iban = value.strip()
        elif tag in ("60F", "60M", "62F", "62M"):
            _balance(found, tag, value, number)
        elif tag == "61":
            booking = _line(found, value, number)
        elif tag == "86" and booking is not None:
            found.bookings[-1], booking = _told(booking, value, found), None
    if found.closing is None:
        raise Refusal(_("The file has no closing balance: it is cut off."), field="file")
    return found


def _fields(text):
    """(number of the line, tag, value over all its lines) of each field; without NUL, which no database keeps."""
    found: list = []
    for number, line in enumerate(text.replace("\0", "").splitlines(), 1):
        start = _FIELD.match(re.sub(r"^\{4:|^.*\{4:$", "", line))
        if start:
            found.append((number, start[1], [start[2]]))
        elif line.strip() in ("-", "-}") or line.startswith("{"):
            continue
        elif found:
            found[-1][2].append(line)
    return [(number, tag, "\n".join(lines)) for number, tag, lines in found]


def _balance(found, tag, value, number):
    parts = _BALANCE.match(value)
    if not parts:
        raise Refusal(_("Line %(number)s is not a balance.", number=number), field="file")
    minor = minor_of(parts[4], parts[3], ",") * (1 if parts[1] == "C" else -1)
    found.currency = parts[3]
    if tag.startswith("62"):
        found.closing = minor
    elif found.closing is not None and found.closing != minor:
        raise Refusal(_("A statement is missing in the file: the balances do not follow on each other."), field="file")
    elif found.opening is None:
        found.opening = minor


def _line(found, value, number):
    """The booking, added to what was found, or None when it cannot be read."""
    head, _newline, more = value.partition("\n")
    parts = _LINE.fullmatch(head.strip())
    try:
        if not parts:
            raise Refusal(_("“%(text)s” is not a booking", text=head[:40]))
        minor = minor_of(parts[5], found.currency, ",")
        booking = Booking(
            number=number,
            booked_on=_day(parts[1], parts[2]),
            minor=minor if parts[3] in ("C", "RD") else -minor,
            currency=found.currency,
            text=cut(more, number, found.odd),
            bank_ref="/".join(dict.fromkeys(each.strip() for each in (parts[8] or "", parts[7]) if each.strip()))[:200],
            is_reversal=parts[3].startswith("R"),
        )
    except Refusal as refusal:
        found.odd.append(Odd(number, str(refusal)))
        return None
    found.bookings.append(booking)
    return booking


def _day(value, entry):
    """The day of booking: month and day of the entry beside the year of the value date, which may be of the year next door."""
    try:
        valued = _dated(2000 + int(value[:2]), value[2:])
        if not entry:
            return valued
        days = [_dated(year, entry) for year in (valued.year - 1, valued.year, valued.year + 1)]
    except ValueError:
        raise Refusal(_("“%(text)s” is not a day", text=f"{value}{entry or ''}")) from None
    return min(days, key=lambda day: abs(day - valued))


def _dated(year, text):
    """The day of a month and a day; banks that count thirty days a month write 29 and 30 February too: its last day."""
    month, day = int(text[:2]), int(text[2:])
    if month == 2 and day in (29, 30):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


def _told(booking, value, found):
    """The booking with its field 86: numbered parts (?20 to ?29 text, ?32 and ?33 name, ?31 account), /NAME/ words, or plain."""
    odd, number = found.odd, booking.number
    if re.match(r"\d{3}\?", value) or value.startswith("?"):
        parts = [(each[:2], each[2:].replace("\n", "")) for each in re.split(r"\n?\?", value)[1:]]
        text = "".join(part for code, part in parts if "20" <= code <= "29" or "60" <= code <= "63")
        name = "".join(part for code, part in parts if code in ("32", "33"))
        iban = next((part for code, part in parts if code == "31"), "")
    else:
        named = dict(_NAMED.findall(value.replace("\n", "")))
        text, name, iban = named.get("REMI", "") or value, named.get("NAME", ""), named.get("IBAN", "")
    text = _TAGS.sub(" ", text)
    joined = f"{booking.text} {text}" if booking.text else text
    facts = {"text": cut(joined, number, odd), "name": cut(name, number, odd)[:300], "iban": iban.strip()[:40]}
    return Booking(**{**vars(booking), **facts})
