"""Whether an abstract may get a place in a session."""

from flask_babel import gettext as _
from sqlalchemy import exists, select

from conference.kernel import Refusal, db
from conference.schedule.models import Presentation


def refuse_unfit(session, abstract):
    """Refusal for an abstract that is not accepted, or that the session has already."""
    if abstract.status != "accepted":
        raise Refusal(_("Only an accepted abstract can be presented: give it that status first."))
    refuse_twice(session, abstract.id)


def refuse_twice(session, abstract_id):
    """Refusal for an abstract that the session has already."""
    mine = exists().where(Presentation.session_id == session.id, Presentation.abstract_id == abstract_id)
    if db.session.scalar(select(mine)):
        raise Refusal(_("This session has the abstract already."), field="session")
