"""The trail's words about invitations; nobody's link ever stands in the trail."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "applied the invitation": _l("Invitation applied to the registration that was paid before"),
    "changed the category of the invitation": _l("Invited to another category"),
    "declined the invitation": _l("Declined"),
    "exported invitations": _l("Invitations downloaded"),
    "extended the invitation": _l("Invitation extended"),
    "freed the kept place of": _l("Kept place freed"),
    "invited": _l("Invited"),
    "let the invitation lapse": _l("Not answered in time"),
    "sent the invitation again": _l("Invitation sent once more"),
    "took up the invitation": _l("Link followed, registration begun"),
    "took away the kind": _l("Kind taken away"),
    "undid the invitations": _l("Invitations withdrawn, as sent by mistake"),
    "withdrew the invitation": _l("Withdrawn"),
}
FIELDS = {
    "add_ons": _l("covers besides"),
    "asks_eligibility": _l("asks what the category asks"),
    "inviter": _l("invited by"),
    "is_open": _l("people are invited"),
    "keeps_places": _l("keeps places"),
    "kept places": _l("kept places"),
    "kept_until": _l("place kept until"),
    "letter": _l("in the letter"),
    "most": _l("how many in all"),
    "off": _l("taken off"),
    "reminders": _l("reminders"),
    "ribbon": _l("ribbon"),
}
VALUES: dict = {}
