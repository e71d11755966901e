"""The schedule rule, on values: whatever nights are missed, steps keep their order, their days and their distance."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference.checkout.dunning import rules
from conference.checkout.dunning.rules import DAY, ORDER, Course, Release, Schedule, Step

DUE = date(2027, 3, 10)
USUAL = Schedule({Step.FRIENDLY: 5, Step.FIRST: 7, Step.SECOND: 14, Step.LAST: 14}, days_to_pay=10, grace_days=3)

schedules = st.builds(
    Schedule,
    days=st.dictionaries(st.sampled_from(ORDER), st.integers(1, 20)),
    days_to_pay=st.integers(1, 20),
    grace_days=st.integers(0, 5),
    bank_days=st.none() | st.integers(0, 5),
    release=st.sampled_from(Release),
)
courses = st.builds(
    Course,
    made_on=st.integers(1, 30).map(lambda days: DUE - timedelta(days=days)),
    due_on=st.just(DUE),
    paused_until=st.none() | st.integers(-20, 40).map(lambda days: DUE + timedelta(days=days)),
)
# Days on which the worker was awake: every other one is a missed night.
nights = st.sets(st.integers(-30, 150), min_size=1, max_size=180).map(
    lambda days: [DUE + timedelta(days=each) for each in sorted(days)]
)


def lived(schedule, course, days):
    """What the sweep sends on these days: [(step, day)], and the course at the end. It looks as often as it likes on each."""
    sent = []
    for today in days:
        for _look in range(3):
            found = rules.next_step(schedule, course, today=today)
            if found is not None and found[1] <= today and not course.is_paused(today):
                sent.append((found[0], today))
                course = rules.after(schedule, course, found[0], today)
    return sent, course


@given(schedules, courses, nights)
def test_each_once_in_order_and_never_two_on_a_day(schedule, course, days):
    sent, _course = lived(schedule, course, days)

    steps, on = [step for step, _day in sent], [day for _step, day in sent]
    assert steps == sorted(set(steps), key=ORDER.index) and set(steps) <= set(schedule.steps)
    assert on == sorted(set(on))


@given(schedules, courses, nights)
def test_a_step_has_its_days_before_the_next(schedule, course, days):
    sent, _course = lived(schedule, course, days)

    reminders = [(step, day) for step, day in sent if step != Step.FRIENDLY]
    anchor = DUE
    for step, day in reminders:
        assert (day - anchor).days >= schedule.days[step]
        anchor = day
    assert all(course.made_on < day <= DUE for step, day in sent if step == Step.FRIENDLY)


@given(schedules, courses, nights)
def test_no_step_is_left_out_before_a_later_one(schedule, course, days):
    sent, _course = lived(schedule, course, days)

    steps = [step for step, _day in sent if step != Step.FRIENDLY]
    assert steps == [step for step in schedule.steps if step != Step.FRIENDLY][: len(steps)]


@given(schedules, courses, nights)
def test_nothing_is_sent_within_a_pause(schedule, course, days):
    sent, _course = lived(schedule, course, days)

    assert not [day for _step, day in sent if course.is_paused(day)]


@given(schedules, courses, nights)
def test_missed_nights_are_caught_up(schedule, course, days):
    """Awake every day from the last missed night on, everything is sent in the end."""
    sent, end = lived(schedule, course, days)
    rest, end = lived(schedule, end, [days[-1] + timedelta(days=each) for each in range(1, 130)])

    reminders = [step for step, _day in sent + rest if step != Step.FRIENDLY]
    assert reminders == [step for step in schedule.steps if step != Step.FRIENDLY]


@given(schedules, courses, nights, st.integers(-10, 120))
def test_places_are_held_until_the_last_day_that_was_told_is_over(schedule, course, days, later):
    _sent, course = lived(schedule, course, days)
    today = days[-1] + timedelta(days=abs(later))

    held = rules.held_until(schedule, course, today=today, waits=False, known_until=today)

    if course.last_day is None:
        assert held >= today  # nobody was told a last day, so nothing is given away
    else:
        assert held >= course.ends_on + schedule.grace_days * DAY
        assert held >= today or schedule.release == Release.ITSELF
    assert rules.held_until(schedule, course, today=today, waits=True, known_until=today) >= today


@given(schedules, courses, nights)
def test_what_is_planned_is_what_is_sent(schedule, course, days):
    """Awake every day and nobody pays: the days that were foretold are those of the letters."""
    today = days[0]
    foretold, ends_on = rules.planned(schedule, course, today=today)

    sent, end = lived(schedule, course, [today + timedelta(days=each) for each in range(200)])

    assert (foretold, ends_on) == (sent, end.ends_on)


def test_the_days_of_an_example():
    course = Course(made_on=date(2027, 2, 20), due_on=DUE)

    coming, ends_on = rules.planned(USUAL, course, today=date(2027, 2, 21))

    assert coming == [
        (Step.FRIENDLY, date(2027, 3, 5)),
        (Step.FIRST, date(2027, 3, 17)),
        (Step.SECOND, date(2027, 3, 31)),
        (Step.LAST, date(2027, 4, 14)),
    ]
    assert ends_on == date(2027, 4, 24)


def test_switched_on_late_it_begins_with_the_first_reminder():
    course = Course(made_on=date(2027, 1, 2), due_on=date(2027, 1, 10))

    assert rules.next_step(USUAL, course, today=DUE) == (Step.FIRST, date(2027, 1, 17))
    sent, _course = lived(USUAL, course, [DUE, DUE + DAY, DUE + 13 * DAY, DUE + 14 * DAY])
    assert sent == [(Step.FIRST, DUE), (Step.SECOND, DUE + 14 * DAY)]


def test_what_the_bank_must_be_known_until():
    course, schedule = Course(made_on=DUE - 9 * DAY, due_on=DUE), Schedule({Step.FIRST: 1}, 10, bank_days=3)

    def known(today, until):
        return rules.is_bank_known(schedule, course, today=today, known_until=until)

    assert not known(DUE, None)
    assert (known(DUE, DUE - 4 * DAY), known(DUE, DUE - 3 * DAY)) == (False, True)
    assert (known(DUE + DAY, DUE - DAY), known(DUE + DAY, DUE)) == (False, True)
    assert rules.is_bank_known(Schedule({}, 10), course, today=DUE, known_until=None)


def test_places_go_only_when_all_is_known_that_could_have_come():
    schedule = Schedule(USUAL.days, 10, grace_days=3, bank_days=3)
    over = DUE + 3 * DAY
    course = Course(made_on=DUE, due_on=DUE, last_day=DUE)
    today = DUE + 9 * DAY

    def held(known):
        return rules.held_until(schedule, course, today=today, waits=False, known_until=known)

    assert (held(None), held(over - DAY), held(over)) == (today, today, over)


def test_a_pause_moves_the_last_day_and_never_back():
    course = Course(made_on=DUE, due_on=DUE, last_day=DUE)

    assert (course.ends_on, Course(DUE, DUE, last_day=DUE, paused_until=DUE + DAY).ends_on) == (DUE, DUE + DAY)
    assert Course(DUE, DUE, last_day=DUE, paused_until=DUE - DAY).ends_on == DUE
