"""Whom of the programme one might invite: it knows names and no addresses, so people of that name are suggested, for somebody to look at."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from conference import people, schedule
from conference.kernel import db
from conference.people import Person
from conference.registration.invitations import queries

SHOWN_PARTS = 3
ROLES = ("chair", "co-chair", "moderator", "organiser", "speaker", "panelist", "discussant", "presenter")


@dataclass(frozen=True)
class Suggestion:
    """Somebody of the programme with who they may be: `people` are known under that name, `is_known` that somebody has said so.

    `invited` is the kind of which they, or one of them, are invited already.
    """

    contribution: schedule.Contribution
    people: tuple
    is_known: bool
    invited: str = ""


def suggestions(meeting, *, role="", text=""):
    """[Suggestion] for the current release, by name: those of a role alone, or whose name holds what was typed."""
    found = [each for each in schedule.contributions(meeting) if _is_wanted(each, role, text)]
    known = _by_id([each.person_id for each in found if each.person_id is not None])
    namesakes = people.with_names([_names(each) for each in found if each.person_id is None])
    whole = [_suggested(each, known, namesakes) for each in found]
    invited = queries.standing_in(meeting, [person.id for _each, persons, _known in whole for person in persons])
    return [Suggestion(each, persons, is_known, _kind(persons, invited)) for each, persons, is_known in whole]


def parts_in_words(contribution):
    """What somebody does, the first few of it; and how many more."""
    told = [f"{_role(role)}: {title}" for role, title in contribution.parts[:SHOWN_PARTS]]
    more = len(contribution.parts) - len(told)
    return [*told, _("and %(count)s more", count=more)] if more else told


def note_of(contribution):
    """Why they are invited, short enough for the list."""
    role, title = contribution.parts[0]
    return f"{_role(role)}: {title}"[:300]


def _is_wanted(contribution, role, text):
    if role and role not in {each for each, _title in contribution.parts}:
        return False
    return people.folded_name({"given_name": text}) in people.folded_name({"given_name": contribution.name})


def _suggested(contribution, known, namesakes):
    person = known.get(contribution.person_id)
    if person is not None:
        return contribution, (person,), True
    found = [each for each in namesakes.get(people.folded_name(_names(contribution)), ()) if each.email]
    return contribution, tuple(found), False


def _names(contribution):
    return {"given_name": contribution.given, "family_name": contribution.family}


def _by_id(keys):
    rows = db.session.scalars(select(Person).where(Person.id.in_(keys), Person.email.is_not(None))) if keys else ()
    return {each.id: each for each in rows}


def _kind(persons, invited):
    return next((invited[person.id].kind.name for person in persons if person.id in invited), "")


def role_choices():
    """[(role, what somebody in it does, in words)] of all that can be asked for."""
    words = (
        _("Chairs"), _("Co-chairs"), _("Moderates"), _("Organises"), _("Speaks"), _("Sits on the panel"), _("Discusses"),
        _("Presents"),
    )  # fmt: skip
    return list(zip(ROLES, words, strict=True))


def _role(role):
    return dict(role_choices()).get(role, role)
