"""Registrations as a table for spreadsheets."""

from sqlalchemy import select

from conference.kernel import db
from conference.registration import Answer, mode_name, span_name
from conference.staff import catalogue, listing

COLUMNS = (
    "registration", "state", "given_name", "family_name", "degrees", "badge_name", "email", "institution", "city",
    "country", "orcid", "category", "days", "mode", "member_price", "add_ons", "ribbons", "order", "order_state",
    "order_total", "currency", "registered_at",
)  # fmt: skip


def table(meeting, wish, *, with_answers):
    """(header, rows) of the registrations that are wished for; a column for each question if `with_answers`."""
    entries = list(db.session.scalars(listing.registrations(meeting, wish)))
    questions = catalogue.questions_of(meeting) if with_answers else []
    header = [*COLUMNS, *(question.code for question in questions)]
    return header, _rows(meeting, entries, questions)


def _rows(meeting, entries, questions):
    ids = listing.ids_in(meeting)
    lines, add_ons = listing.lines_of(ids), listing.add_ons_booked(ids)
    answers = _answers(meeting) if questions else {}
    for entry in entries:
        line, order = lines.get(entry.id, (None, None))
        given = [answers.get((entry.id, question.id), "") for question in questions]
        yield [*_person(entry), *_choice(entry, line, add_ons.get(entry.id, [])), *_order(order), _when(entry), *given]


def _person(entry):
    person = entry.person
    names = (person.given_name, person.family_name, person.degrees, person.badge_name, person.email)
    return (entry.ref, str(entry.state), *names, person.institution, person.city, person.country, person.orcid)


def _choice(entry, line, add_ons):
    category = entry.category.code if entry.category else ""
    member = "" if line is None else "yes" if line.rule.get("member") else "no"
    days, mode = span_name(entry.span), mode_name(entry.mode)
    return (category, days, mode, member, "; ".join(add_ons), "; ".join(entry.ribbons))


def _order(order):
    if order is None:
        return ("", "", "", "")
    return (order.ref, str(order.state), order.total.decimal_text, order.currency)


def _when(entry):
    return entry.confirmed_at.isoformat(timespec="seconds") if entry.confirmed_at else ""


def _answers(meeting):
    """{(registration id, question id): text} of the whole meeting, in one query."""
    statement = select(Answer.registration_id, Answer.question_id, Answer.value)
    rows = db.session.execute(statement.where(Answer.registration_id.in_(listing.ids_in(meeting))))
    return {(entry_id, question_id): value for entry_id, question_id, value in rows}
