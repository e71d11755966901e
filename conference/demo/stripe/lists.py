"""Stripe's lists: newest first, a page at a time; and identifiers replaced by the objects they name."""

import json
from typing import Any

from conference.demo.stripe.calls import Call
from conference.demo.stripe.errors import bad_request, no_such
from conference.demo.stripe.store import Transaction

Object = dict[str, Any]

COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


Condition = tuple[str, list[Any]]


def page(call: Call, kind: str, url: str, *, by: tuple[str, ...] = (), where: Condition = ("1", [])) -> Object:
    """One page of the objects of a kind; `by` names the fields that a parameter of the same name filters.

    `where` is a further condition: SQL written in our code, and its values.
    """
    clauses, values = ["kind = ?", where[0]], [kind, *where[1]]
    for field in by:
        if field in call.params:
            clauses.append(f"json_extract(body, '$.{field}') = ?")
            values.append(call.params[field])
    _add_created(call.params.get("created"), clauses, values)
    backwards = _add_cursor(call, kind, clauses, values)
    limit = _limit(call.params)
    order = "ASC" if backwards else "DESC"
    query = f"SELECT body FROM objects WHERE {' AND '.join(clauses)} ORDER BY seq {order} LIMIT ?"  # noqa: S608
    rows = call.tx.sql(query, [*values, limit + 1]).fetchall()
    found = [json.loads(row["body"]) for row in rows[:limit]]
    return _as_list(found[::-1] if backwards else found, url, more=len(rows) > limit)


def page_of(items: list[Object], params: Object, url: str) -> Object:
    """One page of a list that is already at hand."""
    limit = _limit(params)
    places = {item["id"]: place for place, item in enumerate(items)}
    start = 0
    if "starting_after" in params:
        if params["starting_after"] not in places:
            raise no_such("line_item", params["starting_after"], param="starting_after")
        start = places[params["starting_after"]] + 1
    return _as_list(items[start : start + limit], url, more=len(items) > start + limit)


def _as_list(items: list[Object], url: str, *, more: bool) -> Object:
    return {"object": "list", "data": items, "has_more": more, "url": url}


def _limit(params: Object) -> int:
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise bad_request("Invalid integer: limit is from 1 to 100", param="limit", code="parameter_invalid_integer")
    return limit


def _add_created(wanted: int | dict[str, int] | None, clauses: list[str], values: list[Any]) -> None:
    if isinstance(wanted, int):
        clauses.append("created = ?")
        values.append(wanted)
    for word, moment in wanted.items() if isinstance(wanted, dict) else ():
        clauses.append(f"created {COMPARISONS[word]} ?")
        values.append(moment)


def _add_cursor(call: Call, kind: str, clauses: list[str], values: list[Any]) -> bool:
    """Whether the page is read from its end, as `ending_before` asks."""
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in call.params:
            call.tx.get(kind, call.params[name], param=name)
            clauses.append(f"seq {sign} (SELECT seq FROM objects WHERE id = ?)")  # noqa: S608
            values.append(call.params[name])
    return "ending_before" in call.params and "starting_after" not in call.params


def expand(tx: Transaction, answer: Object, paths: list[str]) -> Object:
    """The answer in which each path (`payment_intent.latest_charge`) leads to a whole object."""
    for path in paths:
        if path.count(".") > 3:
            raise bad_request("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(tx, answer, path.split("."), path)
    return answer


def _expand(tx: Transaction, obj: Object, steps: list[str], path: str) -> None:
    head, rest = steps[0], steps[1:]
    if (obj.get("object"), head) in INCLUDED:
        obj.setdefault(head, INCLUDED[obj["object"], head](tx, obj))
    if head not in obj:
        raise bad_request(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(obj[head], str):
        found = tx.anything(obj[head])
        if found is None:
            raise bad_request(f"This property cannot be expanded ({path}).", param="expand")
        obj[head] = found
    inner = obj[head] if isinstance(obj[head], list) else [obj[head]]
    for item in inner:
        if rest and isinstance(item, dict):
            _expand(tx, item, rest, path)


def _line_items(tx: Transaction, session: Object) -> Object:
    lines = tx.hidden(session["id"])["line_items"]
    return page_of(lines, {}, f"/v1/checkout/sessions/{session['id']}/line_items")


def _refunds(tx: Transaction, charge: Object) -> Object:
    found = tx.all_where("refund", "charge", charge["id"])[::-1]
    return page_of(found, {}, f"/v1/charges/{charge['id']}/refunds")


INCLUDED = {("checkout.session", "line_items"): _line_items, ("charge", "refunds"): _refunds}
