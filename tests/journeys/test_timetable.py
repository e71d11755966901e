"""The programme's desk at the timetable: a session is dragged, walked with the arrows, put into the pool and taken back; without a script too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import sign_in_by_password

pytestmark = pytest.mark.browser
BOARD = "/staff/schedule/AM28/timetable?day=2027-05-12"


@pytest.fixture
def desk(new_page, running):
    """A browser at the second day of the programme."""

    def at(**how):
        page = new_page(**how)
        sign_in_by_password(page, running, "programme@example.org", to="/staff/")
        page.goto(BOARD, wait_until="networkidle")  # the behaviours have come
        return page

    return at


def slot(page, place=0):
    """(the block, its number, its room, when it begins in minutes)."""
    block = page.locator(".timetable .slot").nth(place)
    number = block.get_attribute("data-number")
    block = page.locator(f"#session-{number}")
    return block, number, block.get_attribute("data-room"), minutes(block)


def minutes(block):
    return int(block.get_attribute("data-h")) * 60 + int(block.get_attribute("data-m"))


def clock(of):
    return f"{of // 60:02}:{of % 60:02}"


def drag(page, start, end):
    """As a hand does it: down, across, a little further, and up where it is meant to be."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(end[0], end[1] + 40, steps=5)
    page.mouse.move(*end, steps=5)
    page.mouse.move(end[0] + 2, end[1], steps=2)
    page.mouse.up()


def take_back(page, number, was):
    page.locator(".notice .undo button").click()
    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was))


def test_the_arrows_move_a_session_and_enter_puts_it_down(desk):
    page = desk()
    block, number, _room, was = slot(page)
    page.evaluate("window.stayed = true")

    block.locator(".slot-link").focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator(".timetable-says")).to_contain_text(clock(was + 65))
    page.keyboard.press("Enter")

    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was + 65))
    expect(page.locator(f"#session-{number} .slot-link")).to_be_focused()
    expect(page.locator("main .notice")).to_contain_text("Moved in the timetable")
    assert page.evaluate("window.stayed")  # no page was loaded
    take_back(page, number, was)


def test_escape_leaves_it_where_it_was_and_enter_alone_opens_it(desk):
    page = desk()
    block, number, _room, was = slot(page)

    block.locator(".slot-link").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(block).to_have_attribute("data-m", str(was % 60))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(rf"/timetable/{number}$"))


def test_a_session_is_dragged_to_another_time_and_room(desk):
    page = desk()
    block, number, room, was = slot(page)
    rooms = page.locator(".timetable-room")
    other = next(each for each in rooms.all() if each.get_attribute("data-id") != room)
    hour = page.locator('.timetable-hour[data-h="12"]').bounding_box()
    column, grip = other.bounding_box(), block.bounding_box()

    drag(page, (grip["x"] + 20, grip["y"] + 4), (column["x"] + 30, hour["y"] + 4))

    moved = page.locator(f"#session-{number}")
    expect(moved).to_have_attribute("data-clock", "12:00")
    expect(moved).to_have_attribute("data-room", other.get_attribute("data-id"))
    expect(page.locator("main .notice")).to_contain_text("Moved in the timetable")
    take_back(page, number, was)


def test_it_waits_in_the_pool_and_is_dragged_out_again(desk):
    page = desk()
    block, number, _room, was = slot(page)

    block.locator(".slot-link").focus()
    page.keyboard.press("p")
    waiting = page.locator(f".timetable-pool #session-{number}")
    expect(waiting).to_be_visible()
    target = page.locator('.timetable-hour[data-h="11"]').bounding_box()
    column = page.locator(".timetable-room").first.bounding_box()
    grip = waiting.bounding_box()
    drag(page, (grip["x"] + 20, grip["y"] + 10), (column["x"] + 30, target["y"] + 1))

    expect(page.locator(f".timetable #session-{number}")).to_have_attribute("data-clock", "11:00")
    take_back_twice(page, number, was)


def take_back_twice(page, number, was):
    """Both changes, the later one first."""
    page.locator(".notice .undo button").click()
    expect(page.locator(f".timetable-pool #session-{number}")).to_be_visible()
    page.locator(f"#session-{number} .slot-link").click()
    page.locator("#clock").fill(clock(was))
    page.get_by_role("button", name="Place it").click()
    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was))


def test_a_drop_upon_what_somebody_else_has_moved_is_told_and_nothing_is_lost(desk):
    page, other = desk(), desk()
    block, number, _room, was = slot(page)
    other.locator(f"#session-{number} .slot-link").focus()
    other.keyboard.press("ArrowDown")
    other.keyboard.press("Enter")
    expect(other.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was + 5))

    block.locator(".slot-link").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")

    told = page.get_by_role("alert")
    expect(told).to_contain_text("Nothing of theirs was overwritten")
    expect(told).to_contain_text(clock(was + 5))
    expect(told).to_contain_text(clock(was + 60))
    take_back(other, number, was)


def test_all_of_it_works_without_a_script_on_a_small_screen(desk):
    page = desk(width=360, javascript=False)
    _block, number, _room, was = slot(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.locator(f"#session-{number} .slot-link").click()
    page.locator("#clock").fill(clock(was + 30))
    page.get_by_role("button", name="Place it").click()

    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was + 30))
    take_back(page, number, was)


def test_no_drop_is_later_than_the_last_start_of_the_day(desk):
    page = desk()
    block, number, _room, was = slot(page)
    block.locator(".slot-link").click()
    length = page.locator("#minutes").input_value()
    put(page, "03:00", "180")  # the board goes on until six

    page.locator(f"#session-{number} .slot-link").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", "03:55")
    page.locator(f"#session-{number} .slot-link").click()
    put(page, clock(was), length)
    expect(page.locator(f"#session-{number}")).to_have_attribute("data-clock", clock(was))


def put(page, begins, length):
    """Fill in the small form of a session."""
    page.locator("#clock").fill(begins)
    page.locator("#minutes").fill(length)
    page.get_by_role("button", name="Place it").click()
