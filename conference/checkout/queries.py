"""What an order is about."""

from conference import registration


def registration_in(order):
    """The registration that an order is about, or None for dues alone."""
    ids = [line.reference for line in order.lines if line.kind == "registration"]
    ids += [line.rule["registration"] for line in order.lines if "registration" in line.rule]
    return registration.by_id(ids[0]) if ids else None
