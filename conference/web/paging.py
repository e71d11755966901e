"""Lists in pages, counted and cut in SQL."""

from dataclasses import dataclass

from flask import request
from sqlalchemy import func, select

from conference.kernel import db, whole_number

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list: its items, its number from 1, the total of items and how many a page holds."""

    items: list
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def count(self):
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self):
        """Number of the first item shown, from 1; 0 when there is none."""
        return (self.number - 1) * self.per_page + 1 if self.items else 0

    @property
    def last(self):
        """Number of the last item shown."""
        return self.first + len(self.items) - 1 if self.items else 0


class Sorted:
    """A wish for a list, as a dataclass whose `sort` names a column, with a hyphen in front for the greatest first."""

    sort: str

    @property
    def asked(self):
        """The wish as query parameters, without what is empty or usual: for links that keep it."""
        found = {name: value for name, value in vars(self).items() if value}
        return {name: value for name, value in found.items() if (name, value) != ("sort", type(self).sort)}

    @property
    def filters(self):
        """How many filters are set."""
        return len([name for name in self.asked if name != "sort"])

    @property
    def column(self):
        """What the list is ordered by."""
        return self.sort.lstrip("-")

    @property
    def is_descending(self):
        """Whether the greatest comes first."""
        return self.sort.startswith("-")


def page_number():
    """The page asked for in the address, 1 when it is missing or nonsense."""
    return whole_number(request.args.get("page", ""), 6) or 1


def paginate(statement, *, number, per_page=PER_PAGE, scalars=True, total=None):
    """The `number`th page of an ordered SELECT; a page beyond the end is the last one. `total` where it was counted already."""
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    number = min(number, max(1, -(-total // per_page)))
    rows = db.session.execute(statement.limit(per_page).offset((number - 1) * per_page))
    items = list(rows.scalars().unique()) if scalars else list(rows)
    return Page(items=items, number=number, total=total, per_page=per_page)
