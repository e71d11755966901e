"""The pages for people."""

from conference.attending.blueprints import bp
from conference.attending.evaluations import pages as evaluations
from conference.attending.recordings import pages as recordings
from conference.attending.signups import pages as signups

__all__ = ["bp", "evaluations", "recordings", "signups"]
