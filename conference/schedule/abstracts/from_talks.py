"""A talk for which no abstract was handed in gets one of its own words and authors: what is said of abstracts can be said of it then."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit
from conference.kernel import Refusal, db
from conference.schedule import draft
from conference.schedule.abstracts import queries, writing
from conference.schedule.abstracts.telling import told
from conference.schedule.claiming import claim, hold
from conference.schedule.finding import folded
from conference.schedule.fitting import refuse_unruled
from conference.schedule.models import Abstract, Author
from conference.schedule.numbering import next_number

_NOTHING = {"title": "", "abstract": "", "award": "", "keywords": [], "links": [], "late_breaking": False}


def make(meeting, talk, session, *, version, by, now):
    """An accepted Abstract of a talk in a loaded session that was seen at `version`; the talk presents it and reads as before.

    Refusal for a talk that presents one, and for a kind that no rule of embargo can know. Stale when somebody has changed the session since.
    """
    hold(meeting)
    if talk.abstract_id:
        raise Refusal(_("This talk presents an abstract already."))
    refuse_unruled(meeting, talk.kind)
    claim(session, version, {})
    row = _of(meeting, talk)
    db.session.add(row)
    db.session.flush()
    _hand_over(talk, row)
    row = queries.abstract_numbered(meeting, row.number)
    row.folded = folded(row)
    names = [author.contributor.name for author in row.authors]
    after = told(draft.abstract_item(row), names)
    audit.record(by=by, verb="made an abstract of a talk", subject=row, now=now, after=after)
    return row


def _of(meeting, talk):
    return Abstract(
        meeting_id=meeting.id,
        guid=writing.new_guid(),
        number=next_number(meeting, Abstract),
        title=talk.title,
        status="accepted",
        late_breaking=talk.late_breaking,
        award=talk.award,
        sections=[{"heading": "", "text": talk.abstract}] if talk.abstract else [],
        topics=list(talk.keywords),
        links=list(talk.links),
    )


def _hand_over(talk, row):
    """The authors are the abstract's from now on; nothing that it has stands at the talk a second time."""
    its = update(Author).where(Author.presentation_id == talk.id)
    db.session.execute(
        its.values(presentation_id=None, abstract_id=row.id), execution_options={"synchronize_session": False}
    )
    for name, value in _NOTHING.items():
        setattr(talk, name, value)
    talk.abstract_id = row.id
    db.session.flush()
    db.session.expire_all()
