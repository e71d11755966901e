"""Every act on many, in the order of the menu."""

from conference.staff.bulk.acts import again, asking, cancelling, holding, moving, ribbons, writing

ACTS = {
    each.key: each
    for each in (
        writing.ACT, again.ACT, asking.ACT, ribbons.ADD, ribbons.REMOVE, moving.ACT, cancelling.ACT, holding.LONGER,
        holding.LET_GO,
    )
}  # fmt: skip
# What nobody chooses from the menu.
HIDDEN = {ribbons.BACK.key: ribbons.BACK}


def act_of(key):
    """The Act of this key, or None."""
    return ACTS.get(key) or HIDDEN.get(key)
