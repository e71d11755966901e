"""The table by which the same person is found a second time."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base
from conference.people.doubles.rules import LONGEST_MARK


class Mark(Base):
    """One mark of a person (rules.marks_of): rewritten with name, address and ORCID iD."""

    __tablename__ = "person_mark"

    mark: Mapped[str] = mapped_column(String(LONGEST_MARK), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
