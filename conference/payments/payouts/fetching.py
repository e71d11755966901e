"""Keeping Stripe's rows and payouts: each once, however often they are seen."""

from datetime import UTC, datetime

from sqlalchemy import func, select, update

from conference.kernel import db, in_parts, insert_missing, insert_once
from conference.payments.payouts.models import BalanceRow, Payout
from conference.payments.payouts.rules import tie_of


def keep_rows(seen, *, payout=None):
    """Write the rows that were not known yet; with a `payout`, all of them have gone along with it."""
    for some in in_parts(seen):
        insert_missing(BalanceRow.__table__, [_values(row) for row in some])
        if payout is not None:
            mine = update(BalanceRow).where(BalanceRow.row_id.in_([row.row_id for row in some]))
            _write(mine.where(BalanceRow.payout_key.is_(None)).values(payout_key=payout.id))


def keep_payout(seen):
    """The Payout as Stripe tells of it now; a payout that the bank has sent back stays in the books as failed."""
    values = {
        "payout_id": seen.payout_id,
        "amount_minor": seen.amount,
        "currency": seen.currency,
        "is_automatic": seen.is_automatic,
        "created_at": datetime.fromtimestamp(seen.created, UTC),
        "arrives_on": datetime.fromtimestamp(seen.arrives, UTC).date(),
    }
    now_is = {"status": seen.status[:20], "failure": seen.failure}
    now_is |= {"descriptor": seen.descriptor[:60], "trace": seen.trace[:255]}
    if not insert_once(Payout.__table__, values | now_is):
        _write(
            update(Payout).where(Payout.payout_id == seen.payout_id).values(**now_is, arrives_on=values["arrives_on"])
        )
    return by_id(seen.payout_id)


def keep_itemised(payout, seen, *, now):
    """Write all rows that went along with a payout; it is fully known then."""
    keep_rows(seen, payout=payout)
    _write(update(Payout).where(Payout.id == payout.id, Payout.itemised_at.is_(None)).values(itemised_at=now))


def by_id(payout_id):
    """The payout of this id at Stripe as it stands now, or None."""
    statement = select(Payout).where(Payout.payout_id == payout_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def newest_row():
    """When the newest row that is known was made, or None."""
    return db.session.scalar(select(func.max(BalanceRow.created_at)))


def _values(row):
    return {
        "row_id": row.row_id,
        "kind": row.kind[:60],
        "category": row.category[:60],
        "source": row.source,
        "intent": row.intent,
        "amount_minor": row.amount,
        "fee_minor": row.fee,
        "net_minor": row.net,
        "currency": row.currency,
        "source_minor": row.source_minor,
        "source_currency": row.source_currency,
        "created_at": datetime.fromtimestamp(row.created, UTC),
        "description": row.description,
        "tie": str(tie_of(row.category)),
        "trouble": "",
        "explanation": "",
    }


def _write(statement):
    db.session.execute(statement, execution_options={"synchronize_session": False})
