"""Short public references and the codes of badges: unguessable, and readable aloud over a telephone."""

import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what people confuse on paper and on the phone.
REF_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
BADGE_CODE_LENGTH = 12  # of QR's alphanumeric set: they fit the smallest symbol, 21 x 21 modules (ISO/IEC 18004)


def new_ref(length=10):
    """A fresh random reference of `length` letters and digits (4.5 bits each)."""
    return "".join(secrets.choice(REF_ALPHABET) for _ in range(length))


def is_ref(text):
    """Whether `text` could be a reference made here: says nothing of whether it exists."""
    return 6 <= len(text) <= 32 and all(letter in REF_ALPHABET for letter in text)


def new_badge_code():
    """A fresh badge code: 54 random bits that say nothing about its holder."""
    return new_ref(BADGE_CODE_LENGTH)


def is_badge_code(text):
    """Whether `text` could be a badge code."""
    return len(text) == BADGE_CODE_LENGTH and is_ref(text)
