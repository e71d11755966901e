"""Who someone is: names, address, affiliation, ORCID iD, interests. One row per human being."""

from conference.people import doubles
from conference.people.actions import FIELDS, enter, find_or_enter, update
from conference.people.countries import countries, country_name, is_country
from conference.people.forms import EmailForm, ProfileForm
from conference.people.many import by_emails, enter_many, find_or_enter_all, folded_name, forget_unnamed, with_names
from conference.people.models import Interest, Person
from conference.people.profile import ChangedElsewhere, change_email, save_profile, seen_version, set_interests
from conference.people.queries import by_email, by_id, by_ref, interests, locked, matching, named, working_at
from conference.people.rules import Stage, display_name, normal_email, normal_orcid, sort_name
from conference.people.words import STAGES

__all__ = [
    "FIELDS",
    "ChangedElsewhere",
    "EmailForm",
    "Interest",
    "Person",
    "ProfileForm",
    "STAGES",
    "Stage",
    "by_email",
    "by_emails",
    "is_country",
    "by_id",
    "by_ref",
    "change_email",
    "countries",
    "country_name",
    "display_name",
    "doubles",
    "enter",
    "find_or_enter",
    "find_or_enter_all",
    "interests",
    "locked",
    "matching",
    "named",
    "normal_email",
    "normal_orcid",
    "save_profile",
    "seen_version",
    "set_interests",
    "sort_name",
    "update",
    "enter_many",
    "folded_name",
    "forget_unnamed",
    "with_names",
    "working_at",
]
