"""A stamp of what an editor shows, by which it notices that somebody else has saved the same thing meanwhile.

One mechanism for every editor of the desk: the page carries the stamp of the rows that it shows, saving compares it with them as they
are by then. Who posts without having looked at a page (a script) sends no stamp and is not compared.
"""

from flask_babel import gettext as _
from sqlalchemy import inspect, select

from conference import audit
from conference.kernel import Base, Stale, db, stamp_of
from conference.meetings import Meeting

# What changes by itself, or on pages of its own: places that are taken, uses of a code, the order of a form.
_ELSEWHERE = {"taken", "waiting", "is_paused", "used"}


def stamp_of_rows(rows):
    """A text that changes with any of these rows; None stands for what is not there yet."""
    return stamp_of([_told(row) for row in rows])


def refuse_stale(meeting, rows, seen):
    """Stale unless the rows (a function that finds them) are what they were when `seen` was made; others who save wait meanwhile."""
    # No lock that a registration, which refers to the meeting, would wait for.
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))
    found = rows()
    for row in found:
        if isinstance(row, Base) and inspect(row).persistent:
            db.session.refresh(row)
    if seen and seen != stamp_of_rows(found):
        raise Stale(_in_words(found))


def _told(row):
    if not isinstance(row, Base):
        return row
    columns = [each.key for each in inspect(type(row)).column_attrs if each.key not in _ELSEWHERE]
    return {name: getattr(row, name) for name in columns}


def _in_words(rows):
    """Who it was and what they changed, as the trail knows it."""
    (last,) = audit.stories_of([row for row in rows if isinstance(row, Base)], limit=1) or [None]
    kept = _("What you typed is still here: save it again, and it replaces theirs.")
    if last is None or not last.after:
        return " ".join((_("Somebody else has saved this since you opened it."), kept))
    facts = {"who": audit.who_in_words(last), "what": audit.values_in_words(last.after)}
    return " ".join((_("%(who)s has saved this since you opened it: %(what)s.", **facts), kept))
