"""What a browser would send of a page's form."""

from lxml import html


def fields_of(page, action):
    """{name: value} of the form that is sent to an address, as it stands."""
    form = next(each for each in html.fromstring(page).iter("form") if each.get("action") == action)
    # A textarea's first line break is no part of what it holds.
    return {name: value.removeprefix("\n") for name, value in form.form_values()}
