"""Items by what tables call them: a key of their own, a guid, a public number, a title that only one has."""

from conference.kernel import fold, whole_number
from conference.schedule.formats.programme import stable_guid
from conference.schedule.formats.values import guid_in


class Found:
    """The sessions, or the presentations, of the draft and of the file, by all their names."""

    def __init__(self, sort, source, items):
        self.sort, self.source = sort, source
        self.guids, self.keys, self.numbers, self.titles = set(), {}, {}, {}
        for item in items:
            self.add(item)

    def add(self, item, key="", *, by_title=True):
        """Have an item found from now on; a title that two have finds neither."""
        self.guids.add(item.guid)
        if item.number:
            self.numbers.setdefault(item.number, item.guid)
        if key:
            self.keys.setdefault(fold(key), item.guid)
        title = fold(item.title)
        if by_title:
            self.titles[title] = item.guid if self.titles.get(title, item.guid) == item.guid else None

    def of(self, text):
        """The guid that a text names, or None."""
        guid = guid_in(text)
        if guid in self.guids:
            return guid
        if key := self.keys.get(fold(text)):
            return key
        made = self.made(text)
        if made in self.guids:
            return made
        return self.numbers.get(whole_number(text, 10)) or self.titles.get(fold(text))

    def made(self, *parts):
        """The guid that is made of a key: the same for the same key in the same meeting."""
        return stable_guid("tables", self.source, self.sort, *(fold(str(part)) for part in parts))

    def of_row(self, line, *otherwise):
        """The guid of a row: by its id, else by its number when the draft has it, else made of `otherwise`."""
        if key := line.text("id", 100):
            return guid_in(key) or self.made(key)
        known = self.numbers.get(whole_number(line.text("number", 20), 10))
        return known or self.made(*otherwise)
