"""The Nu checker, the W3C's own, finds no error in any page and none in the style sheet."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site.conftest import once
from tests.site.walking import walk

ROOT = Path(__file__).parents[2]
JAR = Path(os.environ.get("NU_JAR", ROOT / ".venv/nu/node_modules/vnu-jar/build/dist/vnu.jar"))
# Of the standards, but not yet known to the checker.
NOT_YET_KNOWN = ("CSS: “field-sizing”", "CSS: “mask”")
WHO = ("administrator", "ada", "ben", "stranger")


@once
@pytest.mark.on("sqlite")
@pytest.mark.skipif(not (JAR.exists() and shutil.which("java")), reason="bin/test installs the Nu checker and Java")
def test_the_nu_checker_finds_no_error(site, tmp_path):
    paths = _save(site, tmp_path)

    told = subprocess.run(
        ["java", "-Xss8m", "-jar", JAR, "--format", "json", "--also-check-css", "--exit-zero-always", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(told.stderr)["messages"]

    wrong = sorted({_worded(each, paths) for each in messages if _is_error(each)})
    print("\n".join(sorted({_worded(each, paths) for each in messages if not _is_error(each)})))
    assert len(paths) > 100
    assert not wrong, "\n".join(wrong)


def _save(site, folder):
    """Every page and the style sheet as files; {file name: path}."""
    paths = {}
    for name in WHO:
        for each in walk(site, name).values():
            is_new = each.text not in paths.values() and each.path not in paths.values()
            if each.page and is_new:
                file = folder / f"{len(paths)}.html"
                file.write_text(each.text, encoding="utf-8")
                paths[file.name] = each.path
    (folder / "site.css").write_bytes(site.app.extensions["assets"].css)
    return paths | {"site.css": "site.css"}


def _is_error(message):
    return message["type"] != "info" and not message["message"].startswith(NOT_YET_KNOWN)


def _worded(message, paths):
    file = message.get("url", "").rpartition("/")[2]
    return (
        f"{paths.get(file, file)}:{message.get('lastLine')}: {message['message']} [{message.get('extract', '')[:80]!r}]"
    )
