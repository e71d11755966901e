"""Saved views of the list of registrations: a person's own and those that the desk shares."""

from flask_babel import gettext as _
from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from conference.kernel import Refusal, db
from conference.staff.models import SavedView

MOST = 40  # views a person keeps for a meeting


def views_of(meeting, person):
    """The views that this person may use: their own first, then those that others share, by name."""
    mine = SavedView.person_id == person.id
    statement = select(SavedView).where(SavedView.meeting_id == meeting.id, or_(mine, SavedView.is_shared))
    statement = statement.options(joinedload(SavedView.person))
    return list(db.session.scalars(statement.order_by(mine.desc(), SavedView.name, SavedView.id)))


def own_view(meeting, person, ref):
    """A view that this person made, or None."""
    statement = select(SavedView).where(SavedView.meeting_id == meeting.id, SavedView.ref == ref)
    return db.session.scalar(statement.where(SavedView.person_id == person.id))


def save(meeting, wish, *, name, is_shared, by, now):
    """Keep what is wished for under a name; Refusal when there are too many."""
    if len([each for each in views_of(meeting, by) if each.person_id == by.id]) >= MOST:
        raise Refusal(_("You have %(most)s views. Remove one before you save another.", most=MOST), field="name")
    view = SavedView(meeting_id=meeting.id, person_id=by.id, name=name, is_shared=is_shared, made_at=now)
    view.asked = {name: value for name, value in wish.asked.items() if name != "view"}
    db.session.add(view)
    db.session.flush()
    return view


def change(view, *, name, is_shared, is_usual):
    """Rename a view, share it or not, and have its maker see it first or not."""
    if is_usual and not view.is_usual:
        mine = update(SavedView).where(SavedView.meeting_id == view.meeting_id, SavedView.person_id == view.person_id)
        db.session.execute(mine.values(is_usual=False))
    view.name, view.is_shared, view.is_usual = name, is_shared, is_usual
    db.session.flush()


def remove(view):
    """Forget it."""
    db.session.delete(view)
    db.session.flush()
