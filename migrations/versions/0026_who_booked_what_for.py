"""Who booked what, why, and for which meeting or term; a ledger that the database itself keeps from being changed

Revision ID: 0026
Revises: 0025
Create Date: 2026-12-04 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

KINDS = ('payment', 'sale', 'reversal', 'refund', 'fee', 'goodwill', 'transfer')
COLUMNS = 'id, order_id, at, kind, amount_minor, currency, source, why, scope'

# What a line is about says for which meeting it was sold; the rule of dues says for which days.
_TERM = {
    'postgresql': "'term:' || (rule ->> 'starts') || '/' || COALESCE(rule ->> 'ends', '')",
    'sqlite': "'term:' || json_extract(rule, '$.starts') || '/' || COALESCE(json_extract(rule, '$.ends'), '')",
}
_FILL = (
    "UPDATE payments_line SET scope = (SELECT 'meeting:' || m.code FROM registration r JOIN meeting m ON m.id = r.meeting_id"
    " WHERE r.id = payments_line.subject) WHERE subject IS NOT NULL",
    "UPDATE payments_line SET scope = {term} WHERE kind = 'dues'",
    "UPDATE payments_order SET scope = (SELECT min(l.scope) FROM payments_line l WHERE l.order_id = payments_order.id"
    " AND l.scope LIKE 'meeting:%')",
    "UPDATE payments_line SET scope = (SELECT o.scope FROM payments_order o WHERE o.id = payments_line.order_id)"
    " WHERE scope IS NULL",
    "UPDATE payments_ledger SET scope = (SELECT o.scope FROM payments_order o WHERE o.id = payments_ledger.order_id)",
    "UPDATE payments_ledger SET scope = (SELECT l.scope FROM payments_line l WHERE l.id ="
    " CAST(substr(payments_ledger.source, 6) AS INTEGER)), why = (SELECT l.title FROM payments_line l WHERE l.id ="
    " CAST(substr(payments_ledger.source, 6) AS INTEGER)) WHERE source LIKE 'line:%'",
    "UPDATE payments_ledger SET scope = (SELECT l.scope FROM payments_line l WHERE l.id ="
    " CAST(substr(payments_ledger.source, 12) AS INTEGER)), why = (SELECT l.title FROM payments_line l WHERE l.id ="
    " CAST(substr(payments_ledger.source, 12) AS INTEGER)) WHERE source LIKE 'line-ended:%'",
    "UPDATE payments_ledger SET why = (SELECT p.provider_ref FROM payments_payment p WHERE p.id ="
    " CAST(substr(payments_ledger.source, 9) AS INTEGER)) WHERE source LIKE 'payment:%'",
    "UPDATE payments_ledger SET why = (SELECT r.reason FROM payments_refund r WHERE r.id ="
    " CAST(substr(payments_ledger.source, 8) AS INTEGER)), by_id = (SELECT r.requested_by FROM payments_refund r WHERE r.id ="
    " CAST(substr(payments_ledger.source, 8) AS INTEGER)) WHERE source LIKE 'refund:%'",
    "UPDATE payments_ledger SET kind = 'write_off' WHERE source LIKE 'written-off:%'",
)
_GUARD = {
    'sqlite': (
        "CREATE TRIGGER payments_ledger_no_delete BEFORE DELETE ON payments_ledger"
        " BEGIN SELECT RAISE(ABORT, 'payments_ledger is only added to'); END",
        f"CREATE TRIGGER payments_ledger_no_update BEFORE UPDATE OF {COLUMNS} ON payments_ledger"
        " BEGIN SELECT RAISE(ABORT, 'payments_ledger is only added to'); END",
    ),
    'postgresql': (
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$",
        "CREATE TRIGGER payments_ledger_no_delete BEFORE DELETE ON payments_ledger"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER payments_ledger_no_update BEFORE UPDATE OF {COLUMNS} ON payments_ledger"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    ),
}


def upgrade():
    flavour = op.get_bind().dialect.name
    for name in ('payments_order', 'payments_line'):
        op.add_column(name, sa.Column('scope', sa.String(length=60), nullable=True))
    with op.batch_alter_table('payments_ledger', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('why', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('scope', sa.String(length=60), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_payments_ledger_by_id_person'), 'person', ['by_id'], ['id'])
        batch_op.create_index('ix_payments_ledger_at', ['at'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_payments_ledger_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_ledger_kind'), _one_of(*KINDS, 'write_off'))
    for statement in _FILL:
        op.execute(statement.format(term=_TERM[flavour]))
    for statement in _GUARD[flavour]:
        op.execute(statement)


def downgrade():
    on = ' ON payments_ledger' if op.get_bind().dialect.name == 'postgresql' else ''
    for act in ('delete', 'update'):
        op.execute(f'DROP TRIGGER payments_ledger_no_{act}{on}')
    op.execute("UPDATE payments_ledger SET kind = 'goodwill' WHERE kind = 'write_off'")
    with op.batch_alter_table('payments_ledger', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payments_ledger_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_payments_ledger_kind'), _one_of(*KINDS))
        batch_op.drop_index('ix_payments_ledger_at')
        batch_op.drop_constraint(batch_op.f('fk_payments_ledger_by_id_person'), type_='foreignkey')
        for name in ('scope', 'why', 'by_id'):
            batch_op.drop_column(name)
    for name in ('payments_line', 'payments_order'):
        op.drop_column(name, 'scope')


def _one_of(*kinds):
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
