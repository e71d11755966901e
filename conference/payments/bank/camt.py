"""Statements as ISO 20022 has them: camt.053, any version (https://www.iso20022.org/iso-20022-message-definitions)."""

from itertools import count

from flask_babel import gettext as _
from lxml import etree

from conference.kernel import Refusal
from conference.payments.bank.as_written import currency_of, cut, day_of, minor_of
from conference.payments.bank.rules import Booking, Contents, Odd

OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def is_ours(head):
    """Whether a file that begins like this is XML."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def read(content, currency):
    """Contents of a camt.053 file, all its statements together; Refusal when it is none, is cut off, or hides something."""
    root = _root(content)
    statements = _all(root, "BkToCstmrStmt/Stmt")
    if not statements:
        raise Refusal(_("This XML is no statement of an account (camt.053)."), field="file")
    found, numbers = Contents("camt.053", currency), count(1)
    for statement in statements:
        _add(found, statement, numbers)
    return found


def _root(content):
    # Nothing is fetched and no entity is put in, so nothing grows: what declares any is no statement.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(
            _("The XML is damaged or not whole: %(error)s", error=str(error).splitlines()[0][:160]), field="file"
        ) from None
    if root.getroottree().docinfo.doctype:
        raise Refusal(_("The XML declares a document type, which no bank does. It was not read."), field="file")
    return root


def _add(found, statement, numbers):
    """One statement; several in a file follow upon each other.

    Banks write such a file in one line: entries are counted, from 1.
    """
    iban = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
    if found.iban and iban != found.iban:
        raise Refusal(_("The file has statements of several accounts: %(iban)s too.", iban=iban[:40]), field="file")
    opening, closing = (_balance(statement, codes, found) for codes in (OPENING, CLOSING))
    if found.iban and found.closing != opening:
        raise Refusal(_("A statement is missing in the file: the balances do not follow on each other."), field="file")
    found.opening = opening if not found.iban else found.opening
    found.iban, found.closing = iban or found.iban, closing
    if (found.opening is None) != (closing is None):
        found.opening = found.closing = None
    for entry in _all(statement, "Ntry"):
        _read_entry(found, entry, next(numbers))


def _balance(statement, codes, found):
    for code in codes:
        for balance in _all(statement, "Bal"):
            if _text(balance, "Tp/CdOrPrtry/Cd") == code:
                return _signed_balance(balance, found)
    return None


def _signed_balance(balance, found):
    amount = balance.find("{*}Amt")
    try:
        if amount is None:
            raise Refusal(_("has no amount"))
        found.currency = currency_of(amount.get("Ccy", found.currency))
        return _signed(balance, amount, found.currency)
    except Refusal as refusal:
        facts = {"number": balance.sourceline, "why": str(refusal)}
        raise Refusal(_("The balance in line %(number)s cannot be read: %(why)s.", **facts), field="file") from None


def _read_entry(found, entry, number):
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    if status != "BOOK":
        found.odd.append(Odd(number, _("not booked yet (%(status)s): left out", status=status[:10] or "–")))
        return
    try:
        found.bookings += _bookings(entry, number, found)
    except Refusal as refusal:
        found.odd.append(Odd(number, str(refusal)))


def _bookings(entry, number, found):
    """One booking for an entry, or one for each of its parts where they have amounts that sum to it."""
    amount = entry.find("{*}Amt")
    if amount is None:
        raise Refusal(_("has no amount"))
    currency = currency_of(amount.get("Ccy", found.currency))
    whole, details = _signed(entry, amount, currency), _all(entry, "NtryDtls/TxDtls")
    parts = [_part_of(entry, each, currency) for each in details]
    if len(parts) < 2 or None in parts or sum(parts) != whole:
        return [_booking(entry, number, details[0] if len(details) == 1 else entry, whole, currency, found)]
    return [_booking(entry, number, each, part, currency, found) for each, part in zip(details, parts, strict=True)]


def _part_of(entry, detail, currency):
    amount = detail.find("{*}Amt")
    amount = detail.find("{*}AmtDtls/{*}TxAmt/{*}Amt") if amount is None else amount
    if amount is None or amount.get("Ccy", currency) != currency:
        return None
    return _signed(detail if detail.find("{*}CdtDbtInd") is not None else entry, amount, currency)


def _booking(entry, number, detail, minor, currency, found):
    side = "Dbtr" if minor > 0 else "Cdtr"
    name = _text(detail, f"RltdPties/{side}/Nm") or _text(detail, f"RltdPties/{side}/Pty/Nm")
    refs = [_text(entry, "AcctSvcrRef"), _text(detail, "Refs/AcctSvcrRef"), _text(detail, "Refs/EndToEndId")]
    return Booking(
        number=number,
        booked_on=day_of(_day(entry)),
        minor=minor,
        currency=currency,
        text=cut(_said(entry, detail), number, found.odd),
        name=cut(name, number, found.odd)[:300],
        iban=_text(detail, f"RltdPties/{side}Acct/Id/IBAN")[:40],
        bank_ref="/".join(dict.fromkeys(each for each in refs if each))[:200],
        is_reversal=_text(entry, "RvslInd") in ("true", "1") or detail.find(".//{*}RtrInf") is not None,
    )


def _day(entry):
    """The day as written, whatever stands behind it: a time, and even a day may name its zone (XML Schema's xs:date)."""
    paths = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    return next((text[:10] for path in paths if (text := _text(entry, path))), "")


def _said(entry, detail):
    parts = [each.text or "" for path in ("Strd/{*}CdtrRefInf/{*}Ref", "Ustrd") for each in detail.findall(f".//{{*}}RmtInf/{{*}}{path}")]  # fmt: skip
    return " ".join(parts) or _text(detail, "AddtlTxInf") or _text(entry, "AddtlNtryInf")


def _signed(owner, amount, currency):
    minor = minor_of(amount.text or "", currency, ".")
    return minor if _text(owner, "CdtDbtInd") == "CRDT" else -minor


def _all(node, path):
    return node.findall("/".join(f"{{*}}{part}" for part in path.split("/")))


def _text(node, path):
    found = node.find("/".join(f"{{*}}{part}" for part in path.split("/")))
    return (found.text or "").strip() if found is not None else ""
