"""Editing pages: nothing is lost, everything can be undone, two people at once see each other's words."""

import pytest

from conference import audit, society
from conference.kernel import Refusal, db, transaction
from conference.society import queries
from tests.signing_in import signed_in


def saved():
    """The page "Goals" as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return queries.page_by_slug("goals")


def words_of(page, **changes):
    kept = {name: getattr(page, name) for name in ("title", "slug", "summary", "body", "section")}
    return {**kept, "version": page.version, **changes}


def test_a_change_is_on_the_site_at_once_and_remembered(editor, client, page):
    response = editor.post(f"/staff/pages/{page.id}", data=words_of(page, body="## Two\n\nOther words."))

    assert response.status_code == 303
    assert "Other words." in client.get("/pages/goals").text
    entry = audit.story_of(saved())[0]
    assert (entry.verb, entry.before["body"], entry.after["body"], entry.actor_name) == (
        "changed",
        "## One\n\nFirst words.",
        "## Two\n\nOther words.",
        "Cleo Demo",
    )


def test_who_saves_second_sees_both_texts_and_loses_nothing(editor, page):
    opened = words_of(page)
    editor.post(f"/staff/pages/{page.id}", data={**opened, "body": "Words of the first."})

    clash = editor.post(f"/staff/pages/{page.id}", data={**opened, "body": "Words of the second."})

    assert clash.status_code == 409
    assert "Words of the first." in clash.text and "Words of the second." in clash.text
    assert 'name="version" type="hidden" value="2"' in clash.text
    assert saved().body == "Words of the first."
    editor.post(f"/staff/pages/{page.id}", data={**opened, "body": "Words of both.", "version": 2})
    assert saved().body == "Words of both."


def test_a_preview_shows_and_keeps_nothing(editor, page):
    shown = editor.post(f"/staff/pages/{page.id}", data=words_of(page, body="**Soon**", do="preview"))

    assert shown.status_code == 200 and "<strong>Soon</strong>" in shown.text
    assert saved().version == 1


def test_a_former_version_can_be_said_again_and_that_undone_too(editor, page):
    editor.post(f"/staff/pages/{page.id}", data=words_of(page, body="A mistake."))

    editor.post(f"/staff/pages/{page.id}/restoration", data={"version": 1})
    assert saved().body == "## One\n\nFirst words."
    editor.post(f"/staff/pages/{page.id}/restoration", data={"version": 2})

    found = saved()
    assert (found.body, found.version) == ("A mistake.", 4)
    assert [each.version for each in queries.revisions_of(found)] == [4, 3, 2, 1]
    assert editor.get(f"/staff/pages/{page.id}/history").text.count("Say this again") == 3
    assert editor.post(f"/staff/pages/{page.id}/restoration", data={"version": "99"}).status_code == 404
    assert editor.post(f"/staff/pages/{page.id}/restoration", data={"version": "x"}).status_code == 404


def test_a_hidden_page_is_gone_from_site_and_menu_until_shown(editor, client, page):
    editor.post(f"/staff/pages/{page.id}/visibility", data={"show": "no"})
    assert client.get("/pages/goals").status_code == 404
    assert "/pages/goals" not in client.get("/").text

    editor.post(f"/staff/pages/{page.id}/visibility", data={"show": "yes"})

    assert client.get("/pages/goals").status_code == 200
    assert "/pages/goals" in client.get("/").text


def test_pages_change_places(editor, page, now):
    with transaction():
        society.add_page(by=None, now=now, title="Advocacy", slug="advocacy", section="plan")

    editor.post(f"/staff/pages/{page.id}/place", data={"to": "down"})

    assert [each.slug for each in queries.in_section("plan")] == ["advocacy", "goals"]


def test_what_is_typed_wrongly_is_explained_and_kept(editor, page):
    refused = editor.post(
        "/staff/pages/new", data={"title": "Twice", "slug": "goals", "section": "menu", "body": "Long text"}
    )
    nameless = editor.post(
        "/staff/pages/new", data={"title": "", "slug": "x y", "section": "nonsense", "body": "Long text"}
    )

    assert (refused.status_code, nameless.status_code) == (422, 422)
    assert "There is a page at /pages/goals already" in refused.text and "Long text" in refused.text
    assert "Give the page a title" in nameless.text and "Long text" in nameless.text


def test_a_new_page_stands_at_the_end_of_its_list(editor, client, page):
    response = editor.post(
        "/staff/pages/new", data={"title": "Outreach", "slug": "outreach", "section": "plan", "body": "Text"}
    )

    assert response.status_code == 303
    assert [each.slug for each in queries.in_section("plan")] == ["goals", "outreach"]
    assert "Text" in client.get("/pages/outreach").text


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)", "{{7*7777}}"]
)
def test_nothing_that_an_editor_types_runs_or_loads(editor, client, page, body):
    editor.post(f"/staff/pages/{page.id}", data=words_of(page, body=body))

    shown = client.get("/pages/goals").text

    assert (
        "<script>alert" not in shown
        and 'href="javascript' not in shown
        and '<img src="http' not in shown
        and "54439" not in shown
    )


def test_the_society_is_renamed_on_every_page_at_once(editor, client, page):
    client.get("/")
    form = {
        "name": "Society of Trials", "short_name": "SoT", "accent": "#aa3300", "timezone": "Europe/Paris", "version": 1,
    }  # fmt: skip

    assert editor.post("/staff/society", data=form).status_code == 303
    assert "Society of Trials" in client.get("/pages/goals").text
    assert "#aa3300" in client.get("/assets/society.css").text
    assert editor.post("/staff/society", data={**form, "name": "Late"}).status_code == 409
    assert (
        editor.post("/staff/society", data={**form, "version": 2, "accent": "red", "timezone": "Mars"}).status_code
        == 422
    )
    db.session.expire_all()
    assert society.current().name == "Society of Trials"


def test_only_administrators_edit(context, client, page):
    ben = signed_in(context, "ben@example.org", roles=("registration",))
    paths = (
        "/staff/pages",
        "/staff/pages/new",
        f"/staff/pages/{page.id}",
        f"/staff/pages/{page.id}/history",
        "/staff/society",
    )

    assert [ben.get(path).status_code for path in paths] == [403] * 5
    assert [client.get(path).status_code for path in paths] == [303] * 5
    assert ben.post(f"/staff/pages/{page.id}", data=words_of(page, body="x")).status_code == 403


def test_every_version_is_kept_also_of_the_first(page):
    [first] = queries.revisions_of(page)

    assert (first.version, first.body) == (1, page.body)


def test_an_edit_of_a_version_that_is_gone_is_refused(page, now):
    with transaction():
        society.edit_page(page, by=None, version=1, now=now, body="One")

    with pytest.raises(society.Stale), transaction():
        society.edit_page(page, by=None, version=1, now=now, body="Two")
    with pytest.raises(Refusal), transaction():
        society.edit_page(page, by=None, version=2, now=now, slug="A b")
    db.session.rollback()
    assert saved().body == "One"
