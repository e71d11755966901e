"""Whether a line was sold at the price for members, in a column of its own

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-29 10:45:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

# The rule by which a line was sold says it already: where it does, that is what the column says.
_FILL = {
    'postgresql': "UPDATE payments_line SET member = CAST(rule ->> 'member' AS BOOLEAN)",
    'sqlite': "UPDATE payments_line SET member = json_extract(rule, '$.member')",
}


def upgrade():
    op.add_column('payments_line', sa.Column('member', sa.Boolean(), nullable=True))
    op.execute(_FILL[op.get_bind().dialect.name])


def downgrade():
    op.drop_column('payments_line', 'member')
