"""What a change changes: what stood before and what stands after, of the parts that differ."""


def changes(row, facts):
    """(before, after) of those `facts` {name: value} that the row does not hold yet; both empty when it holds them all."""
    differing = [name for name in facts if getattr(row, name) != facts[name]]
    return {name: getattr(row, name) for name in differing}, {name: facts[name] for name in differing}


def differing(before, after):
    """(before, after) cut down to the names whose values differ; a name that one of them lacks is None there."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}
