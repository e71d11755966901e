"""The programme by hand: what scripts rely on."""

import json

import pytest

from conference.schedule import draft, queries
from tests.schedule.programmes import a_program, a_schedule_xml


@pytest.fixture
def run(meeting, app):
    def run(*words):
        return app.test_cli_runner().invoke(args=["schedule", *map(str, words)])

    return run


@pytest.fixture
def file(tmp_path):
    def write(content, name="programme"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def told(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.output.strip().splitlines()[-1])


def test_import_tells_what_it_did(run, file):
    report = told(run("import", file(a_program()), "--meeting", "EX27", "--json"))

    assert {name: report[name] for name in ("read", "added", "changed", "unchanged")} == {
        "read": 6,
        "added": 5,
        "changed": 0,
        "unchanged": 0,
    }
    assert [entry["where"] for entry in report["skipped"]] == ["event 50"]
    assert len(report["repaired"]) == 1
    assert report["counts"]["affiliations"] == 6


def test_import_without_json_speaks_in_sentences(run, file):
    result = run("import", file(a_program()), "--meeting", "ex27")

    assert result.exit_code == 0
    assert "6 items read" in result.output
    assert "event 50: it has no time: Coffee" in result.output


def test_a_dry_run_changes_nothing(run, file, meeting):
    report = told(run("import", file(a_program()), "--meeting", "EX27", "--dry-run", "--json"))

    assert (report["added"], report["dry_run"]) == (5, True)
    assert draft.load(meeting).sessions == ()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "FILE", "--meeting", "NONE"),
        ("import", "BROKEN", "--meeting", "EX27"),
        ("import", "no-such-file", "--meeting", "EX27"),
        ("import", "FILE"),
        ("release", "--meeting", "EX27"),
        ("release", "--meeting", "NONE"),
        ("export", "--meeting", "EX27", "--format", "xml", "--out", "OUT"),
        ("export", "--meeting", "EX27", "--format", "pdf", "--out", "OUT"),
    ],
)
def test_bad_input_is_exit_2_with_words(run, file, tmp_path, words):
    names = {"FILE": file(a_program()), "BROKEN": file(b"{}", "broken"), "OUT": tmp_path / "out"}

    result = run(*[names.get(word, word) for word in words])

    assert result.exit_code == 2
    assert "Error: " in result.output
    assert not (tmp_path / "out").exists()


def test_release_and_export(run, file, tmp_path, meeting):
    run("import", file(a_schedule_xml()), "--meeting", "EX27")

    released = told(run("release", "--meeting", "EX27", "--note", "Now public", "--json"))
    exported = told(run("export", "--meeting", "EX27", "--format", "xml", "--out", tmp_path / "out.xml", "--json"))

    assert (released["release"], released["sessions"]) == (1, 2)
    assert queries.all_releases(meeting)[0].note == "Now public"
    assert (tmp_path / "out.xml").stat().st_size == exported["bytes"]
    assert b"<title>Capsids</title>" in (tmp_path / "out.xml").read_bytes()


@pytest.mark.parametrize("name", ["xml", "json", "nested", "ics"])
def test_every_format_can_be_exported(run, file, tmp_path, name):
    run("import", file(a_program()), "--meeting", "EX27")
    run("release", "--meeting", "EX27")

    assert (
        told(run("export", "--meeting", "EX27", "--format", name, "--out", tmp_path / "out", "--json"))["format"]
        == name
    )


def test_an_export_brought_in_again_changes_nothing(run, file, tmp_path):
    run("import", file(a_program()), "--meeting", "EX27")
    run("release", "--meeting", "EX27")
    run("export", "--meeting", "EX27", "--format", "nested", "--out", tmp_path / "out.json")

    report = told(run("import", tmp_path / "out.json", "--meeting", "EX27", "--json"))

    assert (report["added"], report["changed"], report["unchanged"], report["withdrawn"]) == (0, 0, 5, 0)


def test_the_whole_release_is_written_for_the_desk(run, file, tmp_path):
    run("import", file(a_program()), "--meeting", "EX27")
    run("release", "--meeting", "EX27")

    exported = told(run("export", "--meeting", "EX27", "--whole", "--out", tmp_path / "out.json", "--json"))

    assert (exported["format"], exported["whole"]) == ("nested", True)
    assert run("export", "--meeting", "EX27", "--whole", "--format", "xml", "--out", tmp_path / "x").exit_code == 2
    assert run("export", "--meeting", "EX27", "--out", tmp_path / "x").exit_code == 2
