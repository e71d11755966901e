"""What lines are about, in a column of its own

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-24 02:52:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

# The rule by which a line was sold says it already: where it does, that is what the column says.
_FILL = {
    'postgresql': "UPDATE payments_line SET subject = CAST(rule ->> 'registration' AS INTEGER)",
    'sqlite': "UPDATE payments_line SET subject = json_extract(rule, '$.registration')",
}


def upgrade():
    op.add_column('payments_line', sa.Column('subject', sa.Integer(), nullable=True))
    op.execute(_FILL[op.get_bind().dialect.name])
    op.create_index(op.f('ix_payments_line_subject'), 'payments_line', ['subject'], unique=False)


def downgrade():
    op.drop_index(op.f('ix_payments_line_subject'), table_name='payments_line')
    op.drop_column('payments_line', 'subject')
