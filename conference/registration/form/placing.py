"""The order of a form: sections and fields one place earlier or later, if every condition still asks after what stands before it."""

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, db
from conference.registration.form.faults import first_fault
from conference.registration.form.models import Section
from conference.registration.form.queries import form_of
from conference.registration.form.rules import faults


def move(row, *, meeting, up, by, now):
    """Put a section or a field one place earlier or later; a field at the edge goes into the next section.

    Refusal when something would be asked before what it hangs on.
    """
    blocks = form_of(meeting)
    before = faults(blocks)
    moved = _move_section(row, blocks, up) if isinstance(row, Section) else _move_field(row, meeting, blocks, up)
    if not moved:
        return
    db.session.flush()
    broken = first_fault(form_of(meeting), None, known=before)
    if broken is not None:
        raise Refusal(broken[1])
    note = row.title if isinstance(row, Section) else row.label
    audit.record(by=by, verb="moved", subject=row, now=now, note=note or _("a section"))


def _move_section(section, blocks, up):
    rows = [block.section for block in blocks if block.section is not None]
    return _swap(rows, section, up)


def _move_field(field, meeting, blocks, up):
    here = next(block for block in blocks if field in block.fields)
    if _swap(here.fields, field, up):
        return True
    places = [None, *(block.section for block in blocks if block.section is not None)]
    at = places.index(here.section)
    there = at - 1 if up else at + 1
    if not 0 <= there < len(places):
        return False
    target = places[there]
    others = next((block.fields for block in blocks if block.section is target), [])
    field.section_id = target.id if target is not None else None
    _number([*others, field] if up else [field, *others])
    return True


def _swap(rows, row, up):
    at = rows.index(row)
    there = at - 1 if up else at + 1
    if not 0 <= there < len(rows):
        return False
    ordered = list(rows)
    ordered.insert(there, ordered.pop(at))
    _number(ordered)
    return True


def _number(rows):
    for position, each in enumerate(rows):
        each.position = position
