"""Walks through the whole site as one person: every address, then everything that the pages found there link to."""

from dataclasses import dataclass
from functools import cached_property

from tests.site import addresses
from tests.site.reading import Page


@dataclass
class Answer:
    """What came back for a path; `endpoint` is None for a path that was found on a page."""

    endpoint: str | None
    path: str
    status: int
    headers: dict
    text: str
    cookies: tuple

    @cached_property
    def page(self):
        """The answer as a Page when it is one that was not refused, else None."""
        is_html = self.headers.get("Content-Type", "").startswith("text/html")
        return Page(self.path, self.text) if is_html and self.status == 200 and self.text.startswith("<!") else None


def walk(site, name):
    """{path: Answer} of every address, then of every link on the pages found there."""
    browser = site.browser(name)
    visited = {each.path: ask(browser, each.path, each.endpoint) for each in addresses.of_method(site, "GET")}
    for answer in list(visited.values()):
        for path in answer.page.links() if answer.page else ():
            if path not in visited:
                visited[path] = ask(browser, path)
    return visited


def ask(browser, path, endpoint=None):
    """One GET."""
    response = browser.get(path)
    is_text = response.mimetype.startswith("text/") or response.mimetype.endswith("json")
    return Answer(
        endpoint=endpoint,
        path=path,
        status=response.status_code,
        headers=dict(response.headers),
        text=response.get_data().decode("utf-8", "replace") if is_text else "",
        cookies=tuple(response.headers.getlist("Set-Cookie")),
    )
