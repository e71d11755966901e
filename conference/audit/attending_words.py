"""The trail's words about signing up for sessions, evaluations and recordings."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "asked for sign-up to": _l("Sign-up asked for"),
    "changed a recording of": _l("Recording changed"),
    "changed the sign-up of": _l("Terms of sign-up changed"),
    "downloaded who signed up for": _l("List of people downloaded"),
    "ended the sign-up of": _l("No sign-up any more"),
    "gave a place in a session to": _l("Place in a session given by staff"),
    "put recordings to sessions of": _l("Recordings added from a table"),
    "put a recording to": _l("Recording added"),
    "set the evaluation form of": _l("Evaluation form"),
    "signed up for a session": _l("Signed up for a session"),
    "took a recording from": _l("Recording taken away"),
    "took out of a session": _l("Taken out of a session by staff"),
    "waits for a session": _l("Joined the waiting list of a session"),
}
FIELDS = {
    "closes_at": _l("until"),
    "days_after": _l("days after the meeting"),
    "evaluated": _l("evaluated"),
    "evaluated_from": _l("evaluated from"),
    "has_list": _l("waiting list"),
    "only_for": _l("only for"),
    "opens_at": _l("from"),
    "places": _l("places"),
    "recordings": _l("recordings"),
    "questions": _l("questions"),
}
VALUES: dict = {}
