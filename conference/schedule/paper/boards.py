"""The list of poster boards: what hangs where, for those who put numbers on them; on paper and as a table."""

import re
from functools import partial
from types import SimpleNamespace

from flask_babel import get_locale
from flask_babel import gettext as _

from conference import pdf
from conference.schedule import words
from conference.schedule.paper import setting
from conference.schedule.paper.looks import look
from conference.schedule.paper.making import Broken, Part
from conference.schedule.rules import room_of

AT_ONCE = 400  # boards in a part


def boards_of(published):
    """[(hall, board, day, number, title, presenter, session)] of all posters that have a board, in the order of halls and boards."""
    found = [
        SimpleNamespace(
            hall=room_of(session, talk),
            board=talk.board,
            day=session.day,
            time=words.clock(session.starts, published.zone),
            number=setting.number_of(published, talk),
            title=words.title_of(talk),
            presenter=setting.presenters(published, talk),
            session=session.title,
        )
        for session in published.programme.sessions
        for talk in session.presentations
        if talk.board and not talk.withdrawn and not session.withdrawn
    ]
    return sorted(found, key=lambda each: (each.hall, natural(each.board), each.day, each.number))


class Boards:
    """What `make` needs to print the list; in a request or job, in its language."""

    leaves = 1
    folios = pdf.Folios(outer=51, foot=28)

    def __init__(self, published, place, *, paper):
        self.published, self.place = published, place
        self.css = look("boards", paper)
        self.title = _("%(meeting)s: poster boards", meeting=place.title)
        self.language = str(get_locale())
        halls = {}
        for board in boards_of(published):
            halls.setdefault(board.hall, []).append(board)
        if not halls:
            raise Broken(_("No presentation has a board"))
        self._groups = [
            (f"h{place_of}", hall, held[start : start + AT_ONCE], start == 0)
            for place_of, (hall, held) in enumerate(halls.items())
            for start in range(0, len(held), AT_ONCE)
        ]

    @property
    def parts(self):
        """How many parts there are to be made."""
        return len(self._groups) + 1

    def body(self):
        """The boards of each hall."""
        for anchor, hall, held, is_first in self._groups:
            yield Part(hall, partial(self._write, anchor if is_first else None, hall, held))

    def back(self, _numbers):
        """Nothing."""
        return ()

    front = back

    def bookmarks(self):
        """The halls."""
        return [
            pdf.Bookmark(hall or _("Posters"), anchor) for anchor, hall, _held, is_first in self._groups if is_first
        ]

    def _write(self, anchor, hall, held):
        return setting.sheet(
            "boards",
            anchor=anchor,
            hall=hall,
            boards=[(each, words.short_day(each.day)) for each in held],
            place=self.place,
            title=self.title,
            is_whole=self.published.is_whole,
        )


def natural(board):
    """P2 stands before P10."""
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in re.split(r"(\d+)", board[:40])]
