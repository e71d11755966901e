"""Settings: all that is missing or unsafe is named at once, before anything starts."""

from pathlib import Path

import pytest

import config
from conference.demo.surroundings import arrange

GOOD = {
    "PLENARY_MODE": "production",
    "SECRET_KEY": "8f1c2b7a9d3e4f5061728394a5b6c7d8",
    "DATABASE_URL": "postgresql://plenary@/plenary",
    "BASE_URL": "https://am.example.org/",
    "TRUSTED_HOSTS": "am.example.org",
    "PROXY_COUNT": "1",
    "STRIPE_API_KEY": "rk_live_x",
    "STRIPE_WEBHOOK_SECRETS": "whsec_new, whsec_old",
    "SMTP_URL": "smtp://u:p@mail.example.org:587",
    "MAIL_FROM": "Office <office@example.org>",
}


def faults(**changes):
    with pytest.raises(config.Misconfigured) as caught:
        config.load({name: value for name, value in {**GOOD, **changes}.items() if value is not None})
    return str(caught.value)


def test_a_complete_production_starts():
    settings = config.load(GOOD)

    assert settings["SESSION_COOKIE_NAME"] == "__Host-plenary"
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["BASE_URL"] == "https://am.example.org"
    assert settings["STRIPE_WEBHOOK_SECRETS"] == ["whsec_new", "whsec_old"]
    assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://plenary@/plenary"


def test_everything_that_is_missing_is_named_at_once():
    text = faults(**dict.fromkeys(name for name in GOOD if name != "PLENARY_MODE"))

    for name in GOOD:
        assert name in text or name == "PLENARY_MODE"
    assert len(text.splitlines()) == len(GOOD)


@pytest.mark.parametrize("name", [name for name in GOOD if name != "PLENARY_MODE"])
def test_each_missing_setting_is_refused_by_itself(name):
    assert name in faults(**{name: None})
    assert name in faults(**{name: ""})


@pytest.mark.parametrize("key", ["short", "a" * 64, "0123456789" * 2, "abababab" * 8])
def test_a_weak_key_is_refused(key):
    assert "SECRET_KEY is weak" in faults(SECRET_KEY=key)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on"),
        ({"BASE_URL": "http://am.example.org"}, "https://"),
        ({"STRIPE_API_BASE": "http://127.0.0.1:1"}, "STRIPE_API_BASE"),
        ({"TRUSTED_HOSTS": " , "}, "TRUSTED_HOSTS"),
        ({"SMTP_URL": "http://mail.example.org"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://"}, "SMTP_URL"),
        ({"PROXY_COUNT": "many"}, "PROXY_COUNT"),
        ({"PROXY_COUNT": "-1"}, "PROXY_COUNT"),
        ({"HOLD_MINUTES": "5"}, "HOLD_MINUTES"),
        ({"STRIPE_TIMEOUT": "0"}, "STRIPE_TIMEOUT"),
        ({"STRIPE_TIMEOUT": "17"}, "STRIPE_TIMEOUT"),
        ({"HOLDS_PER_NETWORK": "many"}, "HOLDS_PER_NETWORK"),
        ({"GROUP_SEATS_UNPAID": "many"}, "GROUP_SEATS_UNPAID"),
        ({"DOCUMENT_LANGUAGES": "en, deutsch"}, "DOCUMENT_LANGUAGES names what is no language: deutsch"),
        ({"DOCUMENT_LANGUAGES": "en,../de"}, "DOCUMENT_LANGUAGES"),
        ({"PLENARY_MODE": "prod"}, "PLENARY_MODE"),
    ],
)
def test_what_is_unsafe_or_nonsense_is_refused(changes, words):
    assert words in faults(**changes)


def test_a_live_key_does_not_meet_the_demo():
    with pytest.raises(config.Misconfigured, match="live"):
        config.load({"SECRET_KEY": "x", "STRIPE_API_KEY": "sk_live_x"})


def test_no_secret_is_told_in_a_refusal():
    text = faults(SECRET_KEY="hunter2hunter2", BASE_URL="http://x", STRIPE_API_BASE="y")

    assert "hunter2" not in text and "rk_live_x" not in text and "whsec_" not in text


def test_the_demo_needs_nothing_and_keeps_the_key_that_it_makes(tmp_path):
    folder = tmp_path / "new"

    keys = {config.load({"INSTANCE_PATH": str(folder)})["SECRET_KEY"] for _ in range(2)}

    assert [len(key) for key in keys] == [64]
    assert [(path.name, path.stat().st_mode & 0o077) for path in folder.iterdir()] == [("secret-key", 0)]


def test_the_demo_takes_a_key_that_is_given():
    settings = config.load({"SECRET_KEY": "x", "PORT": "8123", "INSTANCE_PATH": "/tmp/plenary"})

    assert settings["SQLALCHEMY_DATABASE_URI"] == "sqlite:////tmp/plenary/plenary.db"
    assert settings["BASE_URL"] == "http://127.0.0.1:8123"


def test_the_queue_lies_beside_the_database_unless_it_is_told_elsewhere():
    assert config.queue_path({"INSTANCE_PATH": "/var/lib/plenary"}) == Path("/var/lib/plenary/queue.db")
    assert config.queue_path({"INSTANCE_PATH": "/var/lib/plenary", "QUEUE_PATH": "/run/q.db"}) == Path("/run/q.db")
    assert config.queue_path({}) == config.ROOT / "instance" / "queue.db"


def test_a_demo_is_not_served_to_the_world():
    with pytest.raises(config.Misconfigured, match="PLENARY_MODE=production"):
        config.load({"SECRET_KEY": "x" * 40, "BASE_URL": "https://meeting.example.org"})


def test_a_command_beside_the_demo_finds_what_the_demo_made(tmp_path):
    made = arrange({"INSTANCE_PATH": str(tmp_path), "PORT": "19000", "SMTP_URL": "smtp://127.0.0.1:1025"})

    found = config.load({"INSTANCE_PATH": str(tmp_path)})

    assert found["SECRET_KEY"] == made.environ["SECRET_KEY"]
    assert found["BASE_URL"] == "http://127.0.0.1:19000"
    assert found["STRIPE_API_BASE"] == made.environ["STRIPE_API_BASE"]
    assert (tmp_path / config.DEMO_SETTINGS).stat().st_mode & 0o077 == 0
    assert "SMTP_URL" not in (tmp_path / config.DEMO_SETTINGS).read_text()


@pytest.mark.parametrize("mode", ["test", "production"])
def test_nothing_of_the_demo_is_used_elsewhere(tmp_path, mode):
    arrange({"INSTANCE_PATH": str(tmp_path)})

    with pytest.raises(config.Misconfigured, match="SECRET_KEY is missing"):
        config.load({"INSTANCE_PATH": str(tmp_path), "PLENARY_MODE": mode})
