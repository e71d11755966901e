"""Abstracts as the desk lists them: what is wished for in the address, the list, and the table for spreadsheets."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import aliased

from conference.kernel import clean_line, clock, db
from conference.schedule.abstracts import held, queries
from conference.schedule.abstracts.words import STATUSES
from conference.schedule.finding import matching
from conference.schedule.formats import text as texts
from conference.schedule.formats.programme import STATUSES as KNOWN
from conference.schedule.models import Abstract, Author, Contributor, Presentation, Session
from conference.web import Sorted

SORTS = ("number", "title", "author", "status")
PLACED = ("yes", "no", "twice")


@dataclass(frozen=True)
class Wish(Sorted):
    """Which abstracts are wished for, and in which order."""

    q: str = ""
    status: str = ""
    topic: str = ""
    late: str = ""
    placed: str = ""
    closed: str = ""
    missing: str = ""
    sort: str = "number"


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, "")[:200]) for name in vars(Wish())}
    for name, known in (("status", KNOWN), ("placed", PLACED), ("late", ("yes", "no"))):
        asked[name] = asked[name] if asked[name] in known else ""
    for name in ("closed", "missing"):
        asked[name] = "yes" if asked[name] == "yes" else ""
    asked["sort"] = asked["sort"] if asked["sort"].removeprefix("-") in SORTS else Wish.sort
    return Wish(**asked)


def listed(meeting, wish):
    """An ordered SELECT of the abstracts that are wished for, with authors and presentations."""
    column = _columns()[wish.column]
    ordered = (column.desc() if wish.is_descending else column).nulls_last()
    statement = select(Abstract).where(Abstract.meeting_id == meeting.id, *_clauses(meeting, wish))
    return statement.order_by(ordered, Abstract.number).options(*queries.authors_first(), *queries.presented())


def table(meeting, wish):
    """(header, rows of values) of everything that is wished for."""
    header = [
        *(_("Number"), _("Title"), _("Status"), _("Late-breaking"), _("Award"), _("Topics"), _("Authors")),
        *(_("Presenting"), _("Corresponding"), _("Institutions"), _("Text"), _("Presented"), _("Under embargo now")),
        _("Disclosures missing"),
    ]  # fmt: skip
    closed = held.closed(meeting, clock.now())
    rows = db.session.scalars(listed(meeting, wish)).unique()
    return header, [_row(row, closed.get(row.guid, ())) for row in rows]


def missing_of(row):
    """The names of authors who have not disclosed their interests."""
    return [author.contributor.name for author in row.authors if author.contributor.disclosure is None]


def _row(row, closed):
    places = [place.institution for author in row.authors for place in author.affiliations]
    text = "\n\n".join("\n".join(filter(None, (part["heading"], texts.plain(part["text"])))) for part in row.sections)
    return [
        *(row.number, row.title, str(STATUSES[row.status][0]), _("yes") if row.late_breaking else _("no"), row.award),
        *("; ".join(row.topics), "; ".join(author.contributor.name for author in row.authors)),
        *(_names(row, "presenting"), _names(row, "corresponding"), "; ".join(dict.fromkeys(filter(None, places)))),
        *(text, "; ".join(f"{each.kind} {each.board}: {each.session.title}".strip() for each in row.presentations)),
        *(_("yes") if closed else _("no"), "; ".join(missing_of(row))),
    ]


def _names(row, part):
    return "; ".join(author.contributor.name for author in row.authors if getattr(author, part))


def _columns():
    first = aliased(Author)
    named = select(Contributor.family, Contributor.name).join(first, first.contributor_id == Contributor.id)
    author = named.where(first.abstract_id == Abstract.id, first.position == 0).with_only_columns(
        Contributor.family + " " + Contributor.name
    )
    return {
        "number": Abstract.number,
        "title": Abstract.title,
        "author": author.scalar_subquery(),
        "status": Abstract.status,
    }


def _clauses(meeting, wish):
    yield from matching(wish.q)
    if wish.status:
        yield Abstract.status == wish.status
    if wish.topic:
        yield Abstract.id.in_(_with_topic(meeting, wish.topic))
    if wish.late:
        yield Abstract.late_breaking == (wish.late == "yes")
    if wish.placed:
        yield from _placed(wish.placed)
    if wish.closed:
        yield Abstract.guid.in_(list(held.closed(meeting, clock.now())))
    if wish.missing:
        silent = Contributor.disclosure.is_(None)
        yield (
            exists()
            .where(Author.abstract_id == Abstract.id, Contributor.id == Author.contributor_id, silent)
            .correlate(Abstract)
        )


def _with_topic(meeting, topic):
    """Ids of the abstracts with a topic: those in whose list its words occur are looked at."""
    near = cast(Abstract.topics, String) != "[]"
    rows = db.session.execute(select(Abstract.id, Abstract.topics).where(Abstract.meeting_id == meeting.id, near))
    return [key for key, topics in rows if topic in topics]


def _placed(wish):
    # As for the warnings: what was withdrawn places nothing, nor does a session that is cancelled or has no time.
    other, held_then = (
        aliased(Presentation),
        select(Session.id).where(~Session.withdrawn, Session.starts_at.is_not(None)),
    )
    mine = (Presentation.abstract_id == Abstract.id, ~Presentation.withdrawn, Presentation.session_id.in_(held_then))
    if wish == "twice":
        both = (
            other.abstract_id == Abstract.id,
            ~other.withdrawn,
            other.session_id.in_(held_then),
            other.id > Presentation.id,
        )
        yield exists().where(*mine, *both).correlate(Abstract)
    else:
        once = exists().where(*mine).correlate(Abstract)
        yield once if wish == "yes" else ~once
