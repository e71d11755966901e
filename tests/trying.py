"""How long properties are tried."""

import os


def tries(number):
    """So many examples of a property that writes to the database; on PostgreSQL, which is asked the same ones after SQLite, the first third."""
    return -(-number // 3) if os.environ.get("TEST_DATABASE_URL") else number
