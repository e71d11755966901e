"""Invoices, credit notes and pro-formas: series without gaps, documents that the database keeps, who sells, rates of tax

Revision ID: 0027
Revises: 0026
Create Date: 2026-12-05 09:00:00.000000
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

# Columns that nobody may change; what is left out of them may.
KEPT = {
    'payments_series': 'id, code',
    'payments_document': 'id, ref, kind, number, series_id, number_in_series, order_id, corrects_id, issued_at, language, currency,'
    ' net_minor, tax_minor, rounding_minor, gross_minor, buyer, buyer_folded, content, sha256',
    'payments_document_pdf': 'document_id, rendered_at, sha256, pdf',
    'payments_seller': 'id, name, address, postcode, city, country, tax_id, registration, email, bank, iban, bic,'
    ' invoice_pattern, credit_pattern, digits, style, embeds, language, footer, saved_at',
}
_GUARD = {
    'sqlite': "CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END",
    'postgresql': "CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION only_added_to()",
}


def upgrade():
    op.create_table('payments_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('next_number', sa.Integer(), nullable=False),
    sa.CheckConstraint('next_number >= 1', name=op.f('ck_payments_series_next_number')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_series')),
    sa.UniqueConstraint('code', name=op.f('uq_payments_series_code'))
    )
    op.create_table('payments_tax_rate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('buyers', sa.String(length=10), nullable=False),
    sa.Column('category', sa.String(length=2), nullable=False),
    sa.Column('hundredths', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(hundredths > 0) = (category = 'S')", name=op.f('ck_payments_tax_rate_rate_of_category')),
    sa.CheckConstraint("buyers IN ('anyone', 'business', 'abroad')", name=op.f('ck_payments_tax_rate_buyers')),
    sa.CheckConstraint("category IN ('S', 'Z', 'E', 'AE', 'O')", name=op.f('ck_payments_tax_rate_category')),
    sa.CheckConstraint('ends IS NULL OR ends >= starts', name=op.f('ck_payments_tax_rate_days')),
    sa.CheckConstraint('hundredths BETWEEN 0 AND 10000', name=op.f('ck_payments_tax_rate_hundredths')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_tax_rate'))
    )
    op.create_table('payments_bill_to',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('organisation', sa.String(length=300), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('tax_id', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payments_bill_to_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_payments_bill_to'))
    )
    op.create_table('payments_seller',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('tax_id', sa.String(length=40), nullable=False),
    sa.Column('registration', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('bank', sa.String(length=120), nullable=False),
    sa.Column('iban', sa.String(length=40), nullable=False),
    sa.Column('bic', sa.String(length=11), nullable=False),
    sa.Column('invoice_pattern', sa.String(length=40), nullable=False),
    sa.Column('credit_pattern', sa.String(length=40), nullable=False),
    sa.Column('digits', sa.Integer(), nullable=False),
    sa.Column('style', sa.String(length=10), nullable=False),
    sa.Column('embeds', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('footer', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("style IN ('inclusive', 'exclusive')", name=op.f('ck_payments_seller_style')),
    sa.CheckConstraint('digits BETWEEN 1 AND 9', name=op.f('ck_payments_seller_digits')),
    sa.ForeignKeyConstraint(['saved_by'], ['person.id'], name=op.f('fk_payments_seller_saved_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_seller'))
    )
    op.create_table('payments_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('number_in_series', sa.Integer(), nullable=True),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('net_minor', sa.BigInteger(), nullable=False),
    sa.Column('tax_minor', sa.BigInteger(), nullable=False),
    sa.Column('rounding_minor', sa.BigInteger(), nullable=False),
    sa.Column('gross_minor', sa.BigInteger(), nullable=False),
    sa.Column('buyer', sa.String(length=620), nullable=False),
    sa.Column('buyer_folded', sa.String(length=1300), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.CheckConstraint("(corrects_id IS NULL) = (kind <> 'credit_note')", name=op.f('ck_payments_document_corrects')),
    sa.CheckConstraint("(series_id IS NULL) = (kind = 'pro_forma')", name=op.f('ck_payments_document_numbered')),
    sa.CheckConstraint("kind IN ('invoice', 'credit_note', 'pro_forma')", name=op.f('ck_payments_document_kind')),
    sa.CheckConstraint('(series_id IS NULL) = (number_in_series IS NULL)', name=op.f('ck_payments_document_in_series')),
    sa.CheckConstraint('gross_minor >= 0 AND gross_minor = net_minor + tax_minor + rounding_minor', name=op.f('ck_payments_document_sums')),
    sa.ForeignKeyConstraint(['corrects_id'], ['payments_document.id'], name=op.f('fk_payments_document_corrects_id_payments_document')),
    sa.ForeignKeyConstraint(['issued_by'], ['person.id'], name=op.f('fk_payments_document_issued_by_person')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_document_order_id_payments_order')),
    sa.ForeignKeyConstraint(['series_id'], ['payments_series.id'], name=op.f('fk_payments_document_series_id_payments_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments_document')),
    sa.UniqueConstraint('number', name=op.f('uq_payments_document_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_payments_document_ref')),
    sa.UniqueConstraint('series_id', 'number_in_series', name=op.f('uq_payments_document_series_id_number_in_series'))
    )
    with op.batch_alter_table('payments_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_document_corrects_id'), ['corrects_id'], unique=False)
        batch_op.create_index('ix_payments_document_list', ['issued_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_document_order_id'), ['order_id'], unique=False)

    op.create_table('payments_document_pdf',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('rendered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('pdf', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['payments_document.id'], name=op.f('fk_payments_document_pdf_document_id_payments_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_payments_document_pdf'))
    )
    op.create_table('payments_invoiced',
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['invoice_id'], ['payments_document.id'], name=op.f('fk_payments_invoiced_invoice_id_payments_document')),
    sa.ForeignKeyConstraint(['line_id'], ['payments_line.id'], name=op.f('fk_payments_invoiced_line_id_payments_line')),
    sa.ForeignKeyConstraint(['order_id'], ['payments_order.id'], name=op.f('fk_payments_invoiced_order_id_payments_order')),
    sa.PrimaryKeyConstraint('source', name=op.f('pk_payments_invoiced'))
    )
    with op.batch_alter_table('payments_invoiced', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payments_invoiced_invoice_id'), ['invoice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_invoiced_line_id'), ['line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payments_invoiced_order_id'), ['order_id'], unique=False)

    guard = _GUARD[op.get_bind().dialect.name]  # the function of PostgreSQL came with 0026
    for table, columns in KEPT.items():
        for act, what in (('delete', 'DELETE'), ('update', f'UPDATE OF {columns}')):
            op.execute(guard.format(table=table, act=act, what=what))



def downgrade():
    with op.batch_alter_table('payments_invoiced', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_invoiced_order_id'))
        batch_op.drop_index(batch_op.f('ix_payments_invoiced_line_id'))
        batch_op.drop_index(batch_op.f('ix_payments_invoiced_invoice_id'))

    op.drop_table('payments_invoiced')
    op.drop_table('payments_document_pdf')
    with op.batch_alter_table('payments_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payments_document_order_id'))
        batch_op.drop_index('ix_payments_document_list')
        batch_op.drop_index(batch_op.f('ix_payments_document_corrects_id'))

    op.drop_table('payments_document')
    op.drop_table('payments_seller')
    op.drop_table('payments_bill_to')
    op.drop_table('payments_tax_rate')
    op.drop_table('payments_series')
