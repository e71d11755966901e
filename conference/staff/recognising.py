"""Who somebody of the programme is, said at the desk: people of that name are offered, without their addresses."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from conference import audit, people, schedule
from conference.schedule import warnings
from conference.web import Form

KINDS = (warnings.Kind.UNKNOWN, warnings.Kind.UNREGISTERED)


class PersonForm(Form):
    """One of those who are called like somebody of the programme."""

    person = RadioField(_l("This is"), [InputRequired(_l("Choose who it is"))])

    def of(self, contributor):
        """The form for somebody of the programme: people of that name, who it is said to be among them."""
        names = {"given_name": contributor.given or contributor.name, "family_name": contributor.family}
        found = people.with_names([names]).get(people.folded_name(names), [])
        self.found = {person.ref: person for person in found}
        self.person.choices = [SelectChoice(person.ref, _told(person)) for person in found]
        known = next((person.ref for person in found if person.id == contributor.person_id), None)
        self.person.data = self.person.data or known
        return self


def contributor_of(meeting, warning):
    """The one of the programme whom a warning asks about; None where it is about something else."""
    if warning is None or warning.kind not in KINDS:
        return None
    return schedule.contributor(meeting, warning.people[0])


def say_who(*, meeting, contributor, person, by, now):
    """Remember who somebody of the programme is, with who said so."""
    schedule.recognise(meeting, contributor.guid, person)
    after = {"contributor": contributor.name, "person": person.ref}
    audit.record(by=by, verb="recognised somebody of", subject=meeting, now=now, after=after)


def _told(person):
    place = ", ".join(filter(None, (person.institution, person.country)))
    return _("%(name)s (%(place)s)", name=person.full_name, place=place) if place else person.full_name
