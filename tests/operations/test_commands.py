"""Commands over a database that is not ready say what to do, without a traceback."""

import pytest

import config
from conference.app import create_app

COMMANDS = (
    "demo",
    "ledger check",
    "badges render --meeting AM28 --out {folder}/badges.pdf",
    "meetings create --code T1 --title T --starts 2027-01-01 --ends 2027-01-02 --timezone UTC --currency EUR",
    "schedule release --meeting AM28",
    "schedule export --meeting AM28 --format xml --out {folder}/out.xml",
    "accounts create ada@example.org --role finance",
)


def run(command, folder, database):
    settings = {"SECRET_KEY": "k" * 32, "INSTANCE_PATH": str(folder), "DATABASE_URL": database}
    return create_app(config.load(settings)).test_cli_runner().invoke(args=command.format(folder=folder).split())


@pytest.mark.parametrize("command", COMMANDS)
def test_without_tables_a_command_says_how_to_make_them(tmp_path, command):
    done = run(command, tmp_path, f"sqlite:///{tmp_path / 'new.db'}")

    assert (done.exit_code, "flask db upgrade" in done.output) == (2, True), done.output
    assert "Traceback" not in done.output


def test_a_database_that_does_not_answer_is_named(tmp_path):
    done = run("ledger check", tmp_path, "postgresql://nobody@127.0.0.1:9/none")

    assert (done.exit_code, "The database does not answer" in done.output) == (2, True)
