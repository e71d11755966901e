"""Cookie and other choices: what would be set or loaded is listed in code, what people answered is kept in rows.

`registry` is the one list of purposes, cookies and outside resources; the page at /consent is generated from it. Nothing
that is not necessary is emitted before a yes: views ask `allows("media")`, templates `consent_allows("media")`. A page
that is kept for many readers must be kept apart by `variant()`, since it holds the banner or what was agreed to.
"""

from conference.consent.cookie import name_of as cookie_name
from conference.consent.current import allows, standing, variant
from conference.consent.models import Answer, Wording
from conference.consent.registry import COOKIES, PURPOSES, RESOURCES, resource
from conference.consent.rules import Act

__all__ = [
    "COOKIES",
    "PURPOSES",
    "RESOURCES",
    "Act",
    "Answer",
    "Wording",
    "allows",
    "cookie_name",
    "resource",
    "standing",
    "variant",
]
