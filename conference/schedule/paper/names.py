"""What prints are called, for people."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "book": _l("Abstract book"),
    "pocket": _l("Pocket programme"),
    "signs": _l("Door signs"),
    "boards": _l("List of poster boards"),
}
_SIZES = {"letter": _l("US Letter"), "A4 landscape": _l("A4"), "letter landscape": _l("US Letter")}


def name_of(kind, size):
    """ "Abstract book, A4"."""
    return _l("%(kind)s, %(size)s", kind=KINDS[kind], size=_SIZES.get(size, size))
