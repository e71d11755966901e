"""Checks parameters as Stripe does, against the typed parameters that the official client ships.

The client's dictionaries are generated from Stripe's own description of the API version in use, so names, nesting,
types and closed lists of values are right without a copy of them here.
"""

import types
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from stripe import RequestOptions

from conference.demo.stripe.errors import StripeRefusal, bad_request, missing_parameter, unknown_parameters

LARGEST_INTEGER = 2**63 - 1
NAMES_THE_CLIENT_IMPORTS_FOR_CHECKERS_ONLY = {"StripeContext": str, "Mapping": Mapping}


def check(shape: type, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters with numbers and truth values in their own types; raises Stripe's refusal of the first fault."""
    if isinstance(given, list):
        given = {str(place): value for place, value in enumerate(given)}
    return _check_object(shape, given, "")


@cache
def _fields(shape: type) -> dict[str, Any]:
    hints = get_type_hints(shape, localns=NAMES_THE_CLIENT_IMPORTS_FOR_CHECKERS_ONLY)
    return {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}


def _check_object(shape: type, given: Any, at: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise bad_request("Invalid object", param=at)
    fields = _fields(shape)
    unknown = [_inside(at, name) for name in given if name not in fields]
    if unknown:
        raise unknown_parameters(unknown)
    for name in sorted(shape.__required_keys__ & set(fields)):  # type: ignore[attr-defined]
        if name not in given:
            raise missing_parameter(_inside(at, name))
    return {name: _check(fields[name], value, _inside(at, name)) for name, value in given.items()}


def _inside(at: str, name: Any) -> str:
    return f"{at}[{name}]" if at else str(name)


def _check(hint: Any, value: Any, at: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return _check_union(get_args(hint), value, at)
    if get_origin(hint) is Literal:
        return _check_choice(get_args(hint), value, at)
    if get_origin(hint) is list:
        return _check_list(get_args(hint)[0], value, at)
    if _is_object(hint):
        return _check_object(hint, value, at)
    if get_origin(hint) is dict:
        return _check_metadata(value, at)
    return _check_scalar(hint, value, at)


def _is_object(hint: Any) -> bool:
    """The client's dictionaries come from typing_extensions, which `typing.is_typeddict` does not recognise."""
    return hasattr(hint, "__required_keys__")


def _check_union(options: tuple[Any, ...], value: Any, at: str) -> Any:
    """A closed list of words is written as `Literal[...] | str` in the client, and is closed all the same."""
    words = tuple(word for option in options if get_origin(option) is Literal for word in get_args(option))
    if value == "" and "" in words:
        return ""
    nested = [option for option in options if option is not str and get_origin(option) is not Literal]
    if any(word != "" for word in words) and not nested:
        return _check_choice(words, value, at)
    wanted = [option for option in nested if _fits(option, value)] or nested or [str]
    return _check(wanted[0], value, at)


def _fits(option: Any, value: Any) -> bool:
    if isinstance(value, dict):
        return _is_object(option) or get_origin(option) is dict
    if isinstance(value, list):
        return get_origin(option) is list
    return option in (int, float, bool, Decimal)


def _check_choice(words: tuple[Any, ...], value: Any, at: str) -> Any:
    if value in words:
        return value
    listed = ", ".join(str(word) for word in words if word != "")
    raise bad_request(f"Invalid {at}: must be one of {listed}", param=at)


def _check_list(hint: Any, value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request("Invalid array", param=at)
    return [_check(hint, item, _inside(at, place)) for place, item in enumerate(value)]


def _check_metadata(value: Any, at: str) -> dict[str, str]:
    """Stripe's limits: 50 keys of 40 characters, values of 500."""
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, dict):
        raise bad_request(f"Invalid {at}: must be an object", param=at)
    if len(value) > 50:
        raise bad_request(f"You may specify at most 50 keys in {at}, and you specified {len(value)}.", param=at)
    for key, text in value.items():
        if not isinstance(text, str):
            raise bad_request(f"Invalid string: {_inside(at, key)} is an object or a list", param=at)
        _refuse_long("keys", key, 40, at)
        _refuse_long("values", text, 500, at)
    return value


def _refuse_long(what: str, text: str, limit: int, at: str) -> None:
    if len(text) > limit:
        raise bad_request(
            f"Metadata {what} can have up to {limit} characters, but you passed in a value that is {len(text)}"
            f" characters. Invalid value: {text[:limit]}",
            param=at,
        )


def _check_scalar(hint: Any, value: Any, at: str) -> Any:
    if not isinstance(value, str):
        raise bad_request(f"Invalid string: {at} is an object or a list", param=at)
    if value == "":
        raise _empty(at)
    if hint is int:
        return _integer(value, at)
    if hint is bool:
        return _truth(value, at)
    if hint in (float, Decimal):
        return _decimal(value, at)
    return value


def _empty(at: str) -> StripeRefusal:
    return bad_request(
        f"You passed an empty string for '{at}'. We assume empty values are an attempt to unset a parameter;"
        f" however '{at}' cannot be unset. You should remove '{at}' from your request or supply a non-empty value.",
        param=at,
        code="parameter_invalid_empty",
    )


def _integer(value: str, at: str) -> int:
    digits = value.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 20 and abs(int(value)) <= LARGEST_INTEGER:
        return int(value)
    raise bad_request(f"Invalid integer: {value[:80]}", param=at, code="parameter_invalid_integer")


def _truth(value: str, at: str) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise bad_request(f"Invalid boolean: {value[:80]}", param=at)


def _decimal(value: str, at: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(value) > 40:
        raise bad_request(f"Invalid decimal: {value[:80]}", param=at)
    return value
