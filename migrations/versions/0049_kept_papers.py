"""Receipts and statements are kept as they were rendered

Revision ID: 0049
Revises: 0048
Create Date: 2026-11-30 12:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None

COLUMNS = 'id, ref, order_id, kind, said, language, kept_at, sha256, pdf'
_GUARD = {
    'sqlite': (
        "CREATE TRIGGER checkout_kept_paper_no_delete BEFORE DELETE ON checkout_kept_paper"
        " BEGIN SELECT RAISE(ABORT, 'checkout_kept_paper is only added to'); END",
        f"CREATE TRIGGER checkout_kept_paper_no_update BEFORE UPDATE OF {COLUMNS} ON checkout_kept_paper"
        " BEGIN SELECT RAISE(ABORT, 'checkout_kept_paper is only added to'); END",
    ),
    'postgresql': (
        "CREATE TRIGGER checkout_kept_paper_no_delete BEFORE DELETE ON checkout_kept_paper"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
        f"CREATE TRIGGER checkout_kept_paper_no_update BEFORE UPDATE OF {COLUMNS} ON checkout_kept_paper"
        " FOR EACH ROW EXECUTE FUNCTION only_added_to()",
    ),
}


def upgrade():
    op.create_table(
        'checkout_kept_paper',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('order_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('said', sa.String(length=64), nullable=False),
        sa.Column('language', sa.String(length=10), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('pdf', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('receipt', 'statement', 'part', 'account')", name=op.f('ck_checkout_kept_paper_kind')),
        sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_checkout_kept_paper_order_id_payments_order')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_checkout_kept_paper')),
        sa.UniqueConstraint('order_id', 'kind', 'said', name=op.f('uq_checkout_kept_paper_order_id_kind_said')),
        sa.UniqueConstraint('ref', name=op.f('uq_checkout_kept_paper_ref')),
    )
    for statement in _GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    op.drop_table('checkout_kept_paper')
