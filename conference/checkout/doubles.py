"""Who of a file may be somebody who is known already, or who stands in it twice under two addresses: told, never refused."""

from collections import defaultdict

from flask_babel import gettext as _

from conference import people

SHOWN = 3  # of each line
COMPARED = 50  # earlier lines of the same file


def warnings(rows, known):
    """{line, reason, whom} of rows that would enter somebody new: `known` are the addresses that are not new."""
    fresh = [row for row in rows if not row.faults and row.values["email"] not in known]
    persons = [_known(row) for row in fresh]
    alike = people.doubles.doubles_among(persons)
    for place, (row, twin) in enumerate(zip(fresh, _twins(persons), strict=True)):
        whom = [each.person.introduced for each in alike.get(place, ())[:SHOWN]]
        if whom:
            yield _warning(row, _("Perhaps known already under another address"), whom)
        if twin is not None:
            first = fresh[twin]
            told = _("Perhaps the same person as in line %(line)s", line=first.line)
            yield _warning(row, told, [first.values["email"]])


def _warning(row, reason, whom):
    return {"line": row.line, "reason": reason, "whom": whom}


def _known(row):
    names = ("given_name", "family_name", "institution", "country", "email")
    return people.doubles.Known(**{name: row.values[name] for name in names})


def _twins(persons):
    """For each the place of an earlier one that may be the same, or None."""
    sharing = defaultdict(list)
    for place, person in enumerate(persons):
        marks = people.doubles.marks_of(person)
        earlier = sorted({other for mark in marks for other in sharing[mark][-COMPARED:]})
        yield next((other for other in earlier if _is_asked(person, persons[other])), None)
        for mark in marks:
            sharing[mark].append(place)


def _is_asked(one, other):
    match = people.doubles.compare(one, other)
    return match is not None and match.is_asked
