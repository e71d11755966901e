"""A hundred thousand orders of twenty thousand people, each sold, paid and invoiced: written by the database itself, in the shape in which the product writes them."""

from conference import people
from conference.kernel import clock, count_anew, db, transaction
from conference.payments import LedgerEntry, Line, Order, Payment, documents, purchase_orders
from conference.payments.payouts import BalanceRow
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
    "INSERT INTO payments_line (id, order_id, kind, reference, scope, title, amount_minor, currency, why, rule)"
    " SELECT n, n, 'registration', n, 'meeting:AM28', 'Full registration', 40000 + n % 5000, 'USD', '[]', '{{}}' FROM {numbers}",
    "INSERT INTO payments_payment (id, order_id, provider, provider_ref, amount_minor, refunded_minor, currency, received_at)"
    " SELECT n, n, CASE WHEN n % 2 = 0 THEN 'stripe' ELSE 'hand' END, 'pi_made' || n, 40000 + n % 5000, 0, 'USD', {at} FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'payment',"
    " 40000 + n % 5000, 'USD', 'payment:' || n, 'pi_made' || n, 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_ledger (order_id, at, kind, amount_minor, currency, source, why, scope) SELECT n, {at}, 'sale',"
    " -(40000 + n % 5000), 'USD', 'line:' || n, 'Full registration', 'meeting:AM28' FROM {numbers}",
    "INSERT INTO payments_balance_row (row_id, kind, category, source, intent, amount_minor, fee_minor, net_minor, currency, source_minor,"
    " source_currency, created_at, description, tie, payment_key, tied_at, trouble, explanation) SELECT 'txn_made' || n, 'charge', 'charge',"
    " 'ch_made' || n, 'pi_made' || n, 40000 + n % 5000, 1200, 38800 + n % 5000, 'USD', 40000 + n % 5000, 'USD', {at}, '', 'payment',"
    " n, {at}, '', '' FROM {numbers} WHERE n % 2 = 0",
    "INSERT INTO payments_series (id, code, next_number) VALUES ({first}, 'MADE-{{number}}', {first} + {number_of_orders})",
    "INSERT INTO payments_document (id, ref, kind, number, series_id, number_in_series, order_id, issued_at, language, currency, net_minor,"
    " tax_minor, rounding_minor, gross_minor, buyer, buyer_folded, content, sha256) SELECT n, 'D' || n, 'invoice', 'MADE-' || n, {first},"
    " n, n, {at}, 'en', 'USD', 40000 + n % 5000, 0, 0, 40000 + n % 5000, 'Example', 'example', '{{}}', 'none' FROM {numbers}",
    "INSERT INTO payments_purchase_order (order_id, said, number) SELECT n, 'po' || n, 'PO-' || n FROM {numbers} WHERE n % 2 = 0",
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
    last = FIRST + ORDERS - 1
    told = {
        "first": FIRST,
        "number_of_people": PEOPLE,
        "number_of_orders": ORDERS,
        "numbers": f"generate_series({FIRST}, {last}) AS n",
        "people": f"generate_series({FIRST}, {FIRST + PEOPLE - 1}) AS n",
        "at": f"CAST(:starts AS timestamptz) + ((n - {FIRST}) * 25) * interval '1 second'",
    }
    values = {"starts": period.starts_at, "names": FAMILY}
    for statement in _FILL:
        asked = db.text(statement.format(**told))
        db.session.execute(asked, {name: value for name, value in values.items() if f":{name}" in asked.text})
    counted = (Person, Order, Line, Payment, LedgerEntry, BalanceRow, documents.Document, purchase_orders.PurchaseOrder)
    count_anew(*counted)
