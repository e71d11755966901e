"""The price matrix of a category as a grid that staff edit; what was sold keeps its price."""

from sqlalchemy import delete, select

from conference.kernel import Money, db, parse_minor
from conference.registration import grids, setting_up
from conference.registration.models import Price

_NOT_SOLD = "not sold"


class CategoryGrid:
    """The cells of a category: (window id, member, span, mode)."""

    def __init__(self, meeting, category):
        self.meeting, self.row, self.name = meeting, category, category.name
        self.windows = {window.id: window for window in meeting.windows}

    def cells(self):
        """As `cells_of`."""
        return cells_of(self.row)

    def write(self, key, minor):
        """Sell a cell at a price; None does not sell it."""
        window_id, member, span, mode = key
        if minor is not None:
            window = self.windows[window_id]
            setting_up.set_price(self.row, window, amount_minor=minor, member=member, span=span, mode=mode)
            return
        cell = (Price.window_id == window_id, Price.member.is_(member), Price.span == span, Price.mode == mode)
        db.session.execute(delete(Price).where(Price.category_id == self.row.id, *cell))

    def told(self, cells):
        """Such as {"early member whole in_person": "220.00"}."""
        return {
            " ".join((self.windows[window].code, "member" if member else "other", span, mode)): self._amount(minor)
            for (window, member, span, mode), minor in cells.items()
        }

    def untold(self, words):
        """Cells of such words; None when a window of them is gone."""
        ids, found = {window.code: window.id for window in self.meeting.windows}, {}
        for name, amount in words.items():
            code, who, span, mode = name.split(" ")
            if code not in ids:
                return None
            found[ids[code], who == "member", span, mode] = self._minor(amount)
        return found

    def _amount(self, minor):
        return _NOT_SOLD if minor is None else Money(minor, self.meeting.currency).decimal_text

    def _minor(self, amount):
        return None if amount == _NOT_SOLD else parse_minor(amount, self.meeting.currency)


def cells_of(category):
    """The prices of a category as {(window id, member, span, mode): minor units}."""
    rows = select(Price.window_id, Price.member, Price.span, Price.mode, Price.amount_minor)
    return {tuple(row[:4]): row[4] for row in db.session.execute(rows.where(Price.category_id == category.id))}


def cells_version(category):
    """A text that changes with any price of a category."""
    return grids.version_of(cells_of(category))


def set_prices(category, cells, *, meeting, seen, by, now):
    """Make the prices of a category those of `cells` (as cells_of; None is not sold); how many changed.

    Refusal when they changed since `seen` (cells_version).
    """
    return grids.save(CategoryGrid(meeting, category), cells, seen=seen, by=by, now=now)
