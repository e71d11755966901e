"""The door: who has arrived. A badge is scanned or a name found, the card says whether its holder may come in and why not,
and the arrival is kept once; taking it back leaves a trace. Printing a badge and scanning at a session are other things.
"""

from conference.door.actions import check_in, undo
from conference.door.models import CheckIn
from conference.door.queries import arrived, check_in_of, verdict_on
from conference.door.rules import Verdict, VerdictKind
from conference.door.words import reason

__all__ = ["CheckIn", "Verdict", "VerdictKind", "arrived", "check_in", "check_in_of", "reason", "undo", "verdict_on"]
