"""The laws of the code that no import contract can say: through the index, one place that commits, sizes."""

import ast
from importlib import import_module
from importlib.util import find_spec

import pytest

from tests.architecture.trees import ROOT, imports, package_of, packages, python_files, tree_of, where

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
SECOND_SUBJECTS = {"utils.py", "common.py", "helpers.py", "misc.py", "services.py", "managers.py"}

# Each function there is one long table: the shape of an object as Stripe sends it.
TABLES = {"conference/demo/stripe/objects.py", "conference/demo/stripe/money_objects.py"}

APPLICATION = python_files("conference")


def test_other_packages_are_used_through_their_index():
    faults = []
    for path in APPLICATION:
        for node, module, name in imports(tree_of(path)):
            if reaches_inside(path, module, name):
                faults.append(f"{where(path, node)} {module}{'.' + name if name else ''}")

    assert not faults, "\n".join(faults)


def reaches_inside(path, module, name):
    """Whether an import names a file of another package rather than what its index offers."""
    parts = module.split(".")
    if parts[0] != "conference" or len(parts) == 1 or parts[1] == package_of(path) or parts[1] not in packages():
        return False
    if len(parts) > 2:
        return True
    is_submodule = name is not None and find_spec(f"{module}.{name}") is not None
    return is_submodule and name not in import_module(module).__all__


@pytest.mark.parametrize("package", packages())
def test_every_package_says_what_others_may_use(package):
    index = import_module(f"conference.{package}")

    assert index.__doc__
    assert [name for name in getattr(index, "__all__", []) if not hasattr(index, name)] == []


def test_only_the_kernel_commits():
    faults = [
        where(path, node)
        for path in APPLICATION
        if package_of(path) != "kernel" and "demo/stripe" not in str(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]

    assert not faults, "\n".join(faults)


def test_no_file_holds_two_subjects():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files("conference", "tests")
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_function_is_too_long_to_be_read_at_once():
    long = [
        f"{where(path, node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in APPLICATION
        if str(path.relative_to(ROOT)) not in TABLES
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert not long, "\n".join(long)


def test_every_module_begins_by_saying_what_it_is_for():
    silent = [str(path.relative_to(ROOT)) for path in APPLICATION if ast.get_docstring(tree_of(path)) is None]

    assert silent == []


def test_no_file_is_named_for_leftovers():
    assert [str(path) for path in APPLICATION if path.name in SECOND_SUBJECTS] == []


def test_no_test_uses_mocks():
    faults = [
        where(path, node)
        for path in python_files("tests")
        for node, module, name in imports(tree_of(path))
        if "mock" in module.split(".") or name in ("mock", "patch", "MagicMock", "Mock")
    ]

    assert not faults, "\n".join(faults)


def test_no_bare_except():
    faults = [
        where(path, node)
        for path in APPLICATION
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]

    assert not faults, "\n".join(faults)
