"""What people do around sessions: sign up where places are few, evaluate, watch recordings.

It stands above both the programme, whose sessions it names by the guid that survives imports and releases, and registration, which
says who may. The programme's pages show what it says of a session through `around_session`.
"""

from conference.attending import evaluations, recordings, signups
from conference.attending.evaluations.actions import answer, set_form, usual
from conference.attending.recordings.actions import add as add_recording
from conference.attending.signups.actions import follow, sign_up
from conference.attending.signups.queries import miscounted, places, signed_up
from conference.attending.signups.setting import save as ask_for_sign_up

__all__ = [
    "add_recording",
    "answer",
    "ask_for_sign_up",
    "evaluations",
    "follow",
    "miscounted",
    "places",
    "recordings",
    "set_form",
    "sign_up",
    "signed_up",
    "signups",
    "usual",
]
