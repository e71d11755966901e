"""Whether an abstract may get a place in a session, and of which kind."""

from flask_babel import gettext as _
from sqlalchemy import exists, select

from conference.kernel import Refusal, db
from conference.schedule import draft
from conference.schedule.models import Presentation


def refuse_unfit(session, abstract):
    """Refusal for an abstract that is not accepted, or that the session has already."""
    if abstract.status != "accepted":
        raise Refusal(_("Only an accepted abstract can be presented: give it that status first."))
    refuse_twice(session, abstract.id)


def refuse_unruled(meeting, kind):
    """Refusal for a kind that nobody has named yet, or none, where embargoes go by kinds: a slip would make public what is held back."""
    ruled = {rule.kind.casefold() for rule in draft.embargo_rules(meeting)} - {""}
    if not ruled:
        return
    used = select(Presentation.kind).where(Presentation.meeting_id == meeting.id).distinct()
    named = {row.name.casefold() for row in draft.kinds(meeting)} | ruled
    named |= {each.casefold() for each in db.session.scalars(used)}
    if kind.casefold() not in named - {""}:
        raise Refusal(
            _("Embargoes go by kinds here: choose one that there is, or add it to the kinds of presentations first."),
            field="kind",
        )


def refuse_twice(session, abstract_id):
    """Refusal for an abstract that the session has already."""
    mine = exists().where(Presentation.session_id == session.id, Presentation.abstract_id == abstract_id)
    if db.session.scalar(select(mine)):
        raise Refusal(_("This session has the abstract already."), field="session")
