"""The source of the application as syntax trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python_files(*folders):
    """Every Python file of the folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree_of(path):
    """The syntax tree of a file."""
    return ast.parse(path.read_text())


def packages():
    """The packages of the stack, by name."""
    return sorted(path.parent.name for path in (ROOT / "conference").glob("*/__init__.py"))


def package_of(path):
    """The package of the stack that a file lies in; "" for a file beside the packages."""
    parts = path.relative_to(ROOT / "conference").parts
    return parts[0] if len(parts) > 1 else ""


def where(path, node):
    """A place as editors read it."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def imports(tree):
    """(node, module, name) of every absolute import; name is None for `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, node.module, alias.name) for alias in node.names)
