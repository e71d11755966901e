"""The tax of a document by the place where it was sold, worked out of its content: what reports on tax sum."""

from typing import NamedTuple

from conference.payments.documents.models import DocumentTax
from conference.payments.documents.rules import Category, DocumentKind, Rate, shared, tax_on


class TaxPart(NamedTuple):
    """What of a document was sold in a country at a rate: minor units, with the sign that they have in the document."""

    country: str
    category: str
    hundredths: int
    net: int
    tax: int
    rounding: int
    gross: int


def parts_of(content):
    """[TaxPart] of a content: they sum to its net, tax, rounding and gross. A pro-forma has none, as it is no document of account.

    A rate's tax is counted on the sum of its lines. Where they were sold in several countries, these share it by their own net.
    """
    if content["kind"] == DocumentKind.PRO_FORMA:
        return []
    return [part for group in content["taxes"] for part in _parts_of(group, content)]


def country_of(line, content):
    """Where a line was sold: as it was frozen with its rate; in documents that are older, where the rate was looked up."""
    if line.get("country"):
        return line["country"]
    seller = content["seller"]["country"]
    return seller if line["kind"] == "dues" else content["about"]["country"] or seller


def rows_of(document):
    """The rows to be kept of a document."""
    return [
        DocumentTax(
            document_id=document.id,
            country=part.country,
            category=part.category,
            hundredths=part.hundredths,
            net_minor=part.net,
            tax_minor=part.tax,
            rounding_minor=part.rounding,
            gross_minor=part.gross,
        )
        for part in parts_of(document.content)
    ]


def _parts_of(group, content):
    key, sums = (group["category"], group["hundredths"]), {}
    rate = Rate(Category(group["category"]), group["hundredths"])
    for line in content["lines"]:
        if (line["category"], line["hundredths"]) == key:
            net, gross = sums.get(country := country_of(line, content), (0, 0))
            sums[country] = (net + line["net"], gross + line["gross"])
    taxes = shared(group["tax"], [tax_on(net, rate) for net, _gross in sums.values()])
    for (country, (net, gross)), tax in zip(sums.items(), taxes, strict=True):
        yield TaxPart(country, *key, net, tax, gross - net - tax, gross)
