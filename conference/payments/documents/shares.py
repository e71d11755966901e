"""What of a document's tax belongs to which meeting or term, and to a fee that was kept: what the journal books."""

from sqlalchemy import func, select

from conference.kernel import db, in_parts
from conference.payments.documents.models import TaxShare
from conference.payments.documents.rules import Category, Rate, shared, tax_on
from conference.payments.documents.taxes import country_of, parts_of
from conference.payments.models import LedgerEntry, Line, Order

KEPT = "ledger:"  # a fee that was kept; one that was sold, such as that for a change, is a line of its order


def rows_of(document):
    """The rows to be kept of a document: they sum to its tax by country and rate, with the document's own sign. None of what has no tax.

    Also where the whole is nothing: a price that is kept as a fee goes, with its tax, from what was sold to the fees.
    """
    content = document.content
    taxed = [part for part in parts_of(content) if part.hundredths]
    scopes = _scopes([line["source"] for line in content["lines"]], document.order_id) if taxed else {}
    return [_row(document, part, *each) for part in taxed for each in _split(part, content, scopes)]


def _split(part, content, scopes):
    """(scope, whether it is a fee, minor units of tax) of a TaxPart: by the net of the lines that it was counted on."""
    sums: dict = {}
    for line in content["lines"]:
        if (country_of(line, content), line["category"], line["hundredths"]) == part[:3]:
            key = (scopes.get(line["source"]), line["source"].startswith(KEPT))
            sums[key] = sums.get(key, 0) + line["net"]
    rate = Rate(Category(part.category), part.hundredths)
    taxes = shared(part.tax, [tax_on(net, rate) for net in sums.values()])
    return [(*key, tax) for key, tax in zip(sums, taxes, strict=True) if tax]


def _row(document, part, scope, is_fee, minor):
    return TaxShare(
        document_id=document.id,
        scope=scope,
        is_fee=is_fee,
        country=part.country,
        category=part.category,
        hundredths=part.hundredths,
        tax_minor=minor,
    )


def _scopes(sources, order_id):
    """{source: the scope under which it was sold, or kept as a fee}."""
    own = select(Order.scope).where(Order.id == order_id).scalar_subquery()
    found: dict = {}
    for table, name in ((Line, "line"), (LedgerEntry, "ledger")):
        keys = [int(key) for said, _colon, key in (each.partition(":") for each in sources) if said == name]
        for some in in_parts(keys):
            asked = select(table.id, func.coalesce(table.scope, own)).where(table.id.in_(some))
            found.update({f"{name}:{key}": scope for key, scope in db.session.execute(asked)})
    return found
