"""Tables of what the public finds: what a release shows after each of its moments, word by word, in the database's own full-text index."""

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from conference.kernel import Base, UtcDateTime, one_of

KINDS = ("session", "presentation", "person")


class Opening(Base):
    """A release after so many of its `openings`: its files and entries are made once, by whoever has claimed that, and then `ready_at` is set."""

    __tablename__ = "schedule_opening"
    __table_args__ = (UniqueConstraint("release_id", "opening"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("schedule_release.id", ondelete="CASCADE"))
    opening: Mapped[int]
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SearchEntry(Base):
    """A session, a presentation or a person as it is found then. `title`, `people` and `places` are folded words between single spaces, for the
    order of what is found; `words` are all its words with their places: a tsvector on PostgreSQL, elsewhere the text that FTS5 indexes."""

    __tablename__ = "schedule_search_entry"
    __table_args__ = (
        one_of("kind", KINDS),
        # Found at once, without a list of what is not yet in order: entries are written all together, and read ever after.
        Index(
            "ix_schedule_search_entry_words", "words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
        ).ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("schedule_opening.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    people: Mapped[str] = mapped_column(Text)
    places: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


# SQLite's index stands beside the table and is kept in step by triggers (https://www.sqlite.org/fts5.html#external_content_tables). Words come
# folded and cut by ourselves: to this tokenizer every letter beyond ASCII is one, and "_" stands between fields.
WORDS_OF_SQLITE = (
    "CREATE VIRTUAL TABLE schedule_search_words USING fts5(words, content='schedule_search_entry', content_rowid='id',"
    " tokenize=\"ascii tokenchars '_'\", prefix='2 3 4')",
    "CREATE TRIGGER schedule_search_entry_in AFTER INSERT ON schedule_search_entry"
    " BEGIN INSERT INTO schedule_search_words (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER schedule_search_entry_out AFTER DELETE ON schedule_search_entry BEGIN INSERT INTO schedule_search_words"
    " (schedule_search_words, rowid, words) VALUES ('delete', old.id, old.words); END",
)
for _statement in WORDS_OF_SQLITE:
    event.listen(SearchEntry.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
