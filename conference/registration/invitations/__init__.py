"""Invitations: speakers, volunteers, press and others who register at somebody else's expense, by a link that is theirs alone.

A kind says what its people get and how many they may be; inviting somebody makes a code that is bound to them (registration.codes) and, if the
kind keeps places, sets one aside (registration.aside). What became of it follows from the code's use and the person's registration.
"""

from conference.registration.invitation_models import Invitation, InvitationKind, InvitationList
from conference.registration.invitation_rules import MOST_ROWS, UNANSWERED, InvitationState, Shown, Source, masked
from conference.registration.invitations import applying, queries, suggesting, words
from conference.registration.invitations.actions import decline, free_place, is_used, take_up, withdraw
from conference.registration.invitations.changing import change_category, extend, resend
from conference.registration.invitations.editing import add_kind, change_kind, remove_kind
from conference.registration.invitations.looking import Look, look
from conference.registration.invitations.mails import applied as write_applied
from conference.registration.invitations.mails import covered, link_of
from conference.registration.invitations.rows import COLUMNS, read
from conference.registration.invitations.sending import keep_list, send, undo
from conference.registration.invitations.sweeping import look_at_invitations
from conference.registration.invitations.valuing import taken_off
from conference.registration.invited import code_of, settled

__all__ = [
    "COLUMNS",
    "Invitation",
    "InvitationKind",
    "InvitationList",
    "InvitationState",
    "Look",
    "MOST_ROWS",
    "Shown",
    "Source",
    "UNANSWERED",
    "add_kind",
    "applying",
    "change_category",
    "change_kind",
    "code_of",
    "covered",
    "decline",
    "extend",
    "free_place",
    "is_used",
    "keep_list",
    "link_of",
    "look",
    "look_at_invitations",
    "masked",
    "queries",
    "read",
    "remove_kind",
    "resend",
    "send",
    "settled",
    "suggesting",
    "take_up",
    "taken_off",
    "undo",
    "withdraw",
    "words",
    "write_applied",
]
