"""The table of recordings."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, new_ref


class Recording(Base):
    """A link to what was recorded of a session or presentation, by its guid, and who may follow it when.

    `only_for` are codes of categories, empty for everybody who is registered; members in good standing may when `for_members` says so.
    How often it was opened is counted, by whom is not kept.
    """

    __tablename__ = "attending_recording"
    __table_args__ = (
        Index(None, "meeting_id", "item"),
        CheckConstraint("opens_at < closes_at", name="in_order"),
        CheckConstraint("substr(url, 1, 8) = 'https://'", name="https"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(2000))
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    only_for: Mapped[list] = mapped_column(JSON, default=list)
    for_members: Mapped[bool] = mapped_column(default=False, server_default=false())
    opened: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
