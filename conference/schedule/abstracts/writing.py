"""What staff do to abstracts of the draft: write one, make a new one, give many a status."""

from dataclasses import replace
from uuid import uuid4

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit
from conference.kernel import Refusal, Stale, claim_version, db
from conference.schedule import draft
from conference.schedule.abstracts import queries
from conference.schedule.abstracts.telling import told
from conference.schedule.actions import enter
from conference.schedule.claiming import hold
from conference.schedule.finding import folded
from conference.schedule.formats.embargo import GROUPS
from conference.schedule.formats.programme import Authorship
from conference.schedule.importing_parts import author_rows, link_rows, replace_all
from conference.schedule.models import Abstract
from conference.schedule.numbering import next_number


def add(meeting, item, authors, *, by, now):
    """A new abstract with the next number; `authors` are [(row of the form, affiliations)]."""
    row = Abstract(meeting_id=meeting.id, guid=item.guid, number=next_number(meeting, Abstract), authors=[])
    for name, value in _values(item).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    _write_authors(meeting, row, authors)
    audit.record(
        by=by, verb="added an abstract", subject=row, now=now, after=told(draft.abstract_item(row), _names(row))
    )
    return row


def change(meeting, row, item, authors, *, version, by, now):
    """Write what was typed of an abstract that was read at `version`; Stale when somebody was faster. Whether anything differs."""
    hold(meeting)
    stood, before = draft.abstract_item(row), told(draft.abstract_item(row), _names(row))
    people, authorships = _authorships(meeting, authors)
    item = replace(item, number=row.number, authors=authorships)
    if item == stood:
        return False
    if not claim_version(row, version, _values(item)):
        raise Stale(_("Somebody else has saved this abstract since you opened it. What you typed is still here."))
    row = queries.abstract_numbered(meeting, row.number)
    if stood.authors != authorships:
        replace_all(row.authors, author_rows(authorships, people))
        db.session.flush()
    row.folded = folded(row)
    before, after = audit.differing(before, told(item, [people[each.person].name for each in authorships]))
    audit.record(by=by, verb="changed an abstract", subject=row, now=now, before=before, after=after)
    return True


def set_status(meeting, numbers, status, *, by, now):
    """Give the abstracts with these numbers a status; how many had another one."""
    of_these = select(Abstract).where(
        Abstract.meeting_id == meeting.id, Abstract.number.in_(numbers), Abstract.status != status
    )
    hold(meeting)
    done = 0
    for row in db.session.scalars(of_these.order_by(Abstract.id).with_for_update()).all():
        before = row.status
        if claim_version(row, row.version, {"status": status}):
            done += 1
            audit.record(
                by=by,
                verb="changed an abstract",
                subject=row,
                now=now,
                before={"status": before},
                after={"status": status},
            )
    return done


def new_guid():
    """The guid of an abstract that is made by hand."""
    return str(uuid4())


def _write_authors(meeting, row, authors):
    people, authorships = _authorships(meeting, authors)
    replace_all(row.authors, author_rows(authorships, people))
    db.session.flush()
    row.folded = folded(row)


def _values(item):
    return {
        **{name: getattr(item, name) for name in ("title", "status", "late_breaking", "award")},
        "sections": [{"heading": part.heading, "text": part.text} for part in item.sections],
        "topics": list(item.topics),
        "links": link_rows(item),
        **{f"{group}_at": item.embargo.of(group) for group in GROUPS},
    }


def _authorships(meeting, authors):
    """({guid: contributor}, Authorships) of typed authors: a name that stands stays the same person, another is found or entered."""
    typed = [(row.known.data or "", row.name.data) for row, _places in authors]
    numbered = queries.people_numbered(meeting, [int(known) for known, _name in typed if _is_number(known)])
    named = queries.people_named(meeting, [name for _known, name in typed])
    people, found = {}, []
    for (known, name), (row, places) in zip(typed, authors, strict=True):
        person = numbered.get(int(known)) if _is_number(known) else None
        if person is None or person.name != name:
            person = named.get(name) or enter(meeting, name)
            named[name] = person
        if person.guid in people:
            raise Refusal(_("%(name)s is named twice among the authors.", name=name))
        people[person.guid] = person
        found.append(Authorship(person.guid, places, row.presenting.data, row.corresponding.data))
    return people, tuple(found)


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) <= 9


def _names(row):
    return [author.contributor.name for author in row.authors]
