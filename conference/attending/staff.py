"""The pages for staff."""

from conference.attending.blueprints import desk as bp
from conference.attending.evaluations import desk as evaluations
from conference.attending.recordings import desk as recordings
from conference.attending.recordings import table_desk
from conference.attending.signups import desk as signups
from conference.attending.signups import people_desk

__all__ = ["bp", "evaluations", "people_desk", "recordings", "signups", "table_desk"]
