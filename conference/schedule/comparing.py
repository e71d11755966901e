"""What a release of the draft would change for the public."""

from dataclasses import dataclass, field, replace

from conference.schedule import draft, releasing
from conference.schedule.revising import entries, kind_of_change


@dataclass
class Changes:
    """Titles of what is new, has moved, reads differently or is gone."""

    added: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    is_first: bool = False

    @property
    def groups(self):
        """(name, titles) of each kind of change."""
        return [("added", self.added), ("moved", self.moved), ("changed", self.changed), ("removed", self.removed)]

    def __bool__(self):
        return any(titles for _name, titles in self.groups)


def draft_with_release(meeting):
    """The Changes between the current release and the draft."""
    current = releasing.current(meeting)
    new = _of_itself(releasing.in_use(draft.load(meeting)))
    old = _of_itself(releasing.programme_of(current, meeting)) if current else {}
    changes = Changes(is_first=current is None)
    lists = dict(changes.groups)
    for guid, entry in new.items():
        if kind := kind_of_change(old.get(guid), entry):
            lists[kind].append(entry.title)
    changes.removed.extend(entry.title for guid, entry in old.items() if guid not in new)
    return changes


def _of_itself(programme):
    """Entries without what stands above them: a renamed session is one change, not one for each of its talks."""
    return {guid: replace(entry, above="") for guid, entry in entries(programme).items()}
