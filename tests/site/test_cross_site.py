"""Nothing is posted from elsewhere: not without a word of where it comes from, and not with the wrong one."""

import pytest

from tests.site import addresses
from tests.site.people import PERSONS, enter

pytestmark = pytest.mark.on("sqlite")  # a post from elsewhere is refused before any database is asked
FROM_MACHINES = {"payments_api.webhook"}
ELSEWHERE = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "http://localhost/"},
)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_address_takes_a_post_from_elsewhere(site, headers):
    taken = {}
    for each in addresses.of_method(site, "POST"):
        name = next(name for name in reversed(PERSONS) if addresses.is_open(site, each.endpoint, name))
        answer = silent(site, name).post(each.path, headers=headers)
        if answer.status_code != 403:
            taken[each.endpoint] = answer.status_code

    assert taken == dict.fromkeys(FROM_MACHINES, 400)


def silent(site, name):
    """Somebody's browser, signed in, which does not say by itself where a request comes from."""
    if name not in site.browsers:
        site.browsers[name] = enter(site.app, name)
    site.browsers[name].environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    return site.browsers[name]
