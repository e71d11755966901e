"""Registrations as a table for spreadsheets: what the list shows, or everything that is known."""

from conference.kernel import in_parts
from conference.registration import mode_name, span_name
from conference.staff import gathering
from conference.staff.columns import sources_of

AT_ONCE = 1000
COLUMNS = (
    "registration", "state", "given_name", "family_name", "degrees", "badge_name", "email", "institution", "city",
    "country", "orcid", "category", "days", "mode", "member_price", "add_ons", "ribbons", "order", "order_state",
    "order_total", "currency", "registered_at", "guest_of", "invited_as", "group", "exhibitor",
)  # fmt: skip


def as_shown(listed):
    """(header, rows) of exactly what the list shows, as values: text, instants, Money."""
    return [str(column.label) for column in listed.shown], _shown(listed)


def whole(listed, *, with_answers):
    """(header, rows) of all that is known, under names for machines; a column for each question if `with_answers`."""
    questions = listed.questions if with_answers else []
    return [*COLUMNS, *(question.code for question in questions)], _whole(listed, questions)


def _shown(listed):
    for row in _rows(listed, sources_of(listed.shown), listed.questions):
        yield [column.value(row) for column in listed.shown]


def _whole(listed, questions):
    for row in _rows(listed, ("line", "add_ons", "host", "belonging", "answers"), questions):
        given = [row.answers.get(question.code, "") for question in questions]
        yield [
            *_person(row.entry),
            *_choice(row),
            *_order(row.order),
            _when(row.entry),
            row.host,
            *_belongs(row),
            *given,
        ]


def _rows(listed, sources, questions):
    """The rows, some at a time, so that a long list does not stand in memory."""
    keys = listed.keys()
    for some in in_parts(keys, AT_ONCE):
        entries = listed.some(some)
        ordered = [entries[key] for key in some if key in entries]
        yield from gathering.rows_of(listed.meeting, ordered, sources=sources, questions=questions)


def _person(entry):
    person = entry.person
    names = (person.given_name, person.family_name, person.degrees, person.badge_name, person.email)
    return (entry.ref, str(entry.state), *names, person.institution, person.city, person.country, person.orcid)


def _choice(row):
    entry, line = row.entry, row.line
    category = entry.category.code if entry.category else ""
    member = "" if line is None else "yes" if line.rule.get("member") else "no"
    days, mode = span_name(entry.span), mode_name(entry.mode)
    return (category, days, mode, member, "; ".join(row.add_ons), "; ".join(entry.ribbons))


def _belongs(row):
    return (row.invited, row.group, row.exhibitor)


def _order(order):
    if order is None:
        return ("", "", "", "")
    return (order.ref, str(order.state), order.total.decimal_text, order.currency)


def _when(entry):
    return entry.confirmed_at.isoformat(timespec="seconds") if entry.confirmed_at else ""
