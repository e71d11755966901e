"""What inviting a list of people would do, before anything is sent: whom it would reach, how many places it would keep, what it would take off."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from conference import people
from conference.kernel import Money, Refusal
from conference.registration.invitation_models import InvitationKind
from conference.registration.invitation_rules import kept_until, until
from conference.registration.invitations import queries, valuing
from conference.registration.invitations.rows import Row, rows_of
from conference.registration.places import offered_among
from conference.registration.rules import State

LIVE = (State.HELD, State.CONFIRMED)


@dataclass
class Look:
    """What would happen now. `rows` are those at no fault; `kept` how many places would be set aside, `off` what it takes off at most."""

    kind: InvitationKind
    rows: list[Row]
    valid_until: datetime | None = None
    kept_until: datetime | None = None
    kept: int = 0
    off: Money | None = None
    registered: int = 0
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def pool(self):
        """The places that the kind's category draws from; None when it draws from none."""
        return self.kind.category.pool

    @property
    def must_pass(self):
        """Whether places would be kept before those who wait for them: that needs a reason."""
        return bool(self.kept and self.pool.waiting)


def look(kind, kept_rows, *, meeting, now):
    """The Look at a list for a kind; everything that hinders is among its faults, and nothing is changed."""
    rows = rows_of(kept_rows)
    found = _Looker(kind, meeting, rows, now)
    return found.look()


class _Looker:
    """Looks at all rows at once: what is asked of many is asked in one statement."""

    def __init__(self, kind, meeting, rows, now):
        self.kind, self.meeting, self.rows, self.now = kind, meeting, rows, now
        self.persons = people.by_emails([row.values["email"] for row in rows if not row.faults])
        keys = [person.id for person in self.persons.values()]
        self.entries = queries.entries_in(meeting, keys)
        self.standing = queries.standing_in(meeting, keys)
        self.ended = queries.ended_in(meeting, keys)
        self.aside = offered_among([entry.id for entry in self.entries.values()])
        self.namesakes = _namesakes(rows, set(self.persons))
        others = [person.id for found in self.namesakes.values() for person in found]
        self.others_invited = queries.standing_in(meeting, others) if others else {}

    def look(self):
        for row in self.rows:
            if not row.faults:
                self._against(row)
        fine = [row for row in self.rows if not row.faults]
        found = Look(self.kind, fine)
        found.faults = [{"line": row.line, "reason": str(reason)} for row in self.rows for reason in row.faults]
        found.warnings = [{"line": row.line, "reason": text} for row in fine for text in self._about(row)]
        found.registered = sum(self._is_registered(row) for row in fine)
        self._count(found)
        return found

    def _against(self, row):
        """Whoever is invited already is not invited again."""
        invitation = self.standing.get(self._person_id(row))
        if invitation is not None:
            words = {"email": row.values["email"], "kind": invitation.kind.name}
            row.faults.append(_("%(email)s is invited already: %(kind)s", **words))

    def _about(self, row):
        """What is no fault, and good to know."""
        email, entry, before = row.values["email"], self._entry(row), self.ended.get(self._person_id(row))
        if entry is not None and entry.state == State.CONFIRMED:
            yield _("%(email)s is registered already: the invitation can be applied to that afterwards", email=email)
        elif entry is not None and entry.state == State.HELD:
            yield _("%(email)s has an order that waits for its payment", email=email)
        elif entry is not None and entry.id in self.aside:
            yield _("%(email)s has an offer from the waiting list already: no other place is kept", email=email)
        if before is not None:
            yield _("%(email)s was invited before: %(state)s", email=email, state=_ended_words()[before.state])
        for other in self.namesakes.get(people.folded_name(row.values), ()):
            yield self._about_namesake(other)

    def _about_namesake(self, other):
        words = {"name": other.full_name, "email": other.email or "–"}
        if other.id in self.others_invited:
            kind = self.others_invited[other.id].kind.name
            return _("%(name)s is invited already under %(email)s (%(kind)s): the same person?", kind=kind, **words)
        return _("%(name)s is known under %(email)s: the same person?", **words)

    def _count(self, found):
        """How many, how long, at what expense; what hinders all of them is a fault of no line."""
        try:
            found.valid_until = until(self.kind.valid_until, closes_at=queries.closes_at(self.meeting), now=self.now)
        except Refusal as refusal:
            _fault(found, str(refusal))
            return
        if not self.kind.is_open:
            _fault(found, _("Nobody is invited as %(kind)s any more.", kind=self.kind.name))
        if self.kind.left is not None and len(found.rows) > self.kind.left:
            words = ngettext(
                "%(num)s more can be invited as %(kind)s.",
                "%(num)s more can be invited as %(kind)s.",
                self.kind.left,
                kind=self.kind.name,
            )
            _fault(found, words)
        self._keep(found)
        keys = [self._person_id(row) for row in found.rows]
        found.off = valuing.would_take_off(self.kind, keys, meeting=self.meeting, now=self.now)

    def _keep(self, found):
        if not self.kind.keeps_places or found.pool is None:
            return
        found.kept_until = kept_until(self.kind.kept_until, found.valid_until, self.now)
        if found.kept_until is None:
            return
        found.kept = sum(self._needs_place(row) for row in found.rows)
        if found.pool.free is not None and found.kept > found.pool.free:
            words = {"what": found.pool.name, "free": found.pool.free, "count": found.kept}
            _fault(found, _("%(what)s: %(free)s places are free, and %(count)s would be kept.", **words))

    def _needs_place(self, row):
        entry = self._entry(row)
        return entry is None or (entry.state not in LIVE and entry.id not in self.aside)

    def _is_registered(self, row):
        entry = self._entry(row)
        return entry is not None and entry.state == State.CONFIRMED

    def _entry(self, row):
        return self.entries.get(self._person_id(row))

    def _person_id(self, row):
        person = self.persons.get(row.values["email"])
        return person.id if person else None


def _ended_words():
    return {"declined": _("declined"), "lapsed": _("not answered in time"), "withdrawn": _("withdrawn")}


def _namesakes(rows, known):
    """{folded name: [person]} of people with the name of a row whose address nobody has yet."""
    wanted = [
        {"given_name": row.values["given_name"], "family_name": row.values["family_name"]}
        for row in rows
        if row.values["email"] not in known and (row.values["given_name"] or row.values["family_name"])
    ]
    return people.with_names(wanted)


def _fault(found, text):
    found.faults.append({"line": None, "reason": text})
