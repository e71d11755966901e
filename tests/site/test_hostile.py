"""Whatever is sent to any address, nothing breaks, nothing is carried out and nothing comes back as markup."""

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import browser
from tests.site import addresses, filling, hostile, reading
from tests.site.people import enter
from tests.site.walking import walk
from tests.trying import tries

# Who sends: of those to whom an address is open, the one who can do most.
SENDERS = ("administrator", "ben", "ada", "stranger")
BUDGET = settings(
    max_examples=tries(200),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ODD_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "HEAD", "FOO", "\xff")
BODIES = {
    "no type": (b"\xff" * 100, ""),
    "JSON of another shape": (b"[" * 50_000, "application/json"),
    "JSON with NUL": (b'{"a": "\\u0000", "b": 1e999}', "application/json"),
    "a form that is too large": (b"a=" + b"x" * 600_000, "application/x-www-form-urlencoded"),
    "more fields than allowed": (b"a=1&" * 60_000, "application/x-www-form-urlencoded"),
    "multipart without an end": (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "multipart/form-data; boundary=b"),
    "multipart without a boundary": (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data"),
    "multipart with bad heads": (b"--b\r\n\xff: \xff; name=\"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    "another charset": (b"\x00a\x00=\x00b", "application/x-www-form-urlencoded; charset=utf-16"),
}  # fmt: skip


@pytest.fixture(scope="module")
def forms(site):
    """{endpoint: Form} as found by those who see most."""
    pages = [each.page for name in SENDERS[:3] for each in walk(site, name).values() if each.page]
    return filling.by_endpoint(site, pages)


def senders(site, endpoint):
    """Who sends to an address: who may do most, and a stranger too where they may."""
    allowed = [name for name in SENDERS if addresses.is_open(site, endpoint, name)]
    return [allowed[0], "stranger"] if "stranger" in allowed else allowed[:1]


def test_no_argument_of_any_address_breaks_it(site):
    rules = [rule for rule in site.app.url_map.iter_rules() if "GET" in rule.methods and rule.arguments]
    wrong = {}
    for number, rule in enumerate(rules):
        who = site.browser(senders(site, rule.endpoint)[0])
        for value in hostile.turn(hostile.VALUES, number, 10):
            path = re.sub(rb"<[^>]*>", lambda _found, value=value: hostile.raw(value), rule.rule.encode())
            if found := hostile.faults(hostile.get(who, path)):
                wrong[rule.rule, value[:50]] = found

    assert wrong == {}


@pytest.mark.parametrize("turn", range(2))
def test_no_parameter_of_any_address_breaks_it(site, turn):
    names = [*filling.parameters(), "anything"]
    wrong = {}
    for number, each in enumerate(addresses.of_method(site, "GET")):
        values = [value[:2000] for value in hostile.turn(hostile.VALUES, number + turn * 7, len(names))]
        query = hostile.encoded([*zip(names, values, strict=True), *zip(names, reversed(values), strict=True)])
        if found := hostile.faults(hostile.get(site.browser(senders(site, each.endpoint)[0]), each.path, query)):
            wrong[each.path, query] = found

    assert wrong == {}


def test_no_header_breaks_any_address(site):
    overrides = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in hostile.HEADERS.items()}

    wrong = {
        each.path: found
        for each in addresses.of_method(site, "GET")
        if (found := hostile.faults(browser(site.app).get(each.path, environ_overrides=overrides)))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "host", ["", "[", "a b", "localhost:99999999", "evil.example", "\xff", "x" * 5000, "<script>x7q</script>"]
)
def test_no_host_breaks_the_site(site, host):
    overrides = {"HTTP_HOST": host}
    paths = ("/", "/account/sign-in", "/nowhere", f"/meetings/{site.values['code']}/schedule.ics", "/account/")

    answers = [browser(site.app).get(path, environ_overrides=overrides) for path in paths]

    assert [hostile.faults(each) for each in answers] == [[]] * len(paths)


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * 60_000,
        "/%",
        "/%zz",
        "/\0",
        "//evil.example/..",
        "/\\evil.example",
        "/pages/../../etc/passwd",
        "/ä/\xff",
    ],
)
def test_no_path_breaks_the_site(site, path):
    answer = hostile.get(browser(site.app), path)

    assert answer.status_code in (301, 302, 303, 308, 400, 404, 414) and hostile.faults(answer) == []


def test_no_method_breaks_any_address(site):
    wrong = {}
    for number, each in enumerate(addresses.of_method(site, "GET") + addresses.of_method(site, "POST")):
        method = ODD_METHODS[number % len(ODD_METHODS)]
        if found := hostile.faults(site.browser("ada").open(each.path, method=method)):
            wrong[method, each.path] = found

    assert wrong == {}


def test_no_body_breaks_any_address(site):
    wrong = {}
    for number, each in enumerate(addresses.of_method(site, "POST")):
        who = enter(site.app, senders(site, each.endpoint)[0])
        for body, kind in hostile.turn(BODIES, number, 4):
            if found := hostile.faults(who.post(each.path, data=body, content_type=kind)):
                wrong[each.path, kind] = found

    assert wrong == {}


@pytest.mark.on("postgresql")  # the stricter one: a few fields at a time are tried on both
@pytest.mark.parametrize("turn", range(4))
def test_no_text_in_all_fields_breaks_any_form(site, forms, turn):
    wrong = {}
    for number, each in enumerate(addresses.of_method(site, "POST")):
        form = forms.get(each.endpoint) or filling.Form(each.path)
        names = list(dict.fromkeys([*(name for name, _value in form.fields), *filling.parameters(), *form.files]))
        sent = list(zip(names, hostile.turn(hostile.VALUES, number + turn * 7, len(names)), strict=True))
        for name in senders(site, each.endpoint):
            if found := hostile.faults(hostile.post(enter(site.app, name), form.path, sent)):
                wrong[each.path, name, turn] = found

    assert wrong == {}


@BUDGET
@given(st.data())
def test_no_text_in_a_few_fields_breaks_any_form(site, forms, data):
    endpoint = data.draw(st.sampled_from(sorted(forms)))
    form, name = forms[endpoint], data.draw(st.sampled_from(senders(site, endpoint)))
    fields = sorted({field for field, _value in form.fields}) or ["anything"]
    anything = (
        st.sampled_from(sorted(hostile.VALUES)).map(hostile.VALUES.get) | st.text(max_size=50) | st.binary(max_size=20)
    )
    changed = data.draw(st.dictionaries(st.sampled_from(fields), anything, min_size=1, max_size=3))
    left_out = data.draw(st.sets(st.sampled_from(fields), max_size=1))

    sent = [pair for pair in form.pairs(**changed) if pair[0] not in left_out] * data.draw(st.integers(1, 2))
    answer = hostile.post(enter(site.app, name), form.path, sent)

    assert hostile.faults(answer) == [], (endpoint, name, str(changed)[:500])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 3000,
        b"%PDF-1.7\n",
        b"<?xml version='1.0'?><schedule>",
        b'{"conference": 1}',
        b"email,given_name\n\xff",
    ],
)
def test_no_file_breaks_any_form(site, forms, content):
    wrong = {}
    for endpoint, form in forms.items():
        if not form.files:
            continue
        for file_name in ("../\xff\0.pdf", "x" * 3000, "<script>x7q</script>.csv"):
            sent = {**dict(form.fields), **{each: (BytesIO(content), file_name) for each in form.files}}
            if found := hostile.faults(enter(site.app, "administrator").post(form.path, data=sent)):
                wrong[endpoint, file_name] = found

    assert wrong == {}


@pytest.mark.on("postgresql")
@pytest.mark.parametrize("name", ["administrator", "ada", "stranger"])
def test_afterwards_every_page_still_stands(site, forms, name):
    site.browsers.clear()
    answers = walk(site, name)

    broken = [each.path for each in answers.values() if each.status >= 500 and each.path != "/readyz"]
    marked = [each.path for each in answers.values() if hostile.PRODUCT in each.text]
    found = [fault for each in answers.values() if each.page for fault in reading.faults(each.page)]

    assert (broken, marked) == ([], [])
    assert not found, "\n".join(found)
