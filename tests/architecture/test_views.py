"""Every address says who may open it."""

from flask.views import View


def test_every_view_has_an_access_rule(app):
    shut = sorted(name for name, view in app.view_functions.items() if getattr(view, "allowed", None) is None)

    assert shut == []


def test_no_view_is_a_class(app):
    assert [name for name, view in app.view_functions.items() if hasattr(view, "view_class")] == []


def test_a_view_that_is_a_class_would_be_seen():
    assert hasattr(View.as_view("probe"), "view_class")


def test_staff_addresses_are_open_to_staff_alone(app):
    class Member:
        is_authenticated = True
        roles = frozenset()

    open_to_members = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff") and app.view_functions[rule.endpoint].allowed(Member())
    ]

    assert open_to_members == []


def test_no_address_takes_an_unbounded_number(app):
    unbounded = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if type(converter).__name__ in ("IntegerConverter", "FloatConverter")
    ]

    assert unbounded == []


def test_get_and_post_are_two_functions(app):
    both = [rule.rule for rule in app.url_map.iter_rules() if {"GET", "POST"} <= rule.methods]

    assert both == []
