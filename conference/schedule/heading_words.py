"""What the indexes of a programme are called, and how much stands under an entry, in the reader's language."""

from typing import NamedTuple

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l


class IndexWords(NamedTuple):
    """The title of an index, of one of its entries, what it is for and what is said where it is empty."""

    title: LazyString
    one: LazyString
    lede: LazyString
    empty: LazyString


INDEXES = {
    "institutions": IndexWords(
        _l("Institutions"),
        _l("Institution"),
        _l("Where the authors of the programme work, with what each institution presents."),
        _l("No presentation names an institution yet."),
    ),
    "topics": IndexWords(
        _l("Topics"),
        _l("Topic"),
        _l("What the presentations are about, in their authors’ words."),
        _l("No presentation names a topic yet."),
    ),
    "tracks": IndexWords(
        _l("Tracks"),
        _l("Track"),
        _l("The strands of the programme."),
        _l("The programme has no tracks."),
    ),
    "rooms": IndexWords(
        _l("Rooms"),
        _l("Room"),
        _l("What is held where."),
        _l("No room has been given out yet."),
    ),
    "kinds": IndexWords(
        _l("Types"),
        _l("Type"),
        _l("Sessions and presentations by their type: talks, posters, keynotes, breaks."),
        _l("Nothing in the programme has a type."),
    ),
}


def counted(heading):
    """ "2 sessions, 5 presentations" of a Heading."""
    sessions, talks = len(heading.sessions), len(heading.talks)
    parts = [
        ngettext("%(num)s session", "%(num)s sessions", sessions) if sessions else "",
        ngettext("%(num)s presentation", "%(num)s presentations", talks) if talks else "",
    ]
    return ", ".join(filter(None, parts))
