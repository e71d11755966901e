"""Tables of what goes on around sessions, made known to the application."""

from conference.attending.evaluations.models import Evaluation, EvaluationForm, EvaluationQuestion
from conference.attending.recordings.models import Recording
from conference.attending.signups.models import Seat, SignUp

__all__ = ["Evaluation", "EvaluationForm", "EvaluationQuestion", "Recording", "Seat", "SignUp"]
