"""The people that rows of authors name: those of the draft by key or by a name that one alone has, or new ones."""

from dataclasses import replace

from conference.kernel import fold
from conference.schedule.formats.programme import PersonItem, stable_guid
from conference.schedule.formats.values import guid_in

_PARTS = ("given", "middle", "family")


class RowsOfPeople:
    """Everybody that a file names, by guid."""

    def __init__(self, source, known):
        self.source = source
        self.known = {person.guid: person for person in known}
        self.names = {}
        for person in known:
            name = fold(person.name)
            self.names[name] = None if name in self.names else person.guid
        self.named = {}

    def of(self, row):
        """The guid of the person of a Line, or None, reported."""
        parts = {part: row.text(part) for part in _PARTS if part in row}
        name = row.text("name") or " ".join(part for part in parts.values() if part)
        guid = self._guid(row, name)
        before = self.known.get(guid)
        if not name and not before:
            row.skip("name", "there is no name: write it whole, or given and family name")
            return None
        person = replace(before or PersonItem(guid, name), name=name or before.name, **parts)
        first = self.named.setdefault(guid, person)
        if first != person:
            row.repair("name", f"the same person is also written {first.name}; that was taken")
        return guid

    def items(self):
        """Everybody that was named."""
        return tuple(self.named.values())

    def _guid(self, row, name):
        key = row.text("person", 100)
        if "@" in key:
            row.repair("person", "an e-mail address is no key; the person was found by name")
            key = ""
        if key:
            return guid_in(key) or stable_guid("tables", self.source, "person", "key", fold(key))
        if name and self.names.get(fold(name), "") is None:
            row.repair(
                "name",
                f"two people of the draft are called {name}: write the person's key beside it; a new one was made",
            )
        return self.names.get(fold(name)) or stable_guid("tables", self.source, "person", fold(name))
