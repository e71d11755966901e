"""Where the deployment's files are, and what its example sets."""

import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = "am.example.org"


def example_settings():
    """What deploy/plenary.env.example sets."""
    words = shlex.split((DEPLOY / "plenary.env.example").read_text(), comments=True)
    return dict(word.split("=", 1) for word in words)
