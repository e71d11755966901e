"""My page, part by part: each part is a template and a function that says what it shows, or None when it is not for this person."""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class Part:
    """One section of my page."""

    template: str
    values: dict


def parts_for(person, now):
    """The parts of somebody's page, in the order of what matters to them now."""
    found = ((template, gather(person, now)) for template, gather in PARTS)
    return [Part(template, values) for template, values in found if values is not None]


def profile(person, now):
    """What is known of the person and what is still missing for a registration and a badge."""
    wanted = (
        (_("name"), person.given_name or person.family_name),
        (_("institution"), person.institution),
        (_("country"), person.country),
        (_("degrees"), person.degrees),
        (_("ORCID iD"), person.orcid),
    )
    missing = [label for label, value in wanted if not value]
    return {"missing": missing, "known": len(wanted) - len(missing), "wanted": len(wanted)}


PARTS = (("home/mine/profile.html", profile),)
