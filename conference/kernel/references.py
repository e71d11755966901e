"""Which rows are named by others: asked before something is taken away as if it had never been."""

from sqlalchemy import select

from conference.kernel.db import Base, db
from conference.kernel.parts import in_parts


def named_by_others(key, ids, *, beside=()):
    """{id: name of a table that names it} for those of `ids` whose column `key` is named by a row of any table but `beside`."""
    column = key.property.columns[0]
    found = {}
    for each in _columns_naming(column):
        if each.table.name not in beside:
            for some in in_parts(ids):
                rows = db.session.scalars(select(each).where(each.in_(some)).distinct())
                found.update(dict.fromkeys(rows, each.table.name))
    return found


def _columns_naming(column):
    return [
        each
        for table in Base.metadata.tables.values()
        for each in table.columns
        if any(key.column is column for key in each.foreign_keys)
    ]
