"""Kinds that rows may have

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-23 19:50:00.000000
"""

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

ADDED = {
    'payments_ledger': ('kind', "kind IN ('payment', 'sale', 'reversal', 'refund', 'fee', 'goodwill')"),
    'payments_payment': ('provider', "provider IN ('stripe', 'hand')"),
    'registration': ('mode', "mode IN ('in_person', 'virtual')"),
}


def upgrade():
    for table, (name, rule) in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(f'ck_{table}_{name}'), rule)
    _bookings("state IN ('held', 'confirmed')")


def downgrade():
    _bookings("state IN ('held', 'confirmed', 'cancelled')")
    for table, (name, _) in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_{name}'), type_='check')


def _bookings(rule):
    with op.batch_alter_table('registration_booking') as batch_op:
        batch_op.drop_constraint(op.f('ck_registration_booking_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_registration_booking_state'), rule)
