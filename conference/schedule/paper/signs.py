"""Door signs: for each room and day a page to hang up, large enough to be read from across the corridor."""

from functools import partial

from flask_babel import get_locale
from flask_babel import gettext as _

from conference import pdf
from conference.schedule import words
from conference.schedule.paper import setting
from conference.schedule.paper.looks import look
from conference.schedule.paper.making import Broken, Part

AT_ONCE = 25  # signs in a part
LARGE, MEDIUM = 5, 9  # so many sessions stand on a page in large, in medium letters


class Signs:
    """What `make` needs to print the signs of a Published programme; in a request or job, in its language."""

    leaves = 1
    folios = None

    def __init__(self, published, place, *, paper):
        self.published, self.place = published, place
        self.css = look("signs", paper)
        self.title = _("%(meeting)s: door signs", meeting=place.title)
        self.language = str(get_locale())
        self.signs = list(self._signs())
        if not self.signs:
            raise Broken(_("No session has a room"))

    @property
    def parts(self):
        """How many parts there are to be made."""
        return len(range(0, len(self.signs), AT_ONCE)) + 1

    def body(self):
        """The signs, by room and day."""
        for start in range(0, len(self.signs), AT_ONCE):
            some = self.signs[start : start + AT_ONCE]
            yield Part(some[0][1], partial(self._write, some))

    def back(self, _numbers):
        """Nothing."""
        return ()

    front = back

    def bookmarks(self):
        """Rooms, below them days."""
        rooms = {}
        for anchor, room, day, _held in self.signs:
            rooms.setdefault(room, []).append(pdf.Bookmark(words.long_day(day), anchor))
        return [pdf.Bookmark(room, marks[0].anchor, tuple(marks)) for room, marks in rooms.items()]

    def _signs(self):
        """(anchor, room, day, its sessions) for each room on each day on which something is held there."""
        for place, room in enumerate(self.published.programme.rooms):
            for day, held in setting.shown(self.published).items():
                here = [each for each in held if each.room == room.name]
                if here:
                    yield f"r{place}-{day}", room.name, day, here

    def _write(self, some):
        signs = [
            (
                anchor,
                room,
                words.long_day(day),
                _size(held),
                [setting.session_of(self.published, each) for each in held],
            )
            for anchor, room, day, held in some
        ]
        return setting.sheet(
            "signs", signs=signs, place=self.place, title=self.title, is_whole=self.published.is_whole, cover=True
        )  # fmt: skip


def _size(held):
    return "large" if len(held) <= LARGE else "medium" if len(held) <= MEDIUM else "small"
