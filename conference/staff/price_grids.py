"""The two grids of prices at the desk, of a category and of an add-on, as their pages need them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from conference import registration
from conference.kernel import Money
from conference.registration import WHOLE
from conference.staff import catalogue
from conference.web import money


@dataclass(frozen=True)
class CategorySheet:
    """The matrix of a category: rows (span, mode, member), columns the price windows."""

    meeting: Any
    category: Any

    kind = "category"

    @property
    def name(self):
        """What prices are of."""
        return self.category.name

    @cached_property
    def grid(self):
        """The grid to be saved."""
        return registration.CategoryGrid(self.meeting, self.category)

    @cached_property
    def rows(self):
        """[(key, label)]."""
        return catalogue.rows_of(self.meeting, self.category)

    @property
    def lede(self):
        """What an empty field means."""
        currency = self.meeting.currency
        if self.category.kind == registration.CategoryKind.GUEST:
            return _("In %(currency)s. An empty field is not sold; guests pay one price for all.", currency=currency)
        return _(
            "In %(currency)s. An empty field is not sold; members without a price of their own pay what others pay.",
            currency=currency,
        )

    @property
    def back(self):
        """(label, address) of the list that it belongs to."""
        label = _("Prices of %(code)s", code=self.meeting.code)
        return label, url_for("staff.prices", code=self.meeting.code, _anchor=f"category-{self.category.id}")

    def url(self, view):
        """The address of one of its pages: category_prices, try_prices, set_prices, take_back_prices."""
        return url_for(f"staff.{view}", code=self.meeting.code, category_id=self.category.id)

    @property
    def addresses(self):
        """{what it is for: address}."""
        names = {"edit": "category_prices", "look": "try_prices", "save": "set_prices", "undo": "take_back_prices"}
        return {what: self.url(view) for what, view in names.items()}

    def shown(self, cells):
        """Cells of the grid as {(row, column): minor}."""
        return {((span, mode, member), window): minor for (window, member, span, mode), minor in cells.items()}

    def kept(self, shown):
        """The other way round."""
        return {(window, member, span, mode): minor for ((span, mode, member), window), minor in shown.items()}

    def paid(self, shown):
        """What is really paid: a member without a member price pays what others pay."""
        return {
            (row, column): _first(shown.get((row, column)), shown.get(((*row[:2], False), column)))
            for row, _label in self.rows
            for column, _name in catalogue.columns_of(self.meeting)
        }

    @property
    def pairs(self):
        """What is compared: members with others, a day with the whole meeting."""
        rows = [row for row, _label in self.rows]
        return {
            "members": [(row, (*row[:2], False)) for row in rows if row[2]],
            "parts": [(row, (WHOLE, *row[1:])) for row in rows if row[0] != WHOLE],
        }

    def in_words(self, row, column, minor):
        """What a cell says."""
        if minor is not None:
            return _amount(minor, self.meeting.currency)
        return _("as others") if row[2] else _("not sold")


@dataclass(frozen=True)
class AddOnSheet:
    """What an add-on costs: rows categories, columns the price windows."""

    meeting: Any
    add_on: Any

    kind = "add_on"
    pairs = {}

    @property
    def name(self):
        """What prices are of."""
        return self.add_on.title

    @cached_property
    def categories(self):
        """Every category of the meeting: what is not on offer now may be again."""
        return registration.categories_of(self.meeting, all_of_them=True)

    @cached_property
    def grid(self):
        """The grid to be saved."""
        categories = {each.id: each for each in self.categories}
        windows = {each.id: each for each in self.meeting.windows}
        return registration.extras.AddOnGrid(self.add_on, categories=categories, windows=windows)

    @cached_property
    def rows(self):
        """[(key, label)]."""
        return [(each.id, each.name) for each in self.categories]

    @property
    def lede(self):
        """What an empty field means."""
        words = {"currency": self.meeting.currency, "own": money(self.add_on.amount)}
        return _("In %(currency)s. An empty field costs %(own)s, the add-on’s own price.", **words)

    @property
    def back(self):
        """(label, address) of the list that it belongs to."""
        label = _("Add-ons and places of %(code)s", code=self.meeting.code)
        return label, url_for("staff.add_ons", code=self.meeting.code)

    def url(self, view):
        """The address of one of its pages."""
        return url_for(f"staff.{view}", code=self.meeting.code, add_on_id=self.add_on.id)

    @property
    def addresses(self):
        """{what it is for: address}."""
        names = {
            "edit": "add_on_prices",
            "look": "try_add_on_prices",
            "save": "set_add_on_prices",
            "undo": "take_back_add_on_prices",
        }
        return {what: self.url(view) for what, view in names.items()}

    def shown(self, cells):
        """Cells of the grid as {(row, column): minor}: they are the same."""
        return cells

    kept = shown

    def paid(self, shown):
        """What is really paid: the add-on's own price where there is no other."""
        own = self.add_on.amount_minor
        return {
            (row, column): _first(shown.get((row, column)), own)
            for row, _label in self.rows
            for column, _name in catalogue.columns_of(self.meeting)
        }

    def in_words(self, row, column, minor):
        """What a cell says."""
        if minor is not None:
            return _amount(minor, self.meeting.currency)
        return _("own price (%(amount)s)", amount=money(self.add_on.amount))


def _first(minor, otherwise):
    return otherwise if minor is None else minor


def _amount(minor, currency):
    return money(Money(minor, currency))
