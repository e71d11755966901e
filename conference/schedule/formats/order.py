"""Things put into an order in which only some were given a place."""


def in_order(items, places):
    """Items with each in its place of {item: place}, counted from 1; the others stand around them as they stood.

    Done again, it changes nothing. Of two with the same place the one that stood before stays before; beyond the end is the end.
    """
    stood = {item: position for position, item in enumerate(items)}
    placed = sorted(
        (item for item in items if item in places), key=lambda item: (places[item], stood[item]), reverse=True
    )
    others = [item for item in reversed(items) if item not in places]
    ordered = []
    while placed or others:
        is_due = placed and (not others or places[placed[-1]] <= len(ordered) + 1)
        ordered.append((placed if is_due else others).pop())
    return ordered
