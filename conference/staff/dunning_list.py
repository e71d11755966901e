"""Open items as the desk lists them: what is wished for in the address, the list, and the table for spreadsheets."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from conference import meetings, society
from conference.checkout import dunning
from conference.kernel import Money, clean_line, clock, db
from conference.payments import Order, OrderState, bank
from conference.people import Person
from conference.staff import dunning_words, order_search
from conference.web import Sorted

Case, Letter = dunning.DunningCase, dunning.DunningLetter
SORTS = {
    "due": Case.due_on,
    "next": Case.next_on,
    "last": Case.last_day,
    "amount": Order.total_minor,
    "name": Person.family_name,
}
VIEWS = ("open", "late", "due", "over", "paused")


@dataclass(frozen=True)
class Wish(Sorted):
    """Which open items are wished for, and in which order."""

    view: str = "open"
    meeting: str = ""
    step: str = ""
    q: str = ""
    sort: str = "due"


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in vars(Wish())}
    asked["view"] = asked["view"] if asked["view"] in VIEWS else Wish.view
    asked["step"] = asked["step"] if asked["step"] in {*dunning.Step, "none"} else ""
    asked["meeting"] = asked["meeting"] if meetings.by_code(asked["meeting"]) else ""
    asked["sort"] = asked["sort"] if asked["sort"].removeprefix("-") in SORTS else Wish.sort
    return Wish(**asked)


def listed(wish):
    """An ordered SELECT of (case, order, person) that are wished for."""
    column = SORTS[wish.column]
    ordered = (column.desc() if wish.is_descending else column).nulls_last()
    return _all().where(*_clauses(wish)).order_by(ordered, Case.order_id)


def due_now(*, limit):
    """[(case, order, person)] of which a step is due, the longest due first."""
    statement = _all().where(_views()["due"]).order_by(Case.next_on, Case.order_id)
    return db.session.execute(statement.limit(limit)).all()


def counts(wish):
    """{view: how many} of a meeting, or of all."""
    columns = (func.count().filter(clause).label(view) for view, clause in _views().items())
    statement = select(*columns).select_from(Case).join(Order, Order.id == Case.order_id)
    statement = statement.where(Order.state == OrderState.OPEN, *_of_meeting(wish))
    return dict(db.session.execute(statement).mappings().one())


def told(rows, now):
    """(standings, missing as Money) of rows that are shown, each by the order's key, in a fixed number of queries."""
    orders = [order for _case, order, _person in rows]
    missing = bank.missing_of([order.id for order in orders])
    money = {order.id: Money(missing.get(order.id, 0), order.currency) for order in orders}
    return dunning.standings(orders, now=now), money


def table(wish, now):
    """(header, rows of values) of everything that is wished for."""
    header = [
        *(_("Order"), _("Payer"), _("Institution"), _("Email"), _("Meeting"), _("To be paid by"), _("Days late")),
        *(_("Open"), _("Last letter"), _("Sent on"), _("Next letter"), _("Next on"), _("Kept back"), _("Last day")),
        _("Paused until"), _("Why paused"),
    ]  # fmt: skip
    found = db.session.execute(listed(wish)).all()
    standings, missing = told(found, now)
    letters = dunning.letters_of([order.id for _case, order, _person in found])
    codes = {each.id: each.code for each in meetings.all_meetings()}
    about = ((case, order, person, standings.get(order.id), letters[order.id]) for case, order, person in found)
    day = society.local_day(clock.now())
    return header, [_row(*each, missing[each[1].id], codes, day) for each in about]


def _row(case, order, person, standing, letters, missing, codes, day):
    last, following = letters[-1] if letters else None, standing.next if standing else None
    late = max((day - case.due_on).days, 0) if case.due_on else ""
    return [
        *(order.ref, person.full_name, person.institution, person.email, codes.get(case.meeting_id, "")),
        *(case.due_on or "", late, missing),
        *((str(dunning_words.STEPS[last.step]), last.sent_on) if last else ("", "")),
        *((str(dunning_words.STEPS[following[0]]), following[1]) if following else ("", "")),
        str(dunning_words.WAITS[standing.wait]) if standing and standing.wait else "",
        *(case.last_day or "", case.paused_until or "", case.pause_reason),
    ]


def _all():
    by_order = select(Case, Order, Person).join(Order, Order.id == Case.order_id)
    return by_order.join(Person, Order.person_id == Person.id).where(Order.state == OrderState.OPEN)


def _clauses(wish):
    yield _views()[wish.view]
    yield from _of_meeting(wish)
    if wish.step:
        yield _reached(wish.step)
    if wish.q:
        yield Order.id.in_(order_search.found(wish.q))


def _views():
    day = society.local_day(clock.now())
    return {
        "open": Case.order_id.is_not(None),
        "late": Case.due_on < day,
        "due": Case.next_on <= day,
        "over": and_(Case.last_day < day, or_(Case.paused_until.is_(None), Case.paused_until < day)),
        "paused": Case.paused_until >= day,
    }  # fmt: skip


def _of_meeting(wish):
    if wish.meeting:
        yield Case.meeting_id == meetings.by_code(wish.meeting).id


def _reached(step):
    """Orders whose latest letter was this step; "none": of which no letter was sent."""
    sent = select(Letter.order_id)
    if step == "none":
        return Case.order_id.not_in(sent)
    later = list(dunning.Step)[list(dunning.Step).index(step) + 1 :]
    has = Case.order_id.in_(sent.where(Letter.step == step))
    return and_(has, Case.order_id.not_in(sent.where(Letter.step.in_(later))))
