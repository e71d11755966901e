"""The model of all ways of money: what it has counted, what must be true of the books at any time, and how things are told to both."""

from hypothesis.stateful import invariant
from sqlalchemy import func, select

from conference import books, checkout, payments, registration
from conference.checkout import banking
from conference.kernel import Refusal, db, transaction
from conference.payments import (
    Dispute,
    EntryKind,
    LedgerEntry,
    Order,
    Payment,
    Refund,
    bank,
    documents,
)
from conference.payments.documents import Document
from conference.payments.models import REVERSED
from tests.cast import a_meeting, a_membership_type, a_person, a_society
from tests.checkout.banking.acting import an_account as open_account
from tests.checkout.banking.acting import are_tied
from tests.checkout.telling import Telling
from tests.conftest import NOW, empty_tables
from tests.payments.bank.writing import as_camt
from tests.payments.documents import entries
from tests.payments.documents.selling import a_rate, a_seller

NAMES = ("Ada", "Ben", "Cleo")
FEE = 1500


class Counting(Telling):
    """Three people, two places; Stripe, a bank, the office and the clock. The model: `came`, `banked` and `taken`, in minor units."""

    def begin_counting(self):
        empty_tables()
        with transaction():
            a_society()
            self.meeting = a_meeting(NOW, places=2)
            self.people = [a_person(name, NOW) for name in NAMES]
            a_membership_type()
            registration.offer_add_on(self.meeting, code="dinner", title="Dinner", amount_minor=8500, places=2)
            a_seller(NOW)
            a_rate(NOW)
            facts = {"whom": "all", "days": 10, "days_before": 14, "grace_days": 3}
            checkout.transferring.set_terms(self.meeting, by=None, version=0, now=NOW, **facts)
        self.account = open_account(NOW)
        self.now, self.orders, self.said, self.count = NOW, [], [], 0
        self.came, self.banked, self.taken, self.heard = {}, 0, {}, []
        self.papers, self.closed, self.named = {}, {}, set()

    # What must be true at any time

    @invariant()
    def what_came_is_what_was_told(self):
        db.session.rollback()
        by_card = select(Payment.provider_ref, Payment.amount_minor).where(Payment.provider == "stripe")
        assert dict(db.session.execute(by_card).all()) == self.came
        assert sum(line.amount_minor for line in self.lines()) == self.banked
        matched = sum(line.matched_minor for line in self.lines() if line.amount_minor > 0)
        taken_out = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
            Refund.provider_ref.like(f"{REVERSED}%")
        )
        assert self.booked(EntryKind.PAYMENT) - int(db.session.scalar(taken_out)) == sum(self.came.values()) + matched
        assert self.booked(EntryKind.DISPUTE) == -sum(self.taken.values())

    @invariant()
    def sums_agree_or_stand_before_staff(self):
        owing = select(Order.ref).where(
            Order.id.in_(select(Refund.order_id).where(Refund.state == "failed"))
            | Order.id.in_(select(Dispute.order_id))
            | (Order.parked_reason != "")
        )
        shown = set(db.session.scalars(owing))
        assert [line for line in payments.differences() if line.split()[1].rstrip(":") not in shown] == []
        assert registration.miscounted() == []
        assert are_tied()

    @invariant()
    def no_document_changes_and_no_number_is_missing(self):
        assert documents.differences() == []
        rows = list(db.session.scalars(select(Document).execution_options(populate_existing=True)))
        now = {row.id: (row.number, row.sha256, row.gross_minor, str(row.content)) for row in rows}
        assert {key: now[key] for key in self.papers} == self.papers
        self.papers = now
        for series in {row.series_id for row in rows if row.series_id}:
            numbers = sorted(row.number_in_series for row in rows if row.series_id == series)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def every_row_of_what_is_invoiced_names_its_document_for_good(self):
        assert entries.unnamed() == entries.strangers() == []
        now = entries.kept()
        assert self.named <= now
        self.named = now

    @invariant()
    def no_closed_month_changes_and_the_books_balance(self):
        assert books.differences() == []
        now = {each.month: each.digest for each in books.closures()}
        assert {month: now[month] for month in self.closed} == self.closed
        self.closed = now
        month = books.period(books.month_of(NOW))
        while month.starts_at <= self.now:
            assert sum(each.balance.minor for each in books.summed(month)) == 0
            month = books.period(month.after)

    # How it is told

    def tell(self, seen):
        super().tell(seen)
        self.came[seen.payment_intent] = seen.amount

    def hear(self, seen):
        """A dispute is heard of by Stripe's message."""
        self.heard.append(seen)
        self.taken[seen.dispute_id] = seen.taken.minor
        with transaction():
            checkout.disputes.note(seen, now=self.later())

    def heard_of(self):
        return {seen.payment_intent for seen in self.heard}

    def decided(self, dispute_id):
        return any(seen.dispute_id == dispute_id and not seen.is_open for seen in self.heard)

    def bring_in(self, bookings, **facts):
        """A statement is read, and what is sure is booked as the worker does it."""
        with transaction():
            file = as_camt(bookings, **facts)
            statement = bank.keep(
                self.account, name=f"{self.count}.xml", content=file, by=self.people[0], now=self.later()
            )
        with transaction():
            bank.bring_in(statement, by=self.people[0], now=self.now)
        for key in bank.sure_lines():
            try:
                with transaction():
                    banking.book_sure(key, now=self.later())
            except Refusal as refusal:
                with transaction():
                    banking.leave_to_staff(key, refusal, now=self.now)

    def lines(self):
        wanted = select(bank.StatementLine).order_by(bank.StatementLine.id)
        return list(db.session.scalars(wanted.execution_options(populate_existing=True)))

    def booked(self, kind):
        """What the ledger has booked of a kind, in minor units."""
        total = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(LedgerEntry.kind == kind)
        return int(db.session.scalar(total))
