"""The content of a document: everything that it will say, as plain values, frozen when it is issued.

A line of a content has the `source` that it comes from in the books ("line:7", "ledger:9"), its `kind` and `item`, the words `name` (for whom),
`what`, `grant` and `why`, `gross` in minor units, and, once it is rated, the `country` where it was sold, `category`, `hundredths`, `note` and `net`.
"""

import hashlib
import json
import re

from flask_babel import gettext as _

from conference.kernel import Refusal, fold
from conference.payments.documents.models import Document
from conference.payments.documents.rules import Category, DocumentKind, Rate, rate_for, taxed

_SELLER = (
    "name", "address", "postcode", "city", "country", "tax_id", "registration", "email", "bank", "iban", "bic", "footer",
)  # fmt: skip
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets): a document that machines read has none of it.
_NO_TEXT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def line_of(source, *, kind, gross, told, why=(), item=""):
    """A line of a content, not yet rated."""
    words = {"name": told.name, "what": told.what, "grant": told.grant, "why": list(why)}
    return {"source": source, "kind": kind, "item": item, "gross": gross, **words}


def rated(lines, rows, *, country, buyers, day, fallback=None, places=None):
    """The lines with the rate that the rows have for each and where it holds: in `country` unless `places` says another for their kind.

    A fee without a rate of its own has that of the line before it, else of the line `fallback`.

    Refusal when there is none for something.
    """
    found = []
    for line in lines:
        place = (places or {}).get(line["kind"], country)
        rate = rate_for(rows, kind=line["kind"], item=line.get("item", ""), country=place, buyers=buyers, day=day)
        beside = found[-1] if found else fallback
        if rate is None and line["kind"] == "fee" and beside:
            rate, place = rate_of(beside), beside.get("country", place)
        if rate is None:
            raise Refusal(
                _("No rate of tax is set for “%(what)s”. The office has to set one first.", what=line["what"])
            )
        rated_as = {"category": str(rate.category), "hundredths": rate.hundredths, "note": rate.note}
        found.append({**line, "country": place, **rated_as})
    return found


def summed(lines):
    """{lines with their net, taxes by rate, net, tax, rounding, gross} of rated lines; minor units."""
    done = taxed([(line["gross"], rate_of(line)) for line in lines])
    taxes = [
        {
            "category": str(group.rate.category),
            "hundredths": group.rate.hundredths,
            "note": group.rate.note,
            "net": group.net,
            "tax": group.tax,
            "gross": group.gross,
        }
        for group in done.groups
    ]
    totals = {name: done.sum(name) for name in ("net", "tax", "rounding", "gross")}
    priced = [{**line, "net": net} for line, net in zip(lines, done.nets, strict=True)]
    return {"lines": priced, "taxes": taxes, **totals}


def rate_of(line):
    """The Rate of a rated line."""
    return Rate(Category(line["category"]), line["hundredths"], line["note"])


def seller_part(seller, *, is_fictional):
    """The seller as documents show it."""
    return {name: getattr(seller, name) for name in _SELLER} | {"is_fictional": is_fictional}


def legible(part):
    """A part of a content without characters that are no text, whatever was typed or imported."""
    if isinstance(part, dict):
        return {name: legible(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [legible(value) for value in part]
    return _NO_TEXT.sub("", part) if isinstance(part, str) else part


def document_of(content, *, order_id, by, now, series=None, corrects=None):
    """A Document of its content; `series` is (series id, number), None for a pro-forma."""
    content = legible(content)
    buyer = content["buyer"]
    told = ", ".join(part for part in (buyer["organisation"], buyer["name"]) if part)
    series_id, number = series or (None, None)
    return Document(
        kind=DocumentKind(content["kind"]),
        number=content["number"],
        series_id=series_id,
        number_in_series=number,
        order_id=order_id,
        corrects_id=corrects.id if corrects else None,
        issued_at=now,
        issued_by=by.id if by else None,
        language=content["language"],
        currency=content["currency"],
        net_minor=content["net"],
        tax_minor=content["tax"],
        rounding_minor=content["rounding"],
        gross_minor=content["gross"],
        buyer=told[:620],
        buyer_folded=fold(told)[:1300],
        content=content,
        sha256=digest(content),
    )


def digest(content):
    """The SHA-256 of a content, in hexadecimal, in whatever order its parts are kept."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
