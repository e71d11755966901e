"""Disclosures of interests: who has given one, in a list that is searched, and the one of somebody."""

from collections import namedtuple

from flask_babel import gettext as _
from sqlalchemy import and_, exists, select, update

from conference import audit
from conference.kernel import Stale, claimed, db, fold, in_parts
from conference.schedule.claiming import hold
from conference.schedule.finding import fold_anew
from conference.schedule.models import Abstract, Author, Contributor, Presentation, Session, SessionPerson

STATES = ("missing", "nothing", "told")
Counts = namedtuple("Counts", ("missing", "nothing", "told"))


def state_of(disclosure):
    """Which of STATES a disclosure is."""
    return "missing" if disclosure is None else "told" if disclosure else "nothing"


def listed(meeting, *, state="", text=""):
    """An ordered SELECT of contributors who have a part in the programme, by family name."""
    statement = select(Contributor).where(Contributor.meeting_id == meeting.id, _has_part())
    if state:
        statement = statement.where(_clauses()[state])
    if text:
        statement = statement.where(Contributor.id.in_(_named(meeting, text)))
    return statement.order_by(Contributor.family, Contributor.name, Contributor.id)


def counts(meeting):
    """The Counts of all who have a part."""
    rows = db.session.scalars(select(Contributor.disclosure).where(Contributor.meeting_id == meeting.id, _has_part()))
    states = [state_of(each) for each in rows]
    return Counts(*(states.count(state) for state in STATES))


def parts_of(people):
    """{contributor id: [what they have a part in]} of contributors, however many; three queries for each five hundred."""
    keys = [person.id for person in people]
    found: dict = {key: [] for key in keys}
    seated = select(SessionPerson.contributor_id, Session.title).join(Session, Session.id == SessionPerson.session_id)
    wrote = select(Author.contributor_id, Abstract.title).join(Abstract, Abstract.id == Author.abstract_id)
    speaks = select(Author.contributor_id, Presentation.title).join(
        Presentation, Presentation.id == Author.presentation_id
    )
    for statement, column in (
        (seated, SessionPerson.contributor_id),
        (wrote, Author.contributor_id),
        (speaks, Author.contributor_id),
    ):
        for some in in_parts(keys):
            for key, title in db.session.execute(statement.where(column.in_(some)).order_by(column)):
                found[key].append(title)
    return {key: list(dict.fromkeys(titles)) for key, titles in found.items()}


def numbered(meeting, number):
    """A contributor, or None."""
    statement = select(Contributor).where(Contributor.meeting_id == meeting.id, Contributor.number == number)
    return db.session.scalar(statement)


def change(meeting, person, *, name, disclosure, seen, by, now):
    """Write somebody's name and disclosure (None: not given), which were `seen` as (name, disclosure); Stale when they differ by now."""
    hold(meeting)
    if seen != stamp(person):
        raise Stale(_("Somebody else has saved this since you opened it. What you typed is still here."))
    old = {"name": person.name, "disclosure": person.disclosure}
    new = {"name": name, "disclosure": disclosure}
    if old == new:
        return False
    same = (
        Contributor.disclosure.is_(None) if person.disclosure is None else Contributor.disclosure == person.disclosure
    )
    here = update(Contributor).where(Contributor.id == person.id, Contributor.name == person.name, same)
    if not claimed(here.values(**new)):
        raise Stale(_("Somebody else has saved this since you opened it. What you typed is still here."))
    db.session.refresh(person)
    if old["name"] != name:
        fold_anew(person)
    before, after = audit.differing(_told(old), _told(new))
    audit.record(by=by, verb="changed a disclosure", subject=person, now=now, before=before, after=after)
    return True


def stamp(person):
    """What a form says it has seen of somebody."""
    return f"{state_of(person.disclosure)}:{person.name}:{person.disclosure or ''}"


def _told(facts):
    words = {"missing": _("missing"), "nothing": _("nothing to disclose"), "told": facts["disclosure"]}
    return {"name": facts["name"], "disclosure": words[state_of(facts["disclosure"])]}


def _clauses():
    return {
        "missing": Contributor.disclosure.is_(None),
        "nothing": Contributor.disclosure == "",
        "told": and_(Contributor.disclosure.is_not(None), Contributor.disclosure != ""),
    }


def _has_part():
    wrote = exists().where(Author.contributor_id == Contributor.id).correlate(Contributor)
    seated = exists().where(SessionPerson.contributor_id == Contributor.id).correlate(Contributor)
    return wrote | seated


def _named(meeting, text):
    wanted = fold(text).split()
    rows = db.session.execute(select(Contributor.id, Contributor.name).where(Contributor.meeting_id == meeting.id))
    return [key for key, name in rows if all(word in fold(name) for word in wanted)]
