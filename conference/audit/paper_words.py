"""The trail's words about the programme on paper."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "ordered print of": _l("Print ordered"),
    "put online print of": _l("Print put online"),
    "took offline print of": _l("Print taken offline"),
}
FIELDS = {"under embargo": _l("with what is under embargo")}
VALUES: dict = {}
