"""A file of a bank, whatever it is: CAMT.053, MT940, or a table that the account says how to read."""

import re
from datetime import date

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.payments.bank import camt, csv_file, mt940
from conference.payments.bank.as_written import decoded
from conference.payments.bank.rules import Odd, missing, normal, without_doubles

LARGEST = 12 * 2**20
MOST_BOOKINGS = 20_000
OLDEST = date(2000, 1, 1)


def read(content, *, currency, iban="", mapping=None, today):
    """Contents of a file's bytes for an account; Refusal in words when it is not to be believed.

    Its balances must add up, and the account that it names must be this one. What stands twice under the bank's own
    reference counts once, and is named.
    """
    refuse_too_large(content)
    if not content.strip(b"\0 \r\n\t"):
        raise Refusal(_("The file is empty."), field="file")
    found = _read(content, currency, mapping or {})
    if len(found.bookings) > MOST_BOOKINGS:
        raise Refusal(_("The file has more than %(most)s lines. Split it by days.", most=MOST_BOOKINGS), field="file")
    _check_account(found, currency, iban)
    found.bookings, doubles = without_doubles(found)
    found.odd += [Odd(each.number, _("stands in the file twice; it counts once")) for each in doubles]
    _look_at_dates(found, today)
    _check_balance(found)
    found.odd.sort(key=lambda each: each.number)
    return found


def refuse_too_large(content):
    """Refusal when a file is larger than any is read."""
    if len(content) > LARGEST:
        raise Refusal(_("The file is larger than 12 MiB. Split it by days."), field="file")


def _read(content, currency, mapping):
    head = content[:4000].replace(b"\0", b"")
    if camt.is_ours(head):
        return camt.read(content, currency)
    if mt940.is_ours(head):
        return mt940.read(_plain(content), currency)
    return csv_file.read(decoded(content, mapping.get("encoding", "")), currency, mapping)


def _plain(content):
    """SWIFT's own letters are ASCII; what banks add is UTF-8, else the Western European code page."""
    try:
        return decoded(content, "utf-8")
    except Refusal:
        return content.decode("cp1252", errors="replace")


def _check_account(found, currency, iban):
    if iban and found.iban and not _is_same(found.iban, iban):
        raise Refusal(_("This statement is of another account: %(iban)s.", iban=found.iban[:40]), field="file")
    if found.opening is not None and found.currency != currency:
        raise Refusal(_("This statement is in %(currency)s.", currency=found.currency), field="file")


def _is_same(theirs, ours):
    """MT940 often names bank code and account number, with or without the currency, rather than the IBAN."""
    named, known = normal(theirs), normal(ours)
    digits = re.sub(r"[A-Z]+$", "", named)
    is_iban = re.match(r"[A-Z]{2}[0-9]{2}", named) is not None
    return known in (named, digits) if is_iban else known[4:].endswith(digits[-8:])


def _look_at_dates(found, today):
    for each in found.bookings:
        if each.booked_on < OLDEST or (each.booked_on - today).days > 10:
            day = each.booked_on.isoformat()
            found.odd.append(Odd(each.number, _("booked on %(day)s: is this the right account and file?", day=day)))


def _check_balance(found):
    gap = missing(found, found.bookings)
    if gap:
        first = f" {_('First of the lines that were not read')}: {found.odd[0].number}, {found.odd[0].reason}." if found.odd else ""  # fmt: skip
        raise Refusal(
            _(
                "Opening balance and lines do not add up to the closing balance: %(minor)s in the smallest unit is missing. "
                "The file is damaged or not whole.",
                minor=gap,
            )
            + first,
            field="file",
        )
