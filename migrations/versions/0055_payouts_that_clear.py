"""The journal books payouts that clear at the bank: each time that a line is tied to one, or untied, is kept

Revision ID: 0055
Revises: 0054
Create Date: 2026-11-30 16:30:00.000000
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None

_TABLE = 'payments_bank_clearing'
COLUMNS = 'id, counterpart_id, is_undone, at, amount_minor, currency'
_CLOSURE = 'id, month, starts_at, ends_at, zone, last_row, {}line_count, digest, totals, accounts, recognised, delivered, closed_at'


def upgrade():
    kept = op.create_table(
        _TABLE,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('counterpart_id', sa.Integer(), nullable=False),
        sa.Column('is_undone', sa.Boolean(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('amount_minor', sa.BigInteger(), nullable=False),
        sa.Column('currency', sa.String(length=3), nullable=False),
        sa.CheckConstraint('amount_minor <> 0', name=op.f('ck_payments_bank_clearing_amount')),
        sa.ForeignKeyConstraint(['counterpart_id'], ['payments_bank_counterpart.id'], name=op.f('fk_payments_bank_clearing_counterpart_id_payments_bank_counterpart')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_bank_clearing')),
        sa.UniqueConstraint('counterpart_id', 'is_undone', name=op.f('uq_payments_bank_clearing_counterpart_id_is_undone')),
    )
    op.create_index(op.f('ix_payments_bank_clearing_at'), _TABLE, ['at'])
    # What was tied before belongs to the first month that is open: none of it was known to the months that were closed.
    op.add_column('books_closure', sa.Column('last_clearing', sa.Integer(), nullable=False, server_default='0'))
    rows = _of_ties()
    if rows:
        op.bulk_insert(kept, rows)
    _guard(_TABLE, COLUMNS, deleted=True)
    _guard('books_closure', _CLOSURE.format('last_clearing, '))


def downgrade():
    """Months that were closed with payouts at the bank in their journal are said to differ then: open them before, and close them again after."""
    _guard('books_closure', _CLOSURE.format(''))
    op.drop_column('books_closure', 'last_clearing')
    op.drop_table(_TABLE)


def _guard(table, columns, *, deleted=False):
    """No update of these columns; where the table is new, no deletion either."""
    on_postgresql = op.get_bind().dialect.name == 'postgresql'
    does = 'FOR EACH ROW EXECUTE FUNCTION only_added_to()' if on_postgresql else f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    if deleted:
        op.execute(f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {does}')
    else:
        op.execute(f'DROP TRIGGER {table}_no_update' + (f' ON {table}' if on_postgresql else ''))
    op.execute(f'CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {columns} ON {table} {does}')


def _of_ties():
    """Every tie to a payout and every untying, in the order in which they were made."""
    bind = op.get_bind()
    zone = ZoneInfo(bind.scalar(sa.text('SELECT timezone FROM society ORDER BY id')) or 'UTC')
    found = bind.execute(sa.text(
        'SELECT tie.id, tie.made_at, tie.ended_at, line.booked_on, line.amount_minor, line.currency FROM payments_bank_counterpart tie'
        " JOIN payments_bank_line line ON line.id = tie.line_id WHERE tie.kind IN ('payout', 'payout_back') ORDER BY tie.id"
    ))
    rows = []
    for key, made_at, ended_at, booked_on, minor, currency in found:
        day = date.fromisoformat(booked_on) if isinstance(booked_on, str) else booked_on
        facts = {'counterpart_id': key, 'at': datetime.combine(day, time(12), zone).astimezone(UTC), 'currency': currency}
        rows.append((str(made_at), {**facts, 'is_undone': False, 'amount_minor': minor}))
        if ended_at is not None:
            rows.append((str(ended_at), {**facts, 'is_undone': True, 'amount_minor': -minor}))
    return [row for _when, row in sorted(rows, key=lambda each: each[0])]
