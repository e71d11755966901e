"""Exhibitors from a CSV file: every row is checked first, nothing is kept unless all of them can be, and it can be undone."""

from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, people
from conference.kernel import Refusal, claimed, clean_line, db, whole_number
from conference.registration import groups
from conference.registration.exhibitors import actions, queries
from conference.registration.exhibitors.models import Exhibitor, ExhibitorFile, ExhibitorLetter
from conference.registration.exhibitors.rules import Basis, parse_area, read_rows
from conference.registration.groups.models import GroupOrder, Seat


@dataclass
class Report:
    """What a file does, or would do: counts, faults and what is worth a look ({line, reason})."""

    read: int = 0
    added: int = 0
    badges: int = 0
    faults: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


def check(meeting, *, name, text, now):
    """An ExhibitorFile with its report, kept until somebody decides; Refusal when the file is none of ours. Nobody is entered."""
    report, _facts = _checked(meeting, read_rows(text))
    found = ExhibitorFile(meeting_id=meeting.id, name=clean_line(name)[:300] or "csv", text=text, made_at=now)
    found.report = asdict(report)
    db.session.add(found)
    db.session.flush()
    return found


def bring_in(meeting, file, *, by, now):
    """Enter every exhibitor of a checked file, once; Refusal when a row cannot be any more, and then nothing is kept."""
    mine = update(ExhibitorFile).where(ExhibitorFile.id == file.id, ExhibitorFile.imported_at.is_(None))
    if not claimed(mine.values(imported_at=now)):
        raise Refusal(_("This file was imported already."))
    report, rows = _checked(meeting, read_rows(file.text))
    if report.faults:
        raise Refusal(_("Line %(line)s: %(reason)s. Nothing was imported: check the file again.", **report.faults[0]))
    known = people.by_emails([facts["email"] for _line, facts in rows])
    done = []
    for line, facts in rows:
        made = actions.add(meeting, file=file, by=by, now=now, **facts)
        new = None if facts["email"] in known else people.by_email(facts["email"]).id
        done.append([line, made.id, new])
    db.session.execute(update(ExhibitorFile).where(ExhibitorFile.id == file.id).values(done=done))
    told = {"file": file.name, "count": report.added}
    audit.record(by=by, verb="imported exhibitors", subject=meeting, now=now, after=told)
    return report


def kept_back(file):
    """{exhibitor's key: why} of those of an import that are not taken back: used, written to, or changed since."""
    keys = [key for _line, key, _person in file.done or ()]
    there = {each.id: each.group_id for each in queries.by_ids(keys)}
    why = {key: _("is gone already") for key in keys if key not in there}
    why |= {key: _("was changed since") for key in audit.changed_since(Exhibitor, list(there), file.imported_at)}
    why |= {key: _("was written to") for key in _among(ExhibitorLetter.exhibitor_id, there)}
    of_group = {group_id: key for key, group_id in there.items()}
    why |= {of_group[each]: _("has somebody on its roster") for each in _among(Seat.group_id, of_group)}
    return why | {of_group[each]: _("has ordered badges") for each in _among(GroupOrder.group_id, of_group)}


def undo(meeting, file, *, by, now):
    """Take away what a file has entered, but for what `kept_back` names; how many were taken back. Refusal when that was done."""
    mine = update(ExhibitorFile).where(
        ExhibitorFile.id == file.id, ExhibitorFile.imported_at.is_not(None), ExhibitorFile.undone_at.is_(None)
    )
    if not claimed(mine.values(undone_at=now)):
        raise Refusal(_("This import was undone already."))
    # Who writes names down at this moment is waited for, and seen.
    groups.lock_all([each.group_id for each in queries.by_ids([key for _line, key, _person in file.done or ()])])
    kept = kept_back(file)
    gone = [each for each in file.done or () if each[1] not in kept]
    for exhibitor in queries.by_ids([key for _line, key, _person in gone]):
        actions.remove(exhibitor, by=by, now=now)
    people.forget_unnamed([person_id for _line, _key, person_id in gone if person_id])
    told = [{"line": line, "reason": kept[key]} for line, key, _person in file.done or () if key in kept]
    db.session.execute(update(ExhibitorFile).where(ExhibitorFile.id == file.id).values(kept=told))
    facts = {"file": file.name, "taken back": len(gone), "left": len(told)}
    audit.record(by=by, verb="undid an import of exhibitors", subject=meeting, now=now, after=facts)
    return len(gone)


def _among(column, keys):
    return set(db.session.scalars(select(column).where(column.in_(list(keys)))))


def _checked(meeting, rows):
    """(Report, [(line, facts as actions.add takes them)])."""
    check_row = _Check(meeting)
    found = [(row.line, facts) for row in rows if (facts := check_row(row)) is not None]
    faults = [{"line": row.line, "reason": str(reason)} for row in rows for reason in row.faults]
    badges = sum(actions.allotted(_as_row(facts), facts["kind"]) for _line, facts in found)
    counts = {"read": len(rows), "added": len(found), "badges": badges}
    return Report(faults=faults, warnings=check_row.warnings, **counts), found


def _as_row(facts):
    return Exhibitor(override=None, booth_count=facts["booth_count"], area=facts["area"])


class _Check:
    """Checks rows one after the other."""

    def __init__(self, meeting):
        self.kinds = {each.code: each for each in queries.kinds_of(meeting)}
        mine = select(Exhibitor.key, Exhibitor.booths).where(Exhibitor.meeting_id == meeting.id)
        here = db.session.execute(mine).all()
        self.here, self.first, self.warnings = {key for key, _booths in here}, {}, []
        self.booths = {booth for _key, booths in here for booth in _single(booths)}

    def __call__(self, row):
        """The facts of a row, or None when it is at fault."""
        values = row.values
        self._company(row)
        facts = {"company": values["company"], "email": self._email(row), "kind": self._kind(row)}
        facts |= {"booths": values["booths"], "booth_count": self._count(row), "area": self._area(row, facts["kind"])}
        if len(values["booths"]) > 200:
            row.faults.append(_("%(name)s is longer than %(longest)s characters", name="booths", longest=200))
        if row.faults:
            return None
        self._look_at_booths(row)
        return {**facts, "override": None, "override_reason": "", "note": ""}

    def _company(self, row):
        company = row.values["company"]
        key = actions.key_of(company)
        if not company:
            row.faults.append(_("the company is missing"))
        elif key in self.here:
            row.faults.append(_("%(company)s is an exhibitor of this meeting already", company=company))
        elif key in self.first:
            row.faults.append(_("%(company)s stands in line %(line)s already", company=company, line=self.first[key]))
        self.first.setdefault(key, row.line)

    def _email(self, row):
        try:
            return people.normal_email(row.values["email"])
        except Refusal as refusal:
            row.faults.append(str(refusal))

    def _kind(self, row):
        """The kind that is named, or the only one there is."""
        code = row.values["kind"]
        if not code and len(self.kinds) == 1:
            return next(iter(self.kinds.values()))
        if code not in self.kinds:
            row.faults.append(_("there is no kind of booth “%(code)s”", code=code))
        return self.kinds.get(code)

    def _count(self, row):
        """How many booths: as is said, else as many as are named, else one."""
        typed = row.values["booth_count"]
        if not typed:
            return len(_single(row.values["booths"])) or 1
        count = whole_number(typed, 3)
        if not count:
            row.faults.append(_("booth_count must be a number from 1, not “%(text)s”", text=typed))
        return count

    def _area(self, row, kind):
        try:
            area = parse_area(row.values["area"])
        except Refusal as refusal:
            row.faults.append(str(refusal))
            return None
        if area is None and kind is not None and kind.basis == Basis.AREA:
            row.faults.append(_("the area is missing: badges of this kind of booth go by it"))
        return area

    def _look_at_booths(self, row):
        for booth in _single(row.values["booths"]):
            if booth in self.booths:
                self.warnings.append(
                    {"line": row.line, "reason": _("booth %(booth)s is somebody’s already", booth=booth)}
                )
            self.booths.add(booth)


def _single(booths):
    """The numbers of booths that a text names: apart by commas, semicolons or plus signs."""
    return [part for each in booths.replace(";", ",").replace("+", ",").split(",") if (part := each.strip())]
