"""Registrations from a CSV file: every row is checked first, and nothing is kept unless all of them can be.

Those who have no registration yet, or one that ended, nearly all of a file, are registered together, in few statements; whoever
has begun one is registered as by hand.
"""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from conference import audit, payments, people, registration
from conference.checkout import doubles
from conference.checkout.entering import PERSON_COLUMNS, held_until
from conference.checkout.marking import refuse_alone
from conference.checkout.placing import place_imported
from conference.checkout.settling import settle_free, settle_paid_by_hand
from conference.kernel import Refusal, count_anew, in_parts
from conference.registration import State

MANY = 1000  # rows after which the database's plans are made anew
TAKEN = (State.HELD, State.CONFIRMED)


@dataclass(frozen=True)
class Done:
    """What one row became: keys of its registration and order, whether its person was entered, what the draft was before."""

    line: int
    entry_id: int
    order_id: int
    person_id: int
    is_new_person: bool = False
    before: dict | None = None


@dataclass
class Report:
    """What an import did, or would do: counts, faults ({line, reason}) and warnings (and `whom`), and each row that is `done`."""

    read: int = 0
    added: int = 0
    new_people: int = 0
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    done: list = field(default_factory=list)


class Terms:
    """On what those of one file register: each price asked for once, and the places that are left for them."""

    def __init__(self, meeting, categories, now):
        self.meeting, self.categories, self.now = meeting, categories, now
        self.ended = {}
        self.taken, self._offers, self._room = {}, {}, {}

    def offer(self, category, person, row):
        """What it costs: once for all new people of a category and country, who have no standing; else for each. Refusal."""
        key = (category.code, person.country) if row.is_new else row.line
        if key not in self._offers:
            wish = registration.Wish(category.code)
            whose = {"meeting": self.meeting, "person": person, "now": self.now}
            self._offers[key] = registration.price_of(wish, category, "", **whose)
        self._take_room(category)
        return self._offers[key]

    def takes(self, category, entry):
        """The registration needs a place of its category."""
        if category.pool is not None:
            self.taken.setdefault(category.pool, []).append(entry)

    def _take_room(self, category):
        pool = category.pool
        if pool is None or (pool.places is None and not pool.waiting):
            return
        left = self._room.setdefault(pool.id, 0 if pool.waiting else pool.free)
        if not left:
            raise registration.SoldOut(_("%(what)s: no place is left.", what=pool.name))
        self._room[pool.id] = left - 1


def import_rows(rows, *, meeting, now, by=None):
    """Register everybody in `rows`; the Report. Inside a transaction that the caller rolls back when there are faults."""
    report = Report(read=len(rows))
    categories = {each.code: each for each in _categories(meeting)}
    known = people.by_emails({row.values["email"] for row in rows if not row.faults})
    entries = registration.wholesale.in_meeting(meeting, [person.id for person in known.values()])
    for row in rows:
        _check_category(row, categories)
        _check_second(row, known, entries)
    report.warnings = list(doubles.warnings(rows, known))
    terms = Terms(meeting, categories, now)
    terms.ended = {key: each for key, each in entries.items() if each.state == State.CANCELLED}
    for some in in_parts([row for row in rows if not row.faults and not _begun(row, known, entries)]):
        _register_many(some, terms, known, report, by)
    registration.wholesale.claim(terms.taken, now=now)
    for row in rows:
        if not row.faults and _begun(row, known, entries):
            _register_one(row, meeting, categories, known, report, now)
    if report.added >= MANY:
        count_anew(people.Person, registration.Registration, payments.Order, payments.Line)
    report.faults = [{"line": row.line, "reason": reason} for row in rows for reason in row.faults]
    return report


def _categories(meeting):
    """Whatever people are registered as under their own address; guests are added by whom they come with."""
    return registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)


def _check_category(row, categories):
    code = row.values["category"]
    if code and code not in categories:
        row.faults.append(f"there is no category “{code}” (known: {', '.join(categories)})")


def _check_second(row, known, entries):
    person = known.get(row.values["email"])
    entry = entries.get(person.id) if person else None
    if not row.faults and entry is not None and entry.state in TAKEN:
        row.faults.append(f"{person.email} is registered already")


def _begun(row, known, entries):
    person = known.get(row.values["email"])
    return person is not None and person.id in entries and entries[person.id].state == State.DRAFT


def _register_many(rows, terms, known, report, by):
    """Those without a registration; a row that has no price or no place gets its fault, and is left out."""
    _enter_people(rows, known, report, terms.now)
    wanted = []
    for row in rows:
        category, person = _category_of(row, terms.categories), known[row.values["email"]]
        try:
            offer = terms.offer(category, person, row)
            if row.values["paid"] == "yes":
                refuse_alone(offer.total)
            wanted.append((row, person, category, offer))
        except Refusal as refusal:
            row.faults.append(str(refusal))
    _place_many(wanted, terms, report, by)


def _enter_people(rows, known, report, now):
    new = [row for row in rows if row.values["email"] not in known]
    names = ("email", *PERSON_COLUMNS)
    entered = people.enter_many([{name: row.values[name] for name in names} for row in new], now=now)
    for row, person in zip(new, entered, strict=True):
        known[person.email], row.is_new = person, True
    report.new_people += len(new)


def _place_many(wanted, terms, report, by):
    meeting, now = terms.meeting, terms.now
    settled = [row.values["paid"] == "yes" or not offer.total for row, _person, _category, offer in wanted]
    whose = [(person.id, category, done) for (_r, person, category, _o), done in zip(wanted, settled, strict=True)]
    ended = {person_id: terms.ended[person_id] for person_id, _c, _s in whose if person_id in terms.ended}
    before = {key: registration.wholesale.typed(each) for key, each in ended.items()}
    entries = registration.wholesale.register_many(meeting, whose, now=now, ended=ended)
    bought = [
        (entry.person_id, registration.wholesale.lines_for(entry, offer.lines))
        for entry, (_row, _person, _category, offer) in zip(entries, wanted, strict=True)
    ]
    facts = {"currency": meeting.currency, "now": now, "expires_at": held_until(meeting, now)}
    orders = payments.wholesale.open_many(bought, scope=meeting.scope, **facts)
    payments.wholesale.settle_many([order for order, done in zip(orders, settled, strict=True) if done], now=now, by=by)
    _note_proofs(orders, settled, now)
    for entry, order, (row, person, category, _offer) in zip(entries, orders, wanted, strict=True):
        terms.takes(category, entry)
        audit.record(by=by, verb="imported", subject=entry, now=now, after={"order": order.ref, "line": row.line})
        made = Done(row.line, entry.id, order.id, person.id, is_new_person=row.is_new, before=before.get(person.id))
        report.done.append(made)
    report.added += len(wanted)


def _note_proofs(orders, settled, now):
    """Prices that wait for a proof are noted as they are when one order is given."""
    for order in (each for each, done in zip(orders, settled, strict=True) if done):
        for line in order.lines:
            registration.eligibility.provisions.note(line, now=now)


def _register_one(row, meeting, categories, known, report, now):
    """Somebody who had begun to register."""
    person = known[row.values["email"]]
    entry, category = registration.registration_in(meeting, person), _category_of(row, categories)
    before = registration.wholesale.typed(entry)
    try:
        registration.choose(entry, category=category, wish=registration.Wish(category.code), dues_code="", now=now)
        entry = registration.registration_in(meeting, person)
        held_for = held_until(meeting, now) - now
        order = place_imported(draft=entry, meeting=meeting, person=person, now=now, held_for=held_for)
    except Refusal as refusal:
        row.faults.append(str(refusal))
        return
    if not order.total:
        settle_free(order, now=now, letter=False)
    elif row.values["paid"] == "yes":
        refuse_alone(order.total)
        settle_paid_by_hand(order.id, reference="imported as paid", by=None, now=now, letter=False)
    report.done.append(Done(row.line, entry.id, order.id, person.id, before=before))
    report.added += 1


def _category_of(row, categories):
    return categories.get(row.values["category"]) or next(iter(categories.values()))
