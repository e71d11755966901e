"""Stripe's request bodies: form fields whose brackets say how they nest (`line_items[0][price_data][currency]`)."""

import re
from typing import Any
from urllib.parse import parse_qsl

from conference.demo.stripe.errors import bad_request

FIELDS_AT_MOST = 2000
DEPTH_AT_MOST = 8
NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def decode(text: bytes) -> dict[str, Any]:
    """Nested dictionaries and lists of strings; refuses what is not UTF-8, not a form, or nested beyond reason."""
    try:
        pairs = parse_qsl(
            text.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=FIELDS_AT_MOST,
        )
    except ValueError:
        raise bad_request("Invalid request: the body is not a UTF-8 form, or holds too many fields.") from None
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _plant(tree, _path(name), value, name)
    return _with_lists(tree)


def _path(name: str) -> list[str]:
    match = NAME.fullmatch(name)
    if not match or "\0" in name:
        raise bad_request("Invalid request: a parameter name has brackets that do not match.")
    path = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
    if len(path) > DEPTH_AT_MOST:
        raise bad_request("Invalid request: a parameter is nested too deeply.")
    return path


def _plant(tree: dict[str, Any], path: list[str], value: str, name: str) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step or str(len(tree)), {})
        if not isinstance(tree, dict):
            raise bad_request(f"Invalid request: {name[:80]} is given as a value and as an object.")
    last = path[-1] or str(len(tree))
    if isinstance(tree.get(last), dict):
        raise bad_request(f"Invalid request: {name[:80]} is given as a value and as an object.")
    tree[last] = value


def _with_lists(tree: dict[str, Any]) -> Any:
    """The same tree in which a dictionary whose keys are 0, 1, 2 … has become a list."""
    grown = {key: _with_lists(value) if isinstance(value, dict) else value for key, value in tree.items()}
    if grown and set(grown) == {str(place) for place in range(len(grown))}:
        return [grown[str(place)] for place in range(len(grown))]
    return grown
