"""What an add-on costs each category in each window as a grid that staff edit; what was sold keeps its price."""

from sqlalchemy import delete, select

from conference.kernel import Money, db, parse_minor
from conference.registration import grids
from conference.registration.extras.models import AddOnPrice

_OWN = "own price"


class AddOnGrid:
    """The cells of an add-on: (category id, window id). `categories` and `windows` are those of its meeting, as {key: row}."""

    def __init__(self, add_on, *, categories, windows):
        self.row, self.name = add_on, add_on.title
        self.categories = {key: each.code for key, each in categories.items()}
        self.windows = {key: each.code for key, each in windows.items()}

    def cells(self):
        """As `cells_of`."""
        return cells_of(self.row)

    def write(self, key, minor):
        """Give a category a price of its own in a window; None is the add-on's own price."""
        keys = {"add_on_id": self.row.id, "category_id": key[0], "window_id": key[1]}
        db.session.execute(delete(AddOnPrice).filter_by(**keys))
        if minor is not None:
            db.session.add(AddOnPrice(**keys, amount_minor=minor))
        db.session.flush()

    def told(self, cells):
        """Such as {"student early": "40.00"}."""
        return {
            f"{self.categories[category]} {self.windows[window]}": self._amount(minor)
            for (category, window), minor in cells.items()
        }

    def untold(self, words):
        """Cells of such words; None when a category or a window of them is gone."""
        categories, windows = ({code: key for key, code in each.items()} for each in (self.categories, self.windows))
        found = {}
        for name, amount in words.items():
            category, window = name.split(" ")
            if category not in categories or window not in windows:
                return None
            found[categories[category], windows[window]] = self._minor(amount)
        return found

    def _amount(self, minor):
        return _OWN if minor is None else Money(minor, self.row.currency).decimal_text

    def _minor(self, amount):
        return None if amount == _OWN else parse_minor(amount, self.row.currency)


def cells_of(add_on):
    """{(category id, window id): minor units} of an add-on; what is missing costs what the add-on says itself."""
    rows = select(AddOnPrice.category_id, AddOnPrice.window_id, AddOnPrice.amount_minor)
    return {tuple(row[:2]): row[2] for row in db.session.execute(rows.where(AddOnPrice.add_on_id == add_on.id))}


def version_of(add_on):
    """A text that changes with any price of an add-on."""
    return grids.version_of(cells_of(add_on))


def set_prices(add_on, cells, *, categories, windows, seen, by, now):
    """Make the prices of an add-on those of `cells` (as cells_of, None is its own price); how many changed.

    `categories` and `windows` are those of the meeting, as {key: row}. Refusal when the prices changed since `seen` (version_of).
    """
    return grids.save(AddOnGrid(add_on, categories=categories, windows=windows), cells, seen=seen, by=by, now=now)
