"""What has become of somebody's stars since they last looked: what has moved from where to where, and what is gone."""

from dataclasses import dataclass, field, replace

from conference.schedule.changes import queries, rules


@dataclass(frozen=True)
class News:
    """{guid: Change} of what has moved since the last look, and of what is not in the programme any more as far as the public may know."""

    moved: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)


def news(place, published, stars, looked, now):
    """The News of {guid: when it was starred}, for somebody who has seen what release number `looked` had changed."""
    first = min(stars.values(), default=None)
    if first is None:
        return News()
    # What is gone has its title in an old release only; what has moved is told of in those that nobody has looked at yet.
    is_gone = not stars.keys() <= published.numbers_by_guid.keys()
    releases = queries.public_since(place.id, published, now, at=first, number=0 if is_gone else looked)
    return told(reversed(releases), stars, looked, published.numbers_by_guid)


def told(releases, stars, looked, numbers):
    """The same from [(Release, [Change])], the earliest first; `numbers` are the guids that the programme holds."""
    moved, gone = {}, {}
    for release, changes in releases:
        for change in changes:
            starred = stars.get(change.guid)
            if starred is None or release.at <= starred:
                continue
            if change.kind == rules.GONE and change.guid not in numbers:
                gone[change.guid] = change
            elif change.kind == rules.MOVED and release.number > looked:
                before = moved.get(change.guid)
                moved[change.guid] = replace(change, was=before.was) if before else change
    return News({guid: change for guid, change in moved.items() if change.was != change.now}, gone)
