"""An abstract, or a talk of none, as it is printed: authors with superscript numbers, their affiliations with the ids of institutions."""

from typing import NamedTuple

from conference.schedule import draft, words
from conference.schedule.rules import numbered_affiliations


class Printed(NamedTuple):
    """For components/authors.html: people and lines of affiliations; and (line, id) of those with an id of ror.org."""

    people: list
    affiliations: list
    institutions: list


def of(row):
    """The Printed of an abstract, or of a presentation that has none, whose authors are loaded."""
    authors = draft.authorships(row)
    affiliations, marks = numbered_affiliations(authors)
    people = [
        {
            "name": author.contributor.name,
            "marks": numbers,
            "presenting": author.presenting,
            "corresponding": author.corresponding,
            "href": None,
        }
        for author, numbers in zip(row.authors, marks, strict=True)
    ]
    named = [(place.institution, place.ror) for place in affiliations if place.ror]
    return Printed(people, [words.affiliation_line(place) for place in affiliations], list(dict.fromkeys(named)))
