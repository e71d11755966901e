"""Style sheets of print: one for each kind, with the size of its paper."""

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[3] / "templates" / "pdf" / "programme"


@lru_cache(maxsize=16)
def look(kind, paper):
    """The style sheet of a kind on a paper, as CSS names it ("A4", "letter", "A4 landscape")."""
    shared, own = ((_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in ("shared", kind))
    return f"@page {{ size: {paper} }}\n{shared}\n{own}"
