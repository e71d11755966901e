"""Two installations of one commit are the same: every package is pinned, and said what it is for."""

import re

import pytest

from tests.architecture.trees import ROOT

FILES = ("requirements.txt", "requirements-dev.txt")


def pins(name):
    """{package in its normal form: version} of a file of requirements."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


@pytest.mark.parametrize("name", FILES)
def test_every_direct_dependency_is_pinned_and_explained(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-r"))]

    assert [line for line in lines if "==" not in line.split("#")[0]] == []
    assert [line for line in lines if "#" not in line] == []


@pytest.mark.parametrize("name", FILES)
def test_the_constraints_hold_the_same_versions(name):
    constraints = pins("constraints.txt")

    assert {package: version for package, version in pins(name).items() if constraints.get(package) != version} == {}


@pytest.mark.parametrize("name", [*FILES, "constraints.txt"])
def test_nothing_is_taken_from_a_place_of_one_machine(name):
    assert (
        re.findall(r"https?://|file:|^--?(?:i|index|find|extra)\S*|\s@\s", (ROOT / name).read_text(), re.MULTILINE)
        == []
    )
