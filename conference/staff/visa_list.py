"""Requests for visa letters as the desk lists them: what is wished for in the address, and a table without any passport."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import select

from conference.kernel import clean_line, db
from conference.registration import visa

COLUMNS = (
    "letter",
    "state",
    "valid",
    "family_name",
    "given_name",
    "email",
    "institution",
    "nationality",
    "registration",
    "category",
    "asked_at",
    "decided_at",
    "decided_by",
    "reason",
)


@dataclass(frozen=True)
class Wish:
    """Which requests are wished for, and in which order."""

    state: visa.RequestState
    text: str
    nationality: str
    sort: str

    @property
    def asked(self):
        """The wish as an address has it."""
        found = {"state": str(self.state), "q": self.text, "nationality": self.nationality, "sort": self.sort}
        return {name: value for name, value in found.items() if value and (name, value) != ("sort", "asked")}


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    state, sort = request.args.get("state", ""), request.args.get("sort", "asked")
    nationality = request.args.get("nationality", "")
    return Wish(
        state=visa.RequestState(state) if state in set(visa.RequestState) else visa.RequestState.WAITING,
        text=clean_line(request.args.get("q", ""))[:200],
        nationality=nationality if nationality.isascii() and nationality.isalpha() and len(nationality) == 2 else "",
        sort=sort if sort.lstrip("-") in visa.queries.SORTS and not sort.startswith("--") else "asked",
    )


def listed(meeting, wish):
    """An ordered SELECT of the requests that are wished for."""
    return visa.queries.queue(meeting, state=wish.state, text=wish.text, sort=wish.sort, nationality=wish.nationality)


def nationalities(meeting):
    """The nationalities of the meeting's requests, in order of their codes."""
    column = visa.VisaRequest.nationality
    statement = select(column).where(visa.VisaRequest.meeting_id == meeting.id, column != "").distinct()
    return list(db.session.scalars(statement.order_by(column)))


def table(meeting, now):
    """(header, rows) of every request of a meeting, without anything that a passport says but the nationality."""
    found = []
    for state in visa.RequestState:
        found += db.session.scalars(visa.queries.queue(meeting, state=state)).unique()
    return COLUMNS, [_row(each, now) for each in found]


def _row(each, now):
    entry, person = each.registration, each.registration.person
    about = (person.family_name, person.given_name, person.email, person.institution, each.nationality, entry.ref)
    decided = (each.decided_at, each.decided_by.full_name if each.decided_by else "", each.reason)
    holds = "yes" if visa.queries.holds(each, now) else "no"
    category = entry.category.code if entry.category else ""
    return (visa.reference_of(each), str(each.state), holds, *about, category, each.asked_at, *decided)
