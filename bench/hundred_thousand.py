"""A hundred thousand orders of twenty thousand people, each sold, paid and invoiced, some taken back; half paid by card and paid out, half by lines of a bank.

Written by the database itself, in the shape in which the product writes them.
"""

from bench import made_documents
from conference import people
from conference.kernel import clock, count_anew, db, transaction
from conference.payments import LedgerEntry, Line, Order, Payment, Refund, bank, documents, purchase_orders
from conference.payments.payouts import BalanceRow, Payout
from conference.people import Person

ORDERS, PEOPLE, FIRST = 100_000, 20_000, 1_000_000
FAMILY = [
    "Abel",
    "Berger",
    "Costa",
    "Dupont",
    "Eriksson",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ito",
    "Jansen",
    "Kowalski",
    "Larsen",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
]
_FILL = (
    # A person in five orders; the name is a word and a number, so that a search finds few or many.
    "INSERT INTO person (id, ref, email, given_name, family_name, badge_name, degrees, institution, city, country, orcid, interests, folded,"
    " folded_name, folded_institution, is_fictional, created_at) SELECT n, 'P' || n, 'p' || n || '@example.org', 'Given' || n % 977, f, '',"
    " '', 'Institute ' || n % 900, '', 'US', '', '[]', lower(f) || ' given' || n % 977 || ' p' || n || '@example.org institute ' || n % 900,"
    " lower(f) || ' given' || n % 977, 'institute ' || n % 900, false, {at} FROM {people},"
    " LATERAL (SELECT (CAST(:names AS text[]))[1 + n % 16] || n % 1000 AS f) AS named",
    "INSERT INTO payments_order (id, ref, person_id, currency, total_minor, state, placed_at, expires_at, settled_at, attempt,"
    " session_url, parked_reason, scope) SELECT n, 'MMM' || translate(CAST(n AS text), '0123456789', 'ACDEFGHJKM'), {first} + n % {number_of_people}, 'USD', 40000 + n % 5000, 'paid', {at}, {at}, {at}, 0,"
    " '', '', 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_line (id, order_id, kind, reference, scope, title, amount_minor, currency, why, rule, ended_at)"
    " SELECT n, n, 'registration', n, 'meeting:AM28', 'Full registration', 40000 + n % 5000, 'USD', '[]', '{{}}',"
    " CASE WHEN {is_back} THEN {at} END FROM {numbers}",
    "INSERT INTO payments_payment (id, order_id, provider, provider_ref, amount_minor, refunded_minor, currency, received_at)"
    " SELECT n, n, CASE WHEN n % 2 = 0 THEN 'stripe' ELSE 'bank' END, 'pi_made' || n, 40000 + n % 5000,"
    " CASE WHEN {is_back} THEN 40000 + n % 5000 ELSE 0 END, 'USD', {at} FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'payment',"
    " 40000 + n % 5000, 'USD', 'payment:' || n, 'pi_made' || n, 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'sale',"
    " -(40000 + n % 5000), 'USD', 'line:' || n, 'Full registration', 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_refund (id, ref, order_id, payment_id, amount_minor, currency, reason, requested_at, state, provider_ref, failure,"
    " attempts, due_at) SELECT n, 'R' || n, n, n, 40000 + n % 5000, 'USD', 'ill', {at}, 'succeeded', 're_made' || n, '', 1, {at} FROM {numbers} WHERE {is_back}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'reversal',"
    " 40000 + n % 5000, 'USD', 'line-ended:' || n, 'Full registration', 'meeting:AM28' FROM {numbers} WHERE {is_back}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'refund',"
    " -(40000 + n % 5000), 'USD', 'refund:' || n, 'ill', 'meeting:AM28' FROM {numbers} WHERE {is_back}",
    "INSERT INTO payments_payout (id, payout_id, amount_minor, currency, status, is_automatic, created_at, arrives_on, failure, descriptor, trace,"
    " itemised_at) SELECT {payout}, 'po_made' || {payout}, sum(38800 + n % 5000), 'USD', 'paid', true, max({at}), CAST(max({at}) AS date), '', '',"
    " '', max({at}) FROM {numbers} WHERE n % 2 = 0 GROUP BY {payout}",
    "INSERT INTO payments_balance_row (row_id, kind, category, source, intent, amount_minor, fee_minor, net_minor, currency, source_minor,"
    " source_currency, created_at, description, tie, payment_key, payout_key, tied_at, trouble, explanation) SELECT 'txn_made' || n, 'charge', 'charge',"
    " 'ch_made' || n, 'pi_made' || n, 40000 + n % 5000, 1200, 38800 + n % 5000, 'USD', 40000 + n % 5000, 'USD', {at}, '', 'payment',"
    " n, {payout}, {at}, '', '' FROM {numbers} WHERE n % 2 = 0",
    "INSERT INTO payments_balance_row (row_id, kind, category, source, intent, amount_minor, fee_minor, net_minor, currency, source_minor,"
    " source_currency, created_at, description, tie, payout_key, tied_at, trouble, explanation) SELECT 'txn_out' || id, 'payout', 'payout',"
    " payout_id, '', -amount_minor, 0, -amount_minor, 'USD', -amount_minor, 'USD', created_at, '', 'payout', id, created_at, '', '' FROM payments_payout WHERE id >= {first}",
    "INSERT INTO payments_bank_account (id, ref, name, holder, iban, bic, details, currency, mapping, books_exact, is_closed, version)"
    " VALUES ({first}, 'BMADE', 'Made', '', '', '', '', 'USD', '{{}}', true, false, 1)",
    "INSERT INTO payments_bank_statement (id, ref, account_id, person_id, name, sha256, content, made_at, report, doing, tries, failure, imported_at)"
    " VALUES ({first}, 'SMADE', {first}, {first}, 'made.xml', 'made', '', :starts, '{{}}', '', 0, '', :starts)",
    "INSERT INTO payments_bank_line (id, ref, account_id, statement_id, number, fingerprint, occurrence, booked_on, amount_minor, currency, text, name,"
    " iban, bank_ref, folded, is_reversal, state, matched_minor, returned_minor, note, score, why, is_sure) SELECT n, 'L' || n, {first}, {first},"
    " n - {first}, 'made' || n, 1, CAST({at} AS date), 40000 + n % 5000, 'USD', 'Fee', '', '', '', 'fee', false, 'matched', 40000 + n % 5000, 0, '',"
    " 0, 'exact', false FROM {numbers} WHERE n % 2 = 1",
    "INSERT INTO payments_bank_match (id, line_id, order_id, payment_id, amount_minor, made_at, reason) SELECT n, n, n, n, 40000 + n % 5000, {at}, ''"
    " FROM {numbers} WHERE n % 2 = 1",
    "INSERT INTO payments_bank_line (id, ref, account_id, statement_id, number, fingerprint, occurrence, booked_on, amount_minor, currency, text, name,"
    " iban, bank_ref, folded, is_reversal, state, matched_minor, returned_minor, note, score, why, is_sure) SELECT {beyond} + id, 'LP' || id, {first}, {first},"
    " id, 'payout' || id, 1, arrives_on, amount_minor, 'USD', 'Stripe', '', '', '', 'stripe', false, 'payout', 0, 0, '', 0, 'exact', false"
    " FROM payments_payout WHERE id >= {first}",
    "INSERT INTO payments_bank_counterpart (line_id, kind, payout_id, made_at, reason) SELECT {beyond} + id, 'payout', id, created_at, '' FROM payments_payout WHERE id >= {first}",
    "INSERT INTO payments_bank_clearing (counterpart_id, is_undone, at, amount_minor, currency) SELECT tie.id, false, payout.created_at, payout.amount_minor,"
    " 'USD' FROM payments_bank_counterpart AS tie JOIN payments_payout AS payout ON payout.id = tie.payout_id WHERE payout.id >= {first}",
    "INSERT INTO payments_series (id, code, next_number) VALUES ({first}, 'MADE-{{number}}', {number_of_orders} + 1),"
    " ({first} + 1, 'BACK-{{number}}', {number_of_orders} / {cancelled} + 1)",
    "INSERT INTO payments_purchase_order (order_id, said, number) SELECT n, 'po' || n, 'PO-' || n FROM {numbers} WHERE n % 2 = 0",
)
# What the product keeps beside documents, once they are written.
_FOLLOW = (
    "INSERT INTO payments_document_tax (document_id, country, category, hundredths, net_minor, tax_minor, rounding_minor, gross_minor)"
    " SELECT id, 'DE', 'S', 1900, net_minor, tax_minor, rounding_minor, gross_minor FROM payments_document WHERE id >= {first}",
    "INSERT INTO payments_document_tax_share (document_id, scope, is_fee, country, category, hundredths, tax_minor)"
    " SELECT id, 'meeting:AM28', false, 'DE', 'S', 1900, tax_minor FROM payments_document WHERE id >= {first}",
    "INSERT INTO payments_invoiced (source, order_id, line_id, amount_minor, invoice_id) SELECT 'line:' || n, n, n, 40000 + n % 5000,"
    " CASE WHEN NOT {is_back} THEN n END FROM {numbers}",
    "INSERT INTO payments_ledger_document (entry_id, document_id) SELECT id, order_id + CASE WHEN kind IN ('reversal', 'refund') THEN {notes} ELSE 0 END"
    " FROM payments_ledger WHERE order_id >= {first}",
)


def ref_of(number):
    """The reference of the order of a number, as long as those that are drawn by lot."""
    return "MMM" + str(number).translate(str.maketrans("0123456789", "ACDEFGHJKM"))


def filled(period):
    """Orders spread over a month (a books.Period); the Person who closes it. Once for a site."""
    with transaction():
        person = people.enter(
            email="made@example.org", given_name="Made", family_name="Example", country="US", now=clock.now()
        )
        if db.session.get(Order, FIRST) is None:
            _fill(period)
    return person


def _fill(period):
    _run(_FILL, period)
    made_documents.write(FIRST, FIRST + ORDERS - 1, series_ids=(FIRST, FIRST + 1), day=period.first)
    _run(_FOLLOW, period)
    kept = (
        documents.Document,
        documents.DocumentTax,
        documents.TaxShare,
        documents.Invoiced,
        documents.entry_documents.EntryDocument,
    )
    booked = (Person, Order, Line, Payment, Refund, LedgerEntry, BalanceRow, Payout, purchase_orders.PurchaseOrder)
    count_anew(*booked, *kept, bank.StatementLine, bank.Match)


def _told():
    """What statements say in braces: the orders, what becomes of each, and when."""
    return {
        "first": FIRST,
        "beyond": ORDERS,
        "notes": made_documents.NOTES,
        "cancelled": made_documents.CANCELLED,
        "number_of_orders": ORDERS,
        "number_of_people": PEOPLE,
        "numbers": f"generate_series({FIRST}, {FIRST + ORDERS - 1}) AS n",
        "people": f"generate_series({FIRST}, {FIRST + PEOPLE - 1}) AS n",
        "is_back": f"(n % {made_documents.CANCELLED} = 0)",
        "payout": f"{FIRST} + (n - {FIRST}) * 25 / 86400",
        "at": f"CAST(:starts AS timestamptz) + ((n - {FIRST}) * 25) * interval '1 second'",
    }


def _run(statements, period):
    values = {"starts": period.starts_at, "names": FAMILY}
    for statement in statements:
        asked = db.text(statement.format(**_told()))
        db.session.execute(asked, {name: value for name, value in values.items() if f":{name}" in asked.text})
