"""Which passwords are taken, after NIST SP 800-63B-4 section 3.1.1: long, not common, not one's own name; nothing else asked."""

import re
import secrets
from itertools import count
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from conference.kernel import clean_line, fold

SHORTEST = 15
LONGEST = 300
_FEWEST_LETTERS = 6
_SHORTEST_PART = 4
_LONGEST_UNIT = 8

_hasher = PasswordHasher()
_LEET = str.maketrans("0134578@$!", "oleastbasi")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1234567890qwertyuiopasdfghjklzxcvbnm",
)
_LINES = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
COMMON_WORDS = frozenset(word for line in _LINES if not line.startswith("#") for word in line.split())
_LONGEST_WORD = max(map(len, COMMON_WORDS))


def fault_of(password, *, own=()):
    """Why a password is not taken: "short", "long", "common", "own" (holds a word of `own`: names, address); else None."""
    password = clean_line(password)
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if _is_common(fold(password).replace(" ", "")):
        return "common"
    return "own" if _holds_own(password, own) else None


def made_at_random():
    """A password of 96 random bits that is taken as it is: one in thousands of digits and few letters would be refused."""
    return first_taken(_drawn() for _draw in count())


def first_taken(passwords):
    """The first of these passwords that is taken."""
    return next(password for password in passwords if fault_of(password) is None)


def hash_of(password):
    """The Argon2id hash to keep."""
    return _hasher.hash(clean_line(password))


def is_right(password_hash, password):
    """Whether the password fits the hash; takes as long when there is no hash, so that nobody learns who has one."""
    try:
        fits = _hasher.verify(password_hash or _NOBODYS, clean_line(password))
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def needs_new_hash(password_hash):
    """Whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _drawn():
    return "-".join(secrets.token_hex(3) for _group in range(4))


def _is_common(folded):
    return (
        len(set(folded)) < _FEWEST_LETTERS or _is_repeated(folded) or _is_along_keys(folded) or _is_common_words(folded)
    )


def _is_repeated(folded):
    """ "abcabcabcabcabc": one short unit over and over, the last time perhaps cut off."""
    units = (folded[:size] for size in range(1, _LONGEST_UNIT + 1))
    return any((unit * len(folded))[: len(folded)] == folded for unit in units)


def _is_along_keys(folded):
    """ "qwertyuiop12345": made of at most three runs along the alphabet or a keyboard, either way."""
    runs = 0
    while folded and runs < 4:
        folded, runs = folded[_run_length(folded) :], runs + 1
    return runs < 4


def _run_length(folded):
    length = 1
    while length < len(folded) and any(
        folded[: length + 1] in row or folded[: length + 1] in row[::-1] for row in _ROWS
    ):
        length += 1
    return length


def _is_common_words(folded):
    """ "Passw0rd!Passw0rd": nothing but common words with digits and signs around them."""
    return any(_is_covered(re.sub(r"[\W\d_]", "", each)) for each in (folded, folded.translate(_LEET)))


def _is_covered(letters):
    """Whether the letters fall into common words without a rest; none at all are covered too."""
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(
            end - size in reached and letters[end - size : end] in COMMON_WORDS for size in range(1, _LONGEST_WORD + 1)
        ):
            reached.add(end)
    return len(letters) in reached


def _holds_own(password, own):
    squeezed = fold(password).replace(" ", "")
    parts = {part for text in own for part in re.split(r"[\W_]+", fold(text or ""))}
    return any(part in squeezed for part in parts if len(part) >= _SHORTEST_PART)


_NOBODYS = _hasher.hash("a password that nobody has, to be compared with when there is none")
