"""The table of documents, for spreadsheets that sum its columns."""

import csv
import io

from conference import checkout
from conference.kernel import transaction
from conference.payments import documents
from tests.payments.documents.selling import ABOUT, BUYER
from tests.signing_in import signed_in


def test_columns_of_the_table_sum_by_currency_and_a_pro_forma_asks_in_a_column_of_its_own(seller, order, now, context):
    with transaction():
        documents.pro_forma(order.id, buyer=BUYER, about=ABOUT, told={}, now=now)
        checkout.settle_paid_by_hand(order.id, reference="cash", by=None, now=now)
        documents.issue(order.id, buyer=BUYER, about=ABOUT, told={}, now=now)

    finance = signed_in(context, "finance@example.org", roles=("finance",))
    rows = list(
        csv.DictReader(io.StringIO(finance.get("/staff/documents.csv?sort=issued").text.removeprefix("\ufeff")))
    )

    amounts = [(row["Kind"], row["Total"], row["Pro-forma total"], row["Currency"]) for row in rows]
    assert amounts == [("Pro-forma invoice", "", "440.00", "USD"), ("Invoice", "440.00", "", "USD")]
    assert [rows[0][name] for name in ("Without tax", "Tax", "Rounding")] == ["", "", ""]
