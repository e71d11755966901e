"""Roles in the reader's language."""

from flask_babel import lazy_gettext as _l

ROLE_LABELS = {
    "registration": _l("Registration desk"),
    "programme": _l("Programme"),
    "finance": _l("Finance"),
    "door": _l("Door"),
    "administrator": _l("Administrator"),
}
