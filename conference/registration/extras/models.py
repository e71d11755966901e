"""The table of what add-ons cost a category in a window."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base


class AddOnPrice(Base):
    """What an add-on costs a category in a window, in minor units; without a row it costs what the add-on says itself."""

    __tablename__ = "registration_add_on_price"
    __table_args__ = (
        UniqueConstraint("add_on_id", "category_id", "window_id"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    add_on_id: Mapped[int] = mapped_column(ForeignKey("registration_add_on.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("registration_category.id", ondelete="CASCADE"))
    window_id: Mapped[int] = mapped_column(ForeignKey("meeting_window.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
