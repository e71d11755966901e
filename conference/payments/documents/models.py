"""Tables of documents of money. What was issued is only added to: the database refuses to change it, whoever asks."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, Money, UtcDateTime, append_only, new_ref, one_of
from conference.payments.documents.rules import Buyers, Category, DocumentKind, Rate, RateRow, Style
from conference.payments.documents.told import Buyer


class Series(Base):
    """One sequence of numbers without gaps, such as "INV-2027-{number}"; `next_number` is taken by whoever writes the document."""

    __tablename__ = "payments_series"
    __table_args__ = (CheckConstraint("next_number >= 1", name="next_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)


class Document(Base):
    """An invoice, a credit note or a pro-forma as it was issued. `content` is all that it says; `sha256` is that of the content.

    Amounts of credit notes count for what is credited. `corrects_id` is the invoice that a credit note is about.
    """

    __tablename__ = "payments_document"
    __table_args__ = (
        UniqueConstraint("series_id", "number_in_series"),
        one_of("kind", DocumentKind),
        CheckConstraint("(series_id IS NULL) = (kind = 'pro_forma')", name="numbered"),
        CheckConstraint("(series_id IS NULL) = (number_in_series IS NULL)", name="in_series"),
        CheckConstraint("(corrects_id IS NULL) = (kind <> 'credit_note')", name="corrects"),
        CheckConstraint("gross_minor >= 0 AND gross_minor = net_minor + tax_minor + rounding_minor", name="sums"),
        Index("ix_payments_document_list", "issued_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("payments_series.id"))
    number_in_series: Mapped[int | None]
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("payments_document.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    rounding_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    buyer: Mapped[str] = mapped_column(String(620))
    buyer_folded: Mapped[str] = mapped_column(String(1300))
    content: Mapped[dict] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))

    @property
    def gross(self):
        """The amount with tax."""
        return Money(self.gross_minor, self.currency)

    @property
    def net(self):
        """The amount without tax."""
        return Money(self.net_minor, self.currency)

    @property
    def tax(self):
        """The tax."""
        return Money(self.tax_minor, self.currency)

    @property
    def made_out_to(self):
        """The Buyer."""
        return Buyer(**self.content["buyer"])


class DocumentPdf(Base):
    """The bytes of a document as they were rendered, once."""

    __tablename__ = "payments_document_pdf"

    document_id: Mapped[int] = mapped_column(ForeignKey("payments_document.id"), primary_key=True)
    rendered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentLetter(Base):
    """The letter by which a document goes to its payer, where the seller wanted one when it was issued; None: it is still to be written."""

    __tablename__ = "payments_document_letter"

    document_id: Mapped[int] = mapped_column(ForeignKey("payments_document.id"), primary_key=True)
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class DocumentTax(Base):
    """What of a document was sold in a country at a rate, kept beside its content so that reports can sum it: the document's own signs."""

    __tablename__ = "payments_document_tax"
    __table_args__ = (
        one_of("category", Category),
        CheckConstraint("gross_minor = net_minor + tax_minor + rounding_minor", name="sums"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("payments_document.id"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    category: Mapped[str] = mapped_column(String(2), primary_key=True)
    hundredths: Mapped[int] = mapped_column(primary_key=True)
    net_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    rounding_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)


class TaxShare(Base):
    """What of a DocumentTax belongs to a meeting or term (`scope`), or to a fee that was kept: its tax alone, the document's own sign."""

    __tablename__ = "payments_document_tax_share"
    __table_args__ = (one_of("category", Category), CheckConstraint("tax_minor <> 0", name="tax_minor"))

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("payments_document.id"), index=True)
    scope: Mapped[str | None] = mapped_column(String(60))
    is_fee: Mapped[bool]
    country: Mapped[str] = mapped_column(String(2))
    category: Mapped[str] = mapped_column(String(2))
    hundredths: Mapped[int]
    tax_minor: Mapped[int] = mapped_column(BigInteger)


class Invoiced(Base):
    """A line of an order, or a fee that was kept of it, and the invoice in which it stands: none before, and none once it is credited.

    One row each, moved by guarded UPDATEs: so nothing stands in two invoices, and nothing is credited twice.
    """

    __tablename__ = "payments_invoiced"

    source: Mapped[str] = mapped_column(String(40), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payments_order.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("payments_line.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("payments_document.id"), index=True)


class Seller(Base):
    """Who sells, in one version; the newest one is printed. Each saving is a row of its own, and stays."""

    __tablename__ = "payments_seller"
    __table_args__ = (one_of("style", Style), CheckConstraint("digits BETWEEN 1 AND 9", name="digits"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2))
    tax_id: Mapped[str] = mapped_column(String(40), default="")
    registration: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    bank: Mapped[str] = mapped_column(String(120), default="")
    iban: Mapped[str] = mapped_column(String(40), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    invoice_pattern: Mapped[str] = mapped_column(String(40), default="INV-{year}-{number}")
    credit_pattern: Mapped[str] = mapped_column(String(40), default="CN-{year}-{number}")
    digits: Mapped[int] = mapped_column(default=5)
    style: Mapped[str] = mapped_column(String(10), default=Style.INCLUSIVE)
    embeds: Mapped[bool] = mapped_column(default=False)
    sends_letters: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(10), default="en")
    footer: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TaxRate(Base):
    """A rate of tax, what it is for and when; an empty kind, item or country is for all of them. `hundredths` are of a percent.

    `item`: the code of an add-on or of a type of membership.
    """

    __tablename__ = "payments_tax_rate"
    __table_args__ = (
        one_of("category", Category),
        one_of("buyers", Buyers),
        CheckConstraint("hundredths BETWEEN 0 AND 10000", name="hundredths"),
        CheckConstraint("(hundredths > 0) = (category = 'S')", name="rate_of_category"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="days"),
        CheckConstraint("item = '' OR kind <> ''", name="item_of_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    item: Mapped[str] = mapped_column(String(60), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    buyers: Mapped[str] = mapped_column(String(10), default=Buyers.ANYONE)
    category: Mapped[str] = mapped_column(String(2))
    hundredths: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(300), default="")
    starts: Mapped[date]
    ends: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def row(self):
        """The row as a value."""
        rate = Rate(Category(self.category), self.hundredths, self.note)
        return RateRow(rate, self.kind, self.country, Buyers(self.buyers), self.starts, self.ends, self.item)


class BillTo(Base):
    """Whom a person had their last document made out to, for the next one."""

    __tablename__ = "payments_bill_to"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    organisation: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    tax_id: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(10), default="")


# Who it was may change, when two people turn out to be one.
append_only(Series.__table__, but=("next_number",))
append_only(Document.__table__, but=("issued_by",))
append_only(DocumentPdf.__table__)
append_only(DocumentTax.__table__)
append_only(TaxShare.__table__)
append_only(Seller.__table__, but=("saved_by",))
