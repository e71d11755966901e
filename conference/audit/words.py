"""The trail in the reader's language: what was done, and what the parts are called that changed."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

VERBS = {
    "added": _l("Added"),
    "added term": _l("Term added by hand"),
    "asked for the letter": _l("Confirmation sent once more"),
    "cancelled": _l("Unpaid order cancelled"),
    "changed": _l("Changed"),
    "changed a session": _l("Changed"),
    "changed prices": _l("Prices changed"),
    "checked in": _l("Checked in"),
    "chose directory": _l("Directory entry changed"),
    "closed": _l("Account closed"),
    "ended all sign-ins": _l("Signed out everywhere"),
    "exported members": _l("Members downloaded"),
    "exported registrations": _l("Registrations downloaded"),
    "founded": _l("Founded"),
    "granted": _l("Role given"),
    "hid": _l("Hidden"),
    "imported registrations": _l("Registrations imported"),
    "imported the programme of": _l("Programme imported"),
    "lapsed": _l("Order lapsed: its places were given back"),
    "moved": _l("Moved in the order"),
    "noted": _l("Note taken away"),
    "offered": _l("File offered"),
    "opened": _l("Account opened"),
    "ordered badges": _l("Badges ordered"),
    "ordered the talks of": _l("Talks put in order"),
    "paid by hand": _l("Paid by hand"),
    "parked": _l("Order parked for staff"),
    "placed": _l("Order placed"),
    "published": _l("Published"),
    "refunded": _l("Refunded"),
    "registered": _l("Registered by staff"),
    "released the programme of": _l("Programme released"),
    "removed the password": _l("Password removed"),
    "reopened": _l("Account opened again"),
    "repeated a refund": _l("Refund repeated"),
    "revoked": _l("Role taken away"),
    "sent again": _l("Letter sent again"),
    "sent back": _l("Parked order sent back"),
    "sent letters again": _l("Letters sent again to many"),
    "sent the payment link": _l("Payment link sent once more"),
    "set a password": _l("Password set"),
    "set dates": _l("Dates set"),
    "set ribbons": _l("Ribbons changed"),
    "settled by hand": _l("Parked order settled by hand"),
    "showed": _l("Shown"),
    "took away": _l("File taken off the page"),
    "undid check-in": _l("Check-in taken back"),
    "voided term": _l("Term taken back"),
}
FIELDS = {
    "accent": _l("colour"),
    "added": _l("added"),
    "address": _l("address"),
    "amount": _l("amount"),
    "amount_minor": _l("price, in the smallest unit"),
    "answers": _l("with answers"),
    "badge_name": _l("name on the badge"),
    "badges": _l("badges"),
    "band": _l("colour of the band"),
    "body": _l("text"),
    "category": _l("category"),
    "chairs": _l("chairs"),
    "changed": _l("changed"),
    "choices": _l("choices"),
    "city": _l("city"),
    "code": _l("code"),
    "count": _l("count"),
    "country": _l("country"),
    "country_for": _l("country shown to"),
    "currency": _l("currency"),
    "degrees": _l("degrees"),
    "depends_on": _l("asked after"),
    "depends_value": _l("asked when it is"),
    "email": _l("e-mail"),
    "email_for": _l("e-mail shown to"),
    "ends": _l("ends"),
    "ends_at": _l("ends"),
    "family_name": _l("family name"),
    "file": _l("file"),
    "given_name": _l("given name"),
    "hint": _l("hint"),
    "institution": _l("institution"),
    "institution_for": _l("institution shown to"),
    "interests": _l("interests"),
    "interests_for": _l("interests shown to"),
    "is_asked": _l("asked"),
    "is_fictional": _l("fictional"),
    "is_on_offer": _l("on offer"),
    "is_public": _l("public"),
    "is_required": _l("required"),
    "kind": _l("kind"),
    "label": _l("question"),
    "latitude": _l("latitude"),
    "letters": _l("letters"),
    "lines": _l("taken back"),
    "listed_for": _l("listed for"),
    "longitude": _l("longitude"),
    "name": _l("name"),
    "new people": _l("new people"),
    "number": _l("number"),
    "opens": _l("opens"),
    "orcid": _l("ORCID iD"),
    "paid_minor": _l("paid, in the smallest unit"),
    "places": _l("places"),
    "pool_id": _l("places drawn from"),
    "position": _l("place in the order"),
    "printed": _l("printed"),
    "q": _l("search"),
    "registration": _l("registration"),
    "registrations": _l("registrations"),
    "release": _l("release"),
    "ribbons": _l("ribbons"),
    "role": _l("role"),
    "room": _l("room"),
    "section": _l("listed in"),
    "sha256": _l("fingerprint"),
    "short_name": _l("short name"),
    "since": _l("since"),
    "slug": _l("address"),
    "starts": _l("starts"),
    "starts_at": _l("starts"),
    "state": _l("state"),
    "summary": _l("summary"),
    "tagline": _l("tagline"),
    "talks": _l("talks"),
    "timezone": _l("time zone"),
    "title": _l("title"),
    "total": _l("total"),
    "type": _l("type"),
    "venue": _l("venue"),
    "welcome": _l("welcome"),
    "withdrawn": _l("withdrawn"),
}
# (beginning of a name, its words): the rest of the name is what somebody called it.
_KINDS = (("window ", _l("price window %(name)s")), ("deadline ", _l("deadline %(name)s")))
_VALUES = {"nobody": _l("nobody"), "members": _l("members"), "public": _l("everybody")}


def verb_in_words(verb):
    """What was done, beginning a sentence."""
    return str(VERBS.get(verb, verb.capitalize()))


def field_in_words(name):
    """What a changed part is called."""
    for beginning, words in _KINDS:
        if name.startswith(beginning):
            return str(words) % {"name": name.removeprefix(beginning)}
    return str(FIELDS.get(name, name.replace("_", " ")))


def value_in_words(value):
    """What stood there; a dash for nothing."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value) or "–"
    return "–" if value in (None, "") else str(_VALUES.get(value, value) if isinstance(value, str) else value)
