"""Reading the audit trail."""

from sqlalchemy import and_, or_, select

from conference.audit.models import Entry
from conference.kernel import db


def story_of(subject, limit=200):
    """The entries about one row, newest first."""
    statement = (
        select(Entry)
        .where(Entry.subject == type(subject).__tablename__, Entry.subject_id == subject.id)
        .order_by(Entry.at.desc(), Entry.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def stories_of(subjects, limit=300):
    """The entries about several rows at once, newest first."""
    about = [and_(Entry.subject == type(each).__tablename__, Entry.subject_id == each.id) for each in subjects]
    statement = select(Entry).where(or_(False, *about)).order_by(Entry.at.desc(), Entry.id.desc()).limit(limit)
    return list(db.session.scalars(statement))


def latest_of(subjects, verbs, limit):
    """The entries of some verbs about the rows of `subjects`, [(table, SELECT of ids)], newest first."""
    about = [and_(Entry.subject == table.__tablename__, Entry.subject_id.in_(ids)) for table, ids in subjects]
    statement = select(Entry).where(or_(False, *about), Entry.verb.in_(verbs))
    return list(db.session.scalars(statement.order_by(Entry.at.desc(), Entry.id.desc()).limit(limit)))


def entry_by_id(entry_id):
    """One entry, or None."""
    return db.session.get(Entry, entry_id)


def changed_since(table, ids, at):
    """Which of these rows have entries later than `at`."""
    later = select(Entry.subject_id).where(Entry.subject == table.__tablename__, Entry.at > at)
    return set(db.session.scalars(later.where(Entry.subject_id.in_(ids))))
