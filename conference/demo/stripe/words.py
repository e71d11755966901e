"""Writes a set of names as a sentence rather than as a column of quotes."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
