"""The columns that the list of registrations can show: what each is called, says, and is ordered by."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import aliased

from conference.door import CheckIn
from conference.payments import LIVE, Line, Order
from conference.people import Person, country_name
from conference.registration import (
    AddOn,
    Booking,
    Category,
    CodeUse,
    DiscountCode,
    Registration,
    mode_name,
    span_name,
)
from conference.staff import answers, belonging, gathering
from conference.staff.words import ORDER_STATES, STATES

WHEN = func.coalesce(Registration.confirmed_at, Registration.started_at)


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, code, state, name, money, instant. `source`: what has to be gathered for it.

    `order` gives what it is ordered by; or `beside` names a SELECT by entry_id that is joined for it, and its column.
    """

    key: str
    label: Any
    value: Callable
    order: Callable | None = None
    beside: tuple | None = None
    kind: str = "text"
    source: str = ""
    group: str = "person"

    @property
    def numeric(self):
        """Whether it lines up at the right."""
        return self.kind == "money"


def columns_of(questions):
    """{key: Column}: all that can be chosen when these questions may be listed."""
    fixed = (replace(each, label=str(each.label)) for each in _FIXED)  # said once for a page, not once for each cell
    return {each.key: each for each in (*fixed, *(_answer(question) for question in questions))}


def sources_of(chosen):
    """What has to be gathered to show these columns."""
    return sorted({each.source for each in chosen if each.source})


def groups_of(columns):
    """[(heading, [Column])] for choosing among them."""
    names = (
        ("person", _("Person")),
        ("choice", _("Takes part")),
        ("money", _("Money")),
        ("day", _("Dates and badge")),
        ("answers", _("Answers")),
    )
    groups = [(name, [each for each in columns.values() if each.group == key]) for key, name in names]
    return [(name, members) for name, members in groups if members]


def _of_person(name):
    return lambda row: getattr(row.entry.person, name)


def _answer(question):
    return Column(
        answers_key(question),
        question.label,
        lambda row: row.answers.get(question.code, ""),
        lambda: answers.value_of(question),
        source="answers",
        group="answers",
    )


def answers_key(question):
    """The key of a question's column."""
    return f"a.{question.code}"


def _newest(expression):
    """Of the newest order that counts."""
    statement = select(expression).select_from(Line).join(Order, Line.order_id == Order.id)
    own = (Line.kind == "registration", Line.reference == Registration.id, Line.ended_at.is_(None))
    statement = statement.where(*own, Order.state.in_(LIVE)).order_by(Order.id.desc()).limit(1)
    return lambda: statement.correlate(Registration).scalar_subquery()


def _first_add_on():
    statement = select(func.min(AddOn.title)).join(Booking, Booking.add_on_id == AddOn.id)
    return statement.where(Booking.registration_id == Registration.id).correlate(Registration).scalar_subquery()


def _code_used():
    statement = select(DiscountCode.code).join(CodeUse, CodeUse.code_id == DiscountCode.id)
    return statement.where(CodeUse.registration_id == Registration.id).correlate(Registration).scalar_subquery()


def _host():
    host = aliased(Registration)
    statement = select(func.lower(Person.family_name)).join(host, host.person_id == Person.id)
    return statement.where(host.id == Registration.host_id).correlate(Registration).scalar_subquery()


def _arrival():
    statement = select(CheckIn.at).where(CheckIn.registration_id == Registration.id, CheckIn.undone_at.is_(None))
    return statement.correlate(Registration).scalar_subquery()


def _member(row):
    if row.line is None:
        return ""
    return _("Member price") if row.line.rule.get("member") else _("Other price")


def _state(row):
    return str(STATES[row.entry.state][0])


def _order_state(row):
    return str(ORDER_STATES[row.order.state][0]) if row.order else ""


def _person(key, label, **more):
    return Column(key, label, _of_person(key), lambda: getattr(Person, key), **more)


def _belongs(key, label):
    order = partial(belonging.first_of, key)
    return Column(key, label, lambda row: getattr(row, key), order, source="belonging", group="choice")


_FIXED = (
    Column(
        "name", _l("Name"), lambda row: row.entry.person.filed_name,
        lambda: (Person.family_name, Person.given_name), kind="name",
    ),
    _person("given_name", _l("Given name")),
    _person("family_name", _l("Family name")),
    _person("degrees", _l("Degrees")),
    _person("badge_name", _l("Name on the badge")),
    _person("email", _l("E-mail")),
    replace(_person("institution", _l("Institution")), order=lambda: Person.folded_institution),
    _person("city", _l("City")),
    replace(
        _person("country", _l("Country")),
        value=lambda row: country_name(row.entry.person.country, str(get_locale())),
    ),
    _person("orcid", _l("ORCID iD"), kind="code"),
    Column("ref", _l("Reference"), lambda row: row.entry.ref, lambda: Registration.ref, kind="code"),
    Column("state", _l("State"), _state, lambda: Registration.state, kind="state", group="choice"),
    Column(
        "category", _l("Category"), lambda row: row.entry.category.name if row.entry.category else "",
        lambda: Category.position, group="choice",
    ),
    Column("mode", _l("Takes part"), lambda row: mode_name(row.entry.mode), lambda: Registration.mode, group="choice"),
    Column("span", _l("Days"), lambda row: span_name(row.entry.span), lambda: Registration.span, group="choice"),
    Column(
        "add_ons", _l("Add-ons"), lambda row: "; ".join(row.add_ons), _first_add_on, source="add_ons",
        group="choice",
    ),
    Column("host", _l("Comes with"), lambda row: row.host, _host, source="host", group="choice"),
    Column(
        "ribbons", _l("Ribbons"), lambda row: "; ".join(row.entry.ribbons or ()),
        lambda: cast(Registration.ribbons, Text), group="choice",
    ),
    _belongs("invited", _l("Invited as")),
    _belongs("group", _l("Group")),
    _belongs("exhibitor", _l("Exhibitor")),
    Column("code", _l("Code used"), lambda row: row.code, _code_used, kind="code", source="code", group="money"),
    Column(
        "price", _l("Price"), _member, _newest(Line.member), source="line", group="money",
    ),
    Column("total", _l("Total"), lambda row: row.total, beside=(gathering.sums, "total"), kind="money", source="money", group="money"),
    Column("paid", _l("Paid"), lambda row: row.paid, beside=(gathering.sums, "paid"), kind="money", source="money", group="money"),
    Column("owed", _l("Owed"), lambda row: row.owed, beside=(gathering.sums, "owed"), kind="money", source="money", group="money"),
    Column(
        "order", _l("Order"), lambda row: row.order.ref if row.order else "", _newest(Order.ref), kind="code",
        source="line", group="money",
    ),
    Column("order_state", _l("State of the order"), _order_state, _newest(Order.state), source="line", group="money"),
    Column("when", _l("Since"), lambda row: row.entry.confirmed_at or row.entry.started_at, lambda: WHEN, kind="instant", group="day"),
    Column("started", _l("Begun"), lambda row: row.entry.started_at, lambda: Registration.started_at, kind="instant", group="day"),
    Column("confirmed", _l("Registered"), lambda row: row.entry.confirmed_at, lambda: Registration.confirmed_at, kind="instant", group="day"),
    Column("printed", _l("Badge printed"), lambda row: row.printed, beside=(gathering.prints, "at"), kind="instant", source="printed", group="day"),
    Column("arrived", _l("Checked in"), lambda row: row.arrived, _arrival, kind="instant", source="arrived", group="day"),
)  # fmt: skip
