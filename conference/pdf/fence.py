"""Limits on what is handed to the layout engine, so that no document takes minutes or gigabytes.

Plain text is cheap however hostile; markup is not (`colspan=100000` takes half a minute, 900 nested boxes exhaust the
stack). Markup is always ours, but a limit costs a millisecond and a mistake in a template would cost the server.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

MAX_CHARACTERS = 2_000_000
MAX_ELEMENTS = 30_000
MAX_DEPTH = 64
MAX_SPAN = 64


class TooLarge(ValueError):
    """The document passes a limit and was not rendered."""


def check_length(html: str) -> None:
    """Refuse with TooLarge before anything is parsed."""
    if len(html) > MAX_CHARACTERS:
        raise TooLarge(f"the document has {len(html)} characters, more than {MAX_CHARACTERS}")


def check_tree(root: Element) -> None:
    """Refuse with TooLarge when there are too many elements, too deep, or cells that span too much."""
    for count, (element, depth) in enumerate(_walk(root), start=1):
        if count > MAX_ELEMENTS:
            raise TooLarge(f"the document has more than {MAX_ELEMENTS} elements")
        if depth > MAX_DEPTH:
            raise TooLarge(f"elements are nested more than {MAX_DEPTH} deep")
        if _span(element) > MAX_SPAN:
            raise TooLarge(f"a cell spans more than {MAX_SPAN} rows or columns")


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in element)


def _span(element: Element) -> int:
    spans = (element.get(name, "") for name in ("colspan", "rowspan", "span"))
    return max((int(span[:9]) for span in spans if span and span.isdecimal()), default=0)
