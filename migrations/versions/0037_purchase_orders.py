"""Purchase orders: under which numbers payers know their orders, wherever they were typed

Revision ID: 0037
Revises: 0036
Create Date: 2026-11-30 10:00:00.000000
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

AT_ONCE = 500
_TYPED = (
    "SELECT order_id, po_number FROM payments_bank_promise WHERE po_number <> ''",
    "SELECT orders.order_id, lab.po_number FROM registration_group_order AS orders"
    " JOIN registration_group AS lab ON lab.id = orders.group_id WHERE lab.po_number <> ''",
)
_BILLED = {
    'postgresql': "SELECT order_id, content -> 'buyer' ->> 'po_number' FROM payments_document"
                  " WHERE content -> 'buyer' ->> 'po_number' <> ''",
    'sqlite': "SELECT order_id, json_extract(content, '$.buyer.po_number') FROM payments_document"
              " WHERE json_extract(content, '$.buyer.po_number') <> ''",
}


def upgrade():
    made = op.create_table('payments_purchase_order',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=200), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_purchase_order_order_id_payments_order')),
    sa.PrimaryKeyConstraint('order_id', 'said', name=op.f('pk_payments_purchase_order'))
    )
    op.create_index(op.f('ix_payments_purchase_order_said'), 'payments_purchase_order', ['said'])
    found = {}
    for statement in (*_TYPED, _BILLED[op.get_bind().dialect.name]):
        for order_id, number in op.get_bind().execute(sa.text(statement)):
            if said := _said(number):
                found.setdefault((order_id, said), number[:80])
    rows = [{'order_id': order_id, 'said': said, 'number': number} for (order_id, said), number in found.items()]
    for start in range(0, len(rows), AT_ONCE):
        op.bulk_insert(made, rows[start : start + AT_ONCE])


def downgrade():
    op.drop_table('payments_purchase_order')


def _said(number):
    """Letters and digits alone, without case and accents, as it was when this was written."""
    bare = unicodedata.normalize('NFKD', number).casefold()
    return ''.join(letter for letter in bare if letter.isalnum() and not unicodedata.combining(letter))[:200]
