"""Who someone is: names, address, affiliation, ORCID iD, interests. One row per human being."""

from conference.people.actions import enter, update
from conference.people.models import Person
from conference.people.queries import by_email, by_id, by_ref, matching, named, working_at
from conference.people.rules import display_name, normal_email, sort_name

__all__ = [
    "Person",
    "by_email",
    "by_id",
    "by_ref",
    "display_name",
    "enter",
    "matching",
    "named",
    "normal_email",
    "sort_name",
    "update",
    "working_at",
]
