"""Secrets are good for one purpose, for a time, and are kept only as a hash."""

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from conference.kernel import tokens


def test_a_signed_value_is_read_back_for_its_purpose_only(context):
    text = tokens.sign({"person": 7}, purpose="change address")

    assert tokens.unsign(text, purpose="change address", max_age=60) == {"person": 7}
    assert tokens.unsign(text, purpose="sign in", max_age=60) is None


def test_a_signed_value_expires(context):
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False):
        text = tokens.sign(7, purpose="sign in")
    with time_machine.travel("2026-11-23T12:00:59+00:00", tick=False):
        assert tokens.unsign(text, purpose="sign in", max_age=60) == 7
    with time_machine.travel("2026-11-23T12:01:01+00:00", tick=False):
        assert tokens.unsign(text, purpose="sign in", max_age=60) is None


def test_a_changed_letter_voids_a_signature(context):
    text = tokens.sign("seven", purpose="sign in")

    for place in range(len(text)):
        other = "A" if text[place] != "A" else "B"
        changed = text[:place] + other + text[place + 1 :]
        # The last letter of base64 holds unused bits: another letter may mean the same bytes.
        assert tokens.unsign(changed, purpose="sign in", max_age=60) is None or place == len(text) - 1


@given(st.text(max_size=100))
def test_no_text_of_a_stranger_is_a_signature_or_an_error(app, text):
    with app.app_context():
        assert tokens.unsign(text, purpose="sign in", max_age=60) is None


def test_a_link_signed_with_the_old_key_is_still_read_and_none_is_signed_with_it(context):
    old, fallbacks = context.config["SECRET_KEY"], context.config["SECRET_KEY_FALLBACKS"]
    text = tokens.sign(7, purpose="sign in")
    try:
        context.config.update(SECRET_KEY="another key of the same length, made", SECRET_KEY_FALLBACKS=[old])
        assert tokens.unsign(text, purpose="sign in", max_age=60) == 7
        fresh = tokens.sign(7, purpose="sign in")
        context.config.update(SECRET_KEY=old, SECRET_KEY_FALLBACKS=[])
        assert tokens.unsign(fresh, purpose="sign in", max_age=60) is None
    finally:
        context.config.update(SECRET_KEY=old, SECRET_KEY_FALLBACKS=fallbacks)


def test_digests_depend_on_purpose_and_secret(context):
    one = tokens.digest("123456", purpose="code")

    assert one == tokens.digest("123456", purpose="code")
    assert one not in (tokens.digest("123457", purpose="code"), tokens.digest("123456", purpose="session"))
    assert "123456" not in one


def test_codes_have_all_their_digits():
    codes = [tokens.new_code() for _each in range(500)]

    assert {len(code) for code in codes} == {6}
    assert all(code.isdecimal() and code.isascii() for code in codes)
    assert any(code.startswith("0") for code in codes)
