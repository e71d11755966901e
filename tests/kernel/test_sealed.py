"""What is sealed can be read by the application alone, and by no other key."""

import pytest

from conference.kernel import sealed

RING = "sealing-keys"


@pytest.fixture
def keys(app):
    """Set DATA_KEY and its fallbacks for one test."""
    before = {name: app.config[name] for name in ("DATA_KEY", "DATA_KEY_FALLBACKS")}

    def set_keys(key, *former):
        app.config.update(DATA_KEY=key, DATA_KEY_FALLBACKS=list(former))
        app.extensions.pop(RING, None)

    with app.app_context():
        set_keys("")
        yield set_keys
        app.config.update(before)
        app.extensions.pop(RING, None)


@pytest.mark.parametrize("content", [b"", b"A1234567", bytes(range(256)) * 40])
def test_what_was_sealed_comes_back_and_does_not_show(keys, content):
    token = sealed.seal(content)

    assert sealed.unseal(token) == content
    assert not content or content not in token


def test_the_same_text_never_looks_the_same_twice(keys):
    assert sealed.seal(b"A1234567") != sealed.seal(b"A1234567")


def test_a_former_key_reads_as_long_as_it_is_named(keys):
    keys("old-key-old-key-old-key-old-key-old")
    token = sealed.seal(b"A1234567")

    keys("new-key-new-key-new-key-new-key-new", "old-key-old-key-old-key-old-key-old")
    assert sealed.unseal(token) == b"A1234567"

    keys("new-key-new-key-new-key-new-key-new")
    with pytest.raises(sealed.Unreadable):
        sealed.unseal(token)


def test_a_changed_value_is_refused(keys):
    token = bytearray(sealed.seal(b"A1234567"))
    token[20] ^= 1

    with pytest.raises(sealed.Unreadable):
        sealed.unseal(bytes(token))


def test_a_key_of_its_own_may_follow_the_one_that_signs(keys):
    token = sealed.seal(b"A1234567")

    keys("new-key-new-key-new-key-new-key-new")

    assert sealed.unseal(token) == b"A1234567"
