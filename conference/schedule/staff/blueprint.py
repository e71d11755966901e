"""Where the programme's desk is mounted."""

from flask import Blueprint

from conference.schedule.paper.pages import bp as paper
from conference.schedule.timetable.pages import bp as timetable

bp = Blueprint("schedule_staff", __name__, url_prefix="/staff/schedule")
bp.register_blueprint(timetable)
bp.register_blueprint(paper)
