"""The trail's words about groups and their seats."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "added to the group": _l("Seat added"),
    "brought in the roster": _l("Roster brought in"),
    "changed a seat of the group": _l("Seat written anew"),
    "closed the roster link": _l("Roster link closed"),
    "declined a seat of the group": _l("Its own person said no to a seat"),
    "exported groups": _l("Groups downloaded"),
    "gave a seat of the group away": _l("Seat given to somebody else"),
    "made the group": _l("Group made"),
    "opened the roster link": _l("Roster link opened"),
    "put a seat of the group back": _l("Seat put back on the roster"),
    "reminded the group": _l("Those who miss something were reminded"),
    "removed from the group": _l("Seat taken off"),
    "taken out of the order": _l("Taken out of the unpaid order"),
    "took a seat of the group after all": _l("Its own person takes part after all"),
    "took a seat out of its order": _l("Seat taken out of its unpaid order"),
    "undid the roster": _l("Roster taken back"),
}
FIELDS = {
    "bank_details": _l("how to pay by bank transfer"),
    "bill_to": _l("bill to"),
    "grant": _l("grant or cost centre"),
    "note": _l("note"),
    "po_number": _l("purchase order number"),
    "tax_id": _l("tax number"),
}
