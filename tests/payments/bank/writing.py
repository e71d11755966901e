"""Statements as banks write them, in every format, from one list of bookings."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from conference.kernel import decimal_text

IBAN = "DE89370400440532013000"  # the example of the registry of IBANs
MAPPING = {
    "delimiter": "semicolon",
    "encoding": "utf-8",
    "date_format": "%d.%m.%Y",
    "decimal": "comma",
    "date": "Buchungstag",
    "amount": "Betrag",
    "text": "Verwendungszweck",
    "name": "Auftraggeber",
    "iban": "IBAN",
    "id": "Referenz",
    "currency": "Währung",
}


@dataclass(frozen=True)
class Said:
    """A true booking at the bank."""

    minor: int
    text: str = ""
    name: str = ""
    id: str = ""
    day: date = date(2026, 11, 20)
    currency: str = "USD"
    is_reversal: bool = False


def as_camt(bookings, *, opening=100_000, closing=None, iban=IBAN, version="08", currency="USD"):
    """A camt.053 file as bytes."""
    closing = opening + sum(each.minor for each in bookings) if closing is None else closing
    entries = "".join(_entry(each, version) for each in bookings)
    balances = _balance("OPBD", opening, currency) + _balance("CLBD", closing, currency)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></Acct>
{balances}{entries}</Stmt></BkToCstmrStmt></Document>""".encode()


def as_mt940(bookings, *, opening=100_000, closing=None, account="37040044/0532013000", currency="USD"):
    """An MT940 file as bytes, with German numbered parts in its field 86."""
    closing = opening + sum(each.minor for each in bookings) if closing is None else closing
    day = "261101"
    lines = [":20:STARTUMS", f":25:{account}", ":28C:1/1", f":60F:{_side(opening)}{day}{currency}{_comma(opening)}"]
    for each in bookings:
        mark = {(True, False): "C", (False, False): "D", (False, True): "RC", (True, True): "RD"}[
            each.minor > 0, each.is_reversal
        ]
        lines.append(f":61:{each.day:%y%m%d}{each.day:%m%d}{mark}{_comma(each.minor)}NTRF{'NONREF'}//{each.id}")
        parts = [each.text[start : start + 27] for start in range(0, len(each.text), 27)][:10]
        told = "".join(f"?{20 + number}{part}" for number, part in enumerate(parts))
        lines.append(f":86:166?00GUTSCHRIFT{told}?32{each.name}")
    lines += [f":62F:{_side(closing)}{day}{currency}{_comma(closing)}", "-"]
    return "\r\n".join(lines).encode()


def as_csv(bookings, *, encoding="utf-8", newline="\r\n", before=()):
    """A CSV file as MAPPING describes it, as bytes."""
    out = io.StringIO()
    for line in before:
        out.write(line + newline)
    writer = csv.writer(out, delimiter=";", lineterminator=newline)
    writer.writerow(["Buchungstag", "Auftraggeber", "IBAN", "Verwendungszweck", "Betrag", "Währung", "Referenz"])
    for each in bookings:
        amount = decimal_text(each.minor, each.currency).replace(".", ",")
        writer.writerow([f"{each.day:%d.%m.%Y}", each.name, "", each.text, amount, each.currency, each.id])
    return out.getvalue().encode(encoding)


def _entry(each, version):
    side = "Dbtr" if each.minor > 0 else "Cdtr"
    name = f"<Pty><Nm>{each.name}</Nm></Pty>" if version == "08" else f"<Nm>{each.name}</Nm>"
    status = "<Cd>BOOK</Cd>" if version == "08" else "BOOK"
    reversal = "<RvslInd>true</RvslInd>" if each.is_reversal else ""
    return f"""<Ntry><Amt Ccy="{each.currency}">{decimal_text(abs(each.minor), each.currency)}</Amt>
<CdtDbtInd>{"CRDT" if each.minor > 0 else "DBIT"}</CdtDbtInd>{reversal}<Sts>{status}</Sts>
<BookgDt><Dt>{each.day}</Dt></BookgDt><AcctSvcrRef>{each.id}</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><{side}>{name}</{side}></RltdPties>
<RmtInf><Ustrd>{each.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def _balance(code, minor, currency):
    return f"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{decimal_text(abs(minor), currency)}</Amt>
<CdtDbtInd>{"CRDT" if minor >= 0 else "DBIT"}</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>"""


def _side(minor):
    return "C" if minor >= 0 else "D"


def _comma(minor):
    return decimal_text(abs(minor), "USD").replace(".", ",")
