"""What people agree to about their card: the words, by version, and who has said yes or taken it back."""

from hashlib import sha256

from flask_babel import get_locale, lazy_gettext
from sqlalchemy import and_, func, select

from conference import society
from conference.kernel import db
from conference.payments.cards.models import Agreement
from conference.payments.cards.rules import Use

# Whoever changes a word of TEXTS raises VERSION and adds its hash: what was agreed to before stays what it was.
VERSION = 1
HASHES = {1: "d825347007b6083f1299487e54a522a4b438a4e84557c271602716a148bdb41b"}
TEXTS = {
    Use.KEEP: lazy_gettext(
        "I agree that %(society)s has my card kept by Stripe and charges it only for what I have agreed to. The card number stays "
        "with Stripe; %(society)s sees brand, last four digits and expiry. I can remove the card at any time."
    ),
    Use.DUES: lazy_gettext(
        "I agree that %(society)s renews my membership by itself: it charges my saved card with the dues of the day about a week "
        "before my membership ends, year after year, until I stop it. Before each charge I get a letter with amount, date and "
        "card, at least a week ahead, and can stop it at any time on this page."
    ),
}


def words_of(use):
    """What somebody agrees to, in the reader's language."""
    found = society.current()
    return str(TEXTS[Use(use)]) % {"society": found.name if found else "–"}


def digest():
    """SHA-256 of all the words before the society's name is put in, hexadecimal."""
    return sha256("\n".join(str(TEXTS[use]) for use in Use).encode()).hexdigest()


def note(person_id, use, *, is_given, now):
    """Keep that somebody agreed, or took it back, with the words that stood there."""
    row = Agreement(
        person_id=person_id, use=str(use), is_given=is_given, version=VERSION, language=str(get_locale() or "en"),
        text=words_of(use), at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def agreement_of(person_id, use):
    """The Agreement that stands, or None when there is none or it was taken back."""
    latest = select(Agreement).where(Agreement.person_id == person_id, Agreement.use == use)
    found = db.session.scalar(latest.order_by(Agreement.id.desc()).limit(1))
    return found if found is not None and found.is_given else None


def who_agrees(use):
    """Keys of everybody whose agreement to a use stands."""
    last = select(func.max(Agreement.id)).where(Agreement.use == use).group_by(Agreement.person_id)
    standing = select(Agreement.person_id).where(and_(Agreement.id.in_(last), Agreement.is_given.is_(True)))
    return list(db.session.scalars(standing.order_by(Agreement.person_id)))


def story_of(person_id):
    """Everything that somebody agreed to and took back, newest first."""
    mine = select(Agreement).where(Agreement.person_id == person_id)
    return list(db.session.scalars(mine.order_by(Agreement.id.desc())))
