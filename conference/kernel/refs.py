"""Short public references: unguessable, and readable aloud over a telephone."""

import secrets

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what people confuse on paper and on the phone.
REF_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def new_ref(length=10):
    """A fresh random reference of `length` letters and digits (4.5 bits each)."""
    return "".join(secrets.choice(REF_ALPHABET) for _ in range(length))


def is_ref(text):
    """Whether `text` could be a reference made here: says nothing of whether it exists."""
    return 6 <= len(text) <= 32 and all(letter in REF_ALPHABET for letter in text)
