"""The trail's words about abstracts, kinds of presentations, embargoes and disclosures."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "added an abstract": _l("Abstract added"),
    "changed an abstract": _l("Changed"),
    "changed a disclosure": _l("Disclosure of interests"),
    "changed a presentation": _l("Presentation"),
    "made an abstract of a talk": _l("Made of a talk"),
    "downloaded the whole programme of": _l("Whole programme downloaded, with what is under embargo"),
    "presents an abstract": _l("Presented"),
    "set embargoes of": _l("Embargoes"),
    "set kinds of presentations of": _l("Kinds of presentations"),
}
FIELDS = {
    "authors": _l("authors"),
    "award": _l("award"),
    "award_at": _l("award public from"),
    "board": _l("board"),
    "disclosure": _l("disclosure"),
    "embargoes": _l("embargoes"),
    "files_at": _l("files public from"),
    "hall": _l("hall"),
    "kinds": _l("kinds"),
    "late_breaking": _l("late-breaking"),
    "links": _l("links"),
    "listing_at": _l("title and authors public from"),
    "minutes": _l("minutes"),
    "session": _l("session"),
    "text_at": _l("text public from"),
    "topics": _l("topics"),
}
VALUES = {
    "submitted": _l("submitted"),
    "accepted": _l("accepted"),
    "rejected": _l("rejected"),
}
