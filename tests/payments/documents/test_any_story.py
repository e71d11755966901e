"""Whatever is issued, rolled back, credited, corrected, in whatever order: no gap, no double, all sums agree, nothing issued changes."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from conference import payments
from conference.checkout import invoicing
from conference.kernel import Money, Refusal, db, keep_nothing, transaction
from conference.payments import EntryKind, NewLine, OrderState, documents, ledger
from conference.payments.documents import Document, DocumentPdf
from tests.cast import a_person, a_society
from tests.conftest import NOW
from tests.databases import empty_tables
from tests.payments.documents import entries
from tests.payments.documents.selling import ABOUT, BUYER, a_rate, a_seller
from tests.trying import tries

KINDS = ("registration", "add_on", "dues")
PATTERNS = (
    ("INV-{year}-{number}", "CN-{year}-{number}"),
    ("A{number}", "A{number}"),
    ("B/{number}", "CN-{year}-{number}"),
)


class Story(RuleBasedStateMachine):
    """Orders of one person, their documents, and what was seen of each when it was issued."""

    @initialize(currency=st.sampled_from(["EUR", "JPY", "KWD"]), rate=st.integers(1, 5000))
    def begin(self, currency, rate):
        empty_tables()
        self.currency, self.orders, self.seen, self.named = currency, [], {}, set()
        with transaction():
            a_society()
            self.person = a_person("Ada", NOW)
            a_seller(NOW)
            a_rate(NOW, rate)
            a_rate(NOW, 0, kind="dues", note="Exempt")

    @rule(
        amounts=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 99_999)), min_size=1, max_size=5),
        is_paid=st.booleans(),
    )
    def order(self, amounts, is_paid):
        lines = [NewLine(kind, 1, kind.title(), Money(amount, self.currency)) for kind, amount in amounts]
        with transaction():
            facts = {"currency": self.currency, "lines": lines, "now": NOW, "expires_at": NOW}
            order = payments.open_order(person_id=self.person.id, **facts)
            if is_paid:
                payments.receive(order, provider="hand", provider_ref=order.ref, amount=order.total, now=NOW)
                payments.finish(order, now=NOW)
        self.orders.append(order.id)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), kept=st.booleans())
    def issue(self, data, kept):
        order_id = data.draw(st.sampled_from(self.orders))
        self._try(
            lambda: documents.issue(order_id, buyer=BUYER, about=ABOUT, told={}, now=NOW, due_on=NOW.date()), kept
        )

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), kept=st.booleans())
    def pro_forma(self, data, kept):
        order_id = data.draw(st.sampled_from(self.orders))
        self._try(lambda: documents.pro_forma(order_id, buyer=BUYER, about=ABOUT, told={}, now=NOW), kept)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), kept=st.booleans(), fee=st.integers(0, 99_999))
    def take_back(self, data, kept, fee):
        order = payments.order_by_id(data.draw(st.sampled_from(self.orders)))
        lines = [line for line in order.lines if not line.ended_at]
        if not lines or order.state != OrderState.PAID:
            return
        line = data.draw(st.sampled_from(lines))
        fee = min(fee, line.amount_minor)

        def end():
            payments.locked(order.id)
            payments.end_line(order, line, now=NOW)
            back = line.amount - Money(fee, self.currency)
            payments.book_difference(order, ended=[line], refunded=back, now=NOW)
            if back:
                payments.promise_refund(order=order, amount=back, reason="", now=NOW)

        self._try(end, kept)

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def let_go(self, data):
        order = payments.order_by_id(data.draw(st.sampled_from(self.orders)))
        if order.state == OrderState.OPEN:
            with transaction():
                payments.lapse(payments.locked(order.id))

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), kept=st.booleans())
    def correct(self, data, kept):
        document = documents.queries.by_id(data.draw(st.sampled_from(sorted(self.seen))))
        self._try(lambda: documents.correct(document, buyer=BUYER, now=NOW, by=None), kept)

    @rule(patterns=st.sampled_from(PATTERNS), style=st.sampled_from(["inclusive", "exclusive"]))
    def another_series(self, patterns, style):
        with transaction():
            a_seller(NOW, invoice_pattern=patterns[0], credit_pattern=patterns[1], style=style)

    @invariant()
    def all_agrees(self):
        if not hasattr(self, "seen"):
            return
        assert documents.differences() == []
        rows = list(db.session.scalars(select(Document).execution_options(populate_existing=True)))
        now = {row.id: (row.number, row.sha256, row.gross_minor, str(row.content)) for row in rows}
        assert {key: now[key] for key in self.seen} == self.seen
        assert len({row.number for row in rows}) == len(rows)
        self.seen = now
        assert entries.unnamed() == entries.strangers() == []
        named, before = entries.kept(), self.named
        assert before <= named
        self.named = named
        for order_id in self.orders:
            self._charged(order_id, rows)

    def _charged(self, order_id, rows):
        """Invoices less credit notes are what of an order is invoiced: standing lines and fees, never more."""
        mine = [row for row in rows if row.order_id == order_id]
        sums = {kind: sum(row.gross_minor for row in mine if row.kind == kind) for kind in ("invoice", "credit_note")}
        order = payments.order_by_id(order_id)
        lines = sum(line.amount_minor for line in order.lines if not line.ended_at)
        kept = select(ledger.LedgerEntry.amount_minor).where(
            ledger.LedgerEntry.order_id == order_id, ledger.LedgerEntry.kind == EntryKind.FEE
        )
        most = lines - sum(db.session.scalars(kept))
        assert 0 <= sums["invoice"] - sums["credit_note"] <= most
        if order.state == OrderState.LAPSED:
            assert sums["invoice"] == sums["credit_note"]

    def _try(self, act, kept):
        try:
            with transaction():
                act()
                if not kept:
                    db.session.flush()
                    keep_nothing()
        except Refusal:
            db.session.rollback()


def test_any_story(context):
    Story.TestCase.settings = settings(
        max_examples=tries(25), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    Story.TestCase().runTest()


def test_bytes_are_kept_whatever_becomes_of_the_seller(seller, paid, ada, now):
    with transaction():
        made = invoicing.invoice(paid, buyer=BUYER, by=ada, now=now)
    first = documents.kept(made)
    with transaction():
        a_seller(now, name="Another name")

    assert documents.kept(documents.queries.by_id(made.id)) == first
    assert db.session.scalar(select(DocumentPdf.pdf)) == first
