"""The trail's words about saved cards and automatic renewal."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "agreed to automatic renewal": _l("Agreed to automatic renewal"),
    "removed a card": _l("Saved card taken away"),
    "renews by itself": _l("Order of an automatic renewal"),
    "replaced a card": _l("Saved card replaced"),
    "saved a card": _l("Card saved"),
    "stopped automatic renewal": _l("Automatic renewal stopped"),
}
FIELDS = {"card": _l("card ending in")}
