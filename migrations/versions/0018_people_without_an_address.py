"""People without an e-mail address

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-24 04:10:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

HAS_A_NAME = "given_name <> '' OR family_name <> '' OR institution <> '' OR email IS NOT NULL"
HAD_A_NAME = "given_name <> '' OR family_name <> '' OR email <> ''"


def upgrade():
    op.execute("UPDATE person SET email = ref || '@unknown.invalid' WHERE email = ''")
    with op.batch_alter_table('person') as batch_op:
        batch_op.drop_constraint(op.f('ck_person_has_a_name'), type_='check')
        batch_op.alter_column('email', existing_type=sa.String(length=320), nullable=True)
        batch_op.create_check_constraint(op.f('ck_person_has_a_name'), HAS_A_NAME)
        batch_op.create_check_constraint(op.f('ck_person_email'), "email <> ''")


def downgrade():
    # An address to which nothing is ever delivered (RFC 2606), one for each of those who have none.
    op.execute("UPDATE person SET email = ref || '@unknown.invalid' WHERE email IS NULL")
    with op.batch_alter_table('person') as batch_op:
        batch_op.drop_constraint(op.f('ck_person_email'), type_='check')
        batch_op.drop_constraint(op.f('ck_person_has_a_name'), type_='check')
        batch_op.alter_column('email', existing_type=sa.String(length=320), nullable=False)
        batch_op.create_check_constraint(op.f('ck_person_has_a_name'), HAD_A_NAME)
