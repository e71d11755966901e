"""Collects the people of one file: one entry a person, however often they are named."""

from conference.kernel import whole_number
from conference.schedule.formats.programme import PersonItem, stable_guid
from conference.schedule.rules import LARGEST_NUMBER


class People:
    """People by guid in order of first appearance; numbers are kept when they are free."""

    def __init__(self, report):
        self._report = report
        self._by_guid = {}
        self._numbers = set()

    def add(self, *, key, name, number="", source="", given="", middle="", family="", disclosure=None):
        """The guid of a person, made from the name when the source has no key; None without a name."""
        if not name:
            self._report.repair(f"person {key or 'without id'}", "left out: there is no name")
            return None
        guid = key or stable_guid(source, "person", name.casefold())
        if guid not in self._by_guid:
            self._by_guid[guid] = PersonItem(
                guid,
                name,
                number=self._free(number),
                given=given,
                middle=middle,
                family=family,
                disclosure=disclosure,
            )
        elif self._by_guid[guid].name != name:
            self._report.repair(f"person {name}", f"the same person is also written {self._by_guid[guid].name}")
        return guid

    def items(self):
        """All people found."""
        return tuple(self._by_guid.values())

    def __contains__(self, guid):
        return guid in self._by_guid

    def _free(self, text):
        number = whole_number(str(text), 10) or 0
        if not 0 < number <= LARGEST_NUMBER or number in self._numbers:
            return None
        self._numbers.add(number)
        return number
