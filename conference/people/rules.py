"""Names, addresses and ORCID iDs as values."""

import hashlib
import json
import re
import unicodedata
from datetime import date
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from stdnum.exceptions import ValidationError as CheckFailed
from stdnum.iso7064 import mod_11_2

from conference.kernel import Refusal, clean_line


class Stage(StrEnum):
    """Where somebody stands in their career, as they say themselves."""

    STUDENT = "student"  # before a first degree
    GRADUATE = "graduate"
    POSTDOC = "postdoc"
    RESIDENT = "resident"
    EARLY = "early"
    ESTABLISHED = "established"
    RETIRED = "retired"
    OTHER = "other"


LONGEST_LOCAL = 64  # RFC 5321 section 4.5.3.1.1, in octets
LONGEST_EMAIL = 254  # RFC 5321 with its erratum 1690: no longer path can be delivered to
_DASHES = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"))
_ORCID_SITE = re.compile(r"^(https?://)?(www\.)?(sandbox\.)?orcid\.org/", re.IGNORECASE)


def normal_email(text):
    """The one form under which an address is kept (lower case, NFC, Unicode domain); Refusal when it is none.

    The local part is lowered too: RFC 5321 allows case to matter, no mail system in use lets it.
    """
    try:
        found = _checked(clean_line(text))
        return _checked(unicodedata.normalize("NFC", found.lower()))
    except EmailNotValidError:
        raise Refusal(_("This is not an e-mail address. It looks like name@example.org."), field="email") from None


def normal_orcid(text):
    """An ORCID iD as 0000-0002-1825-0097, from that, from its digits or from its web address; "" for none.

    Refusal when the check digit (ISO 7064 MOD 11-2, https://support.orcid.org) says that it was mistyped.
    """
    bare = _ORCID_SITE.sub("", clean_line(text).replace(" ", "")).rstrip("/").translate(_DASHES).upper()
    if not bare:
        return ""
    if not re.fullmatch(r"[0-9]{15}[0-9X]", bare):
        raise Refusal(_("This is not an ORCID iD. It looks like 0000-0002-1825-0097."), field="orcid")
    try:
        mod_11_2.validate(bare)
    except CheckFailed:
        raise Refusal(
            _("One of these digits is mistyped: the last one does not fit the others."), field="orcid"
        ) from None
    return "-".join(bare[start : start + 4] for start in range(0, 16, 4))


def version_of(values):
    """A short text that changes when any of these values (a dict) does: what a form was filled with."""
    return hashlib.sha256(json.dumps(plain(values), sort_keys=True).encode()).hexdigest()[:32]


def plain(values):
    """The same values with days as texts, as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def stage_on(stage, since, until, on):
    """The career stage that holds on a day, or "" when it has not begun, is over, or was never told."""
    has_begun = since is None or since <= on
    return stage if stage and has_begun and (until is None or on <= until) else ""


def display_name(given, family):
    """The name as people write it: given name first, either part alone when it is the only one."""
    return " ".join(part for part in (given, family) if part)


def sort_name(given, family):
    """Under which the name is filed: family name first."""
    return ", ".join(part for part in (family, given) if part)


def _checked(text):
    local = text.rpartition("@")[0]
    if (
        len(text) > LONGEST_EMAIL
        or len(local.encode("utf-8", "replace")) > LONGEST_LOCAL
        or "\N{REPLACEMENT CHARACTER}" in text
    ):
        raise EmailNotValidError("too long, or it did not arrive whole")
    return validate_email(text, check_deliverability=False, allow_smtputf8=True).normalized
