"""What can be printed, and on which paper."""

from conference.schedule.paper.boards import Boards
from conference.schedule.paper.book import Book
from conference.schedule.paper.pocket import Pocket
from conference.schedule.paper.signs import Signs

BOOK, POCKET, SIGNS, BOARDS = KINDS = ("book", "pocket", "signs", "boards")
PAPERS = {
    BOOK: ("A4", "letter"),
    POCKET: ("A5", "A6"),
    SIGNS: ("A4 landscape", "letter landscape"),
    BOARDS: ("A4", "letter"),
}
PUBLIC = (BOOK, POCKET)  # the rest is for those who hang it up
_PLANS = {BOOK: Book, POCKET: Pocket, SIGNS: Signs, BOARDS: Boards}


def plan_of(kind, published, place, paper):
    """What `make` needs to print a kind of a Published programme; on its first paper where none is named."""
    return _PLANS[kind](published, place, paper=paper or PAPERS[kind][0])
