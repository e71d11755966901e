"""The whole price matrix of a meeting as tables that people can read: categories down, windows across."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference.registration import queries
from conference.registration.rules import WHOLE, Cell, Mode
from conference.registration.titles import span_name
from conference.web import money


@dataclass(frozen=True)
class Block:
    """One table: rows of (key, label), and {(row key, window code): what it costs, in words}."""

    title: str
    rows: list
    cells: dict


def price_blocks(meeting):
    """The Blocks of a meeting: the whole meeting in person first, then days, then taking part virtually."""
    prices, categories = queries.prices_of(meeting), queries.categories_of(meeting)
    windows = [window.code for window in meeting.windows]
    blocks = [
        _block(_title(mode, spans), prices, categories, windows, spans[0], str(mode))
        for mode in Mode
        for spans in _alike(prices, str(mode))
    ]
    return [block for block in blocks if block.rows]


def _alike(prices, mode):
    """The spans sold in this mode, those of equal prices together: the whole meeting, then days."""
    found = {}
    for cell, amount in prices.items():
        if cell.mode == mode:
            found.setdefault(cell.span, {})[cell.category, cell.window, cell.member] = amount
    groups = []
    for span in sorted(found, key=lambda span: (span != WHOLE, span)):
        same = next(
            (group for group in groups if WHOLE not in (span, group[0]) and found[group[0]] == found[span]), None
        )
        groups.append([span]) if same is None else same.append(span)
    return groups


def _title(mode, spans):
    how = _("in person") if mode == Mode.IN_PERSON else _("virtual")
    if spans == [WHOLE]:
        return _("Whole meeting, %(how)s", how=how)
    if len(spans) > 1:
        return _("One day, %(how)s", how=how)
    return f"{span_name(spans[0])}, {how}"


def _block(title, prices, categories, windows, span, mode):
    rows, cells = [], {}
    for category in categories:
        others, members = (_row(prices, category.code, windows, member, span, mode) for member in (False, True))
        if not members:
            continue
        kinds = [("", category.name, others)]
        if members != others:
            kinds = [
                ("m", _("%(category)s, member", category=category.name), members),
                ("n", _("%(category)s, not a member", category=category.name), others),
            ]
        for kind, label, amounts in kinds:
            rows.append((category.code + kind, label))
            cells |= {(category.code + kind, window): _words(amount) for window, amount in amounts.items()}
    return Block(title, rows, cells)


def _row(prices, category, windows, member, span, mode):
    """{window: amount} of one category; a member without a price of their own pays what others pay."""
    found = {}
    for window in windows:
        for as_member in (True, False) if member else (False,):
            cell = Cell(category, window, as_member, span, mode)
            if cell in prices:
                found[window] = prices[cell]
                break
    return found


def _words(amount):
    return money(amount) if amount else _("free")
