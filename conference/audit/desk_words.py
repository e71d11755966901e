"""The trail's words about the counter and about what is done to many at once."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "began together": _l("Begun for many"),
    "explained a row": _l("Row of Stripe's balance explained"),
    "held longer": _l("Held longer"),
    "recognised": _l("Recognised at the desk; typed was another address"),
    "reopened a row": _l("Explanation of a row of Stripe's balance taken back"),
    "stopped together": _l("Stopped for the rest"),
    "told apart": _l("Entered as somebody else than"),
    "undid the walk-in": _l("Taken back at the counter"),
    "wrote to": _l("Letter of the office"),
}
FIELDS = {"held until": _l("held until"), "pick": _l("ticked")}
VALUES: dict = {}
