"""The programme for everybody: its pages, exports, and everybody's own schedule."""

from conference.schedule.routes import changes, exports, indexes, items, mine, paper, programme, search, zone
from conference.schedule.routes.blueprint import bp

__all__ = ["bp", "changes", "exports", "indexes", "items", "mine", "paper", "programme", "search", "zone"]
