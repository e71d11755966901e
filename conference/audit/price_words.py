"""The trail's words about prices."""

from flask_babel import lazy_gettext as _l

VERBS = {"took back prices": _l("The last change of prices taken back")}
