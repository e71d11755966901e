"""Changing a profile that may be open in two places, moving to another address, and the list of interests."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conference.kernel import Refusal, db
from conference.people import queries
from conference.people.actions import FIELDS, update
from conference.people.models import Interest
from conference.people.rules import version_of


class ChangedElsewhere(Refusal):
    """The row is no longer what the form was filled with."""


def seen_version(person):
    """A text that a form carries, so that saving it notices what was changed elsewhere in the meantime."""
    return version_of({name: getattr(person, name) for name in FIELDS})


def save_profile(person, changes, *, seen, by, now):
    """As `update`, unless the profile is no longer the one that `seen` was taken of: ChangedElsewhere."""
    person = queries.locked(person)
    if seen != seen_version(person):
        raise ChangedElsewhere(
            _(
                "This profile was changed elsewhere while you had it open. Nothing is lost: look at your answers and save again."
            )
        )
    return update(person, by=by, now=now, **changes)


def change_email(person, email, *, by, now):
    """Give the person another normal-form address; Refusal when it is somebody else's."""
    try:
        with db.session.begin_nested():
            return update(person, by=by, now=now, email=email)
    except IntegrityError:
        raise Refusal(
            _("This address belongs to another account. Sign in with it, or ask the office to join the two."),
            field="code",
        ) from None


def set_interests(topics):
    """Make `topics`, pairs of (code, label), the list to choose from, in this order; others are retired, not forgotten."""
    wanted = {code: (label, position) for position, (code, label) in enumerate(topics, start=1)}
    for interest in db.session.scalars(select(Interest)):
        interest.is_retired = interest.code not in wanted
        interest.label, interest.position = wanted.pop(interest.code, (interest.label, interest.position))
    db.session.add_all(Interest(code=code, label=label, position=at) for code, (label, at) in wanted.items())
    db.session.flush()
