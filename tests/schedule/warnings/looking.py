"""What stands in a meeting's draft, as tests compare it."""

from conference import schedule


def told(meeting, registered=None):
    """[(kind, texts of people, titles)] of what stands."""
    looked = schedule.warnings.look(meeting, registered)
    return [
        (str(each.kind), [looked.people[guid].name for guid in each.people], sorted(_titles(looked, each)))
        for each in looked.stand
    ]


def _titles(looked, warning):
    for guid in warning.items:
        session, inside = looked.items[guid]
        yield (inside or session).title
