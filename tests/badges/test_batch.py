"""Many badges: in order, whole or not at all, within a bounded memory."""

import pymupdf
import pytest

from conference.badges import render_badges
from conference.kernel import new_badge_code
from tests.badges.corpus import a_face


def some_faces(count):
    return [
        a_face(given=f"Ada {number}", category=f"Category {number % 3}", code=new_badge_code())
        for number in range(count)
    ]


def headlines(path):
    with pymupdf.open(path) as document:
        return [next(line for line in page.get_text().splitlines() if line.startswith("Ada ")) for page in document]


@pytest.mark.parametrize("processes", [1, 2])
def test_badges_come_out_in_their_order(tmp_path, processes):
    out, heard = tmp_path / "badges.pdf", []

    printed = render_badges(iter(some_faces(23)), out=out, processes=processes, chunk=5, progress=heard.append)

    assert printed.badges == 23
    assert headlines(out) == [f"Ada {number}" for number in range(23)]
    assert heard == [5, 10, 15, 20, 23]
    assert [each.name for each in tmp_path.iterdir()] == ["badges.pdf"]


def test_faces_are_asked_for_as_they_are_needed(tmp_path):
    asked = []

    def faces():
        for face in some_faces(40):
            asked.append(face)
            yield face

    render_badges(faces(), out=tmp_path / "badges.pdf", chunk=5, progress=lambda done: asked.append(done))

    assert asked.index(5) <= 10


def test_a_run_that_fails_leaves_the_former_file(tmp_path):
    out = tmp_path / "badges.pdf"
    out.write_bytes(b"the former run")

    def faces():
        yield from some_faces(12)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        render_badges(faces(), out=out, processes=2, chunk=5)

    assert out.read_bytes() == b"the former run"
    assert [each.name for each in tmp_path.iterdir()] == ["badges.pdf"]


def test_no_badges_make_no_file(tmp_path):
    with pytest.raises(ValueError, match="no badges"):
        render_badges([], out=tmp_path / "badges.pdf")

    assert list(tmp_path.iterdir()) == []


def test_missing_characters_are_gathered_from_all_workers(tmp_path):
    faces = [
        a_face(given=f"Ada {number}", family="\ue000" if number % 7 == 0 else "", code=new_badge_code())
        for number in range(14)
    ]

    printed = render_badges(faces, out=tmp_path / "badges.pdf", processes=2, chunk=5)

    assert printed.missing == {faces[0].code: {"\ue000"}, faces[7].code: {"\ue000"}}
