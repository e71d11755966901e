"""Tables of the books: what the accounts are called, and which months are closed."""

from datetime import datetime

from sqlalchemy import DDL, JSON, BigInteger, ForeignKey, Index, String, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column

from conference.books.rules import Role
from conference.kernel import Base, UtcDateTime, append_only, one_of
from conference.payments import LedgerEntry, documents


class Account(Base):
    """Number and name that the society's chart of accounts has for a role."""

    __tablename__ = "books_account"
    __table_args__ = (one_of("role", Role),)

    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))


class Closure(Base):
    """A month that was closed, with what it held then; everything before its end is closed with it.

    `totals` are [[role, currency, debit, credit]] in minor units; `accounts` {role: [number, name]}; `recognised` [[scope, currency, minor]]
    of all time until its end; `delivered` {scope of a meeting: when its last day began}, as it stood; `digest` of all lines of its journal.
    `last_row` is the newest row of Stripe's balance that was known: one that is told later belongs to the next month; so is `last_clearing`
    the newest payout that a bank had shown.
    """

    __tablename__ = "books_closure"
    __table_args__ = (
        Index(
            "uq_books_closure_month",
            "month",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    last_row: Mapped[int]
    last_clearing: Mapped[int]
    line_count: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    totals: Mapped[list] = mapped_column(JSON)
    accounts: Mapped[dict] = mapped_column(JSON)
    recognised: Mapped[list] = mapped_column(JSON)
    delivered: Mapped[dict] = mapped_column(JSON)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reopened_why: Mapped[str] = mapped_column(Text, default="")

    @property
    def has_tax(self):
        """Whether its journal books the tax of documents: months that were closed before that existed had no account for it."""
        return str(Role.TAX) in self.accounts


append_only(Closure.__table__, but=("closed_by", "reopened_at", "reopened_by", "reopened_why"))

_IS_CLOSED = "SELECT 1 FROM books_closure WHERE reopened_at IS NULL AND ends_at > NEW.{at}"
_ON_SQLITE = """CREATE TRIGGER {table}_no_closed_month BEFORE INSERT ON {table} WHEN EXISTS ({is_closed})
BEGIN SELECT RAISE(ABORT, '{table}: the month is closed'); END"""
_ON_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF EXISTS ({is_closed}) THEN RAISE EXCEPTION '%: the month is closed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END IF; RETURN NEW; END $$""",
    "CREATE TRIGGER {table}_no_closed_month BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
)
# Nothing is dated into a closed month, whoever writes it: (table, its instant, the function on PostgreSQL).
_GUARDED = (
    ("payments_ledger", "at", "month_is_open"),
    ("payments_document", "issued_at", "month_is_open_for_documents"),
)


def guards(flavour):
    """The statements that keep entries and documents out of closed months, in the words of `flavour` ("sqlite" or "postgresql")."""
    forms = (_ON_SQLITE,) if flavour == "sqlite" else _ON_POSTGRESQL
    return [
        form.format(table=table, function=function, is_closed=_IS_CLOSED.format(at=at))
        for table, at, function in _GUARDED
        for form in forms
    ]


for guarded in (LedgerEntry, documents.Document):
    Closure.__table__.add_is_dependent_on(guarded.__table__)  # type: ignore[attr-defined]
for flavour in ("sqlite", "postgresql"):
    for statement in guards(flavour):
        # A percent sign of DDL is doubled, as it is formatted once more.
        event.listen(Closure.__table__, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=flavour))
