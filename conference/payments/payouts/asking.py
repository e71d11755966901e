"""What Stripe says of its balance and of its payouts, a page at a time."""

from itertools import islice

from conference.payments import gateway
from conference.payments.payouts.rules import PayoutSeen, RowSeen

PAGE = 100  # the most that Stripe gives at once


def rows_between(since, until, limit):
    """Up to `limit` rows of the balance from `since` until just before `until`, seconds since 1970, as RowSeen, newest first; None: all.

    Raises gateway.Unreachable.
    """
    return _rows({"created": {"gte": since, "lt": until}}, limit)


def rows_of(payout_id):
    """All rows that went along with a payout, as RowSeen: charges, refunds, fees, and the payout itself. Raises gateway.Unreachable."""
    return _rows({"payout": payout_id}, None)


def payouts_since(instant, limit):
    """Up to `limit` payouts made since an instant, as PayoutSeen, newest first. Raises gateway.Unreachable."""
    listed = gateway.client().v1.payouts.list({"created": {"gte": int(instant.timestamp())}, "limit": PAGE})
    return [_payout(each) for each in islice(listed.auto_paging_iter(), limit)]


def _rows(wanted, limit):
    asked = {**wanted, "limit": PAGE, "expand": ["data.source"]}
    listed = gateway.client().v1.balance_transactions.list(asked)
    return [_row(each.to_dict()) for each in islice(listed.auto_paging_iter(), limit)]


def _row(row):
    source = row["source"] if isinstance(row["source"], dict) else {"id": row["source"] or ""}
    return RowSeen(
        row_id=row["id"],
        kind=row["type"],
        category=row["reporting_category"],
        source=source["id"],
        intent=_key(source.get("payment_intent")),
        amount=row["amount"],
        fee=row["fee"],
        net=row["net"],
        currency=row["currency"].upper(),
        source_minor=_signed(source.get("amount", row["amount"]), row["amount"]),
        source_currency=source.get("currency", row["currency"]).upper(),
        created=row["created"],
        description=row["description"] or "",
    )


def _payout(each):
    return PayoutSeen(
        payout_id=each.id,
        amount=each.amount,
        currency=each.currency.upper(),
        status=each.status,
        is_automatic=each.automatic,
        is_itemised=each.reconciliation_status == "completed",
        created=each.created,
        arrives=each.arrival_date,
        failure=each.failure_message or "",
        descriptor=each.statement_descriptor or "",
        trace=(each.trace_id.value if each.trace_id else None) or "",
    )


def _key(named):
    """The id of what is named, whether Stripe gives the name or the whole object."""
    return named["id"] if isinstance(named, dict) else named or ""


def _signed(size, like):
    """A source's amount, which has no sign of its own, with that of the row."""
    return abs(size) if like >= 0 else -abs(size)
