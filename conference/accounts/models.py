"""Tables of signing in: accounts and their roles, codes, server-side sign-ins, counted tries."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conference.accounts import rules
from conference.kernel import ROLES, Base, UtcDateTime, new_ref, one_of
from conference.people import Person


class Account(Base):
    """What lets a person sign in. The address that proves who they are is the person's; a password is optional."""

    __tablename__ = "account"

    is_authenticated = True
    is_active = True
    is_anonymous = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    role_rows: Mapped[list["AccountRole"]] = relationship(lazy="selectin", order_by="AccountRole.role", viewonly=True)

    @property
    def roles(self):
        """The names of the roles held; as last known when the database is broken, because its error page asks too."""
        with suppress(SQLAlchemyError):
            self._roles = frozenset(row.role for row in self.role_rows)
        return getattr(self, "_roles", frozenset())

    def get_id(self):
        """Flask-Login's name for a user; ours is the token of the sign-in, so this is never stored."""
        return str(self.id)


class AccountRole(Base):
    """A role that an account holds."""

    __tablename__ = "account_role"
    __table_args__ = (one_of("role", ROLES),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInCode(Base):
    """A code or link sent to an address, kept as a digest, good for one use. `account_id`: whose change it confirms."""

    __tablename__ = "account_code"
    __table_args__ = (
        one_of("purpose", rules.Purpose),
        CheckConstraint(f"tries BETWEEN 0 AND {rules.MOST_TRIES}", name="tries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(320))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_open(self, now):
        """Whether a right answer would still be taken."""
        return self.used_at is None and now < self.expires_at and self.tries < rules.MOST_TRIES

    @property
    def tries_left(self):
        """How often one may still mistype."""
        return rules.MOST_TRIES - self.tries


class SignIn(Base):
    """One browser that is signed in. The cookie holds only the token of which `token_digest` is kept here."""

    __tablename__ = "account_sign_in"
    __table_args__ = (one_of("way", rules.Way), Index("ix_account_sign_in_seen", "seen_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    way: Mapped[str] = mapped_column(String(10))
    browser: Mapped[str] = mapped_column(String(40), default="")
    system: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account: Mapped[Account] = relationship(lazy="select")

    def is_fresh(self, now):
        """Whether the address was proved so recently that address and password may be changed."""
        return self.proved_at is not None and now - self.proved_at < rules.FRESH_FOR

    def is_live(self, now, *, is_staff):
        """Whether this sign-in still counts: 30 days unused for all, and for staff 12 hours since the last proof."""
        if self.ended_at is not None or now - self.seen_at >= rules.UNUSED_LIFE:
            return False
        return not is_staff or now - max(self.created_at, self.proved_at or self.created_at) < rules.STAFF_LIFE

    def is_due_for_touch(self, now):
        """Whether `seen_at` is old enough to be worth a write."""
        return now - self.seen_at >= rules.TOUCH_EVERY


class Throttle(Base):
    """How often something was tried in one window of time; `key` is a digest, so no address stands here."""

    __tablename__ = "account_throttle"
    __table_args__ = (CheckConstraint("count >= 0", name="count"), Index("ix_account_throttle_start", "window_start"))

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
