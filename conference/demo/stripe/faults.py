"""What goes wrong on request: slow answers, broken connections, and events that come twice, late, shuffled or never."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from conference.demo.stripe.store import Store, Transaction

ORDERS = ("as made", "reversed", "shuffled")
WHEN = ("before", "after")
SLOW_WHEN = (*WHEN, "instead")
ALWAYS = -1


class UnknownFault(ValueError):
    """A fault that does not exist, or a value that it does not take; the text says which."""


@dataclass(frozen=True)
class Faults:
    """Every fault with its harmless default. Counts go down as they are used; -1 means until changed."""

    slow_calls: int = 0
    slow_seconds: float = 2.0
    slow_when: str = "after"
    """`after`: the work is done and only the answer is late, the worse; `instead`: nothing is done and the connection breaks in the end."""
    reset_calls: int = 0
    reset_when: str = "after"
    error_calls: int = 0
    """Answers 500, which Stripe replays for the same idempotency key."""
    busy_calls: int = 0
    """Answers 429 with `Retry-After`, and does nothing."""
    busy_seconds: int = 2
    forbidden_calls: int = 0
    """Answers 403: the restricted key lacks a permission; nothing is done."""
    only_path: str = ""
    """Limits all above to addresses that begin so, such as `/v1/refunds`."""
    only_method: str = ""
    """Limits all above to calls of this method: `POST` for a key that may look and not do."""
    event_copies: int = 1
    event_order: str = "as made"
    event_delay: float = 0.0
    event_hold: bool = False
    """Nothing leaves until this is taken off, or until `deliver` asks for it."""
    event_lost: Any = False
    """True, or a list of types: events made from now on are listed but not delivered."""
    event_bad_signature: int = 0
    event_account: str = ""
    """Events are said to be of this connected account."""
    event_version: str = ""
    """Events are of this version of the interface, as those of an endpoint that was made with another one."""
    refund_outcome: str = "succeeded"
    """`pending` and `requires_action` wait for `/_control`; `failed` fails a moment after it was taken."""

    def loses(self, event_type: str) -> bool:
        return self.event_lost is True or (isinstance(self.event_lost, list) and event_type in self.event_lost)


CHOICES = {
    "slow_when": SLOW_WHEN,
    "reset_when": WHEN,
    "event_order": ORDERS,
    "refund_outcome": ("succeeded", "pending", "requires_action", "failed"),
}


def current(tx: Transaction) -> Faults:
    return Faults(**tx.choice("faults", {}))


def change(tx: Transaction, **changes: Any) -> Faults:
    """Sets some faults and leaves the others; raises UnknownFault."""
    for name, value in changes.items():
        _check(name, value)
    changed = replace(current(tx), **changes)
    tx.choose("faults", asdict(changed))
    tx.has_news = True
    return changed


def clear(tx: Transaction) -> Faults:
    tx.choose("faults", {})
    tx.has_news = True
    return Faults()


def _check(name: str, value: Any) -> None:
    known = {field.name: field.default for field in fields(Faults)}
    if name not in known:
        raise UnknownFault(f"There is no fault {name!r}; there are: {', '.join(known)}.")
    if not _is_like(name, value, known[name]):
        raise UnknownFault(f"{name} does not take {value!r}.")


def _is_like(name: str, value: Any, default: Any) -> bool:
    if name == "event_lost":
        return isinstance(value, bool) or (isinstance(value, list) and all(isinstance(item, str) for item in value))
    if name in CHOICES:
        return value in CHOICES[name]
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    return isinstance(value, type(default)) and (not isinstance(value, int) or ALWAYS <= value <= 1_000_000)


def take_for_call(store: Store, method: str, path: str) -> frozenset[str]:
    """Names of the faults that strike this call (slow, reset, error, busy, forbidden), counted down."""
    with store.read() as tx:
        if not _striking(current(tx), method, path):
            return frozenset()
    with store.write() as tx:
        faults = current(tx)
        names = _striking(faults, method, path)
        left = {f"{name}_calls": max(ALWAYS, getattr(faults, f"{name}_calls") - 1) for name in names}
        tx.choose("faults", asdict(replace(faults, **{k: v for k, v in left.items() if _counts(faults, k)})))
        _tally(tx, faults, names)
    return names


def struck(tx: Transaction) -> dict[str, int]:
    """How often each fault has struck a call since the stand-in was made; slow calls and broken connections by when."""
    return tx.choice("struck", {})


def _tally(tx: Transaction, chosen: Faults, names: frozenset[str]) -> None:
    when = {"slow": f"slow {chosen.slow_when}", "reset": f"reset {chosen.reset_when}"}
    counted = struck(tx)
    for name in names:
        word = when.get(name, name)
        counted[word] = counted.get(word, 0) + 1
    tx.choose("struck", counted)


def take_bad_signature(tx: Transaction) -> bool:
    faults = current(tx)
    if faults.event_bad_signature > 0:
        tx.choose("faults", asdict(replace(faults, event_bad_signature=faults.event_bad_signature - 1)))
    return faults.event_bad_signature != 0


def _striking(faults: Faults, method: str, path: str) -> frozenset[str]:
    if not path.startswith(faults.only_path) or faults.only_method not in ("", method):
        return frozenset()
    return frozenset(
        name for name in ("slow", "reset", "error", "busy", "forbidden") if getattr(faults, f"{name}_calls") != 0
    )


def _counts(faults: Faults, name: str) -> bool:
    return getattr(faults, name) != ALWAYS
