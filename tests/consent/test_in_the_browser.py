"""What only a browser can judge: equal weight of the answers, what is fetched and kept before and after one."""

import pytest

pytestmark = pytest.mark.browser

# What makes one button louder than another. Positions differ, of course.
WEIGHT = """buttons => buttons.map(button => {
  const style = getComputedStyle(button), box = button.getBoundingClientRect();
  const names = ["backgroundColor", "color", "fontSize", "fontWeight", "borderTopColor", "borderTopWidth", "opacity", "boxShadow",
                 "textTransform", "textDecorationLine", "paddingTop", "paddingLeft", "outlineStyle", "visibility"];
  return JSON.stringify([Math.round(box.width), Math.round(box.height), ...names.map(name => style[name])]);
})"""


def opened(chromium, **options):
    """A page in a browser of its own that has left the network alone: what it asks of others is kept in `asked`."""
    context = chromium.new_context(**options)
    page, asked = context.new_page(), []
    context.route("**/*", lambda route: _only_ours(route, asked))
    return page, asked


def _only_ours(route, asked):
    if "127.0.0.1" in route.request.url:
        return route.continue_()
    asked.append(route.request.url)
    return route.abort()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accept_refuse_and_choose_weigh_the_same(chromium, site, meeting, width, scheme):
    page, _asked = opened(chromium, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{site}/")

    weights = page.locator(".consent-banner .button").evaluate_all(WEIGHT)

    assert len(weights) == 3 and len(set(weights)) == 1
    page.goto(f"{site}/consent")
    weights = page.locator("#choice .consent-buttons .button").evaluate_all(WEIGHT)
    assert len(weights) == 3 and len(set(weights)) == 1
    page.context.close()


def test_the_banner_covers_nothing_and_takes_no_focus(chromium, site, meeting):
    page, _asked = opened(chromium, viewport={"width": 320, "height": 640})
    page.goto(f"{site}/")

    assert page.locator(".consent-banner").evaluate("banner => getComputedStyle(banner).position") == "static"
    assert page.evaluate("document.activeElement === document.body")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_without_javascript_all_is_asked_for_kept_and_taken_back(chromium, site, meeting):
    page, asked = opened(chromium, java_script_enabled=False)
    page.goto(f"{site}/meetings/T1/")
    assert asked == [] and page.context.cookies() == []

    page.get_by_role("button", name="Accept all").click()
    assert [cookie["name"] for cookie in page.context.cookies()] == ["plenary_consent"]
    page.locator("iframe.map").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert asked and all(url.startswith("https://www.openstreetmap.org/export/embed.html?") for url in asked)

    asked.clear()
    page.get_by_role("button", name="Withdraw consent").click()
    page.goto(f"{site}/meetings/T1/")
    assert page.locator("iframe").count() == 0 and asked == []
    page.context.close()


def test_refusing_keeps_only_the_refusal(chromium, site, meeting):
    page, asked = opened(chromium)
    page.goto(f"{site}/meetings/T1/")
    page.get_by_role("button", name="Refuse all").click()

    page.goto(f"{site}/meetings/T1/")

    assert page.locator(".consent-banner").count() == 0
    assert [cookie["name"] for cookie in page.context.cookies()] == ["plenary_consent"] and asked == []
    page.context.close()


def test_the_policy_lets_the_facts_for_search_engines_pass(chromium, site, meeting):
    page, _asked = opened(chromium)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/meetings/T1/")

    facts = page.locator('script[type="application/ld+json"]').evaluate("script => JSON.parse(script.textContent)")

    assert facts["@type"] == "Event" and facts["startDate"] == "2027-05-11"
    assert complaints == []
    page.context.close()
