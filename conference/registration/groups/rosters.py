"""A roster from a CSV file: every row is checked first, and nothing is kept unless all of them can be."""

from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, people
from conference.kernel import Refusal, claimed, clean_line, db
from conference.registration import queries
from conference.registration.groups.actions import (
    new_seat,
    refuse_closed,
    refuse_too_many,
    registered_among,
    said_no,
    seats_with,
)
from conference.registration.groups.checking import check_wish
from conference.registration.groups.leaving import declined_among
from conference.registration.groups.models import Roster
from conference.registration.groups.queries import lock
from conference.registration.groups.rules import NEEDED, read_rows
from conference.registration.rules import WHOLE, Mode, Wish, spans_of


@dataclass
class Report:
    """What a roster does, or would do: counts and faults ({line, reason})."""

    read: int = 0
    added: int = 0
    faults: list = field(default_factory=list)


def check(group, *, name, text, now):
    """A Roster with its report, kept until somebody decides; Refusal when the file is none of ours. No seat is added."""
    report, _seats = _checked(group, read_rows(text, needed=_needed(group)), now)
    roster = Roster(group_id=group.id, name=clean_line(name)[:300] or "csv", text=text, made_at=now)
    roster.report = asdict(report)
    db.session.add(roster)
    db.session.flush()
    return roster


def bring_in(group, roster, *, by, now):
    """Add every seat of a checked file, once; Refusal when a row cannot be any more, and then nothing is kept."""
    mine = update(Roster).where(Roster.id == roster.id, Roster.imported_at.is_(None))
    if not claimed(mine.values(imported_at=now)):
        raise Refusal(_("This file was brought in already."))
    lock(group)
    refuse_closed(group, by, now)
    report, seats = _checked(group, read_rows(roster.text, needed=_needed(group)), now, roster)
    if report.faults:
        raise Refusal(_("Line %(line)s: %(reason)s. Nothing was added: check the file again.", **report.faults[0]))
    refuse_too_many(group, len(seats))
    db.session.add_all(seats)
    db.session.flush()
    facts = {"file": roster.name, "count": report.added}
    audit.record(by=by, verb="brought in the roster", subject=group, now=now, after=facts)
    return report


def _needed(group):
    """The columns that a roster must have: without the category where there is but one."""
    return NEEDED if group.category_id is None else tuple(name for name in NEEDED if name != "category")


def _checked(group, rows, now, roster=None):
    """(Report, seats not kept yet)."""
    check_row = _Check(group, rows, now, roster)
    seats = [seat for row in rows if (seat := check_row(row)) is not None]
    faults = [{"line": row.line, "reason": str(reason)} for row in rows for reason in row.faults]
    return Report(read=len(rows), added=len(seats), faults=faults), seats


class _Check:
    """Checks rows one after the other; what is the same for many is asked once."""

    def __init__(self, group, rows, now, roster):
        self.group, self.now, self.roster = group, now, roster
        emails = [_email(row) for row in rows]
        self.here = seats_with(group, emails)
        self.registered = registered_among(group.meeting, emails)
        self.declined = declined_among(group, emails)
        self.spans = spans_of(group.meeting.starts, group.meeting.ends)
        self.add_ons = {each.code for each in queries.add_ons_of(group.meeting)}
        self.first, self.wishes = {}, {}

    def __call__(self, row):
        """The seat of a row, or None when it is at fault."""
        self._check_email(row)
        wish = self._wish(row)
        category = self._category(row, wish)
        if row.faults:
            return None
        facts = {name: row.values[name] for name in ("email", "given_name", "family_name", "grant")}
        return new_seat(self.group, category=category, wish=wish, now=self.now, roster=self.roster, **facts)

    def _check_email(self, row):
        try:
            email = row.values["email"] = people.normal_email(row.values["email"])
        except Refusal as refusal:
            row.faults.append(str(refusal))
            return
        if email in self.first:
            row.faults.append(_("%(email)s stands in line %(line)s already", email=email, line=self.first[email]))
        elif email in self.declined:
            row.faults.append(said_no(email))
        elif email in self.here:
            row.faults.append(_("%(email)s is in this group already", email=email))
        elif email in self.registered:
            row.faults.append(_("%(email)s is registered for this meeting already", email=email))
        self.first.setdefault(email, row.line)

    def _wish(self, row):
        values = row.values
        mode, span = values["mode"] or str(Mode.IN_PERSON), values["days"] or WHOLE
        extras = tuple(dict.fromkeys(code for part in values["add_ons"].split(";") if (code := part.strip())))
        if mode not in list(Mode):
            row.faults.append(_("mode must be in_person or virtual, not “%(text)s”", text=mode))
        if span not in self.spans:
            row.faults.append(_("days must be empty or a day of the meeting such as %(day)s", day=self.spans[1]))
        unknown = [code for code in extras if code not in self.add_ons]
        if unknown:
            row.faults.append(_("there is no add-on “%(code)s”", code=unknown[0]))
        if len(values["grant"]) > 80:
            row.faults.append(_("grant is longer than %(longest)s characters", longest=80))
        only = self.group.category
        return Wish(values["category"] or (only.code if only else ""), span, mode, extras)

    def _category(self, row, wish):
        """Its category; what cannot be sold is a fault, found once for each wish."""
        if row.faults:
            return None
        if wish not in self.wishes:
            self.wishes[wish] = self._asked(wish)
        category, reason = self.wishes[wish]
        if reason:
            row.faults.append(reason)
        return category

    def _asked(self, wish):
        try:
            return check_wish(self.group, wish, self.now), ""
        except Refusal as refusal:
            return None, str(refusal)


def _email(row):
    try:
        return people.normal_email(row.values["email"])
    except Refusal:
        return ""
