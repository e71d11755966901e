"""The log: one JSON object a line, with the request's id; keys and addresses of people are struck out wherever they stand."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from flask import g, has_request_context

# Stripe's keys, passwords inside addresses of servers, e-mail addresses, our own signed links and long random tokens, the
# secret address of somebody's own calendar.
_SECRETS = re.compile(
    r"\b(?:sk|rk|pk)_(?:live|test)_\w+|\bwhsec_\w+|(?<=://)[^\s/@]+:[^\s/@]+(?=@)|(?i:(?<=bearer )[\w.~+/-]+)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]{2,}\.[\w-]{6}\.[\w-]{27}(?![\w-])|\b[\w-]{43,}\b"
    r"|(?<=/mine/)\w+"
)
# Whose everyday news is wanted; of everybody else only warnings.
_TALKATIVE = ("conference", "plenary")
_OURS = ("method", "route", "status", "ms")


class OneLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record):
        """Called by logging."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if has_request_context() and "request_id" in g:
            line["request"] = g.request_id
        line.update({name: getattr(record, name) for name in _OURS if hasattr(record, name)})
        if record.exc_info:
            line["error"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def scrubbed(text):
    """`text` without keys, passwords, tokens and e-mail addresses."""
    return _SECRETS.sub("[…]", text)


def take_over(logger):
    """Let another program's log of errors speak as ours does."""
    for handler in logger.handlers:
        handler.setFormatter(OneLine())


def begin():
    """Send every log of this process to standard error, one line each; done once."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, OneLine) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
